//! Settings that are the press's business, not the page's: what a graphics state, a picture or a form says of them.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object};

use crate::pdf::interpreting::walk::Walker;
use crate::pdf::interpreting::ways::Ways;
use crate::pdf::separations::transfer::Transfer;

impl<'p> Walker<'p, '_> {
    /// Takes the settings of a graphics state dictionary.
    pub(in crate::pdf) fn press_settings(&mut self, dict: &Dict<'p>) {
        let state = &mut self.state;
        if let Some(transfer) = Transfer::read(dict) {
            state.settings = state.settings.set(Ways::TRANSFER, transfer.is_some());
            state.transfer = transfer.map(Rc::new);
        }
        for (new, old, way) in [
            (b"BG2".as_slice(), b"BG".as_slice(), Ways::BLACK),
            (b"UCR2", b"UCR", Ways::UNDERCOLOUR),
            (b"HT", b"HT", Ways::HALFTONE),
        ] {
            // The newer entry speaks where both stand; a name stands for what the press does anyway.
            let said = dict
                .get::<Object<'_>>(new)
                .or_else(|| dict.get::<Object<'_>>(old));
            if let Some(said) = said {
                let own = !matches!(said, Object::Name(_) | Object::Null(_));
                state.settings = state.settings.set(way, own);
            }
        }
    }
}

/// What a picture or a form says of the press.
pub(in crate::pdf) fn of_object(dict: &Dict<'_>) -> Ways {
    let mut ways = Ways::NONE;
    if dict.contains_key(b"OPI") {
        ways = ways.with(Ways::OPI);
    }
    let is_postscript = |key: &[u8]| dict.get::<Name<'_>>(key).as_deref() == Some(b"PS");
    if is_postscript(b"Subtype") || is_postscript(b"Subtype2") {
        ways = ways.with(Ways::POSTSCRIPT);
    }
    let others = dict.get::<Array<'_>>(b"Alternates");
    let others = others
        .iter()
        .flat_map(|all| all.iter::<Dict<'_>>().take(100));
    let for_print = |other: Dict<'_>| other.get::<bool>(b"DefaultForPrinting") == Some(true);
    let others: Vec<bool> = others.map(for_print).collect();
    if others.contains(&true) {
        ways = ways.with(Ways::PRINT_ALTERNATE);
    } else if !others.is_empty() {
        ways = ways.with(Ways::ALTERNATES);
    }
    ways
}
