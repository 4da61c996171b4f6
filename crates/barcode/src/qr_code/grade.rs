//! Grades a QR code's artwork as a verifier would, after ISO/IEC 15415, from its grey values alone: paper and press are not
//! considered.

use crate::artwork_grade::{Grade, grade_down, grade_up};
use crate::homography::LumaView;
use crate::qr_code::damage;
use crate::qr_code::grid::{self, LocatedSymbol};

/// Grades A to D for the share of reflectance between the lightest and the darkest module.
pub(crate) const CONTRAST: [f64; 4] = [0.70, 0.55, 0.40, 0.20];
/// The same for how clearly modules lie on their side of the middle.
const MODULATION: [f64; 4] = [0.50, 0.40, 0.30, 0.20];
/// The same for the error correction left.
const UNUSED: [f64; 4] = [0.62, 0.50, 0.37, 0.25];
/// The same for how far modules are from square.
const AXIAL: [f64; 4] = [0.06, 0.08, 0.10, 0.12];
/// The same for how far rows and columns are off the even grid, in modules.
const GRID: [f64; 4] = [0.38, 0.50, 0.63, 0.75];

/// A module drawn on a limit may come out half a step of 8 bits under it, which counts twice.
const NEAR: f64 = 1.0 / 255.0;

/// The verifier's synthetic aperture, 80 % of a module across: sample points about the middle, in modules.
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
pub(crate) fn grade(plane: LumaView<'_>, fit: &LocatedSymbol) -> Grade {
    let right = &fit.reading.right;
    let points = aperture();
    let reflect = |grey: f64| {
        if fit.inverted {
            1.0 - grey / 255.0
        } else {
            grey / 255.0
        }
    };
    let greys = grid::greys(plane, &fit.grid, right.side, &points);
    let reflects: Vec<f64> = greys.into_iter().map(reflect).collect();
    let lightest = reflects.iter().copied().fold(0.0, f64::max);
    let darkest = reflects.iter().copied().fold(1.0, f64::min);
    let contrast = lightest - darkest;
    let middle = lightest.midpoint(darkest);
    // How far each module is from the middle, against the contrast; less than nothing if it is the wrong colour.
    let margins: Vec<f64> = reflects
        .iter()
        .enumerate()
        .map(|(place, light)| {
            let off = 2.0 * (light - middle) / contrast.max(1e-6);
            if right.is_dark(place) { -off } else { off }
        })
        .collect();
    let (modulation, modulation_grade) = modulation(fit, &margins, f64::abs);
    let (margin, margin_grade) = self::modulation(fit, &margins, |m| m.max(0.0));
    let unused = fit.reading.unused(&fit.reading.wrong).clamp(0.0, 1.0);
    let [wide, high] = fit.grid.pitch(right.side as f64);
    let axial = (wide - high).abs() / wide.midpoint(high).max(1e-6);
    let overall = [
        grade_up(contrast, CONTRAST),
        modulation_grade,
        margin_grade,
        grade_up(unused, UNUSED),
        grade_down(axial, AXIAL),
        grade_down(fit.unevenness, GRID),
    ];
    let wrong: Vec<bool> = margins.iter().map(|m| *m < 0.0).collect();
    let damage = damage::damage(fit, &wrong, |[x, y]| {
        let seen = points
            .iter()
            .map(|[dx, dy]| plane.at(fit.grid.point(x + dx, y + dy)));
        let greys: Option<Vec<f64>> = seen.collect();
        let greys = greys?;
        let mean = greys.iter().sum::<f64>() / greys.len().max(1) as f64;
        Some(reflect(mean) < middle)
    });
    let round = crate::artwork_grade::round3;
    Grade {
        overall: overall.into_iter().fold(4.0, f64::min),
        lightest: round(lightest),
        darkest: round(darkest),
        symbol_contrast: round(contrast),
        modulation: round(modulation),
        reflectance_margin: Some(round(margin)),
        unused_error_correction: Some(round(unused)),
        axial_nonuniformity: Some(round(axial)),
        grid_nonuniformity: Some(round(fit.unevenness)),
        damage: Some(damage),
        ..Grade::default()
    }
}

