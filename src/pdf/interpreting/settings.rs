//! Device-dependent settings of graphics states, images and forms: transfer functions, halftones, OPI and the like.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object};

use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::separations::transfer::Transfer;

impl<'p> Walker<'p, '_, '_> {
    /// Takes the settings of a graphics state dictionary.
    pub(in crate::pdf) fn press_settings(&mut self, dict: &Dict<'p>) {
        let state = &mut self.state;
        if let Some(transfer) = Transfer::read(dict) {
            state.settings = state
                .settings
                .set(Compositing::TRANSFER, transfer.is_some());
            state.transfer = transfer.map(Rc::new);
        }
        for (new, old, way) in [
            (b"BG2".as_slice(), b"BG".as_slice(), Compositing::BLACK),
            (b"UCR2", b"UCR", Compositing::UNDERCOLOUR),
            (b"HT", b"HT", Compositing::HALFTONE),
        ] {
            // `TR2` takes precedence over `TR`, and so on; a name means the device's default.
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

/// The device-dependent settings of an image or a form.
pub(in crate::pdf) fn of_object(dict: &Dict<'_>) -> Compositing {
    let mut compositing = Compositing::NONE;
    if dict.contains_key(b"OPI") {
        compositing = compositing.with(Compositing::OPI);
    }
    let is_postscript = |key: &[u8]| dict.get::<Name<'_>>(key).as_deref() == Some(b"PS");
    if is_postscript(b"Subtype") || is_postscript(b"Subtype2") {
        compositing = compositing.with(Compositing::POSTSCRIPT);
    }
    let others = dict.get::<Array<'_>>(b"Alternates");
    let others = others
        .iter()
        .flat_map(|all| all.iter::<Dict<'_>>().take(100));
    let for_print = |other: Dict<'_>| other.get::<bool>(b"DefaultForPrinting") == Some(true);
    let others: Vec<bool> = others.map(for_print).collect();
    if others.contains(&true) {
        compositing = compositing.with(Compositing::PRINT_ALTERNATE);
    } else if !others.is_empty() {
        compositing = compositing.with(Compositing::ALTERNATES);
    }
    compositing
}
