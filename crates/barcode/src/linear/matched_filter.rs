//! Decodes an EAN-13 whose pixels are as wide as its modules: bars and spaces of one module blur together and leave no edges.
//! The expected profile of each digit is matched against the scan line instead.

use std::sync::LazyLock;

use crate::linear::digits::{DIGITS, MODULES, checked, checked_add_on};
use crate::linear::symbol::Pixel;

/// Samples a module.
const POINTS: usize = 3;
/// Samples a digit.
const SAMPLES: usize = 7 * POINTS;
/// Modules around a place that shine into it: pixels of a picture, smoothed as they are drawn.
const BLUR: f64 = 0.9;
/// How far off a symbol may begin and end from where its outer bars seemed to, in modules, and the steps in which that is tried.
const OFF: f64 = 0.9;
const STEPS: i32 = 6;
/// How like its digits a line must be, all together and each, from 0 to 1.
const ALIKE: f64 = 0.9;
const LEAST_ALIKE: f64 = 0.7;

/// Quarters of a module between a symbol and its add-on.
const GAPS: std::ops::RangeInclusive<u8> = 24..=64;
/// Clear modules checked after an add-on, and how dark they may be.
const CLEAR: u8 = 4;
const LIGHT: f64 = 100.0;

/// How dark a digit is along its seven modules, without its mean and of length one; and which digit it is.
struct Shape {
    dark: [f64; SAMPLES],
    digit: u8,
    mirrored: bool,
}

/// What the digits look like on the left and on the right of the middle.
static SHAPES: LazyLock<[Vec<Shape>; 2]> = LazyLock::new(|| [shapes(true), shapes(false)]);

/// The best-matching digits, and where the symbol begins and ends in pixels; reversed where it is turned.
pub(crate) struct DigitMatch {
    pub(crate) digits: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) turned: bool,
}

/// A line of a symbol: its place in pixels, and whether it is read backwards.
#[derive(Clone, Copy)]
pub(crate) struct Ruler<'a> {
    pub(crate) pixels: &'a [Pixel],
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) turned: bool,
}

impl Ruler<'_> {
    fn module(&self) -> f64 {
        (self.to - self.from) / MODULES
    }

    /// Where in pixels so many modules from its beginning are.
    fn place(&self, modules: f64) -> f64 {
        if self.turned {
            self.to - modules * self.module()
        } else {
            self.from + modules * self.module()
        }
    }

    /// How dark the line is there, between its pixels.
    fn dark(&self, modules: f64) -> Option<f64> {
        let place = (self.place(modules) - 0.5).max(0.0);
        let at = place as usize;
        let (before, after) = (self.pixels.get(at)?.1, self.pixels.get(at + 1)?.1);
        let share = place.fract();
        Some(255.0 - f64::from(before) * (1.0 - share) - f64::from(after) * share)
    }

    /// The digit that seven modules from there are most like, whether it is mirrored, and how like it they are.
    fn digit(&self, start: f64, left: bool) -> Option<(f64, (u8, bool))> {
        let mut seen = [0.0; SAMPLES];
        for (at, value) in (0u8..).zip(&mut seen) {
            *value = self.dark(start + (f64::from(at) + 0.5) / POINTS as f64)?;
        }
        normalise(&mut seen);
        let [on_left, on_right] = &*SHAPES;
        let shapes = if left { on_left } else { on_right };
        let like = |shape: &Shape| -> f64 { shape.dark.iter().zip(seen).map(|(a, b)| a * b).sum() };
        let best = shapes
            .iter()
            .map(|shape| (like(shape), (shape.digit, shape.mirrored)))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 >= LEAST_ALIKE).then_some(best)
    }

    /// Digits that begin at these places, and how like them the line is.
    fn digits(&self, starts: impl Iterator<Item = (f64, bool)>) -> Option<(f64, Vec<(u8, bool)>)> {
        let all: Option<Vec<_>> = starts
            .map(|(start, left)| self.digit(start, left))
            .collect();
        let (alike, digits): (Vec<f64>, Vec<_>) = all?.into_iter().unzip();
        Some((alike.iter().sum::<f64>() / alike.len() as f64, digits))
    }
}

