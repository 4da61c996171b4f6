//! Whether the program of a font is in the file and can be read to its end.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::pdf::images::codec;
use crate::pdf::images::unpack::unpack;
use crate::pdf::objects::object_number;

/// Whether every program that a font names is there and sound. A font without one is sound: readers have their own.
pub(in crate::pdf) fn is_sound(font: &Dict<'_>, deleted: &HashSet<u32>) -> bool {
    let is_deleted = |dict: &Dict<'_>| object_number(dict).is_some_and(|n| deleted.contains(&n));
    if is_deleted(font) {
        return false;
    }
    let descendant = descendant(font);
    let described = descendant.as_ref().unwrap_or(font);
    if [font, described].into_iter().any(lacks_what_it_names) {
        return false;
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
                u.whole
                    && is_program(&u.data)
                    && (!is_type1(&u.data)
                        || u.data.len() * 20 >= parts.saturating_mul(19)
                        || parts / 2 > u.data.len())
            })
        })
}

/// Whether a font names widths or codes that are not in the file: its letters are then misplaced, or others.
fn lacks_what_it_names(font: &Dict<'_>) -> bool {
    const NAMED: [&[u8]; 5] = [b"Widths", b"W", b"W2", b"CIDToGIDMap", b"Encoding"];
    let is_lost = |key: &[u8]| matches!(font.get::<Object<'_>>(key), None | Some(Object::Null(_)));
    NAMED
        .into_iter()
        .any(|key| font.contains_key(key) && is_lost(key))
}

/// The keys of a font's program.
const PROGRAMS: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];

/// The font that a composite one takes its glyphs from.
fn descendant<'a>(font: &Dict<'a>) -> Option<Dict<'a>> {
    let fonts = font.get::<Array<'a>>(b"DescendantFonts")?;
    fonts.iter::<Dict<'a>>().next()
}

