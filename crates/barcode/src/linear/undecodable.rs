//! Finds EAN-13 symbols that cannot be decoded: the guard patterns are in place and most digits are valid.

use crate::linear::digits::{DIGITS, MODULES};
use crate::linear::gradients::Gradients;

/// Modules of clear space that part a symbol from what stands beside it.
const CLEAR: f64 = 4.5;
/// Bars of a symbol that has thirty, of which some may run together or be missing.
const BARS: std::ops::RangeInclusive<usize> = 22..=38;
/// Digits of twelve that must be there.
const DIGITS_RIGHT: usize = 7;
/// Lines that must show it in the same place.
const LEAST_LINES: u32 = 6;

/// A stretch of light and dark, in turn, light first, that stands like a symbol: where it begins and ends.
pub(crate) fn stretch(lengths: &[f64]) -> Option<[f64; 2]> {
    let mut from = 0.0;
    for (n, pair) in lengths.chunks_exact(2).enumerate() {
        let [light, dark] = pair else {
            continue;
        };
        from += light;
        let guard = lengths.get(2 * n + 2..2 * n + 4).unwrap_or_default();
        let begins = *light >= CLEAR * dark.max(1e-6)
            && guard
                .iter()
                .all(|run| (0.3..=3.0).contains(&(run / dark.max(1e-6))));
        if begins && let Some(length) = symbol(lengths.get(2 * n + 1..).unwrap_or_default()) {
            return Some([from, from + length]);
        }
        from += dark;
    }
    None
}

/// The length of what stands like a symbol at the beginning of stretches, dark first.
fn symbol(lengths: &[f64]) -> Option<f64> {
    let mut whole = 0.0;
    for bars in 1..=*BARS.end() {
        whole += lengths.get(2 * bars - 2)?;
        let module = whole / MODULES;
        let after = lengths.get(2 * bars - 1).copied().unwrap_or(f64::INFINITY);
        // A wide space within may look clear while the whole is still short.
        if bars >= *BARS.start()
            && after >= CLEAR * module
            && is_symbol(lengths.get(..2 * bars - 1)?, module)
        {
            return Some(whole);
        }
        whole += after;
    }
    None
}

fn is_symbol(lengths: &[f64], module: f64) -> bool {
    let mut ends = Vec::with_capacity(lengths.len());
    let mut at = 0.0;
    for length in lengths {
        at += length;
        ends.push(at);
    }
    // Whether the middle of a module is dark.
    let dark = |n: usize| {
        let middle = (n as f64 + 0.5) * module;
        ends.iter().position(|end| middle < *end).unwrap_or(0) % 2 == 0
    };
    let guards = [
        (0, true),
        (1, false),
        (2, true),
        (45, false),
        (46, true),
        (47, false),
        (48, true),
        (49, false),
    ];
    let last = [(92, true), (93, false), (94, true)];
    let off = guards
        .iter()
        .chain(&last)
        .filter(|(n, wanted)| dark(*n) != *wanted)
        .count();
    if off > 1 {
        return false;
    }
    let right = (0..12).filter(|digit| {
        let left = *digit < 6;
        let start = if left {
            3 + 7 * digit
        } else {
            50 + 7 * (digit - 6)
        };
        let modules: [bool; 7] = std::array::from_fn(|n| dark(start + n));
        let is = |widths: [f64; 4]| {
            let mut places = modules.iter();
            widths
                .into_iter()
                .zip([!left, left, !left, left])
                .all(|(width, wanted)| {
                    let count = width as usize;
                    places
                        .by_ref()
                        .take(count)
                        .all(|is_dark| *is_dark == wanted)
                })
        };
        let mirrored = |[a, b, c, d]: [f64; 4]| [d, c, b, a];
        DIGITS
            .iter()
            .any(|widths| is(*widths) || left && is(mirrored(*widths)))
    });
    right.count() >= DIGITS_RIGHT
}

