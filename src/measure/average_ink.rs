//! Averages the ink of a page over every square of 15 mm, as the Ghent Workgroup asks.

use crate::model::facts::{AverageInk, SquareInk};
use crate::model::geometry::Rect;
use crate::pdf::{PROCESS, SeparationSet};

/// The side of a square, in points.
const SIDE_PT: f64 = 15.0 / 25.4 * 72.0;

/// The squares that carry most.
pub(super) fn average(set: &SeparationSet) -> AverageInk {
    let is_process = |name: &String| PROCESS.contains(&name.as_str());
    let of = |wanted: &dyn Fn(&String) -> bool| {
        let plates = set.names.iter().zip(&set.plates);
        let plates = plates.filter(|(name, _)| wanted(name));
        let mut total = vec![0.0f32; set.width * set.height];
        for (_, plate) in plates {
            for (sum, ink) in total.iter_mut().zip(plate) {
                *sum += ink;
            }
        }
        darkest(&total, set)
    };
    let process = of(&is_process);
    let all = if set.names.iter().all(is_process) {
        process
    } else {
        of(&|_| true)
    };
    AverageInk { process, all }
}

/// The square that carries most of an amount by pixel.
fn darkest(total: &[f32], set: &SeparationSet) -> SquareInk {
    let side = ((SIDE_PT * set.scale).floor() as usize).max(1);
    let (wide, high) = (side.min(set.width), side.min(set.height));
    if wide == 0 || high == 0 {
        return SquareInk::default();
    }
    // The sum of each column over the rows of the square, and of the square over its columns, both as they move.
    let mut columns = vec![0.0f64; set.width];
    let mut most = (f64::MIN, 0, 0);
    let row = |y: usize| total.get(y * set.width..(y + 1) * set.width);
    for y in 0..set.height {
        for (sum, ink) in columns.iter_mut().zip(row(y).unwrap_or_default()) {
            *sum += f64::from(*ink);
        }
        let Some(top) = (y + 1).checked_sub(high) else {
            continue;
        };
        let mut square: f64 = columns.iter().take(wide).sum();
        let mut left = 0;
        let (mut leaving, mut coming) = (columns.iter(), columns.iter().skip(wide));
        loop {
            if square > most.0 + 1e-6 {
                most = (square, left, top);
            }
            let (Some(out), Some(into)) = (leaving.next(), coming.next()) else {
                break;
            };
            square += into - out;
            left += 1;
        }
        for (sum, ink) in columns.iter_mut().zip(row(top).unwrap_or_default()) {
            *sum -= f64::from(*ink);
        }
    }
    let (sum, left, top) = most;
    let points = |pixel: usize| pixel as f64 / set.scale;
    SquareInk {
        percent: (sum / (wide * high) as f64 * 1000.0).round() as f32 / 10.0,
        area: Rect::new(
            points(left),
            points(top),
            points(left + wide),
            points(top + high),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 60 x 60 mm at 100 pixels an inch with a patch of so many millimetres a side in four inks of 80 % and a spot
    /// ink of 50 %.
    fn page(side: f64) -> SeparationSet {
        let pixels = 236;
        let patch = (side / 25.4 * 100.0).round() as usize;
        let plate = |ink: f32| {
            let at = |n: usize| (40..40 + patch).contains(&n);
            let inside = move |n: usize| at(n % pixels) && at(n / pixels);
            (0..pixels * pixels)
                .map(|n| if inside(n) { ink } else { 0.0 })
                .collect::<Vec<f32>>()
        };
        let names = PROCESS.iter().copied().chain(["Gold"]);
        SeparationSet {
            width: pixels,
            height: pixels,
            scale: 100.0 / 72.0,
            names: names.map(str::to_owned).collect(),
            plates: [0.8, 0.8, 0.8, 0.8, 0.5].map(plate).to_vec(),
            through: None,
            troubles: Vec::new(),
        }
    }

    #[test]
    fn a_patch_is_averaged_over_the_square_around_it() {
        let whole = average(&page(16.0));
        assert!((whole.process.percent - 320.0).abs() < 0.05, "{whole:?}");
        assert!((whole.all.percent - 370.0).abs() < 0.05, "{whole:?}");
        let left = f64::from(whole.all.area.x0);
        assert!((28.0..31.0).contains(&left), "{whole:?}");
        // 10 mm are four ninths of 15 mm.
        let small = average(&page(10.0));
        assert!((small.process.percent - 142.2).abs() < 2.5, "{small:?}");
    }

    #[test]
    fn a_page_smaller_than_the_square_is_the_square() {
        let mut set = page(5.0);
        (set.width, set.height) = (20, 20);
        set.plates = vec![vec![1.0; 400]];
        set.names = vec!["Black".to_owned()];
        assert!((average(&set).all.percent - 100.0).abs() < 0.05);
    }
}
