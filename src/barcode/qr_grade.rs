//! How well a QR code's artwork would be graded by a verifier, after ISO/IEC 15415: from its grey values alone, before
//! paper and press have had their say.

use super::qr_grid::{self, Fit, Plane};
use crate::facts::{Grade, grade_down, grade_up};

/// Grades A to D for the share of reflectance between the lightest and the darkest module.
pub(super) const CONTRAST: [f64; 4] = [0.70, 0.55, 0.40, 0.20];
/// The same for how clearly modules lie on their side of the middle.
const MODULATION: [f64; 4] = [0.50, 0.40, 0.30, 0.20];
/// The same for the error correction left.
const UNUSED: [f64; 4] = [0.62, 0.50, 0.37, 0.25];
/// The same for how far modules are from square.
const AXIAL: [f64; 4] = [0.06, 0.08, 0.10, 0.12];
/// The same for how far rows and columns are off the even grid, in modules.
const GRID: [f64; 4] = [0.38, 0.50, 0.63, 0.75];

/// The aperture a verifier looks through, 80 % of a module across: points about the middle, in modules.
fn aperture() -> Vec<[f64; 2]> {
    let mut points = vec![[0.0, 0.0]];
    for (radius, count) in [(0.18, 6u8), (0.36, 12)] {
        for n in 0..count {
            let turn = f64::from(n) / f64::from(count) * std::f64::consts::TAU;
            points.push([radius * turn.cos(), radius * turn.sin()]);
        }
    }
    points
}

/// Grades a symbol.
pub(super) fn grade(plane: Plane<'_>, fit: &Fit) -> Grade {
    let side = fit.reading.right.side;
    let greys = qr_grid::greys(plane, &fit.grid, side, &aperture());
    let reflects: Vec<f64> = greys
        .iter()
        .map(|g| {
            if fit.inverted {
                1.0 - g / 255.0
            } else {
                g / 255.0
            }
        })
        .collect();
    let lightest = reflects.iter().copied().fold(0.0, f64::max);
    let darkest = reflects.iter().copied().fold(1.0, f64::min);
    let contrast = lightest - darkest;
    let middle = lightest.midpoint(darkest);
    // How clearly each codeword is on the right side, by its weakest module; wrong ones not at all.
    let clear: Vec<(usize, f64)> = fit
        .reading
        .words
        .iter()
        .map(|(block, places)| {
            let of = |place: &usize| {
                let off = reflects.get(*place).copied().unwrap_or(middle) - middle;
                let right = if fit.reading.right.is_dark(*place) {
                    -off
                } else {
                    off
                };
                (2.0 * right / contrast.max(1e-6)).max(0.0)
            };
            (*block, places.iter().map(of).fold(1.0, f64::min))
        })
        .collect();
    // What would be left if codewords less clear than this were wrong.
    let left = |modulation: f64| {
        let mut wrong = vec![0usize; fit.reading.blocks.count];
        for (block, clear) in &clear {
            if let Some(count) = wrong.get_mut(*block)
                && *clear < modulation
            {
                *count += 1;
            }
        }
        let counted = wrong.iter().zip(&fit.reading.wrong);
        let wrong: Vec<usize> = counted.map(|(a, b)| *a.max(b)).collect();
        fit.reading.unused(&wrong)
    };
    let (modulation, modulation_grade) = modulation(&clear, left);
    let unused = fit.reading.unused(&fit.reading.wrong).clamp(0.0, 1.0);
    #[allow(clippy::cast_precision_loss)]
    let [wide, high] = fit.grid.pitch(side as f64);
    let axial = (wide - high).abs() / wide.midpoint(high).max(1e-6);
    let overall = [
        grade_up(contrast, CONTRAST),
        modulation_grade,
        grade_up(unused, UNUSED),
        grade_down(axial, AXIAL),
        grade_down(fit.unevenness, GRID),
    ];
    let round = crate::units::round3;
    Grade {
        overall: overall.into_iter().fold(4.0, f64::min),
        lightest: round(lightest),
        darkest: round(darkest),
        symbol_contrast: round(contrast),
        modulation: round(modulation),
        unused_error_correction: Some(round(unused)),
        axial_nonuniformity: Some(round(axial)),
        grid_nonuniformity: Some(round(fit.unevenness)),
        ..Grade::default()
    }
}

/// The modulation of a symbol and its grade: the best that both the codewords and what error correction would be left
/// without those that fall short of it reach.
fn modulation(clear: &[(usize, f64)], left: impl Fn(f64) -> f64) -> (f64, f64) {
    let grades = [4.0, 3.0, 2.0, 1.0].into_iter().zip(MODULATION);
    let reached = grades.map(|(grade, limit)| grade_up(left(limit), UNUSED).min(grade));
    let grade = reached.fold(0.0, f64::max);
    // The clearest line that leaves as much as this grade asks for.
    let needed = match grade {
        4.0 => UNUSED[0],
        3.0 => UNUSED[1],
        2.0 => UNUSED[2],
        _ => UNUSED[3],
    };
    let mut steps: Vec<f64> = clear.iter().map(|(_, c)| *c).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let value = steps.iter().rev().copied().find(|m| left(*m) >= needed);
    (value.unwrap_or(0.0), grade)
}

/// Points of a module at which greys are compared, from its middle in modules.
const WITHIN: [[f64; 2]; 5] = [
    [0.0, 0.0],
    [-0.25, -0.25],
    [0.25, -0.25],
    [-0.25, 0.25],
    [0.25, 0.25],
];

/// The greater of the standard deviations of the greys of light and of dark modules, against the contrast between
/// them; modules that are the wrong colour, as under a logo, do not count.
pub(super) fn noise(plane: Plane<'_>, fit: &Fit) -> f64 {
    let right = &fit.reading.right;
    // Count, sum and sum of squares of light and of dark greys.
    let mut sums = [[0.0f64; 3]; 2];
    for point in WITHIN {
        let greys = qr_grid::greys(plane, &fit.grid, right.side, &[point]);
        for (n, grey) in greys.iter().enumerate() {
            let is_dark = right.is_dark(n);
            if ((*grey < fit.threshold) != fit.inverted) == is_dark
                && let Some([count, sum, squares]) = sums.get_mut(usize::from(is_dark))
            {
                *count += 1.0;
                *sum += grey;
                *squares += grey * grey;
            }
        }
    }
    let [(light, light_off), (dark, dark_off)] = sums.map(|[count, sum, squares]| {
        let mean = sum / count.max(1.0);
        (
            mean,
            (squares / count.max(1.0) - mean * mean).max(0.0).sqrt(),
        )
    });
    dark_off.max(light_off) / (light - dark).abs().max(1.0)
}
