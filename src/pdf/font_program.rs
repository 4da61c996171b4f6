//! Whether the program of a font is in the file and can be read to its end.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Stream};

use super::codec;
use super::unpack::unpack;
use super::walk::object_number;

/// Whether every program that a font names is there and sound. A font without one is sound: readers have their own.
pub(super) fn is_sound(font: &Dict<'_>, deleted: &HashSet<u32>) -> bool {
    let is_deleted = |dict: &Dict<'_>| object_number(dict).is_some_and(|n| deleted.contains(&n));
    if is_deleted(font) {
        return false;
    }
    let descendant = font
        .get::<Array<'_>>(b"DescendantFonts")
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let described = descendant.as_ref().unwrap_or(font);
    let Some(descriptor) = described.get::<Dict<'_>>(b"FontDescriptor") else {
        return true;
    };
    if is_deleted(described) || is_deleted(&descriptor) {
        return false;
    }
    [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
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
        data if is_type1(data) => memchr::memmem::find(data, b"eexec").is_some(),
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

/// Whether the indexes of names, of dictionaries, of strings and of subroutines of a CFF program lie within it, one behind
/// the other.
fn has_its_indexes(data: &[u8], header: usize) -> bool {
    let index = |from: usize| -> Option<usize> {
        let count = number(data, from, 2)?;
        if count == 0 {
            return Some(from + 2);
        }
        let size = number(data, from + 2, 1).filter(|size| (1..=4).contains(size))?;
        let last = number(data, from + 3 + count * size, size)?;
        let end = (from + 2 + (count + 1) * size).checked_add(last)?;
        (last > 0 && end <= data.len()).then_some(end)
    };
    let all = (0..4).try_fold(header, |from, _| index(from));
    all.is_some()
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
