//! Whether a page, or a font, can be handed to code that unpacks whatever it meets: nothing in it may grow
//! beyond the limits.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Resources;

use super::decode::{Allowance, fits};

/// How deep resources are followed.
const DEPTH: usize = 8;
/// How many streams of a page are looked at.
const MOST: usize = 20_000;

/// Looks through the resources of a page.
pub(crate) struct Guard<'l> {
    allowance: Allowance<'l>,
    seen: HashSet<usize>,
}

impl<'l> Guard<'l> {
    pub(crate) fn new(allowance: Allowance<'l>) -> Self {
        Self {
            allowance,
            seen: HashSet::new(),
        }
    }

    /// Whether everything these resources hold stays within the limits when drawn.
    pub(crate) fn allows(&mut self, resources: &Resources<'_>) -> bool {
        self.resources(resources, DEPTH)
    }

    fn resources(&mut self, resources: &Resources<'_>, depth: usize) -> bool {
        [
            &resources.x_objects,
            &resources.patterns,
            &resources.color_spaces,
            &resources.shadings,
            &resources.ext_g_states,
        ]
        .into_iter()
        .all(|dict| self.entries(dict, depth))
            && resources
                .fonts
                .keys()
                .filter_map(|key| resources.fonts.get::<Dict<'_>>(key.as_ref()))
                .all(|font| font_fits(&font))
    }

    fn entries(&mut self, dict: &Dict<'_>, depth: usize) -> bool {
        let keys: Vec<_> = dict.keys().collect();
        keys.into_iter()
            .filter_map(|key| dict.get::<Object<'_>>(key.as_ref()))
            .all(|object| self.object(&object, depth))
    }

    fn object(&mut self, object: &Object<'_>, depth: usize) -> bool {
        if depth == 0 {
            return true;
        }
        match object {
            Object::Stream(stream) => self.stream(stream, depth - 1),
            Object::Array(array) => array
                .iter::<Object<'_>>()
                .take(64)
                .all(|o| self.object(&o, depth - 1)),
            Object::Dict(dict) => [
                b"SMask".as_slice(),
                b"G",
                b"Shading",
                b"Function",
                b"ColorSpace",
            ]
            .into_iter()
            .filter_map(|key| dict.get::<Object<'_>>(key))
            .all(|o| self.object(&o, depth - 1)),
            _ => true,
        }
    }

    fn stream(&mut self, stream: &Stream<'_>, depth: usize) -> bool {
        let dict = stream.dict();
        let first = self.seen.insert(dict.data().as_ptr() as usize);
        if !first {
            return true;
        }
        let side = |key: &[u8]| dict.get::<u32>(key).unwrap_or(0);
        let pixels = [side(b"Width"), side(b"Height")];
        if self.seen.len() > MOST || !self.allowance.allows(stream, pixels) {
            return false;
        }
        let parts = [b"SMask".as_slice(), b"Mask", b"ColorSpace", b"Shading"];
        let parts_fit = parts
            .into_iter()
            .filter_map(|key| dict.get::<Object<'_>>(key))
            .all(|o| self.object(&o, depth));
        parts_fit
            && dict
                .get::<Dict<'_>>(b"Resources")
                .is_none_or(|own| self.resources(&Resources::new(own), depth))
    }
}

/// Bytes a font's program or map may unpack to. The largest fonts there are, of Chinese, have some 30 MB.
const FONT_BYTES: usize = 96 << 20;

/// Whether a font's program and maps stay within what any font needs.
pub(crate) fn font_fits(font: &Dict<'_>) -> bool {
    let descendant = font
        .get::<Array<'_>>(b"DescendantFonts")
        .and_then(|a| a.iter::<Dict<'_>>().next());
    [Some(font), descendant.as_ref()]
        .into_iter()
        .flatten()
        .all(|dict| {
            let descriptor = dict.get::<Dict<'_>>(b"FontDescriptor");
            let of = |dict: &Dict<'_>, keys: &[&[u8]]| {
                keys.iter()
                    .filter_map(|key| dict.get::<Stream<'_>>(*key))
                    .all(|stream| fits(&stream, FONT_BYTES))
            };
            of(dict, &[b"ToUnicode", b"CIDToGIDMap", b"Encoding"])
                && descriptor.is_none_or(|d| of(&d, &[b"FontFile", b"FontFile2", b"FontFile3"]))
        })
}
