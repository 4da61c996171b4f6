//! From three finder patterns to the grid of the symbol they belong to.

use crate::homography::{Homography, LumaView};
use crate::qr_code::grid;
use crate::qr_code::layout;
use crate::qr_code::triple::FinderTriple;

/// A symbol that lies at three finders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located {
    pub(crate) grid: Homography,
    pub(crate) side: usize,
    /// The share of its fixed patterns that is as it should be.
    pub(crate) agreement: f64,
}

/// Steps a module in which a finder is crossed.
const STEPS: f64 = 10.0;

/// A finder crossed along one direction: how far its middle is from where it was taken to be, and the module there.
struct Crossing {
    off: f64,
    module: f64,
}

/// The likeliest symbols at three finders, the best first: the finders may stand where two sizes would have them.
pub(crate) fn locate(plane: LumaView<'_>, sight: &FinderTriple) -> Vec<Located> {
    let Some([a, b, c]) = sight.marks else {
        return Vec::new();
    };
    let Some((marks, [across, down])) = centred(plane, [a, b, c], sight.module) else {
        return Vec::new();
    };
    let [a, b, c] = marks;
    let apart = |p: [f64; 2], q: [f64; 2]| (p[0] - q[0]).hypot(p[1] - q[1]);
    let modules = (apart(a, b) / across + apart(a, c) / down) / 2.0 + 7.0;
    let mut found: Vec<Located> = Vec::new();
    for version in 1..=40 {
        let side = layout::side(version);
        let far = side as f64;
        if (far - modules).abs() > 2.5 + 0.03 * modules {
            continue;
        }
        let places = [[3.5, 3.5], [far - 3.5, 3.5], [3.5, far - 3.5]];
        let Some(grid) = Homography::affine(places, marks) else {
            continue;
        };
        let agreement = grid::agreement(plane, &grid, side);
        found.push(Located {
            grid,
            side,
            agreement,
        });
    }
    found.sort_by(|p, q| q.agreement.total_cmp(&p.agreement));
    found
}

/// The middles of the finders put right, and the module along both sides.
fn centred(
    plane: LumaView<'_>,
    marks: [[f64; 2]; 3],
    module: f64,
) -> Option<([[f64; 2]; 3], [f64; 2])> {
    let unit = |p: [f64; 2], q: [f64; 2]| {
        let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
        let length = dx.hypot(dy);
        (length > 0.0).then(|| [dx / length, dy / length])
    };
    let mut marks = marks;
    let mut modules = [module; 2];
    // A second pass from the middles found: now the directions are right.
    for _ in 0..2 {
        let [a, b, c] = marks;
        let (along, down) = (unit(a, b)?, unit(a, c)?);
        let mut sums = [0.0; 2];
        for mark in &mut marks {
            let x = cross(plane, *mark, along, module)?;
            let y = cross(plane, *mark, down, module)?;
            *mark = [
                mark[0] + x.off * along[0] + y.off * down[0],
                mark[1] + x.off * along[1] + y.off * down[1],
            ];
            sums = [sums[0] + x.module, sums[1] + y.module];
        }
        modules = sums.map(|s| s / 3.0);
    }
    Some((marks, modules))
}

/// Crosses a finder through its middle.
fn cross(plane: LumaView<'_>, middle: [f64; 2], along: [f64; 2], module: f64) -> Option<Crossing> {
    let point = |t: f64| [middle[0] + t * along[0], middle[1] + t * along[1]];
    let core = plane.at(middle)?;
    // The ring of paper is about two modules away; its grey and the core's part dark from light.
    let step = module / STEPS;
    let (mut low, mut high) = (core, core);
    let mut t = -3.0 * module;
    while t <= 3.0 * module {
        if let Some(grey) = plane.at(point(t)) {
            low = low.min(grey);
            high = high.max(grey);
        }
        t += step;
    }
    if high - low < 12.0 {
        return None;
    }
    let threshold = low.midpoint(high);
    let is_core = |grey: f64| (grey < threshold) == (core < threshold);
    // Where it leaves the core, the ring of paper, the ring of ink.
    let walk = |direction: f64| -> Option<[f64; 3]> {
        let mut ends = [f64::NAN; 3];
        let mut slots = ends.iter_mut();
        let mut slot = slots.next()?;
        let mut wanted = true;
        let (mut t, mut before) = (0.0, core);
        while t < 5.5 * module {
            t += step;
            // Beyond the picture all is paper.
            let grey = plane.at(point(direction * t)).unwrap_or(255.0);
            if is_core(grey) != wanted {
                *slot = t - step * (grey - threshold) / (grey - before);
                wanted = !wanted;
                match slots.next() {
                    Some(next) => slot = next,
                    None => return Some(ends),
                }
            }
            before = grey;
        }
        // The outermost may run into something dark; the others must be there.
        (ends[1].is_finite()).then_some(ends)
    };
    let (back, on) = (walk(-1.0)?, walk(1.0)?);
    // Two edges of opposite kind on each side, so that modules drawn too wide do not count.
    let far = |ends: [f64; 3]| {
        if ends[2].is_finite() && ends[2] < ends[1] * 1.8 {
            (ends[1] + ends[2], 6.0)
        } else {
            (ends[1], 2.5)
        }
    };
    let ((on, ons), (back, backs)) = (far(on), far(back));
    let (on, back) = (on / ons, back / backs);
    Some(Crossing {
        off: (on - back) * 1.25,
        module: on.midpoint(back),
    })
}
