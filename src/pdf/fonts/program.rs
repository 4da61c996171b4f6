//! Whether the program of a font is in the file and can be read to its end.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, Stream};

use crate::pdf::fonts::bytes::number;
use crate::pdf::fonts::{cff, glyf, type1, widths};
use crate::pdf::images::codec;
use crate::pdf::images::unpack::unpack;
use crate::pdf::objects::object_number;

/// The program of a font.
pub(in crate::pdf) struct Program {
    /// Whether every program that the font names is there and sound. A font without one is sound: readers have their own.
    pub(in crate::pdf) is_sound: bool,
    /// The program, unpacked.
    pub(in crate::pdf) data: Option<Vec<u8>>,
}

/// Unpacks and judges the program of a font.
pub(in crate::pdf) fn read(font: &Dict<'_>, deleted: &HashSet<u32>) -> Program {
    let mut data = None;
    Program {
        is_sound: is_sound(font, deleted, &mut data),
        data,
    }
}

fn is_sound(font: &Dict<'_>, deleted: &HashSet<u32>, data: &mut Option<Vec<u8>>) -> bool {
    let is_deleted = |dict: &Dict<'_>| object_number(dict).is_some_and(|n| deleted.contains(&n));
    if is_deleted(font) {
        return false;
    }
    let descendant = descendant(font);
    let described = descendant.as_ref().unwrap_or(font);
    if [font, described].into_iter().any(widths::are_lacking) {
        return false;
    }
    let kind = font.get::<Name<'_>>(b"Subtype");
    let is = |name: &[u8]| kind.as_ref().is_some_and(|kind| kind.as_ref() == name);
    if is(b"Type3") {
        return has_its_matrix(font);
    }
    let Some(descriptor) = described.get::<Dict<'_>>(b"FontDescriptor") else {
        return true;
    };
    if is_deleted(described) || is_deleted(&descriptor) {
        return false;
    }
    PROGRAMS
        .into_iter()
        .filter(|key| descriptor.contains_key(key))
        .all(|key| {
            let program = descriptor.get::<Stream<'_>>(key);
            if program.as_ref().is_some_and(|p| is_deleted(p.dict())) {
                return false;
            }
            let unpacked = program.as_ref().and_then(unpack);
            // Some programs count the parts a few bytes too long, or write no number at all.
            let parts = program.as_ref().map_or(0, |p| type1_length(p.dict()));
            unpacked.is_some_and(|u| {
                let is_sound = u.whole
                    && is_program(&u.data)
                    && (!is(b"TrueType") || has_its_codes(&u.data))
                    && (!is_type1(&u.data)
                        || u.data.len() * 20 >= parts.saturating_mul(19)
                        || parts / 2 > u.data.len());
                *data = Some(u.data.into_owned());
                is_sound
            })
        })
}

/// Whether a Type 3 font says how large its glyphs are drawn.
fn has_its_matrix(font: &Dict<'_>) -> bool {
    let matrix = font.get::<Array<'_>>(b"FontMatrix");
    matrix.is_some_and(|matrix| matrix.iter::<f32>().count() == 6)
}

/// Whether a TrueType program finds glyphs by codes or by names. A simple font of one that does not shows boxes.
fn has_its_codes(data: &[u8]) -> bool {
    let names = || table(data, b"post").and_then(|post| number(post, 0, 4));
    is_type1(data)
        || !matches!(data, [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..])
        || table(data, b"cmap")
            .and_then(|cmap| number(cmap, 2, 2))
            .is_some_and(|n| n > 0)
        || names() == Some(0x0002_0000)
}

/// The keys of a font's program.
const PROGRAMS: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];

/// The font that a composite one takes its glyphs from.
fn descendant<'a>(font: &Dict<'a>) -> Option<Dict<'a>> {
    let fonts = font.get::<Array<'a>>(b"DescendantFonts")?;
    fonts.iter::<Dict<'a>>().next()
}

/// Whether a program holds more of a glyph than that it is blank.
pub(in crate::pdf) fn has_drawing(data: &[u8], glyph: u32) -> bool {
    let glyph = usize::try_from(glyph).unwrap_or(usize::MAX);
    match data.first() {
        Some(1) => cff::char_string(data, glyph),
        Some(b'O') => table(data, b"CFF ").and_then(|cff| cff::char_string(cff, glyph)),
        _ => outline(data, glyph),
    }
    .is_some_and(|bytes| bytes > BLANK)
}

/// Bytes of a drawing that draws nothing: a width, and its end.
const BLANK: usize = 8;

