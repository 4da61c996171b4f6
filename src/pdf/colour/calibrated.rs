//! Whether a space of calibrated colours says what its numbers mean.

use hayro_syntax::object::{Dict, Object};

use crate::pdf::objects::lacks_numbers;

/// How far the brightness of white may be off the 1 that it is to be.
const ROUNDED: f32 = 0.01;

/// Whether a space of grey or of RGB does. Viewers refuse one that does not, or each makes something else of it.
pub(super) fn is_calibrated(dict: &Dict<'_>, is_grey: bool) -> bool {
    let gamma = if is_grey {
        match dict.get::<Object<'_>>(b"Gamma") {
            None => !dict.contains_key(b"Gamma"),
            Some(Object::Null(_)) => true,
            Some(_) => dict.get::<f32>(b"Gamma").is_some_and(|gamma| gamma > 0.0),
        }
    } else {
        let gammas = dict.get::<[f32; 3]>(b"Gamma");
        !lacks_numbers::<3>(dict, b"Gamma")
            && gammas.is_none_or(|gammas| gammas.iter().all(|gamma| *gamma > 0.0))
    };
    gamma && has_white(dict) && !lacks_numbers::<9>(dict, b"Matrix")
}

/// Whether a Lab space does: what white is, and limits of a and b that do not run backwards.
pub(super) fn is_lab(dict: &Dict<'_>) -> bool {
    let range = dict.get::<[f32; 4]>(b"Range");
    let runs_on = range.is_none_or(|[a0, a1, b0, b1]| a0 <= a1 && b0 <= b1);
    runs_on && !lacks_numbers::<4>(dict, b"Range") && has_white(dict)
}

/// Whether a calibrated space says what white is, as it has to: light of every kind, as bright as can be.
fn has_white(dict: &Dict<'_>) -> bool {
    dict.get::<[f32; 3]>(b"WhitePoint")
        .is_some_and(|[x, y, z]| x > 0.0 && (y - 1.0).abs() <= ROUNDED && z > 0.0)
}
