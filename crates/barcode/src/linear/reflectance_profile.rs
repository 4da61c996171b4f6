//! The scan reflectance profile of one line across an EAN-13, and what ISO/IEC 15416 measures of it.

use crate::linear::digits::{DIGITS, FIRST, MODULES, RUNS};

/// Samples a module.
pub(crate) const POINTS: usize = 10;
/// Modules before and after the symbol that a profile holds.
pub(crate) const BESIDE: usize = 11;
/// Samples of the quiet zones before and after a symbol, of eleven and seven modules: what stands right beside them shines
/// into the last half.
const QUIET: [usize; 2] = [105, 65];
/// Samples of a module, as a distance.
const MODULE: f64 = POINTS as f64;

/// What one line gives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scan {
    /// The highest and the lowest reflectance.
    pub(crate) lightest: f64,
    pub(crate) darkest: f64,
    /// What the bars and spaces give, where they can be told apart and say what the symbol says.
    pub(crate) elements: Option<Elements>,
}

/// What the bars and spaces of a line give.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Elements {
    /// The least step between a bar and a space.
    pub(crate) edge: f64,
    /// The greatest unevenness within one.
    pub(crate) uneven: f64,
    pub(crate) decodability: f64,
}

/// A bar, a space or a quiet zone: its samples, from and up to where the profile crosses the middle.
#[derive(Clone, Copy, Debug)]
struct Element {
    from: usize,
    to: usize,
    dark: bool,
}

/// Measures a profile that begins [`BESIDE`] modules before a symbol of these digits, which may stand upside down.
pub(crate) fn scan(profile: &[f64], digits: &str) -> Option<Scan> {
    let upright = read(profile, digits)?;
    if upright.elements.is_some() {
        return Some(upright);
    }
    let turned: Vec<f64> = profile.iter().rev().copied().collect();
    let turned = read(&turned, digits).filter(|scan| scan.elements.is_some());
    Some(turned.unwrap_or(upright))
}

/// Measures a profile along which a symbol is read forwards.
fn read(profile: &[f64], digits: &str) -> Option<Scan> {
    let profile = symbol_alone(profile)?;
    let lightest = profile.iter().copied().fold(0.0, f64::max);
    let darkest = profile.iter().copied().fold(1.0, f64::min);
    Some(Scan {
        lightest,
        darkest,
        elements: elements(profile, lightest.midpoint(darkest), digits),
    })
}

/// The profile of a symbol and its quiet zones, or as much of them as is clear.
fn symbol_alone(profile: &[f64]) -> Option<&[f64]> {
    let first = BESIDE * POINTS;
    let last = profile.len().checked_sub(first)?;
    let symbol = profile.get(first..last)?;
    let lightest = symbol.iter().copied().fold(0.0, f64::max);
    let darkest = symbol.iter().copied().fold(1.0, f64::min);
    let middle = lightest.midpoint(darkest);
    // A symbol may begin a pixel or two beside where it was read.
    let (left, right) = (first - POINTS / 2, last + POINTS / 2);
    let [before, after] = QUIET;
    let (from, to) = (first.saturating_sub(before), last + after);
    let left_dark = profile.get(..left)?.iter().rposition(|v| *v < middle);
    let right_dark = profile.get(right..)?.iter().position(|v| *v < middle);
    let left_clear = left_dark.map_or(0, |dark| (dark + POINTS).min(left));
    let right_clear =
        right_dark.map_or(to, |dark| (right + dark).saturating_sub(POINTS).max(right));
    profile.get(from.max(left_clear)..to.min(right_clear))
}

fn elements(profile: &[f64], middle: f64, digits: &str) -> Option<Elements> {
    let mut elements = Vec::with_capacity(RUNS + 2);
    let mut from = 0;
    for run in profile.chunk_by(|a, b| (*a < middle) == (*b < middle)) {
        let to = from + run.len();
        elements.push(Element {
            from,
            to,
            dark: run.first().is_some_and(|v| *v < middle),
        });
        from = to;
    }
    // Thirty bars, their spaces and two quiet zones.
    if elements.len() != RUNS + 2 || elements.first()?.dark {
        return None;
    }
    let extremes: Vec<f64> = elements
        .iter()
        .map(|e| {
            let samples = profile.get(e.from..e.to).unwrap_or_default();
            if e.dark {
                samples.iter().copied().fold(1.0, f64::min)
            } else {
                samples.iter().copied().fold(0.0, f64::max)
            }
        })
        .collect();
    let steps = extremes.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a - b).abs()),
        _ => None,
    });
    let edge = steps.fold(f64::INFINITY, f64::min);
    // Edges lie half-way between a bar and the space beside it.
    let edges: Vec<f64> = elements
        .iter()
        .skip(1)
        .zip(extremes.windows(2))
        .map(|(e, pair)| crossing(profile, e.from, pair.iter().sum::<f64>() / 2.0))
        .collect();
    let widths: Vec<f64> = edges
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b - a),
            _ => None,
        })
        .collect();
    let (_, decodability) = decode(&widths).filter(|(text, _)| text == digits)?;
    Some(Elements {
        edge,
        uneven: unevenness(profile, &elements),
        decodability,
    })
}

