//! How EAN-13 and its add-ons write digits: widths of bars and spaces, which are mirrored, what checks.

/// Modules of the main symbol, and how many bars and spaces they make.
pub(crate) const MODULES: f64 = 95.0;
pub(crate) const RUNS: usize = 59;
/// Bars and spaces of the longer add-on with the spaces before and after it.
const ADD_ON_RUNS: usize = 33;
/// How far four widths together may be off a digit's, in modules.
const LOOSE: f64 = 1.3;

/// Widths of the ten digits as they stand on the right of the symbol.
pub(crate) const DIGITS: [[f64; 4]; 10] = [
    [3.0, 2.0, 1.0, 1.0],
    [2.0, 2.0, 2.0, 1.0],
    [2.0, 1.0, 2.0, 2.0],
    [1.0, 4.0, 1.0, 1.0],
    [1.0, 1.0, 3.0, 2.0],
    [1.0, 2.0, 3.0, 1.0],
    [1.0, 1.0, 1.0, 4.0],
    [1.0, 3.0, 1.0, 2.0],
    [1.0, 2.0, 1.0, 3.0],
    [3.0, 1.0, 1.0, 2.0],
];
/// Which of the six left digits are mirrored (bit 5 first), by the digit that tells it.
pub(crate) const FIRST: [u8; 10] = [
    0, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010,
];
/// Which of the five add-on digits are mirrored (bit 4 first), by its check value.
pub(crate) const FIVE: [u8; 10] = [
    0b11000, 0b10100, 0b10010, 0b10001, 0b01100, 0b00110, 0b00011, 0b01010, 0b01001, 0b00101,
];

/// The digit of four runs, and whether it is mirrored.
fn digit(runs: &[f64]) -> Option<(u8, bool)> {
    let [a, b, c, d] = <[f64; 4]>::try_from(runs).ok()?;
    let module = (a + b + c + d) / 7.0;
    if module <= 0.0 {
        return None;
    }
    let runs = [a, b, c, d].map(|r| r / module);
    let mut best = (f64::INFINITY, 0u8, false);
    for (value, widths) in (0u8..).zip(DIGITS) {
        for mirrored in [false, true] {
            let mut widths = widths;
            if mirrored {
                widths.reverse();
            }
            let off: f64 = runs.iter().zip(widths).map(|(r, w)| (r - w).abs()).sum();
            if off < best.0 {
                best = (off, value, mirrored);
            }
        }
    }
    (best.0 <= LOOSE).then_some((best.1, best.2))
}

/// Whether runs are guards: one module each.
fn guards(runs: &[f64], module: f64) -> bool {
    runs.iter().all(|r| (0.35..=1.8).contains(&(r / module)))
}

/// Clear modules after an add-on that end it; between its digits there is one.
const ENDS: f64 = 2.5;
/// Gain beyond which bars are mended before they are read, in modules: below it widths tell the digits as they are.
const NOTABLE: f64 = 0.12;

/// The digits of a symbol, and by how much its bars are wider than they should be. `runs` begin with a bar.
pub(crate) fn symbol_digits(runs: &[f64]) -> Option<(String, f64)> {
    let module = runs.iter().sum::<f64>() / MODULES;
    let parts = [runs.get(..3)?, runs.get(27..32)?, runs.get(56..59)?];
    if !parts.iter().all(|g| guards(g, module)) {
        return None;
    }
    let gain = gain(parts);
    if gain.abs() <= NOTABLE * module {
        return digits_of(runs).map(|digits| (digits, 0.0));
    }
    digits_of(&mended(runs, gain, true)).map(|digits| (digits, gain))
}

/// By how much the bars of guards are wider than their spaces would have them. Ink that spreads, or a drawing that
/// forestalls it, moves both edges of every bar; scanners read from like edge to like edge and do not mind.
fn gain(guards: [&[f64]; 3]) -> f64 {
    let [left, middle, right] = guards;
    let outer = left.iter().chain(right).copied().collect::<Vec<_>>();
    let bars = outer.chunks(3).flat_map(|g| [g.first(), g.last()]);
    let bars: f64 = bars.flatten().sum::<f64>() + middle.iter().skip(1).step_by(2).sum::<f64>();
    let spaces: f64 =
        outer.iter().skip(1).step_by(3).sum::<f64>() + middle.iter().step_by(2).sum::<f64>();
    // Six bars and five spaces.
    (bars / 6.0 - spaces / 5.0) / 2.0
}

/// Runs as they are without a gain; `dark` tells whether the first is a bar.
fn mended(runs: &[f64], gain: f64, dark: bool) -> Vec<f64> {
    let signs = if dark { [-gain, gain] } else { [gain, -gain] };
    runs.iter()
        .zip(signs.into_iter().cycle())
        .map(|(run, by)| run + by)
        .collect()
}

fn digits_of(runs: &[f64]) -> Option<String> {
    let left = runs.get(3..27)?.chunks_exact(4);
    let right = runs.get(32..56)?.chunks_exact(4);
    let digits: Option<Vec<(u8, bool)>> = left.chain(right).map(digit).collect();
    checked(&digits?)
}