/// Tables of a program that are looked through. Fonts have some twenty.
const MOST_TABLES: usize = 256;

/// A table of an OpenType program.
fn table<'d>(data: &'d [u8], tag: &[u8]) -> Option<&'d [u8]> {
    let count = number(data, 4, 2)?;
    // Every glyph asks anew, and no font has more.
    let at = (0..count.min(MOST_TABLES))
        .map(|n| 12 + 16 * n)
        .find(|at| data.get(*at..at + 4) == Some(tag))?;
    let (from, length) = (number(data, at + 8, 4)?, number(data, at + 12, 4)?);
    data.get(from..from.checked_add(length)?)
}

/// Whether the data of a TrueType outline describe it whole; true where there is none of this kind.
pub(in crate::pdf::fonts) fn has_whole_outline(data: &[u8], glyph: u32) -> bool {
    let glyf = table(data, b"glyf").zip(places(data));
    let Some((glyf, (place, unit))) = glyf else {
        return true;
    };
    let of = |glyph: usize| {
        let (from, to) = (place(glyph)?, place(glyph.checked_add(1)?)?);
        let from = from.checked_mul(unit)?.min(glyf.len());
        glyf.get(from..to.checked_mul(unit)?.min(glyf.len()))
    };
    let glyph = usize::try_from(glyph).unwrap_or(usize::MAX);
    glyf::is_whole(&of, glyph)
}

/// Bytes that a TrueType program has of a glyph.
fn outline(data: &[u8], glyph: usize) -> Option<usize> {
    let (place, unit) = places(data)?;
    Some(place(glyph + 1)?.checked_sub(place(glyph)?)? * unit)
}

/// Where the outlines of a TrueType program lie, in units of so many bytes.
fn places(data: &[u8]) -> Option<(impl Fn(usize) -> Option<usize>, usize)> {
    let (head, loca) = (table(data, b"head")?, table(data, b"loca")?);
    let (size, unit) = match number(head, 50, 2)? {
        0 => (2, 2),
        _ => (4, 1),
    };
    let place = move |n: usize| number(loca, n.checked_mul(size)?, size);
    Some((place, unit))
}

/// Whether a program has no place for a glyph: it has fewer, or the place of a TrueType outline is damaged.
pub(in crate::pdf) fn is_lost(data: &[u8], glyph: u32) -> bool {
    if glyph_count(data).is_some_and(|count| glyph >= count) {
        return true;
    }
    let glyph = usize::try_from(glyph).unwrap_or(usize::MAX);
    let Some((place, _)) = places(data) else {
        return false;
    };
    match (place(glyph), place(glyph.saturating_add(1))) {
        // Places only grow: a blank glyph has that of its neighbours, not the first one.
        (Some(0), Some(0)) => (0..glyph).any(|n| place(n) > Some(0)),
        (Some(from), Some(to)) => to < from,
        _ => false,
    }
}

/// Bytes that a Type 1 program says its readable and its encrypted part have together.
fn type1_length(dict: &Dict<'_>) -> usize {
    let part = |key: &[u8]| dict.get::<usize>(key).unwrap_or(0);
    part(b"Length1").saturating_add(part(b"Length2"))
}

fn is_type1(data: &[u8]) -> bool {
    matches!(data, [b'%', b'!', ..] | [0x80, 1, ..])
}

fn is_program(data: &[u8]) -> bool {
    match data {
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b'O', b'T', b'T', b'O', ..] => {
            has_its_tables(data)
        }
        [b't', b't', b'c', b'f', ..] => true,
        [1, _, header, 1..=4, ..] => cff::has_its_indexes(data, usize::from(*header)),
        data if is_type1(data) => {
            let encrypted = memchr::memmem::find(data, b"eexec").and_then(|at| data.get(at..));
            // Encrypted bytes look like noise; the zeros behind them are written as figures.
            encrypted.is_some_and(|bytes| !codec::has_hole(bytes)) && type1::has_its_glyphs(data)
        }
        _ => false,
    }
}

/// Whether a table has a name that a table may have. Some programs leave places without one.
fn is_tag(tag: &[u8]) -> bool {
    tag == [0; 4] || tag.iter().all(|c| (b' '..=b'~').contains(c))
}

/// Tables that glyphs are drawn from; others may be cut by careless subsetters without harm.
const DRAWN: [&[u8]; 5] = [b"glyf", b"loca", b"head", b"maxp", b"CFF "];

