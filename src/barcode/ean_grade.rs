//! How well an EAN-13's artwork would be graded by a verifier, after ISO/IEC 15416: from its grey values along ten lines
//! across its bars, before paper and press have had their say.

use super::ean::Bars;
use super::ean_digits::{MODULES, RUNS};
use super::qr_grade::CONTRAST;
use super::qr_grid::Plane;
use crate::facts::{Grade, grade_up};
use crate::units::round3;

/// Grades A to D for the least step between a bar and a space, against the symbol's contrast.
const MODULATION: [f64; 4] = [0.70, 0.60, 0.50, 0.40];
/// The same for how far widths are from being taken for others.
const DECODABILITY: [f64; 4] = [0.62, 0.50, 0.37, 0.25];
/// The least step in reflectance between a bar and a space that passes at all.
const EDGE: f64 = 0.15;
/// Lines across the bars.
const LINES: u8 = 10;
/// Points a module along a line.
const POINTS: f64 = 10.0;

/// What one line gives.
struct Scan {
    lightest: f64,
    darkest: f64,
    edge: f64,
    decodability: f64,
}

impl Scan {
    fn contrast(&self) -> f64 {
        self.lightest - self.darkest
    }

    fn modulation(&self) -> f64 {
        (self.edge / self.contrast().max(1e-6)).clamp(0.0, 1.0)
    }

    fn grade(&self) -> f64 {
        if self.edge < EDGE || self.darkest > 0.5 * self.lightest {
            return 0.0;
        }
        grade_up(self.contrast(), CONTRAST)
            .min(grade_up(self.modulation(), MODULATION))
            .min(grade_up(self.decodability, DECODABILITY))
    }
}

/// Grades bars that were read in a picture of the same size, which may be in another light.
pub fn grade(width: usize, height: usize, pixels: &[u8], bars: &Bars) -> Option<Grade> {
    if pixels.len() < width * height || bars.module <= 0.0 {
        return None;
    }
    let plane = Plane {
        width,
        height,
        pixels,
    };
    let scans: Vec<Scan> = (0..LINES)
        .filter_map(|n| scan(plane, bars, (f64::from(n) + 1.0) / (f64::from(LINES) + 1.0)))
        .collect();
    let mean = |of: fn(&Scan) -> f64| scans.iter().map(of).sum::<f64>() / f64::from(LINES);
    let first = scans.first()?;
    let least = scans.iter().map(|s| s.edge).fold(first.edge, f64::min);
    // Lines that cannot be read count as nothing.
    Some(Grade {
        overall: round3(mean(Scan::grade)),
        symbol_contrast: round3(mean(Scan::contrast)),
        modulation: round3(mean(Scan::modulation)),
        lightest: round3(mean(|s| s.lightest)),
        darkest: round3(mean(|s| s.darkest)),
        edge_contrast: Some(round3(least)),
        decodability: Some(round3(mean(|s| s.decodability))),
        ..Grade::default()
    })
}

/// The line so far down the bars.
fn scan(plane: Plane<'_>, bars: &Bars, share: f64) -> Option<Scan> {
    let [x0, y0, x1, y1] = bars.area;
    let module = bars.module;
    let (from, to) = if bars.lying { (y0, y1) } else { (x0, x1) };
    let point = |t: f64| {
        if bars.lying {
            [x0 + share * (x1 - x0), t]
        } else {
            [t, y0 + share * (y1 - y0)]
        }
    };
    let step = module / POINTS;
    // An opening of half a module, as verifiers have.
    let light = |t: f64| {
        let near = [-0.2, 0.0, 0.2].map(|off| plane.at(point(t + off * module)).unwrap_or(255.0));
        near.iter().sum::<f64>() / 3.0 / 255.0
    };
    let mut profile = Vec::new();
    let mut t = from - 5.0 * module;
    while t <= to + 5.0 * module {
        profile.push(light(t));
        t += step;
    }
    let lightest = profile.iter().copied().fold(0.0, f64::max);
    let darkest = profile.iter().copied().fold(1.0, f64::min);
    let middle = lightest.midpoint(darkest);
    // Elements between crossings of the middle: where each begins, its extreme.
    let mut elements: Vec<(f64, f64)> = vec![(0.0, *profile.first()?)];
    for (n, pair) in profile.windows(2).enumerate() {
        let [a, b] = pair else {
            continue;
        };
        if (*a < middle) != (*b < middle) {
            #[allow(clippy::cast_precision_loss)]
            let at = n as f64 + (middle - a) / (b - a);
            elements.push((at, *b));
        } else if let Some((_, extreme)) = elements.last_mut() {
            *extreme = if *b < middle {
                extreme.min(*b)
            } else {
                extreme.max(*b)
            };
        }
    }
    // The bars and spaces of the symbol, with the quiet zones beside them.
    let start = elements
        .iter()
        .position(|(at, _)| (at * step - 5.0 * module).abs() < module)?;
    let symbol = elements.get(start..start + RUNS + 1)?;
    let all = elements.get(start.checked_sub(1)?..start + RUNS + 1)?;
    let edge = all
        .windows(2)
        .filter_map(|pair| Some((pair.first()?.1 - pair.get(1)?.1).abs()))
        .fold(f64::INFINITY, f64::min);
    let widths: Vec<f64> = symbol
        .windows(2)
        .filter_map(|pair| Some(pair.get(1)?.0 - pair.first()?.0))
        .collect();
    Some(Scan {
        lightest,
        darkest,
        edge,
        decodability: decodability(&widths),
    })
}

/// How far the distances of like edges within digits are from the middle between two modules: 1 if none is off.
fn decodability(widths: &[f64]) -> f64 {
    let module = widths.iter().sum::<f64>() / MODULES;
    let mut worst = 0.0f64;
    for digits in [widths.get(3..27), widths.get(32..56)] {
        for digit in digits.unwrap_or_default().chunks_exact(4) {
            let unit = digit.iter().sum::<f64>() / 7.0;
            for pair in digit.windows(2).take(2) {
                let modules = pair.iter().sum::<f64>() / unit.max(module * 0.5);
                worst = worst.max((modules - modules.round()).abs());
            }
        }
    }
    1.0 - 2.0 * worst
}
