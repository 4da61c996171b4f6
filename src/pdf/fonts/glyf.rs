//! TrueType outlines: whether the data of a glyph hold all that they begin to describe.

use crate::pdf::fonts::bytes::number;

/// Glyphs within glyphs.
const DEPTH: usize = 8;
/// Parts of one glyph. Letters with accents have some three.
const PARTS: usize = 64;

/// Whether the data of a glyph, as a function gives them, describe its outline whole.
pub(in crate::pdf::fonts) fn is_whole<'d>(
    of: &impl Fn(usize) -> Option<&'d [u8]>,
    glyph: usize,
) -> bool {
    part_is_whole(of, glyph, DEPTH, &mut 0)
}

fn part_is_whole<'d>(
    of: &impl Fn(usize) -> Option<&'d [u8]>,
    glyph: usize,
    depth: usize,
    parts: &mut usize,
) -> bool {
    *parts += 1;
    // Without data it is blank.
    let Some(data) = of(glyph).filter(|data| !data.is_empty()) else {
        return true;
    };
    match (number(data, 0, 2), depth.checked_sub(1)) {
        (None, _) => false,
        (Some(contours @ 0..0x8000), _) => contours_are_whole(data, contours).is_some(),
        (Some(_), None) => true,
        (Some(_), Some(deeper)) => {
            let whole = |part: usize| *parts > PARTS || part_is_whole(of, part, deeper, parts);
            composite_is_whole(data, whole).is_some_and(|whole| whole)
        }
    }
}

/// Bytes before the contours: their number, and the extent.
const HEAD: usize = 10;

/// None where the points of so many contours, or what leads to them, run beyond the data.
fn contours_are_whole(data: &[u8], contours: usize) -> Option<()> {
    if contours == 0 {
        return Some(());
    }
    let mut points = 0;
    for n in 0..contours {
        let next = number(data, HEAD + 2 * n, 2)? + 1;
        if next < points {
            return None;
        }
        points = next;
    }
    let instructions = HEAD + 2 * contours;
    let mut at = instructions + 2 + number(data, instructions, 2)?;
    let (mut left, mut bytes) = (points, 0usize);
    while left > 0 {
        let flags = number(data, at, 1)?;
        at += 1;
        let mut times = 1;
        if flags & 0x08 != 0 {
            times += number(data, at, 1)?;
            at += 1;
        }
        // Readers differ on whether more flags than points are an error.
        let times = times.min(left);
        left -= times;
        bytes += times * (side(flags, 0x02, 0x10) + side(flags, 0x04, 0x20));
    }
    (at.checked_add(bytes)? <= data.len()).then_some(())
}

/// Bytes of a coordinate, by the flags that say whether it is short, and whether it is the same as before.
fn side(flags: usize, short: usize, same: usize) -> usize {
    match (flags & short != 0, flags & same != 0) {
        (true, _) => 1,
        (false, true) => 0,
        (false, false) => 2,
    }
}

/// Whether every part of a composite glyph is whole; none where its data break off.
fn composite_is_whole(data: &[u8], mut whole: impl FnMut(usize) -> bool) -> Option<bool> {
    let mut at = HEAD;
    loop {
        let (flags, glyph) = (number(data, at, 2)?, number(data, at + 2, 2)?);
        at += 4 + if flags & 0x0001 == 0 { 2 } else { 4 };
        at += match flags {
            f if f & 0x0008 != 0 => 2,
            f if f & 0x0040 != 0 => 4,
            f if f & 0x0080 != 0 => 8,
            _ => 0,
        };
        if at > data.len() {
            return None;
        }
        if !whole(glyph) {
            return Some(false);
        }
        if flags & 0x0020 == 0 {
            return Some(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A triangle: its last point, no instructions, three points on the curve, coordinates of a byte each.
    const TRIANGLE: [u8; 23] = [
        0, 1, 0, 0, 0, 0, 0, 9, 0, 9, 0, 2, 0, 0, 0x37, 0x37, 0x37, 0, 9, 0, 0, 0, 9,
    ];

    fn is_whole_alone(data: &[u8]) -> bool {
        is_whole(&|_| Some(data), 0)
    }

    #[test]
    fn an_outline_is_whole_where_its_points_fit_its_data() {
        assert!(is_whole_alone(&TRIANGLE));
        assert!(is_whole_alone(&[]), "a blank one");
        assert!(!is_whole_alone(&TRIANGLE[..22]));
        assert!(!is_whole_alone(&TRIANGLE[..5]));
        let mut more = TRIANGLE;
        more[11] = 9;
        assert!(!is_whole_alone(&more), "points beyond the data");
        let mut instructed = TRIANGLE;
        instructed[13] = 40;
        assert!(!is_whole_alone(&instructed), "instructions beyond the data");
        let falling = [
            &[0, 2, 0, 0, 0, 0, 0, 9, 0, 9, 0, 2, 0, 1][..],
            &TRIANGLE[12..],
        ]
        .concat();
        assert!(!is_whole_alone(&falling), "contours that run backwards");
    }

    #[test]
    fn a_composite_outline_is_whole_where_its_parts_are() {
        let composite = [255u8, 255, 0, 0, 0, 0, 0, 9, 0, 9, 0, 0, 0, 1, 0, 0];
        let short = &TRIANGLE[..20];
        for (part, expected) in [(&TRIANGLE[..], true), (short, false)] {
            let of = |n: usize| Some(if n == 0 { &composite[..] } else { part });
            assert_eq!(is_whole(&of, 0), expected);
        }
        assert!(!is_whole_alone(&composite[..14]));
        assert!(is_whole(&|_| Some(&composite[..]), 1), "one of itself ends");
    }
}