/// The modulation of a symbol and its grade: the best that both the codewords and what error correction would be left
/// without those that fall short of it reach. `clear` is how clear a module is by its margin.
fn modulation(fit: &LocatedSymbol, margins: &[f64], clear: impl Fn(f64) -> f64) -> (f64, f64) {
    // A codeword is as clear as its weakest module.
    let weakest = |places: &[usize]| {
        let of = places.iter().filter_map(|place| margins.get(*place));
        of.map(|m| clear(*m)).fold(1.0, f64::min)
    };
    let words: Vec<(usize, f64)> = fit
        .reading
        .words
        .iter()
        .map(|(block, places)| (*block, weakest(places)))
        .collect();
    // What would be left if codewords less clear than this were wrong.
    let left = |modulation: f64| {
        let mut wrong = vec![0usize; fit.reading.blocks.count];
        for (block, clear) in &words {
            if let Some(count) = wrong.get_mut(*block)
                && *clear < modulation - NEAR
            {
                *count += 1;
            }
        }
        fit.reading.unused(&wrong)
    };
    let grades = [4.0, 3.0, 2.0, 1.0].into_iter().zip(MODULATION);
    let reached = grades.map(|(grade, limit)| grade_up(left(limit), UNUSED).min(grade));
    let grade = reached.fold(0.0, f64::max);
    // The clearest line that leaves as much as this grade asks for.
    let place = [4.0, 3.0, 2.0, 1.0].iter().position(|g| *g <= grade);
    let least = place.and_then(|n| MODULATION.get(n)).copied();
    let needed = place.and_then(|n| UNUSED.get(n)).or(UNUSED.last());
    let needed = needed.copied().unwrap_or(1.0);
    let mut steps: Vec<f64> = words.iter().map(|(_, c)| *c).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let value = steps.iter().rev().copied().find(|m| left(*m) >= needed);
    (value.unwrap_or(0.0).max(least.unwrap_or(0.0)), grade)
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
pub(crate) fn noise(plane: LumaView<'_>, fit: &LocatedSymbol) -> f64 {
    let right = &fit.reading.right;
    // Count, sum and sum of squares of light and of dark greys.
    let mut sums = [[0.0f64; 3]; 2];
    for point in WITHIN {
        let greys = grid::greys(plane, &fit.grid, right.side, &[point]);
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

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode, Version};

    use super::*;
    use crate::artwork_grade::Damage;
    use crate::qr_code::decode;
    use crate::qr_code::decode::{Matrix, Reading};
    use crate::{Symbol, measure};

    const SCALE: usize = 12;
    const AROUND: usize = 6;

    /// A code of version 2, which has one block of 28 correction codewords at this level.
    fn code() -> (Matrix, Reading) {
        let code = QrCode::with_version(b"EXAMPLE.ORG", Version::Normal(2), EcLevel::H).unwrap();
        let matrix = Matrix {
            side: code.width(),
            dark: code.to_colors().iter().map(|c| *c == Color::Dark).collect(),
        };
        let reading = decode::read(&matrix).unwrap();
        (matrix, reading)
    }

    /// Studies a picture in which each module, those of the surroundings too, has the grey that is told by its column and row
    /// and by whether it should be dark.
    fn seen(matrix: &Matrix, grey: impl Fn(i32, i32, bool) -> u8) -> Symbol {
        let modules = matrix.side + 2 * AROUND;
        let width = modules * SCALE;
        let around = AROUND as i32;
        let pixels: Vec<u8> = (0..width * width)
            .map(|n| {
                let (x, y) = (n % width / SCALE, n / width / SCALE);
                let (x, y) = (x as i32 - around, y as i32 - around);
                let inside =
                    (0..matrix.side as i32).contains(&x) && (0..matrix.side as i32).contains(&y);
                let dark = inside && matrix.is_dark(y as usize * matrix.side + x as usize);
                grey(x, y, dark)
            })
            .collect();
        let (a, b) = (
            (AROUND * SCALE) as f64,
            ((AROUND + matrix.side) * SCALE) as f64,
        );
        let corners = [[a, a], [b, a], [b, b], [a, b]];
        measure(width, width, &pixels, corners, matrix.side as u32).unwrap()
    }

    fn plain(dark: bool) -> u8 {
        if dark { 0 } else { 255 }
    }

    /// The grade with so many codewords changed: their modules of one colour have another grey.
    fn with_words(count: usize, change: impl Fn(bool) -> u8) -> Grade {
        let (matrix, reading) = code();
        let changed: Vec<usize> = reading
            .words
            .iter()
            .take(count)
            .flat_map(|(_, p)| p.clone())
            .collect();
        let side = matrix.side as i32;
        let grey = |x: i32, y: i32, dark: bool| {
            let inside = (0..side).contains(&x) && (0..side).contains(&y);
            if inside && changed.contains(&((y * side + x) as usize)) {
                change(dark)
            } else {
                plain(dark)
            }
        };
        seen(&matrix, grey).grade
    }

    #[test]
    fn a_clean_code_is_all_it_can_be() {
        let (matrix, _) = code();
        let grade = seen(&matrix, |_, _, dark| plain(dark)).grade;
        let whole = [
            grade.symbol_contrast,
            grade.modulation,
            grade.reflectance_margin.unwrap(),
        ];
        assert_eq!((grade.overall, whole), (4.0, [1.0; 3]));
        let none = Damage {
            alignment: Some(0.0),
            ..Damage::default()
        };
        assert_eq!(grade.damage, Some(none));
    }

    #[test]
    fn pale_modules_count_by_codewords_and_what_correction_would_be_left() {
        // Dark modules of 64 in 255 are as clear as half the contrast, those of 66 are not: if six codewords are wrong, 57 % of
        // the correction is left, if five are, 64 %.
        let modulation =
            |count: usize, grey: u8| with_words(count, |dark| if dark { grey } else { 255 });
        assert_eq!(modulation(6, 64).overall, 4.0);
        assert_eq!(modulation(6, 66).overall, 3.0);
        assert_eq!(modulation(5, 66).overall, 4.0);
        let margin = modulation(6, 66);
        assert_eq!(Some(margin.modulation), margin.reflectance_margin);
    }

    #[test]
    fn modules_of_the_wrong_colour_take_the_margin_and_not_the_modulation() {
        let turned = |count: usize| with_words(count, |dark| plain(!dark));
        let (five, six) = (turned(5), turned(6));
        assert_eq!((five.modulation, six.modulation), (1.0, 1.0));
        assert_eq!((five.overall, six.overall), (4.0, 3.0));
        assert_eq!(five.unused_error_correction, Some(0.643));
        assert_eq!(turned(11).reflectance_margin, Some(0.0));
    }

    #[test]
    fn damage_is_measured_and_not_graded() {
        let (matrix, _) = code();
        let damaged = |spoilt: &dyn Fn(i32, i32) -> Option<u8>| {
            seen(&matrix, |x, y, dark| spoilt(x, y).unwrap_or(plain(dark))).grade
        };
        let of = |grade: &Grade| grade.damage.unwrap();
        // A white square over the alignment pattern, of which 17 of 25 modules are dark.
        let logo = damaged(&|x, y| ((16..21).contains(&x) && (16..21).contains(&y)).then_some(255));
        assert_eq!((logo.overall, of(&logo).alignment), (4.0, Some(0.68)));
        let finder = damaged(&|x, y| (x == 24 && y < 2).then_some(255));
        assert_eq!(of(&finder).finders, [0.0, 0.031, 0.0]);
        let timing = damaged(&|x, y| (y == 6 && x == 9).then_some(0));
        assert_eq!(of(&timing).timing, [0.111, 0.0]);
        let format = damaged(&|x, y| (x == 8 && y == 0).then_some(plain(!matrix.is_dark(8))));
        assert_eq!(of(&format).format, 0.033);
        // 464 modules around, of which two are dark.
        let quiet = damaged(&|x, y| (x == -3 && (4..6).contains(&y)).then_some(0));
        assert_eq!(of(&quiet).quiet_zone, 0.004);
        let beyond = damaged(&|x, _| (x == -6).then_some(0));
        assert_eq!(of(&beyond).quiet_zone, 0.0);
    }
}
