//! Code 128 and Interleaved 2 of 5, read so that they are named for what they are and never taken for an ISBN. The
//! encodations are those of ISO/IEC 15417 and 16390.

use crate::linear::symbol::Symbology;

/// A symbol decoded from the start of a row of run lengths.
pub(crate) struct DecodedPrefix {
    pub(crate) symbology: Symbology,
    pub(crate) text: String,
    /// Bars and spaces it takes.
    pub(crate) runs: usize,
    /// Modules it takes.
    pub(crate) modules: f64,
}

/// Widths of the characters of Code 128; the last three start the sets A, B and C.
const CODE_128: [&[u8; 6]; 106] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232",
];
const STOP: [f64; 7] = [2.0, 3.0, 3.0, 1.0, 1.0, 1.0, 2.0];
/// The number of the first character that starts a set.
const START: usize = 103;
/// How far six widths together may be off a character's, in modules.
const LOOSE: f64 = 1.6;
/// Clear modules before and after, less than the standards' ten: scanners forgive that much.
const CLEAR: f64 = 5.0;
/// Digits of an Interleaved 2 of 5, which has no check of its own: texture makes shorter ones.
const LEAST_DIGITS: usize = 8;

/// Reads what begins with the first of `runs`, dark first; `before` is the space before it.
pub(crate) fn read(runs: &[f64], before: f64) -> Option<DecodedPrefix> {
    code_128(runs, before).or_else(|| interleaved(runs, before))
}

/// The number of the character that six widths are.
fn character(runs: &[f64]) -> Option<usize> {
    let module = runs.iter().sum::<f64>() / 11.0;
    let offs = CODE_128.iter().map(|widths| off(runs, module, widths));
    let offs = offs.enumerate();
    let (number, off) = offs.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (off <= LOOSE).then_some(number)
}

/// How far six widths together are off a character's, in modules.
fn off(runs: &[f64], module: f64, widths: &[u8; 6]) -> f64 {
    let pairs = runs.iter().zip(widths);
    pairs
        .map(|(run, width)| (run / module - f64::from(width - b'0')).abs())
        .sum()
}

fn code_128(runs: &[f64], before: f64) -> Option<DecodedPrefix> {
    let first = runs.get(..6)?;
    let module = first.iter().sum::<f64>() / 11.0;
    // A start has no bar or space wider than four modules, and clear space before it.
    let plain =
        before >= CLEAR * module && first.iter().all(|r| (0.4..=4.6).contains(&(r / module)));
    // Most stretches are no start, which three comparisons tell.
    let mut starts = CODE_128.iter().skip(START);
    let may_start = plain && starts.any(|widths| off(first, module, widths) <= LOOSE);
    let start = may_start
        .then(|| character(first))
        .flatten()
        .filter(|n| *n >= START)?;
    let mut numbers = vec![start];
    let mut at = 6;
    loop {
        let stop = runs.get(at..at + 7)?;
        let whole = stop.iter().sum::<f64>() / 13.0;
        let off: f64 = stop
            .iter()
            .zip(STOP)
            .map(|(run, width)| (run / whole - width).abs())
            .sum();
        let after = runs.get(at + 7).copied().unwrap_or(f64::INFINITY);
        if off <= LOOSE && after >= CLEAR * whole {
            break;
        }
        numbers.push(character(runs.get(at..at + 6)?)?);
        at += 6;
    }
    let check = numbers.pop()?;
    let weighed: usize = numbers
        .iter()
        .enumerate()
        .map(|(n, value)| value * n.max(1))
        .sum();
    if numbers.len() < 2 || weighed % 103 != check {
        return None;
    }
    Some(DecodedPrefix {
        symbology: Symbology::Code128,
        text: text(&numbers),
        runs: at + 7,
        modules: (numbers.len() as f64 + 1.0) * 11.0 + 13.0,
    })
}

/// The text of characters, in the three sets they switch between.
fn text(numbers: &[usize]) -> String {
    let mut out = String::new();
    let mut set = numbers.first().copied().unwrap_or(START);
    let mut shift = false;
    for number in numbers.iter().skip(1) {
        let current = if std::mem::take(&mut shift) {
            START + 104 - set
        } else {
            set
        };
        match (*number, current) {
            (0..=99, 105) => out.push_str(&format!("{number:02}")),
            (99, _) => set = 105,
            (100, 103 | 105) => set = 104,
            (101, 104 | 105) => set = 103,
            (98, _) => shift = true,
            // The mark of GS1 at the beginning, a separator of fields later.
            (102, _) if !out.is_empty() => out.push('\u{1d}'),
            (64..=95, 103) => out.extend(u8::try_from(number - 64).map(char::from)),
            (0..=95, _) => out.extend(u8::try_from(number + 32).map(char::from)),
            _ => {}
        }
    }
    out
}