/// Whether the tables of a TrueType or OpenType program that glyphs are drawn from lie within it.
fn has_its_tables(data: &[u8]) -> bool {
    let count = number(data, 4, 2).unwrap_or(0);
    for n in 0..count {
        let at = 12 + 16 * n;
        let Some(tag) = data.get(at..at + 4).filter(|tag| is_tag(tag)) else {
            return false;
        };
        let place = number(data, at + 8, 4).zip(number(data, at + 12, 4));
        let Some((from, length)) = place else {
            return false;
        };
        if DRAWN.contains(&tag) && from.saturating_add(length) > data.len() {
            return false;
        }
    }
    if data.starts_with(b"OTTO") {
        return table(data, b"CFF ").is_some();
    }
    // Viewers refuse a TrueType program without these, and set the text in another font.
    let all = [b"head", b"hhea", b"hmtx", b"maxp"];
    let there = all.into_iter().all(|tag| table(data, tag).is_some());
    let version = table(data, b"maxp").and_then(|maxp| number(maxp, 0, 4));
    there
        && matches!(version, Some(0x0001_0000 | 0x0000_5000))
        && table(data, b"head").is_some_and(is_head)
        && has_its_outlines(data)
}

/// Whether a `head` table has its magic number and units of the em.
fn is_head(head: &[u8]) -> bool {
    number(head, 12, 4) == Some(0x5f0f_3cf5) && number(head, 18, 2).is_some_and(|units| units > 0)
}

/// Whether `loca` finds any outline of `glyf`.
fn has_its_outlines(data: &[u8]) -> bool {
    match (table(data, b"glyf"), table(data, b"loca")) {
        (Some(glyf), Some(loca)) => glyf.len() < BLANK || loca.iter().any(|byte| *byte != 0),
        _ => table(data, b"CFF ").is_some(),
    }
}

/// How many glyphs a program has, where it tells.
fn glyph_count(data: &[u8]) -> Option<u32> {
    let cff = match data.first()? {
        1 => Some(data),
        b'O' => table(data, b"CFF "),
        _ => None,
    };
    let count = match cff {
        Some(cff) => cff::glyph_count(cff),
        None => number(table(data, b"maxp")?, 4, 2),
    };
    u32::try_from(count?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TrueType program whose tables share 60 bytes, `glyf` being so many of them.
    fn sfnt(length: u32) -> Vec<u8> {
        let tables = [b"loca", b"glyf", b"head", b"hhea", b"hmtx", b"maxp"];
        let mut data = vec![0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0];
        for tag in tables {
            data.extend(tag);
            data.extend([0; 4]);
            data.extend(108u32.to_be_bytes());
            data.extend(if tag == b"glyf" { length } else { 60 }.to_be_bytes());
        }
        // The version of `maxp`; the magic number and the units of the em, where `head` has them.
        data.extend([0, 1, 0, 0]);
        data.extend([7; 8]);
        data.extend([0x5f, 0x0f, 0x3c, 0xf5, 0, 0, 4, 0]);
        data.extend([7; 40]);
        data
    }

    #[test]
    fn a_program_is_sound_where_its_tables_lie_within_it() {
        assert!(is_program(&sfnt(60)));
        assert!(!is_program(&sfnt(61)));
        assert!(!is_program(&sfnt(60)[..20]));
        for table in [12, 28, 44, 60, 76, 92] {
            let mut lost = sfnt(60);
            lost[table] = b'x';
            assert!(
                !is_program(&lost),
                "readers refuse one without each of these"
            );
        }
        for byte in [109, 120, 126] {
            let mut wrong = sfnt(60);
            wrong[byte] = 0;
            assert!(
                !is_program(&wrong),
                "without version, magic number, or units"
            );
        }
        let empty = [&sfnt(60)[..108], &[0; 60]].concat();
        assert!(!is_program(&empty));
        assert!(!is_program(b"no font at all"));
    }

    #[test]
    fn a_glyph_is_lost_beyond_the_last_or_where_its_place_is_damaged() {
        let mut data = sfnt(60);
        // `maxp` counts four glyphs; their places: 0, 5, 9, 0, 0.
        data[112..114].copy_from_slice(&[0, 4]);
        data[108 + 50..108 + 52].fill(0);
        for (n, place) in [0u8, 5, 9, 0, 0].into_iter().enumerate() {
            data[108 + 2 * n..110 + 2 * n].copy_from_slice(&[0, place]);
        }
        data[112..114].copy_from_slice(&[0, 4]);
        assert!(!is_lost(&data, 0));
        assert!(is_lost(&data, 4), "beyond the last");
    }
}