/// Reads a line between the first and the last bar of what stands like a symbol, either way.
pub(crate) fn fit(pixels: &[Pixel], from: f64, to: f64) -> Option<DigitMatch> {
    let either = |turned| Ruler {
        pixels,
        from,
        to,
        turned,
    };
    best(either(false)).or_else(|| best(either(true)))
}

fn best(line: Ruler<'_>) -> Option<DigitMatch> {
    let shift = |n: i32| f64::from(n) / f64::from(STEPS) * OFF * line.module();
    let ends = (-STEPS..=STEPS).flat_map(|a| (-STEPS..=STEPS).map(move |b| (a, b)));
    let starts = || {
        (0..12u8).map(|n| {
            let left = n < 6;
            let start = if left { 3 + 7 * n } else { 50 + 7 * (n - 6) };
            (f64::from(start), left)
        })
    };
    let tried = ends.filter_map(|(a, b)| {
        let line = Ruler {
            from: line.from + shift(a),
            to: line.to + shift(b),
            ..line
        };
        Some((line.digits(starts())?, line))
    });
    let ((alike, digits), line) = tried.max_by(|a, b| a.0.0.total_cmp(&b.0.0))?;
    let digits = (alike >= ALIKE).then(|| checked(&digits)).flatten()?;
    Some(DigitMatch {
        digits,
        from: line.from,
        to: line.to,
        turned: line.turned,
    })
}

/// The add-on after a symbol, and where in pixels it ends.
pub(crate) fn add_on(line: Ruler<'_>) -> Option<(String, f64)> {
    [5u8, 2].into_iter().find_map(|count| {
        let tried = GAPS.filter_map(|quarters| {
            let guard = MODULES + f64::from(quarters) / 4.0;
            // A guard of four modules, and two between digits.
            let starts = (0..count).map(|n| (guard + 4.0 + f64::from(9 * n), true));
            Some((line.digits(starts)?, guard))
        });
        let ((alike, digits), guard) = tried.max_by(|a, b| a.0.0.total_cmp(&b.0.0))?;
        let end = guard + 4.0 + f64::from(9 * count - 2);
        let light = |modules: f64| line.dark(modules).is_none_or(|d| d < LIGHT);
        // The first two digits of five may make sense by themselves.
        let ends = (1..=CLEAR).all(|n| light(end + f64::from(n)));
        let digits = (alike >= ALIKE && ends)
            .then(|| checked_add_on(&digits))
            .flatten()?;
        Some((digits, line.place(end)))
    })
}

fn shapes(left: bool) -> Vec<Shape> {
    let mut all = Vec::new();
    for (digit, widths) in (0u8..).zip(DIGITS) {
        for mirrored in [false, true] {
            if mirrored && !left {
                continue;
            }
            let mut widths = widths;
            if mirrored {
                widths.reverse();
            }
            // Left digits begin light after a bar and end with one; right ones the other way round.
            let mut edges = vec![0.0];
            for width in widths {
                edges.push(edges.last().copied().unwrap_or(0.0) + width);
            }
            let dark = |place: f64| {
                let before = edges.iter().filter(|edge| **edge <= place).count();
                before.is_multiple_of(2) == left
            };
            let mut shape = [0.0; SAMPLES];
            for (at, value) in (0u8..).zip(&mut shape) {
                let place = (f64::from(at) + 0.5) / POINTS as f64;
                // A triangle of light around the place.
                *value = (-16..=16)
                    .map(|n| (n, f64::from(n) / 16.0))
                    .filter(|(_, off)| dark(place + off * BLUR))
                    .map(|(_, off)| 1.0 - off.abs())
                    .sum();
            }
            normalise(&mut shape);
            all.push(Shape {
                dark: shape,
                digit,
                mirrored,
            });
        }
    }
    all
}

/// Without its mean, and of length one.
fn normalise(values: &mut [f64; SAMPLES]) {
    let mean = values.iter().sum::<f64>() / SAMPLES as f64;
    for value in values.iter_mut() {
        *value -= mean;
    }
    let length = values.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-9);
    for value in values {
        *value /= length;
    }
}
