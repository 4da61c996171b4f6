//! What PDF/X restricts in graphics states: opacity, blend modes, soft masks, transfer functions, halftones.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::constructs::{Survey, values};
use crate::model::facts::Construct;
use crate::pdf::objects::names;
use crate::pdf::reading::document_catalog::plain;

impl Survey {
    /// Looks at a graphics state, once.
    pub(super) fn graphics_state(&mut self, state: &Dict<'_>, depth: usize) {
        if !self.enter(state) {
            return;
        }
        for key in [b"CA".as_slice(), b"ca"] {
            if let Some(opacity) = state.get::<f64>(key).filter(|opacity| *opacity < 1.0) {
                let value = format!("{} {opacity}", String::from_utf8_lossy(key));
                self.add(Construct::Opacity, Some(value), state);
            }
        }
        let modes = names(state.get::<Object<'_>>(b"BM"));
        let is_plain = |mode: &&Name<'_>| matches!(mode.as_ref(), b"Normal" | b"Compatible");
        if let Some(mode) = modes.iter().find(|mode| !is_plain(mode)) {
            self.add(Construct::BlendMode, Some(plain(mode.as_ref())), state);
        }
        if let Some(mask) = state.get::<Dict<'_>>(b"SMask") {
            self.add(Construct::SoftMask, None, state);
            if let Some(form) = mask.get::<Stream<'_>>(b"G") {
                let before = std::mem::replace(&mut self.is_apart, true);
                let kind = mask.get::<Name<'_>>(b"S");
                self.is_luminosity = kind.as_deref() == Some(b"Luminosity");
                self.x_object(&form, depth);
                self.is_luminosity = false;
                self.is_apart = before;
            }
        }
        let font = state.get::<Array<'_>>(b"Font");
        if let Some(font) = font.and_then(|font| font.iter::<Dict<'_>>().next()) {
            self.font(&font, depth);
        }
        let is_there = |key: &[u8]| match state.get::<Object<'_>>(key) {
            None | Some(Object::Null(_)) => None,
            Some(Object::Name(name)) => Some(Some(plain(name.as_ref()))),
            Some(_) => Some(None),
        };
        if let Some(value) = is_there(b"TR") {
            self.add(Construct::TransferFunction, value, state);
        }
        if let Some(value) = is_there(b"TR2").filter(|v| v.as_deref() != Some("Default")) {
            self.add(Construct::TransferFunction, value, state);
        }
        if is_there(b"HTP").is_some() {
            self.add(Construct::HalftonePhase, None, state);
        }
        match state.get::<Object<'_>>(b"HT") {
            Some(Object::Dict(halftone)) => self.halftone(&halftone, true),
            Some(Object::Stream(halftone)) => self.halftone(halftone.dict(), true),
            _ => {}
        }
    }

    /// A halftone; one of type 5 holds one for each colorant.
    fn halftone(&mut self, dict: &Dict<'_>, may_hold: bool) {
        if !self.enter(dict) {
            return;
        }
        let kind = dict.get::<i64>(b"HalftoneType");
        let is_allowed = kind == Some(1) || (kind == Some(5) && may_hold);
        if !is_allowed {
            let value = kind.map(|kind| kind.to_string());
            self.add(Construct::HalftoneType, value, dict);
        }
        if dict.contains_key(b"HalftoneName") {
            self.add(Construct::HalftoneName, None, dict);
        }
        if kind == Some(5) && may_hold {
            for inner in values(dict) {
                match inner {
                    Object::Dict(inner) => self.halftone(&inner, false),
                    Object::Stream(inner) => self.halftone(inner.dict(), false),
                    _ => {}
                }
            }
        }
    }
}