/// Places in a picture parted into dark and light that stand like a symbol, its bars upright or lying: left, top, right,
/// bottom. Every `step`-th line is scanned.
pub(crate) fn in_binarized(
    width: usize,
    height: usize,
    dark: &[bool],
    gradients: &Gradients,
    step: usize,
) -> Vec<[f64; 4]> {
    let step = step.max(1);
    let mut found = gather(
        height,
        step,
        |row| gradients.in_row(row),
        &mut |row, line| {
            let from = row * width;
            line.extend_from_slice(dark.get(from..from + width).unwrap_or_default());
        },
    );
    let lying = gather(
        width,
        step,
        |column| gradients.in_column(column),
        &mut |column, line| {
            line.extend(dark.chunks_exact(width).filter_map(|row| row.get(column)));
        },
    );
    found.extend(lying.into_iter().map(|[x0, y0, x1, y1]| [y0, x0, y1, x1]));
    found
}

fn gather(
    lines: usize,
    step: usize,
    may_have_bars: impl Fn(usize) -> bool,
    line: &mut dyn FnMut(usize, &mut Vec<bool>),
) -> Vec<[f64; 4]> {
    let mut open: Vec<([f64; 4], u32)> = Vec::new();
    let mut pixels = Vec::new();
    let mut lengths: Vec<f64> = Vec::new();
    for at in (0..lines).step_by(step).filter(|at| may_have_bars(*at)) {
        pixels.clear();
        line(at, &mut pixels);
        lengths.clear();
        // Beyond the picture all is clear.
        let edge = pixels.len() as f64;
        if pixels.first() == Some(&true) {
            lengths.push(edge);
        }
        lengths.extend(pixels.chunk_by(|a, b| a == b).map(|run| run.len() as f64));
        let shift = if pixels.first() == Some(&true) {
            edge
        } else {
            0.0
        };
        if lengths.len() < 2 * *BARS.start() {
            continue;
        }
        let Some([from, to]) = stretch(&lengths).map(|ends| ends.map(|v| v - shift)) else {
            continue;
        };
        let (top, bottom) = (at as f64, (at + step) as f64);
        let near = (to - from) / MODULES * 3.0;
        let same = open.iter_mut().find(|(area, _)| {
            (area[0] - from).abs() <= near
                && (area[2] - to).abs() <= near
                && top - area[3] <= 4.0 * near
        });
        match same {
            Some((area, count)) => {
                area[3] = bottom;
                *count += 1;
            }
            None => open.push(([from, top, to, bottom], 1)),
        }
    }
    open.retain(|(_, count)| *count >= LEAST_LINES);
    open.into_iter().map(|(area, _)| area).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths of the standard's example 5901234123457, from its left guard, and clear space on both sides.
    fn widths() -> Vec<f64> {
        let left = [
            ("9", false),
            ("0", true),
            ("1", true),
            ("2", false),
            ("3", true),
            ("4", false),
        ];
        let mut all = vec![11.0, 1.0, 1.0, 1.0];
        for (digit, mirrored) in left {
            let mut widths = DIGITS[digit.parse::<usize>().unwrap()];
            if mirrored {
                widths.reverse();
            }
            all.extend(widths);
        }
        all.extend([1.0; 5]);
        for digit in [1, 2, 3, 4, 5, 7] {
            all.extend(DIGITS[digit]);
        }
        all.extend([1.0, 1.0, 1.0, 7.0]);
        all
    }

    #[test]
    fn a_symbol_stands_like_one_even_where_a_digit_is_wrong() {
        assert_eq!(stretch(&widths()), Some([11.0, 106.0]));
        let mut wrong = widths();
        // The last digit.
        wrong[53..57].copy_from_slice(&DIGITS[8]);
        assert_eq!(stretch(&wrong), Some([11.0, 106.0]));
    }

    #[test]
    fn even_bars_and_other_bars_do_not() {
        let mut fence = vec![20.0];
        fence.extend([2.0; 59]);
        fence.push(20.0);
        assert_eq!(stretch(&fence), None);
        let mut other = vec![20.0];
        other.extend((0..61).map(|n| f64::from((n * 7 + 3) % 4 + 1)));
        other.push(20.0);
        assert_eq!(stretch(&other), None);
    }
}
