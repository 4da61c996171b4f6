//! Whether the program of a font is in the file and can be read to its end.

use hayro_syntax::object::{Array, Dict, Stream};

use super::unpack::unpack;

/// Whether every program that a font names is there and sound. A font without one is sound: readers have their own.
pub(super) fn is_sound(font: &Dict<'_>) -> bool {
    let descendant = font
        .get::<Array<'_>>(b"DescendantFonts")
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let described = descendant.as_ref().unwrap_or(font);
    let Some(descriptor) = described.get::<Dict<'_>>(b"FontDescriptor") else {
        return true;
    };
    [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
        .into_iter()
        .filter(|key| descriptor.contains_key(key))
        .all(|key| {
            let program = descriptor.get::<Stream<'_>>(key);
            let unpacked = program.as_ref().and_then(unpack);
            unpacked.is_some_and(|u| u.whole && is_program(&u.data))
        })
}

fn is_program(data: &[u8]) -> bool {
    match data {
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b'O', b'T', b'T', b'O', ..] => {
            has_its_tables(data)
        }
        [b't', b't', b'c', b'f', ..] => true,
        [1, _, header, 1..=4, ..] => has_its_indexes(data, usize::from(*header)),
        [b'%', b'!', ..] | [0x80, 1, ..] => memchr::memmem::find(data, b"eexec").is_some(),
        _ => false,
    }
}

/// A number of so many bytes, highest first.
fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let digits = data.get(at..at.checked_add(bytes)?)?;
    Some(digits.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)))
}

/// Tables that glyphs are drawn from; others may be cut by careless subsetters without harm.
const DRAWN: [&[u8]; 5] = [b"glyf", b"loca", b"head", b"maxp", b"CFF "];

/// Whether the tables of a TrueType or OpenType program that glyphs are drawn from lie within it.
fn has_its_tables(data: &[u8]) -> bool {
    let count = number(data, 4, 2).unwrap_or(0);
    let mut outlines = false;
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
            if from.saturating_add(length) > data.len() {
                return false;
            }
        }
    }
    outlines
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
        let mut data = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        data.extend(b"glyf\0\0\0\0");
        data.extend(28u32.to_be_bytes());
        data.extend(length.to_be_bytes());
        data.extend([7; 40]);
        data
    }

    #[test]
    fn a_program_is_sound_where_its_tables_lie_within_it() {
        assert!(is_program(&sfnt(40)));
        assert!(!is_program(&sfnt(41)));
        assert!(!is_program(&sfnt(40)[..20]));
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
