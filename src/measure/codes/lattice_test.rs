//! Tests whether shapes lie on a lattice, as modules and bars do and the shapes of a drawing do not.

use crate::measure::codes::candidate::FEWEST_SHAPES;

/// How well corners must agree on a lattice, from 0 (not at all) to 1. Chance gives 0.3, a code nearly 1.
const AGREEMENT: f64 = 0.6;
/// Shapes painted one after another that are looked at together: several codes may stand in one patch, each on
/// a lattice of its own, but each is painted in one go.
const WINDOW: usize = 64;
/// Windows looked at, spread evenly over the patch.
const WINDOWS: usize = 5;

/// Whether any stretch of shapes stands at multiples of one step near `module`, as the modules of a code do and
/// the shapes of a drawing do not.
pub(in crate::measure) fn on_lattice(corners: &[[f32; 2]], module: f64) -> bool {
    let count = corners.len() / WINDOW;
    let stride = count.div_ceil(WINDOWS).max(1);
    corners
        .chunks(WINDOW)
        .step_by(stride)
        .filter(|window| window.len() >= FEWEST_SHAPES)
        .any(|window| agrees(window, module))
}

fn agrees(window: &[[f32; 2]], module: f64) -> bool {
    let Some([x0, y0]) = window.first().map(|c| c.map(f64::from)) else {
        return false;
    };
    let count = window.len() as f64;
    let agreement = |step: f64| {
        let mut sums = [0.0f64; 4];
        for [x, y] in window {
            let (sx, cx) = wave((f64::from(*x) - x0) / step);
            let (sy, cy) = wave((f64::from(*y) - y0) / step);
            let [a, b, c, d] = &mut sums;
            *a += sx;
            *b += cx;
            *c += sy;
            *d += cy;
        }
        let [a, b, c, d] = sums;
        (a.hypot(b) / count).min(c.hypot(d) / count)
    };
    // Modules are often drawn a little larger than their step, to close the gaps. A step wrong by a part in 1000
    // is a sixth of a module off across the largest code.
    (0..100)
        .map(|i| 0.86 + 0.002 * f64::from(i))
        .any(|share| agreement(module * share) >= AGREEMENT)
}

/// Sine and cosine of so many full turns, near enough (to 0.06) to tell agreement from chance, and quickly.
fn wave(turns: f64) -> (f64, f64) {
    let sine = |turns: f64| {
        let half = 2.0 * (turns - turns.round());
        4.0 * half * (1.0 - half.abs())
    };
    (sine(turns), sine(turns + 0.25))
}

/// Half modules between the middles of the first and the last bar on one line: of the digits of a symbol, whose guards are
/// longer, and of one with an add-on of two digits or five at any distance.
const HALVES: std::ops::RangeInclusive<u16> = 150..=320;
/// Times that shapes at one distance, fewer than bars have modules (most may be odd ones wide), are repeated.
const EVEN: std::ops::RangeInclusive<u16> = 10..=70;
/// Steps a half module in which they are tried, for it is told no better.
const STEPS: u16 = 8;
/// How well middles agree on half modules, from 0 to 1, if they are of bars; those of anything else come to a half.
const COMBED: f64 = 0.75;
/// The same of shapes at one distance; the two bars of every digit, seven modules wide, come near it.
const EVENLY: f64 = 0.92;

/// The module, if places along a line `length` long stand at halves of one, as the middles of bars do.
pub(in crate::measure) fn on_comb(places: &[f64], from: f64, length: f64) -> Option<f64> {
    let count = places.len() as f64;
    let agreement = |halves: f64| {
        let waves = places.iter().map(|p| wave((p - from) / length * halves));
        let (sine, cosine) = waves.fold((0.0, 0.0), |(a, b), (s, c)| (a + s, b + c));
        f64::hypot(sine, cosine) / count
    };
    let agreeing = |range: std::ops::RangeInclusive<u16>, least: f64| {
        let steps = range.start() * STEPS..=range.end() * STEPS;
        let mut halves = steps.map(|step| f64::from(step) / f64::from(STEPS));
        halves.find(|halves| agreement(*halves) >= least)
    };
    // A row of dots or strokes at one distance stands on every multiple of it.
    if agreeing(EVEN, EVENLY).is_some() {
        return None;
    }
    agreeing(HALVES, COMBED).map(|halves| 2.0 * length / halves)
}
