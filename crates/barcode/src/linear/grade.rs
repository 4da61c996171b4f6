//! Grades an EAN-13's artwork as a verifier would, after ISO/IEC 15416, from the reflectance profiles of ten scan lines: paper
//! and press are not considered.

use crate::artwork_grade::round3;
use crate::artwork_grade::{Grade, grade_down, grade_up};
use crate::homography::LumaView;
use crate::linear::reflectance_profile::{self, BESIDE, Elements, POINTS, Scan};
use crate::linear::symbol::Bars;
use crate::qr_code::grade::CONTRAST;

/// Grades A to D for the least step between a bar and a space, against the symbol's contrast.
const MODULATION: [f64; 4] = [0.70, 0.60, 0.50, 0.40];
/// The same for unevenness within bars and spaces.
const DEFECTS: [f64; 4] = [0.15, 0.20, 0.25, 0.30];
/// The same for how far widths are from being taken for others.
const DECODABILITY: [f64; 4] = [0.62, 0.50, 0.37, 0.25];
/// The least step in reflectance between a bar and a space that passes at all.
const EDGE: f64 = 0.15;
/// How much of what the ground reflects bars may reflect, to pass at all.
const DARK_ENOUGH: f64 = 0.5;
/// Half a step of 8 bits.
const NEAR: f64 = 0.5 / 255.0;
/// Lines across the bars, and the share of the bars' height that they leave out at either end.
const LINES: u8 = 10;
const LEFT_OUT: f64 = 0.1;
/// The opening a verifier looks through, 0.15 mm wide where a module is 0.33: points about its middle, in modules.
const OPENING: [[f64; 2]; 7] = [
    [0.0, 0.0],
    [-0.2, 0.0],
    [0.2, 0.0],
    [-0.1, -0.17],
    [0.1, -0.17],
    [-0.1, 0.17],
    [0.1, 0.17],
];

impl Scan {
    fn contrast(&self) -> f64 {
        self.lightest - self.darkest
    }

    /// A measure of its bars and spaces as a share of its contrast.
    fn share(&self, value: f64) -> f64 {
        (value / self.contrast().max(1e-6)).clamp(0.0, 1.0)
    }

    fn modulation(&self, elements: &Elements) -> f64 {
        self.share(elements.edge)
    }

    fn defects(&self, elements: &Elements) -> f64 {
        self.share(elements.uneven)
    }

    fn grade(&self) -> f64 {
        let Some(elements) = &self.elements else {
            return 0.0;
        };
        if elements.edge < EDGE - NEAR || self.darkest > DARK_ENOUGH * self.lightest + NEAR {
            return 0.0;
        }
        grade_up(self.contrast(), CONTRAST)
            .min(grade_up(self.modulation(elements), MODULATION))
            .min(grade_down(self.defects(elements), DEFECTS))
            .min(grade_up(elements.decodability, DECODABILITY))
    }
}

/// Grades bars that were read in a picture of the same size, which may be in another light.
pub fn grade(width: usize, height: usize, pixels: &[u8], bars: &Bars) -> Option<Grade> {
    if pixels.len() < width * height || bars.module <= 0.0 {
        return None;
    }
    let plane = LumaView {
        width,
        height,
        pixels,
    };
    let share = |n: u8| LEFT_OUT + (f64::from(n) + 0.5) / f64::from(LINES) * (1.0 - 2.0 * LEFT_OUT);
    let scans: Vec<Scan> = (0..LINES)
        .filter_map(|n| reflectance_profile::scan(&profile(plane, bars, share(n)), &bars.digits))
        .collect();
    if scans.is_empty() {
        return None;
    }
    let read: Vec<(&Scan, &Elements)> = scans
        .iter()
        .filter_map(|s| s.elements.as_ref().map(|e| (s, e)))
        .collect();
    let worst = |of: &dyn Fn(&(&Scan, &Elements)) -> f64, pick: fn(f64, f64) -> f64| {
        read.iter().map(of).reduce(pick).map(round3)
    };
    Some(Grade {
        // Lines that cannot be measured count as nothing.
        overall: round3(scans.iter().map(Scan::grade).sum::<f64>() / f64::from(LINES)),
        symbol_contrast: mean(scans.iter().map(Scan::contrast)),
        modulation: mean(read.iter().map(|(s, e)| s.modulation(e))),
        lightest: mean(scans.iter().map(|s| s.lightest)),
        darkest: mean(scans.iter().map(|s| s.darkest)),
        lines_read: u32::try_from(read.len()).ok(),
        edge_contrast: worst(&|(_, e)| e.edge, f64::min),
        defects: worst(&|(s, e)| s.defects(e), f64::max),
        decodability: (!read.is_empty()).then(|| mean(read.iter().map(|(_, e)| e.decodability))),
        ..Grade::default()
    })
}

