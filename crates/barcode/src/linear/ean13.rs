//! EAN-13 with its 2- or 5-digit add-on, read along rows and columns of artwork, and measured; other symbologies are
//! named.
//!
//! Only those with a check or a length of their own are looked for: with all 1-D ones on, patterns of other codes are taken
//! for short ones. The encodation is that of ISO/IEC 15420.

use crate::linear::code128_itf;
use crate::linear::digits::{MODULES, RUNS, add_on, symbol_digits};
use crate::linear::symbol::{DecodedLine, Symbology};

/// Widths of a guard's bars and spaces, in modules, as loose as they are read.
const GUARD: std::ops::RangeInclusive<f64> = 0.35..=1.8;
/// How much wider than its first bar the clear space before another symbology is, at least.
const APART: f64 = 2.0;

/// The module of a symbol in stretches of light and dark in turn, light first; none if they hold nothing that stands like
/// one.
pub fn module_of(lengths: &[f64]) -> Option<f64> {
    let back: Vec<f64> = lengths.iter().rev().copied().collect();
    let found = read(lengths).into_iter().chain(read(&back)).next();
    found.map(|line| line.module).or_else(|| {
        let [from, to] = crate::linear::undecodable::stretch(lengths)?;
        Some((to - from) / MODULES)
    })
}

