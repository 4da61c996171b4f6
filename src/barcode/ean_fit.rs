//! A line across an EAN-13 whose pixels are as wide as its modules: bars and spaces of one module run together, and no edge
//! can be told. What each digit would look like can, and is held against the line.

use std::sync::LazyLock;

use super::ean_digits::{DIGITS, MODULES, checked};
use super::ean_runs::Pixel;

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

/// How dark a digit is along its seven modules, without its mean and of length one; and which digit it is.
struct Shape {
    dark: [f64; SAMPLES],
    digit: u8,
    mirrored: bool,
}

/// What the digits look like on the left and on the right of the middle.
static SHAPES: LazyLock<[Vec<Shape>; 2]> = LazyLock::new(|| [shapes(true), shapes(false)]);

/// Digits, and where in pixels the symbol begins and ends.
pub(super) struct Fit {
    pub(super) digits: String,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Reads a line between the first and the last bar of what stands like a symbol, either way.
pub(super) fn fit(pixels: &[Pixel], from: f64, to: f64) -> Option<Fit> {
    let forwards = best(pixels, from, to, false);
    forwards.or_else(|| best(pixels, from, to, true))
}

fn best(pixels: &[Pixel], from: f64, to: f64, turned: bool) -> Option<Fit> {
    let module = (to - from) / MODULES;
    let shift = |n: i32| f64::from(n) / f64::from(STEPS) * OFF * module;
    let ends = (-STEPS..=STEPS).flat_map(|a| (-STEPS..=STEPS).map(move |b| (a, b)));
    let tried = ends.filter_map(|(a, b)| {
        let (from, to) = (from + shift(a), to + shift(b));
        let (alike, digits) = read(pixels, from, to, turned)?;
        Some((alike, digits, from, to))
    });
    let (alike, digits, from, to) = tried.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let digits = (alike >= ALIKE).then(|| checked(&digits)).flatten()?;
    Some(Fit { digits, from, to })
}

/// The twelve digits that a line is most like, and how like them it is.
fn read(pixels: &[Pixel], from: f64, to: f64, turned: bool) -> Option<(f64, Vec<(u8, bool)>)> {
    let module = (to - from) / MODULES;
    let mut alike = 0.0;
    let mut digits = Vec::with_capacity(12);
    for n in 0..12u8 {
        let left = n < 6;
        let start = f64::from(if left { 3 + 7 * n } else { 50 + 7 * (n - 6) });
        let mut seen = [0.0; SAMPLES];
        for (at, value) in (0u8..).zip(&mut seen) {
            let place = start + (f64::from(at) + 0.5) / POINTS as f64;
            let place = if turned {
                to - place * module
            } else {
                from + place * module
            };
            *value = dark(pixels, place)?;
        }
        normalise(&mut seen);
        let [on_left, on_right] = &*SHAPES;
        let shapes = if left { on_left } else { on_right };
        let like = |shape: &Shape| -> f64 { shape.dark.iter().zip(seen).map(|(a, b)| a * b).sum() };
        let (best, shape) = shapes
            .iter()
            .map(|shape| (like(shape), shape))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        if best < LEAST_ALIKE {
            return None;
        }
        alike += best / 12.0;
        digits.push((shape.digit, shape.mirrored));
    }
    Some((alike, digits))
}

/// How dark a line is at a place between its pixels.
fn dark(pixels: &[Pixel], place: f64) -> Option<f64> {
    let place = (place - 0.5).max(0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let at = place as usize;
    let (before, after) = (pixels.get(at)?.1, pixels.get(at + 1)?.1);
    let share = place.fract();
    Some(255.0 - f64::from(before) * (1.0 - share) - f64::from(after) * share)
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
