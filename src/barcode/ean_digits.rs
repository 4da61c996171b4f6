//! How EAN-13 and its add-ons write digits: widths of bars and spaces, which are mirrored, what checks.

/// Modules of the main symbol, and how many bars and spaces they make.
pub(super) const MODULES: f64 = 95.0;
pub(super) const RUNS: usize = 59;
/// How far four widths together may be off a digit's, in modules.
const LOOSE: f64 = 1.3;

/// Widths of the ten digits as they stand on the right of the symbol.
pub(super) const DIGITS: [[f64; 4]; 10] = [
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
pub(super) const FIRST: [u8; 10] = [
    0, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010,
];
/// Which of the five add-on digits are mirrored (bit 4 first), by its check value.
pub(super) const FIVE: [u8; 10] = [
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

pub(super) fn symbol_digits(runs: &[f64]) -> Option<String> {
    let module = runs.iter().sum::<f64>() / MODULES;
    let parts = [runs.get(..3)?, runs.get(27..32)?, runs.get(56..59)?];
    if !parts.iter().all(|g| guards(g, module)) {
        return None;
    }
    let mut digits = Vec::with_capacity(13);
    let mut mirrored = 0u8;
    for runs in runs.get(3..27)?.chunks_exact(4) {
        let (value, is_mirrored) = digit(runs)?;
        digits.push(value);
        mirrored = mirrored << 1 | u8::from(is_mirrored);
    }
    for runs in runs.get(32..56)?.chunks_exact(4) {
        match digit(runs)? {
            (value, false) => digits.push(value),
            (_, true) => return None,
        }
    }
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

/// The add-on after a symbol, and the clear space after it. `runs` begin with the space between.
pub(super) fn add_on(runs: &[f64], module: f64) -> (Option<String>, Option<f64>) {
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
        let mut digits = Vec::new();
        let mut mirrored = 0u8;
        let mut at = 4;
        for n in 0..count {
            let Some((value, is_mirrored)) = runs.get(at..at + 4).and_then(digit) else {
                break;
            };
            digits.push(value);
            mirrored = mirrored << 1 | u8::from(is_mirrored);
            at += 4;
            if n + 1 < count {
                at += 2;
            }
        }
        let right = match digits.as_slice() {
            [a, b, c, d, e] => {
                let [a, b, c, d, e] = [a, b, c, d, e].map(|v| usize::from(*v));
                FIVE.get((3 * (a + c + e) + 9 * (b + d)) % 10) == Some(&mirrored)
            }
            // Two digits: their value modulo four tells which are mirrored, as a binary number.
            [a, b] if count == 2 => (a * 10 + b) % 4 == mirrored,
            _ => false,
        };
        if right {
            return (Some(text(&digits)), runs.get(at).copied());
        }
    }
    (None, None)
}