pub(crate) fn read(lengths: &[f64]) -> Vec<DecodedLine> {
    let mut found = Vec::new();
    let mut from = 0.0;
    let mut skip = 0;
    let mut ends = Vec::with_capacity(lengths.len());
    let mut end = 0.0;
    for length in lengths {
        end += length;
        ends.push(end);
    }
    // Most stretches of a photograph fail here, before anything is added up.
    let begins = |at: usize| {
        let whole = ends.get(at + RUNS - 1).zip(ends.get(at - 1));
        let guard = lengths.get(at..at + 3);
        whole.zip(guard).is_some_and(|((to, from), guard)| {
            let module = (to - from) / MODULES;
            guard.iter().all(|run| GUARD.contains(&(run / module)))
        })
    };
    for (n, pair) in lengths.chunks(2).enumerate() {
        let [light, dark] = pair else {
            break;
        };
        from += light;
        if n >= skip
            && begins(2 * n + 1)
            && let Some(symbol) = lengths.get(2 * n + 1..2 * n + 1 + RUNS)
            && let Some((digits, gain)) = symbol_digits(symbol)
        {
            let width: f64 = symbol.iter().sum();
            let module = width / MODULES;
            let after = lengths.get(2 * n + 1 + RUNS..).unwrap_or_default();
            let (add_on, right) = add_on(after, module, gain);
            let edge = right.unwrap_or_else(|| after.first().copied().unwrap_or(0.0));
            // A gap and a guard, then digits of four runs with two between them.
            let beside = add_on.as_ref().map_or(0, |digits| 2 + 6 * digits.len());
            let beside: f64 = after.iter().take(beside).sum();
            found.push(DecodedLine {
                symbology: Symbology::Ean13,
                modules: MODULES,
                digits,
                add_on,
                from,
                to: from + width,
                module,
                clear: [*light, edge],
                end: from + width + beside,
            });
            skip = n + RUNS / 2;
        } else if n >= skip
            && *light >= APART * dark
            && let Some(runs) = lengths.get(2 * n + 1..)
            && let Some(other) = code128_itf::read(runs, *light)
        {
            let width: f64 = runs.iter().take(other.runs).sum();
            let module = width / other.modules;
            let edge = runs.get(other.runs).copied().unwrap_or(0.0);
            found.push(DecodedLine {
                symbology: other.symbology,
                modules: other.modules,
                digits: other.text,
                add_on: None,
                from,
                to: from + width,
                module,
                clear: [*light, edge],
                end: from + width,
            });
            skip = n + other.runs / 2;
        }
        from += dark;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::linear::digits::{DIGITS, FIRST, FIVE};
    use crate::linear::search::ean13;

    /// A row of modules (true is dark) of a symbol.
    fn modules(digits: &str, add_on: &str) -> Vec<bool> {
        let values: Vec<usize> = digits.bytes().map(|b| usize::from(b - b'0')).collect();
        let mut row = vec![false; 11];
        let put = |row: &mut Vec<bool>, widths: &[f64], mut dark: bool| {
            for w in widths {
                row.extend(vec![dark; *w as usize]);
                dark = !dark;
            }
        };
        let turned = |value: usize, mirrored: bool| {
            let mut widths = DIGITS[value];
            if mirrored {
                widths.reverse();
            }
            widths
        };
        put(&mut row, &[1.0; 3], true);
        for n in 0..6 {
            let mirrored = FIRST[values[0]] >> (5 - n) & 1 == 1;
            put(&mut row, &turned(values[n + 1], mirrored), false);
        }
        put(&mut row, &[1.0; 5], false);
        for n in 0..6 {
            put(&mut row, &turned(values[n + 7], false), true);
        }
        put(&mut row, &[1.0; 3], true);
        if !add_on.is_empty() {
            row.extend([false; 9]);
            put(&mut row, &[1.0, 1.0, 2.0], true);
            let v: Vec<usize> = add_on.bytes().map(|b| usize::from(b - b'0')).collect();
            let check = (3 * (v[0] + v[2] + v[4]) + 9 * (v[1] + v[3])) % 10;
            for (n, value) in v.into_iter().enumerate() {
                let mirrored = FIVE[check] >> (4 - n) & 1 == 1;
                put(&mut row, &turned(value, mirrored), false);
                if n < 4 {
                    put(&mut row, &[1.0, 1.0], false);
                }
            }
        }
        row.extend([false; 7]);
        row
    }

    fn picture(row: &[bool], scale: usize, height: usize) -> (usize, Vec<u8>) {
        let line: Vec<u8> = row
            .iter()
            .flat_map(|d| vec![if *d { 20 } else { 240 }; scale])
            .collect();
        (line.len(), line.repeat(height))
    }

    #[test]
    fn a_symbol_is_read_and_measured() {
        let row = modules("9780306406157", "");
        for scale in [2, 3, 8] {
            let (width, pixels) = picture(&row, scale, 40);
            let found = ean13(width, 40, &pixels, 1);
            let [bars] = found.as_slice() else {
                panic!("{scale}: {found:?}");
            };
            assert_eq!(bars.digits, "9780306406157");
            assert_eq!((bars.module, bars.lying), (scale as f64, false));
            assert_eq!(bars.quiet, [11.0, 7.0]);
            assert_eq!(
                bars.area,
                [11.0 * scale as f64, 0.0, 106.0 * scale as f64, 40.0]
            );
        }
    }

    #[test]
    fn lying_and_upside_down_and_with_a_price() {
        let row = modules("9781860742712", "52995");
        let (width, pixels) = picture(&row, 3, 30);
        let found = ean13(width, 30, &pixels, 1);
        assert_eq!(
            found.first().and_then(|b| b.add_on.as_deref()),
            Some("52995")
        );
        let turned: Vec<u8> = pixels.iter().rev().copied().collect();
        let found = ean13(width, 30, &turned, 1);
        assert_eq!(
            found.first().map(|b| b.digits.as_str()),
            Some("9781860742712")
        );
        let mut lying = vec![0; pixels.len()];
        for (i, p) in pixels.iter().enumerate() {
            lying[(i % width) * 30 + i / width] = *p;
        }
        let found = ean13(30, width, &lying, 1);
        assert_eq!(
            found.first().map(|b| (b.digits.as_str(), b.lying)),
            Some(("9781860742712", true))
        );
    }

    #[test]
    fn a_void_in_the_first_bar_is_no_quiet_zone() {
        let (width, mut pixels) = picture(&modules("9781860742712", "52995"), 10, 30);
        let end = pixels[..width].iter().rposition(|p| *p < 100).unwrap();
        for row in [0, 7, 8, 20] {
            for at in [112, end - 3] {
                pixels[row * width + at..row * width + at + 2].fill(240);
            }
        }
        let found = ean13(width, 30, &pixels, 1);
        assert_eq!(found.first().map(|b| b.quiet), Some([11.0, 7.0]));
        // A line that comes near is none.
        for row in 10..12 {
            pixels[row * width + 102..row * width + 105].fill(20);
        }
        let found = ean13(width, 30, &pixels, 1);
        assert_eq!(found.first().map(|b| b.quiet), Some([0.5, 7.0]));
    }

    #[test]
    fn a_wrong_check_digit_and_plain_pictures_say_nothing() {
        let (width, pixels) = picture(&modules("9780306406158", ""), 3, 20);
        assert!(ean13(width, 20, &pixels, 1).is_empty());
        assert!(ean13(200, 200, &[90; 40_000], 1).is_empty());
    }

    /// A row of modules seen so many pixels a module, the first pixel beginning a part of one before it: each pixel is as
    /// dark as the share of it that bars cover.
    fn seen(row: &[bool], scale: f64, phase: f64, height: usize) -> (usize, Vec<u8>) {
        let width = ((row.len() as f64) * scale).ceil() as usize + 1;
        let covered = |x: usize| {
            let (from, to) = (x as f64 - phase, x as f64 + 1.0 - phase);
            let bars = row.iter().enumerate().filter(|(_, dark)| **dark);
            bars.map(|(n, _)| {
                let (left, right) = (n as f64 * scale, (n + 1) as f64 * scale);
                (right.min(to) - left.max(from)).max(0.0)
            })
            .sum::<f64>()
        };
        let line: Vec<u8> = (0..width)
            .map(|x| (250.0 - 240.0 * covered(x)) as u8)
            .collect();
        (width, line.repeat(height))
    }

    #[test]
    fn pixels_nearly_as_wide_as_a_module_are_enough() {
        for (digits, beside) in [
            ("9780306406157", ""),
            ("9781860742712", "52995"),
            ("9781234567897", "90000"),
        ] {
            let row = modules(digits, beside);
            for scale in [1.3, 1.45, 1.6, 1.87, 2.0, 2.3, 2.6] {
                for phase in [0.0, 0.2, 0.5, 0.8] {
                    let (width, pixels) = seen(&row, scale, phase, 20);
                    let found = ean13(width, 20, &pixels, 1);
                    let read = found.first().map(|b| b.digits.as_str());
                    assert_eq!(read, Some(digits), "{scale} {phase}");
                    let read = found.first().and_then(|b| b.add_on.as_deref());
                    assert_eq!(read.unwrap_or(""), beside, "{scale} {phase}");
                }
            }
        }
    }
}