/// Which of five widths of a digit are wide, the first in bit 4.
const TWO_OF_FIVE: [u8; 10] = [
    0b00110, 0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010,
];

fn interleaved(runs: &[f64], before: f64) -> Option<DecodedPrefix> {
    let start = runs.get(..4)?;
    let narrow = start.iter().sum::<f64>() / 4.0;
    let is_narrow = |run: f64| (0.5..1.6).contains(&(run / narrow));
    let is_wide = |run: f64| (1.6..3.6).contains(&(run / narrow));
    if before < CLEAR * narrow || !start.iter().all(|r| is_narrow(*r)) {
        return None;
    }
    let mut digits = String::new();
    let mut at = 4;
    let mut wide = 0.0;
    loop {
        let [a, b, c] = *runs.get(at..at + 3)?.first_chunk::<3>()?;
        let after = runs.get(at + 3).copied().unwrap_or(f64::INFINITY);
        if is_wide(a) && is_narrow(b) && is_narrow(c) && after >= CLEAR * narrow {
            break;
        }
        let pair = runs.get(at..at + 10)?;
        for first in [0, 1] {
            let mut bits = 0u8;
            for run in pair.iter().skip(first).step_by(2) {
                if !is_narrow(*run) && !is_wide(*run) {
                    return None;
                }
                bits = bits << 1 | u8::from(is_wide(*run));
            }
            let digit = TWO_OF_FIVE.iter().position(|d| *d == bits)?;
            digits.push_str(&digit.to_string());
        }
        wide += pair.iter().filter(|r| is_wide(**r)).sum::<f64>();
        at += 10;
    }
    if digits.len() < LEAST_DIGITS {
        return None;
    }
    let count = digits.len() as f64;
    // Two of five are wide, by a ratio that makers choose.
    let ratio = wide / (2.0 * count) / narrow;
    Some(DecodedPrefix {
        symbology: Symbology::Itf,
        text: digits,
        runs: at + 3,
        modules: 4.0 + count * (3.0 + 2.0 * ratio) + ratio + 2.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(numbers: &[usize]) -> Vec<f64> {
        let mut runs: Vec<f64> = numbers
            .iter()
            .flat_map(|n| CODE_128[*n].iter().map(|w| f64::from(w - b'0')))
            .collect();
        runs.extend(STOP);
        runs.push(20.0);
        runs
    }

    #[test]
    fn code_128_is_read_in_its_sets() {
        // "AB12" as B A B C 12, with its check.
        let body = [104, 33, 34, 99, 12];
        let check = (104 + 33 + 2 * 34 + 3 * 99 + 4 * 12) % 103;
        let mut numbers = body.to_vec();
        numbers.push(check);
        let found = read(&widths(&numbers), 10.0).unwrap();
        assert_eq!(
            (found.text.as_str(), found.symbology),
            ("AB12", Symbology::Code128)
        );
        assert!((found.modules - 79.0).abs() < 1e-9);
        *numbers.last_mut().unwrap() = (check + 1) % 103;
        assert!(read(&widths(&numbers), 10.0).is_none());
    }

    #[test]
    fn interleaved_digits_are_read() {
        let mut runs = vec![1.0; 4];
        for pair in ["12", "34", "56", "78"] {
            let bits: Vec<u8> = pair
                .bytes()
                .map(|d| TWO_OF_FIVE[usize::from(d - b'0')])
                .collect();
            for n in (0..5).rev() {
                runs.extend(bits.iter().map(|b| if b >> n & 1 == 1 { 3.0 } else { 1.0 }));
            }
        }
        runs.extend([3.0, 1.0, 1.0, 20.0]);
        let found = read(&runs, 10.0).unwrap();
        assert_eq!(
            (found.text.as_str(), found.symbology),
            ("12345678", Symbology::Itf)
        );
        assert!((found.modules - runs.iter().take(47).sum::<f64>()).abs() < 1e-9);
    }

    #[test]
    fn stripes_say_nothing() {
        assert!(read(&[1.0; 80], 10.0).is_none());
        assert!(read(&[2.0, 1.0].repeat(40), 10.0).is_none());
    }
}
