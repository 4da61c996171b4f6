//! Whether a page, or a font, can be handed to code that unpacks whatever it meets: nothing in it may grow
//! beyond the limits.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour::function;
use crate::pdf::images::decode::{Allowance, fits, read};

/// How deep resources are followed.
const DEPTH: usize = 8;
/// Corners of a mesh, and those in a row of it. Pictures turned into meshes have some hundred thousand.
const CORNERS: usize = 1_500_000;
const ROW: usize = 100_000;
/// Bytes of a mesh.
const MESH: usize = 64 << 20;
/// How many streams of a page are looked at.
const MAX_STREAMS: usize = 20_000;

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
            Object::Stream(stream) if stream.dict().contains_key(b"FunctionType") => {
                function::is_bounded(object)
            }
            Object::Stream(stream) => self.stream(stream, depth - 1),
            Object::Array(array) => array
                .iter::<Object<'_>>()
                .take(64)
                .all(|o| self.object(&o, depth - 1)),
            Object::Dict(dict) if dict.contains_key(b"FunctionType") => {
                function::is_bounded(object)
            }
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
        if self.seen.len() > MAX_STREAMS || !self.allowance.allows(stream, pixels) {
            return false;
        }
        // A row of a mesh is kept room for before its corners are read.
        if dict.contains_key(b"ShadingType") && !mesh_fits(stream) {
            return false;
        }
        let parts = [
            b"SMask".as_slice(),
            b"Mask",
            b"ColorSpace",
            b"Shading",
            b"Function",
        ];
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

/// Whether a mesh has no more corners than are looked at.
fn mesh_fits(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let bits = |key: &[u8], least: usize| dict.get::<usize>(key).unwrap_or(0).max(least);
    let corner =
        bits(b"BitsPerFlag", 0) + 2 * bits(b"BitsPerCoordinate", 1) + bits(b"BitsPerComponent", 1);
    let row = bits(b"VerticesPerRow", 0);
    // A lattice whose rows have no corner has no end.
    let is_lattice = dict.get::<u8>(b"ShadingType") == Some(5);
    let rows_end = !is_lattice || (2..=ROW).contains(&row);
    read(stream, MESH).is_ok_and(|mesh| rows_end && mesh.data.len() * 8 / corner <= CORNERS)
}

/// Bytes that the map of a font's codes may unpack to: each of 65,536 codes takes some thirty.
const MAP_BYTES: usize = 4 << 20;

/// Whether a map of codes stays within what any font needs: in its bytes, and in the codes of its ranges.
fn map_fits(stream: &Stream<'_>) -> bool {
    let Ok(map) = read(stream, MAP_BYTES) else {
        // What cannot be unpacked holds nothing.
        return fits(stream, MAP_BYTES);
    };
    map.data.len() <= MAP_BYTES && !has_wide_range(&map.data)
}

/// Whether two neighbouring codes of a map lie further apart than any font has glyphs. Spaces of codes are declared that wide,
/// and cost nothing.
fn has_wide_range(map: &[u8]) -> bool {
    let mut rest = map;
    while let Some(at) = memchr::memmem::find(rest, b"range") {
        let section = rest.get(at..).unwrap_or_default();
        let end = memchr::memmem::find(section, b"end").unwrap_or(section.len());
        let before = rest.get(..at).unwrap_or_default();
        let begins = [b"begincid".as_slice(), b"beginbf", b"beginnotdef"]
            .iter()
            .any(|word| before.ends_with(word));
        let body = section.get(..end).unwrap_or_default();
        if begins && body.split(|c| *c == b'\n' || *c == b'\r').any(is_wide) {
            return true;
        }
        let step = if begins { end.max(5) } else { 5 };
        rest = section.get(step..).unwrap_or_default();
    }
    false
}

/// Whether a line begins with two codes far apart.
fn is_wide(line: &[u8]) -> bool {
    let mut codes = line.split(|c| *c == b'<').skip(1).map(|code| {
        let digits = code.iter().take_while(|c| c.is_ascii_hexdigit());
        digits.fold(0u64, |n, c| {
            n << 4 | u64::from(char::from(*c).to_digit(16).unwrap_or(0))
        })
    });
    matches!((codes.next(), codes.next()), (Some(low), Some(high)) if high.saturating_sub(low) > 0xffff)
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
            let maps = [b"ToUnicode".as_slice(), b"Encoding"];
            of(dict, &[b"CIDToGIDMap"])
                && maps
                    .iter()
                    .filter_map(|key| dict.get::<Stream<'_>>(*key))
                    .all(|map| map_fits(&map))
                && descriptor.is_none_or(|d| of(&d, &[b"FontFile", b"FontFile2", b"FontFile3"]))
        })
}

#[cfg(test)]
mod tests {
    use super::has_wide_range;

    #[test]
    fn a_map_may_declare_all_codes_and_map_letters_to_many_but_no_range_that_wide() {
        let plain = b"1 begincodespacerange\n<00000000> <FFFFFFFF>\nendcodespacerange\n0 beginbfrange\nendbfrange\n\
                      1 beginbfchar\n<0025> <006600660069>\nendbfchar\n1 begincidrange\n<0000> <FFFF> 0\nendcidrange\n";
        assert!(!has_wide_range(plain));
        assert!(has_wide_range(
            b"1 begincidrange\n<00000000> <ffffffff> 0\nendcidrange\n"
        ));
        let both = b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 begincidrange\n\
                     <00000000> <ffffffff> 0\nendcidrange\n";
        assert!(has_wide_range(both));
        assert!(has_wide_range(
            b"1 beginbfrange <0000> <10000> <0041> endbfrange"
        ));
    }
}
