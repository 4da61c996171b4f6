//! Programs of fonts in the Compact Font Format: whether their indexes lie within them, and what they have of a glyph.

use crate::pdf::fonts::bytes::number;

/// Bytes that a CFF program has of a glyph.
pub(in crate::pdf::fonts) fn char_string(data: &[u8], glyph: usize) -> Option<usize> {
    let dictionaries = index(data, usize::from(*data.get(2)?))?;
    let at = char_strings(data, dictionaries)?;
    let size = number(data, at + 2, 1)?;
    let place = |n: usize| number(data, (at + 3).checked_add(n.checked_mul(size)?)?, size);
    (glyph < number(data, at, 2)?).then_some(())?;
    place(glyph + 1)?.checked_sub(place(glyph)?)
}

/// How many glyphs a CFF program has.
pub(in crate::pdf::fonts) fn glyph_count(data: &[u8]) -> Option<usize> {
    let dictionaries = index(data, usize::from(*data.get(2)?))?;
    number(data, char_strings(data, dictionaries)?, 2)
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
pub(in crate::pdf::fonts) fn has_its_indexes(data: &[u8], header: usize) -> bool {
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
        assert!(has_its_indexes(&data, 4));
        assert!(!has_its_indexes(&data[..data.len() - 1], 4));
        assert!(!has_its_indexes(&[1, 0, 4, 1, 0, 9, 1, 200, 200], 4));
    }
}
