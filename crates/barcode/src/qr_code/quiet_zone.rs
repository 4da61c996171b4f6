//! How much around a QR code is clear, on each of its sides.

use crate::homography::LumaView;
use crate::qr_code::grid::LocatedSymbol;

/// Modules searched around a code for its quiet zone, which needs four.
pub(crate) const CLEAR: f64 = 6.0;
/// The share of the contrast that disturbs a quiet zone.
const DISTURBED: f64 = 0.25;
/// Edges are spread over a part of a module where a picture is coarse.
const FROM: f64 = 0.3;
/// The spacing of the sampled lines, and of points along them, in modules.
const STEP: f64 = 0.1;

/// The clear modules on the left, above, on the right and below as the picture shows them, up to [`CLEAR`].
pub(crate) fn quiet(plane: LumaView<'_>, fit: &LocatedSymbol, greys: &[f64]) -> [f64; 4] {
    let right = &fit.reading.right;
    let typical = |dark: bool| {
        let of = greys
            .iter()
            .enumerate()
            .filter(|(n, _)| right.is_dark(*n) == dark);
        let mut all: Vec<f64> = of.map(|(_, g)| *g).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(fit.threshold)
    };
    let (ink, paper) = (typical(true), typical(false));
    let clear = |x: f64, y: f64| {
        let grey = plane.at(fit.grid.point(x, y)).unwrap_or(paper);
        (grey - paper) * (ink - paper).signum() < DISTURBED * (ink - paper).abs()
    };
    let side = right.side as f64;
    // Sides of the symbol as it was made: left, above, right, below.
    let mut own = [CLEAR; 4];
    for (n, clear_modules) in own.iter_mut().enumerate() {
        let mut out = FROM;
        while out < CLEAR {
            let mut along = -out;
            let is_clear = loop {
                let place = match n {
                    0 => [-out, along],
                    1 => [along, -out],
                    2 => [side + out, along],
                    _ => [along, side + out],
                };
                if !clear(place[0], place[1]) {
                    break false;
                }
                along += STEP * 2.0;
                if along > side + out {
                    break true;
                }
            };
            if !is_clear {
                // Something right at the edge leaves nothing.
                *clear_modules = if out <= FROM { 0.0 } else { out };
                break;
            }
            out += STEP;
        }
    }
    as_seen(own, fit)
}

/// Sides of the symbol as the picture shows them.
fn as_seen(own: [f64; 4], fit: &LocatedSymbol) -> [f64; 4] {
    let (from, to) = (fit.grid.point(1.0, 0.0), fit.grid.point(0.0, 0.0));
    // The picture's side that the symbol's left faces: left, top, right or bottom.
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let first = match (dx.abs() >= dy.abs(), dx < 0.0, dy < 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    };
    let mut seen = own;
    for (n, value) in own.into_iter().enumerate() {
        let place = if fit.mirrored {
            first + 4 - n
        } else {
            first + n
        } % 4;
        if let Some(slot) = seen.get_mut(place) {
            *slot = value;
        }
    }
    seen
}
