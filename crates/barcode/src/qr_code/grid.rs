//! The grid of a QR code in a picture: where each module lies, its grey, and the grid put exactly over its edges.

use crate::binarize;
use crate::homography::{Homography, LumaView};
use crate::qr_code::decode::{self, Matrix, Reading};
use crate::qr_code::layout::{self, Role};
use crate::qr_code::refine;

/// A symbol found and read in a picture.
#[derive(Clone, Debug)]
pub(crate) struct LocatedSymbol {
    pub(crate) grid: Homography,
    pub(crate) reading: Reading,
    pub(crate) inverted: bool,
    pub(crate) mirrored: bool,
    /// The grey that parts dark from light.
    pub(crate) threshold: f64,
    /// How far rows and columns of a part of the symbol are off the even grid, at most, in modules.
    pub(crate) unevenness: f64,
}

/// Points within a module at which its grey is taken, from its middle in modules.
const NEAR_MIDDLE: [[f64; 2]; 5] = [
    [0.0, 0.0],
    [-0.2, -0.2],
    [0.2, -0.2],
    [-0.2, 0.2],
    [0.2, 0.2],
];

/// The grey of every module, row by row.
pub(crate) fn greys(
    plane: LumaView<'_>,
    grid: &Homography,
    side: usize,
    points: &[[f64; 2]],
) -> Vec<f64> {
    let places = (0..side).flat_map(|y| (0..side).map(move |x| [x, y]));
    places
        .map(|place| grey(plane, grid, place, points))
        .collect()
}

/// The grey of a module, the mean of some points around its middle.
fn grey(plane: LumaView<'_>, grid: &Homography, [x, y]: [usize; 2], points: &[[f64; 2]]) -> f64 {
    let (x, y, share) = (x as f64 + 0.5, y as f64 + 0.5, points.len() as f64);
    let at = |[dx, dy]: &[f64; 2]| plane.at(grid.point(x + dx, y + dy)).unwrap_or(255.0);
    points.iter().map(at).sum::<f64>() / share
}

/// The share of the fixed patterns that is as it should be where a symbol lies on a grid, from 0 to 1; the better of
/// dark on light and light on dark.
pub(crate) fn agreement(plane: LumaView<'_>, grid: &Homography, side: usize) -> f64 {
    let Some(version) = layout::version(side) else {
        return 0.0;
    };
    // Most modules hold data: asking for the others alone is many times cheaper, and this is asked often.
    let (mut greys, mut wanted) = (Vec::new(), Vec::new());
    for (n, role) in layout::roles(version).iter().enumerate() {
        if let Role::Fixed(dark) = role {
            greys.push(grey(plane, grid, [n % side, n / side], &[[0.0, 0.0]]));
            wanted.push(*dark);
        }
    }
    let threshold = binarize::between(&greys);
    let is_right = |(grey, dark): &(&f64, &bool)| (**grey < threshold) == **dark;
    let share = |count: usize| count as f64 / wanted.len().max(1) as f64;
    let right = share(greys.iter().zip(&wanted).filter(is_right).count());
    right.max(1.0 - right)
}

/// The share of the modules between the finders, dark and light in turn, that is as it should be; the better of dark on light and
/// light on dark.
pub(crate) fn timing(plane: LumaView<'_>, grid: &Homography, side: usize) -> f64 {
    let places = (8..side.saturating_sub(8)).flat_map(|n| [([n, 6], n), ([6, n], n)]);
    let seen: Vec<(f64, bool)> = places
        .map(|(place, n)| (grey(plane, grid, place, &[[0.0, 0.0]]), n.is_multiple_of(2)))
        .collect();
    let greys: Vec<f64> = seen.iter().map(|(grey, _)| *grey).collect();
    let threshold = binarize::between(&greys);
    let right = seen
        .iter()
        .filter(|(grey, dark)| (*grey < threshold) == *dark);
    let right = right.count() as f64 / seen.len().max(1) as f64;
    right.max(1.0 - right)
}

/// Reads the symbol that lies on a grid, and puts the grid exactly over its edges.
pub(crate) fn fit(plane: LumaView<'_>, grid: Homography, side: usize) -> Option<LocatedSymbol> {
    let greys = greys(plane, &grid, side, &NEAR_MIDDLE);
    let global = binarize::between(&greys);
    let middle = 3 * side + 3;
    let binarized = [
        greys.iter().map(|g| *g < global).collect::<Vec<bool>>(),
        around(&greys, side),
    ];
    for dark in binarized {
        // The core of a finder is dark unless the symbol is turned over.
        let inverted = dark.get(middle) == Some(&false);
        let dark = dark.into_iter().map(|d| d != inverted).collect();
        let matrix = Matrix { side, dark };
        let read = decode::read(&matrix).map(|r| (r, false));
        let read = read.or_else(|| decode::read(&matrix.mirrored()).map(|r| (r, true)));
        if let Some((reading, mirrored)) = read {
            let grid = if mirrored { grid.mirrored() } else { grid };
            let (grid, unevenness) = refine::exact(plane, grid, &reading.right, global);
            return Some(LocatedSymbol {
                grid,
                reading,
                inverted,
                mirrored,
                threshold: global,
                unevenness,
            });
        }
    }
    None
}

/// Modules on each side of one that are taken into account where light falls unevenly.
const NEIGHBOURS: usize = 4;

/// Modules darker than the middle between the darkest and lightest around them.
fn around(greys: &[f64], side: usize) -> Vec<bool> {
    let mut dark = Vec::with_capacity(greys.len());
    for y in 0..side {
        for x in 0..side {
            let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
            for row in y.saturating_sub(NEIGHBOURS)..=(y + NEIGHBOURS).min(side - 1) {
                let first = row * side + x.saturating_sub(NEIGHBOURS);
                let last = row * side + (x + NEIGHBOURS).min(side - 1);
                for grey in greys.get(first..=last).unwrap_or_default() {
                    low = low.min(*grey);
                    high = high.max(*grey);
                }
            }
            let grey = greys.get(y * side + x).copied().unwrap_or(255.0);
            dark.push(grey < low.midpoint(high));
        }
    }
    dark
}