/// Where the profile passes a level, nearest to a sample.
fn crossing(profile: &[f64], near: usize, level: f64) -> f64 {
    let between = |from: usize| {
        let (a, b) = (*profile.get(from)?, *profile.get(from + 1)?);
        let at = from as f64 + (level - a) / (b - a);
        ((a < level) != (b < level)).then_some(at)
    };
    let found = (0..4 * POINTS).find_map(|off| {
        let back = near.checked_sub(off + 1).and_then(between);
        back.or_else(|| between(near + off))
    });
    let near = near as f64;
    found.unwrap_or(near)
}

/// The greatest unevenness within a bar, a space or a quiet zone: from its deepest valley to the highest peak between its
/// valleys (ERN).
fn unevenness(profile: &[f64], elements: &[Element]) -> f64 {
    let last = elements.len().saturating_sub(1);
    let of = |(n, e): (usize, &Element)| {
        let samples = profile.get(e.from..e.to).unwrap_or_default();
        let depth = |v: &f64| if e.dark { *v } else { -*v };
        let samples: Vec<f64> = samples.iter().map(depth).collect();
        // From the first valley to the last: what lies before and after is an edge.
        let falls = |pair: &[f64]| matches!(pair, [a, b] if b <= a);
        let rises = |pair: &[f64]| matches!(pair, [a, b] if b >= a);
        let first = samples.windows(2).take_while(|p| falls(p)).count();
        let rising = samples.windows(2).rev().take_while(|p| rises(p)).count();
        // Quiet zones have an edge on one side alone.
        let first = if n == 0 { 0 } else { first };
        let end = if n == last {
            samples.len()
        } else {
            samples.len().saturating_sub(rising)
        };
        let within = samples.get(first..end).unwrap_or_default();
        let high = within.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let low = within.iter().copied().fold(f64::INFINITY, f64::min);
        (high - low).max(0.0)
    };
    elements.iter().enumerate().map(of).fold(0.0, f64::max)
}

/// The digits of bars and spaces by the reference algorithm of ISO/IEC 15420, from the distances of like edges, and how far
/// the least sure of them is from being another.
fn decode(widths: &[f64]) -> Option<(String, f64)> {
    if widths.len() != RUNS {
        return None;
    }
    let module = widths.iter().sum::<f64>() / MODULES;
    // Neither guards nor digits are where widths are far off.
    if !(0.5 * MODULE..2.0 * MODULE).contains(&module) {
        return None;
    }
    let mut text = String::new();
    let mut mirrored = 0u8;
    let mut least = f64::INFINITY;
    for (half, dark_first) in [(widths.get(3..27)?, false), (widths.get(32..56)?, true)] {
        for digit in half.chunks_exact(4) {
            let (value, is_mirrored, sure) = character(digit, dark_first)?;
            text.push(char::from(b'0' + value));
            least = least.min(sure);
            if !dark_first {
                mirrored = mirrored << 1 | u8::from(is_mirrored);
            } else if is_mirrored {
                return None;
            }
        }
    }
    let first = FIRST.iter().position(|m| *m == mirrored)?;
    text.insert(0, char::from(b'0' + u8::try_from(first).ok()?));
    Some((text, least))
}