/// The mean of some values, 0 of none.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    round3(sum / f64::max(count, 1.0))
}

/// The reflectance along the line so far down the bars, from before the symbol to after it.
fn profile(plane: LumaView<'_>, bars: &Bars, share: f64) -> Vec<f64> {
    let [x0, y0, x1, y1] = bars.area;
    let ([from, to], [top, bottom]) = if bars.lying {
        ([y0, y1], [x0, x1])
    } else {
        ([x0, x1], [y0, y1])
    };
    let line = top + share * (bottom - top);
    // The area spans all lines: where each begins moves a little.
    let moves = bars.lean * (bottom - top);
    let length = to - from - moves.abs();
    let from = if moves < 0.0 {
        from - moves * (1.0 - share)
    } else {
        from + moves * share
    };
    let module = length / bars.modules.max(1.0);
    let count = (bars.modules.round() as usize + 2 * BESIDE) * POINTS;
    let along = |n: usize| from + ((n as f64 + 0.5) / POINTS as f64 - BESIDE as f64) * module;
    let light = |along: f64| {
        let near = OPENING.map(|[dx, dy]| {
            let (t, s) = (along + dx * module, line + dy * module);
            let point = if bars.lying { [s, t] } else { [t, s] };
            plane.at(point).unwrap_or(255.0)
        });
        let all = near.len() as f64 * 255.0;
        near.iter().sum::<f64>() / all
    };
    (0..count).map(|n| light(along(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The grade of a line from 90 % down to `darkest`, with shares of its contrast for edge and unevenness.
    fn grade(darkest: f64, edge: f64, uneven: f64, decodability: f64) -> f64 {
        let contrast = 0.9 - darkest;
        let elements = Elements {
            edge: edge * contrast,
            uneven: uneven * contrast,
            decodability,
        };
        Scan {
            lightest: 0.9,
            darkest,
            elements: Some(elements),
        }
        .grade()
    }

    #[test]
    fn each_measure_is_graded_on_both_sides_of_its_limits() {
        let all = |values: [f64; 8], of: &dyn Fn(f64) -> f64| values.map(of);
        let steps = [4.0, 3.0, 3.0, 2.0, 2.0, 1.0, 1.0, 0.0];
        let contrast = all([0.70, 0.69, 0.55, 0.54, 0.46, 0.44, 0.40, 0.39], &|c| {
            grade(0.9 - c, 1.0, 0.0, 1.0)
        });
        // Below 45 % bars reflect more than half of what this ground does.
        assert_eq!(contrast, [4.0, 3.0, 3.0, 2.0, 2.0, 0.0, 0.0, 0.0]);
        let modulation = all([0.70, 0.69, 0.60, 0.59, 0.50, 0.49, 0.40, 0.39], &|m| {
            grade(0.1, m, 0.0, 1.0)
        });
        assert_eq!(modulation, steps);
        let defects = all([0.15, 0.16, 0.20, 0.21, 0.25, 0.26, 0.30, 0.31], &|d| {
            grade(0.1, 1.0, d, 1.0)
        });
        assert_eq!(defects, steps);
        let decodability = all([0.62, 0.61, 0.50, 0.49, 0.37, 0.36, 0.25, 0.24], &|d| {
            grade(0.1, 1.0, 0.0, d)
        });
        assert_eq!(decodability, steps);
    }

    #[test]
    fn faint_edges_and_lines_that_cannot_be_read_fail() {
        // Less than 15 % of light, whatever the share of the contrast.
        let dark = |step: f64| grade(0.44, step / 0.46, 0.0, 1.0);
        assert_eq!((dark(0.20), dark(0.14)), (1.0, 0.0));
        assert_eq!(Scan::default().grade(), 0.0);
    }
}