/// The program of a font, unpacked.
pub(in crate::pdf) fn program(font: &Dict<'_>) -> Option<Vec<u8>> {
    let descendant = descendant(font);
    let described = descendant.as_ref().unwrap_or(font);
    let descriptor = described.get::<Dict<'_>>(b"FontDescriptor")?;
    let mut programs = PROGRAMS.into_iter();
    let program = programs.find_map(|key| descriptor.get::<Stream<'_>>(key))?;
    Some(unpack(&program)?.data.into_owned())
}

/// Whether a program holds more of a glyph than that it is blank.
pub(in crate::pdf) fn has_drawing(data: &[u8], glyph: u32) -> bool {
    let glyph = usize::try_from(glyph).unwrap_or(usize::MAX);
    match data.first() {
        Some(1) => char_string(data, glyph),
        Some(b'O') => table(data, b"CFF ").and_then(|cff| char_string(cff, glyph)),
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

/// Bytes that a TrueType program has of a glyph.
fn outline(data: &[u8], glyph: usize) -> Option<usize> {
    let (head, loca) = (table(data, b"head")?, table(data, b"loca")?);
    let (size, unit) = if number(head, 50, 2)? == 0 {
        (2, 2)
    } else {
        (4, 1)
    };
    let place = |n: usize| number(loca, n.checked_mul(size)?, size);
    let [from, to] = [place(glyph)?, place(glyph + 1)?];
    Some(to.checked_sub(from)? * unit)
}

/// Bytes that a CFF program has of a glyph.
fn char_string(data: &[u8], glyph: usize) -> Option<usize> {
    let dictionaries = index(data, usize::from(*data.get(2)?))?;
    let at = char_strings(data, dictionaries)?;
    let size = number(data, at + 2, 1)?;
    let place = |n: usize| number(data, (at + 3).checked_add(n.checked_mul(size)?)?, size);
    (glyph < number(data, at, 2)?).then_some(())?;
    place(glyph + 1)?.checked_sub(place(glyph)?)
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
        [1, _, header, 1..=4, ..] => has_its_indexes(data, usize::from(*header)),
        data if is_type1(data) => {
            let encrypted = memchr::memmem::find(data, b"eexec").and_then(|at| data.get(at..));
            // Encrypted bytes look like noise; the zeros behind them are written as figures.
            encrypted.is_some_and(|bytes| !codec::has_hole(bytes))
        }
        _ => false,
    }
}

/// The number of so many bytes at a place of the program.
fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    usize::try_from(codec::number(data, at, bytes)?).ok()
}

/// Tables that glyphs are drawn from; others may be cut by careless subsetters without harm.
const DRAWN: [&[u8]; 5] = [b"glyf", b"loca", b"head", b"maxp", b"CFF "];

/// Whether the tables of a TrueType or OpenType program that glyphs are drawn from lie within it.
fn has_its_tables(data: &[u8]) -> bool {
    let count = number(data, 4, 2).unwrap_or(0);
    let (mut outlines, mut beside) = (false, 0);
    for n in 0..count {
        let at = 12 + 16 * n;
        let Some(tag) = data.get(at..at + 4) else {
            return false;
        };
        let place = number(data, at + 8, 4).zip(number(data, at + 12, 4));
        let Some((from, length)) = place else {
            return false;
        };
        if DRAWN.contains(&tag) {
            outlines |= tag == b"glyf" || tag == b"CFF ";
            beside += usize::from(matches!(tag, b"loca" | b"head"));
            if from.saturating_add(length) > data.len() {
                return false;
            }
        }
    }
    // A TrueType outline is found by `loca`, in the units of `head`.
    outlines && (beside >= 2 || data.starts_with(b"OTTO"))
}

/// The end of an index of a CFF program that begins at a place; none where it does not lie within the program.
fn index(data: &[u8], from: usize) -> Option<usize> {
    let count = number(data, from, 2)?;
    if count == 0 {
        return Some(from + 2);
    }
    let size = number(data, from + 2, 1).filter(|size| (1..=4).contains(size))?;
    let last = number(data, from + 3 + count * size, size)?;
    let end = (from + 2 + (count + 1) * size).checked_add(last)?;
    (last > 0 && end <= data.len()).then_some(end)
}

/// Whether the indexes of names, of dictionaries, of strings and of subroutines of a CFF program lie within it, one behind
/// the other.
fn has_its_indexes(data: &[u8], header: usize) -> bool {
    let Some(dictionaries) = index(data, header) else {
        return false;
    };
    let all = (0..4).try_fold(header, |from, _| index(data, from));
    all.is_some() && char_strings(data, dictionaries).is_none_or(|at| index(data, at).is_some())
}

/// Where a CFF program keeps the drawings of its glyphs, as its first dictionary says.
fn char_strings(data: &[u8], dictionaries: usize) -> Option<usize> {
    let size = number(data, dictionaries + 2, 1)?;
    let count = number(data, dictionaries, 2)?;
    let base = dictionaries + 2 + (count + 1) * size;
    let place = |n: usize| number(data, dictionaries + 3 + n * size, size)?.checked_add(base);
    let dict = data.get(place(0)?..place(1)?)?;
    let mut at = 0;
    let mut operand = None;
    while let Some(byte) = dict.get(at) {
        let (value, length) = match *byte {
            17 => return operand,
            12 => (None, 2),
            0..=21 => (None, 1),
            28 => (number(dict, at + 1, 2), 3),
            29 => (number(dict, at + 1, 4), 5),
            30 => {
                let rest = dict.get(at + 1..)?;
                let end = rest.iter().position(|b| b & 15 == 15 || b >> 4 == 15)?;
                (None, end + 2)
            }
            32..=246 => (usize::from(*byte).checked_sub(139), 1),
            247..=250 => (
                number(dict, at + 1, 1).map(|b| (usize::from(*byte) - 247) * 256 + b + 108),
                2,
            ),
            251..=254 => (None, 2),
            _ => return None,
        };
        operand = value;
        at += length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sfnt(length: u32) -> Vec<u8> {
        let mut data = vec![0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0];
        for (tag, length) in [(b"glyf", length), (b"head", 4), (b"loca", 4)] {
            data.extend(tag);
            data.extend([0; 4]);
            data.extend(60u32.to_be_bytes());
            data.extend(length.to_be_bytes());
        }
        data.extend([7; 40]);
        data
    }

    #[test]
    fn a_program_is_sound_where_its_tables_lie_within_it() {
        assert!(is_program(&sfnt(40)));
        assert!(!is_program(&sfnt(41)));
        assert!(!is_program(&sfnt(40)[..20]));
        let mut lost = sfnt(40);
        lost[44] = b'x';
        assert!(!is_program(&lost), "no outline is found without loca");
        assert!(!is_program(b"no font at all"));
    }

    #[test]
    fn a_cff_program_is_sound_where_its_indexes_lie_within_it() {
        let one = |bytes: &[u8]| {
            [
                &[0, 1, 1, 1, u8::try_from(bytes.len()).unwrap_or(0) + 1],
                bytes,
            ]
            .concat()
        };
        let data = [
            vec![1, 0, 4, 1],
            one(b"Name"),
            one(b"dict"),
            vec![0, 0],
            vec![0, 0],
        ]
        .concat();
        assert!(is_program(&data));
        assert!(!is_program(&data[..data.len() - 1]));
        assert!(!is_program(&[1, 0, 4, 1, 0, 9, 1, 200, 200]));
    }
}