/// Twelve digits, each with whether it is mirrored, as the thirteen of a symbol, if they check.
pub(crate) fn checked(read: &[(u8, bool)]) -> Option<String> {
    let (left, right) = read.split_at_checked(6)?;
    if right.iter().any(|(_, is_mirrored)| *is_mirrored) {
        return None;
    }
    let mirrored = bits(left);
    let mut digits: Vec<u8> = read.iter().map(|(value, _)| *value).collect();
    let first = FIRST.iter().position(|m| *m == mirrored)?;
    digits.insert(0, u8::try_from(first).ok()?);
    let sum: u32 = digits
        .iter()
        .zip([1, 3].into_iter().cycle())
        .map(|(d, weight)| u32::from(*d) * weight)
        .sum();
    (sum.is_multiple_of(10)).then(|| text(&digits))
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|d| char::from(b'0' + d)).collect()
}

/// The add-on after a symbol, and the clear space after it. `runs` begin with the space between; `gain` is the symbol's.
pub(crate) fn add_on(runs: &[f64], module: f64, gain: f64) -> (Option<String>, Option<f64>) {
    let clear = |at: usize| runs.get(at).copied();
    let runs = mended(
        runs.get(..runs.len().min(ADD_ON_RUNS)).unwrap_or_default(),
        gain,
        false,
    );
    let gap = runs.first().copied().unwrap_or(0.0) / module;
    let begins = (4.0..=16.0).contains(&gap);
    let guard = runs.get(1..4).is_some_and(|g| {
        let widths = [1.0, 1.0, 2.0];
        g.iter()
            .zip(widths)
            .all(|(r, w)| (r / module - w).abs() <= 0.75)
    });
    if !begins || !guard {
        return (None, None);
    }
    for count in [5usize, 2] {
        // Digits of four runs with two between them.
        let starts = (0..count).map(|n| 4 + 6 * n);
        let read: Option<Vec<(u8, bool)>> = starts
            .map(|at| runs.get(at..at + 4).and_then(digit))
            .collect();
        let at = 2 + 6 * count;
        // The first two digits of five may make sense by themselves.
        let ends = clear(at).is_none_or(|after| after >= ENDS * module);
        let digits = read.filter(|_| ends).and_then(|read| checked_add_on(&read));
        if digits.is_some() {
            return (digits, clear(at));
        }
    }
    (None, None)
}

/// Two digits or five, each with whether it is mirrored, as an add-on, if they check.
pub(crate) fn checked_add_on(read: &[(u8, bool)]) -> Option<String> {
    let mirrored = bits(read);
    let digits: Vec<u8> = read.iter().map(|(value, _)| *value).collect();
    let right = match digits.as_slice() {
        [a, b, c, d, e] => {
            let [a, b, c, d, e] = [a, b, c, d, e].map(|v| usize::from(*v));
            FIVE.get((3 * (a + c + e) + 9 * (b + d)) % 10) == Some(&mirrored)
        }
        // Two digits: their value modulo four tells which are mirrored, as a binary number.
        [a, b] => (a * 10 + b) % 4 == mirrored,
        _ => false,
    };
    right.then(|| text(&digits))
}

/// Which digits are mirrored, the last in the lowest bit.
fn bits(read: &[(u8, bool)]) -> u8 {
    let add = |bits, (_, is_mirrored): &(u8, bool)| bits << 1 | u8::from(*is_mirrored);
    read.iter().fold(0, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bars and spaces of an ISBN, its bars wider by `gain` modules.
    fn symbol(digits: [usize; 13], gain: f64) -> Vec<f64> {
        let turned = |value: usize, is_mirrored: bool| {
            let mut widths = DIGITS[value];
            if is_mirrored {
                widths.reverse();
            }
            widths
        };
        let mut runs = vec![1.0; 3];
        for (n, value) in digits[1..7].iter().enumerate() {
            runs.extend(turned(*value, FIRST[digits[0]] >> (5 - n) & 1 == 1));
        }
        runs.extend([1.0; 5]);
        for value in &digits[7..] {
            runs.extend(turned(*value, false));
        }
        runs.extend([1.0; 3]);
        mended(&runs, -gain, true)
    }

    #[test]
    fn bars_too_thin_or_too_thick_are_read_from_like_edge_to_like_edge() {
        let isbns = [
            [9, 7, 8, 0, 3, 0, 6, 4, 0, 6, 1, 5, 7],
            [9, 7, 8, 1, 8, 6, 0, 7, 4, 2, 7, 1, 2],
            [9, 7, 9, 8, 7, 4, 8, 2, 9, 1, 7, 8, 0],
        ];
        for digits in isbns {
            let sum: usize = digits
                .iter()
                .zip([1, 3].into_iter().cycle())
                .map(|(d, w)| d * w)
                .sum();
            let mut right = digits;
            right[12] = (digits[12] + 10 - sum % 10) % 10;
            for tenths in -4..=5 {
                let gain = f64::from(tenths) / 10.0;
                let text: String = right.iter().map(usize::to_string).collect();
                let (read, told) = symbol_digits(&symbol(right, gain)).unwrap_or_default();
                assert_eq!(read, text, "{gain}");
                assert!((told - gain).abs() < 0.13, "{gain}: {told}");
            }
        }
    }
}