/// The digit of four widths, whether it is mirrored, and how sure it is: 1 if it is exact.
fn character(widths: &[f64], dark_first: bool) -> Option<(u8, bool, f64)> {
    let [a, b, c, d] = <[f64; 4]>::try_from(widths).ok()?;
    let unit = (a + b + c + d) / 7.0;
    let bars = if dark_first { a + c } else { b + d } / unit;
    let pairs = [(a + b) / unit, (b + c) / unit];
    let whole = pairs.map(f64::round);
    if !whole.iter().all(|w| (2.0..=5.0).contains(w)) {
        return None;
    }
    // Distances from the nearest threshold, which lie half-way between whole modules.
    let mut sure = pairs
        .iter()
        .zip(whole)
        .map(|(e, w)| 1.0 - 2.0 * (e - w).abs())
        .fold(1.0, f64::min);
    let candidates: Vec<(u8, bool, f64)> = (0u8..)
        .zip(DIGITS)
        .flat_map(|(value, [a, b, c, d])| {
            [(value, false, [a, b, c, d]), (value, true, [d, c, b, a])]
        })
        .filter(|(_, _, [a, b, c, _])| {
            (whole[0] - a - b).abs() < 0.1 && (whole[1] - b - c).abs() < 0.1
        })
        .map(|(value, mirrored, [a, b, c, d])| {
            (value, mirrored, if dark_first { a + c } else { b + d })
        })
        .collect();
    match candidates.as_slice() {
        [(value, mirrored, _)] => Some((*value, *mirrored, sure)),
        // 1 and 7, 2 and 8 have their edges alike: their bars are two modules apart together.
        [one, other] => {
            let threshold = one.2.midpoint(other.2);
            sure = sure.min((bars - threshold).abs());
            let (value, mirrored, _) = if (bars < threshold) == (one.2 < threshold) {
                one
            } else {
                other
            };
            Some((*value, *mirrored, sure))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAYS: &str = "9780306406157";

    /// The widths of a symbol in samples.
    fn widths() -> Vec<f64> {
        let values: Vec<usize> = SAYS.bytes().map(|b| usize::from(b - b'0')).collect();
        let mut all = vec![1.0; 3];
        for n in 0..6 {
            let mut digit = DIGITS[values[n + 1]];
            if FIRST[values[0]] >> (5 - n) & 1 == 1 {
                digit.reverse();
            }
            all.extend(digit);
        }
        all.extend([1.0; 5]);
        all.extend(values[7..].iter().flat_map(|v| DIGITS[*v]));
        all.extend([1.0; 3]);
        all.iter().map(|w| w * MODULE).collect()
    }

    /// A profile of bars of 10 % on a ground of 90 %, drawn from widths.
    fn profile(widths: &[f64]) -> Vec<f64> {
        let mut all = vec![0.9; BESIDE * POINTS];
        for (n, width) in widths.iter().enumerate() {
            all.extend(vec![if n % 2 == 0 { 0.1 } else { 0.9 }; *width as usize]);
        }
        all.extend(vec![0.9; BESIDE * POINTS]);
        all
    }

    fn measured(profile: &[f64]) -> Elements {
        scan(profile, SAYS).unwrap().elements.unwrap()
    }

    #[test]
    fn an_exact_symbol_is_all_it_can_be() {
        let mut exact = profile(&widths());
        let scanned = scan(&exact, SAYS).unwrap();
        assert_eq!((scanned.lightest, scanned.darkest), (0.9, 0.1));
        for _ in 0..2 {
            let found = measured(&exact);
            assert!((found.edge - 0.8).abs() < 1e-9 && found.uneven == 0.0);
            assert!(found.decodability > 0.999, "{}", found.decodability);
            exact.reverse();
        }
        assert_eq!(scan(&exact, "9780306406158").unwrap().elements, None);
    }

    #[test]
    fn decodability_is_what_the_standard_computes() {
        // The first digit is a 7 (1 3 1 2 modules) of 70 samples. Its second edge is late by 2: distances of like edges are
        // 42 and 40 of 70, that is 4.2 and 4.0 modules, 0.3 from the threshold of 4.5, which an exact one is 0.5 from.
        let mut late = widths();
        late[4] += 2.0;
        late[5] -= 2.0;
        assert!((measured(&profile(&late)).decodability - 0.6).abs() < 1e-6);
        // The third is a 0, mirrored. All its bars grown by 2 samples leave like edges where they were, and a 0 has no
        // other digit with the same.
        let grown = |at: usize| {
            let mut grown = widths();
            for (n, width) in grown[at..at + 4].iter_mut().enumerate() {
                *width += if n % 2 == 1 { 2.0 } else { -2.0 };
            }
            measured(&profile(&grown)).decodability
        };
        assert!(grown(11) > 0.999, "{}", grown(11));
        // A 7 is told from a 1 by its bars: 5 modules, and the threshold is 4. 4 samples more are 0.4 further off; as many
        // less are nearer.
        assert!(grown(3) > 0.999);
        let mut thin = widths();
        for (n, width) in thin[3..7].iter_mut().enumerate() {
            *width += if n % 2 == 1 { -2.0 } else { 2.0 };
        }
        assert!((measured(&profile(&thin)).decodability - 0.6).abs() < 1e-6);
    }

    #[test]
    fn voids_and_specks_are_uneven_and_larger_ones_are_bars() {
        let plain = profile(&widths());
        // Within the first bar of three modules, and within the quiet zone after the symbol.
        let bar = BESIDE * POINTS + 40;
        let wide = plain[bar..].chunk_by(|a, b| a == b);
        let mut at = bar;
        for run in wide {
            if run[0] < 0.5 && run.len() >= 30 {
                break;
            }
            at += run.len();
        }
        let quiet = plain.len() - BESIDE * POINTS + 30;
        for (from, value, depth) in [(at + 12, 0.3, 0.2), (quiet, 0.7, 0.2)] {
            let mut marred = plain.clone();
            marred[from..from + 6].fill(value);
            assert!((measured(&marred).uneven - depth).abs() < 1e-9);
        }
        let mut split = plain.clone();
        split[at + 12..at + 18].fill(0.8);
        assert_eq!(scan(&split, SAYS).unwrap().elements, None);
        // What stands beyond a quiet zone is no defect of it.
        let mut beyond = plain.clone();
        beyond[..20].fill(0.1);
        let end = beyond.len();
        beyond[end - 30..].fill(0.1);
        assert!(measured(&beyond).uneven < 1e-9);
    }
}
