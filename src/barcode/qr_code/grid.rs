//! The grid of a QR code in a picture: where each module lies, its grey, and the grid put exactly over its edges.

use crate::barcode::binarize;
use crate::barcode::qr_code::decode::{self, Matrix, Reading};
use crate::barcode::qr_code::layout::{self, Role};
use crate::barcode::qr_code::refine;

/// Grey pixels, read between them.
#[derive(Clone, Copy, Debug)]
pub(in crate::barcode) struct LumaView<'p> {
    pub(in crate::barcode) width: usize,
    pub(in crate::barcode) height: usize,
    pub(in crate::barcode) pixels: &'p [u8],
}

impl LumaView<'_> {
    /// The grey at a point, pixels having their middles at halves; none beyond the picture.
    pub(in crate::barcode) fn at(&self, [x, y]: [f64; 2]) -> Option<f64> {
        #[allow(clippy::cast_precision_loss)]
        let (width, height) = (self.width as f64, self.height as f64);
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            return None;
        }
        let (x, y) = (
            (x - 0.5).clamp(0.0, width - 1.0),
            (y - 0.5).clamp(0.0, height - 1.0),
        );
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x.fract(), y.fract());
        let grey = |c: usize, r: usize| {
            let at = r.min(self.height - 1) * self.width + c.min(self.width - 1);
            self.pixels.get(at).copied().map_or(255.0, f64::from)
        };
        let top = grey(column, row) * (1.0 - fx) + grey(column + 1, row) * fx;
        let low = grey(column, row + 1) * (1.0 - fx) + grey(column + 1, row + 1) * fx;
        Some(top * (1.0 - fy) + low * fy)
    }
}

/// From modules (0, 0 is the symbol's top-left corner) to pixels, as a matrix of three rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::barcode) struct Homography {
    rows: [[f64; 3]; 3],
}

impl Homography {
    /// From three points of the symbol, given in modules and in pixels.
    pub(in crate::barcode) fn affine(
        modules: [[f64; 2]; 3],
        pixels: [[f64; 2]; 3],
    ) -> Option<Self> {
        let [[x0, y0], [x1, y1], [x2, y2]] = modules;
        let whole = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
        if whole.abs() < 1e-9 {
            return None;
        }
        let row = |[p0, p1, p2]: [f64; 3]| {
            let a = ((p1 - p0) * (y2 - y0) - (p2 - p0) * (y1 - y0)) / whole;
            let b = ((x1 - x0) * (p2 - p0) - (x2 - x0) * (p1 - p0)) / whole;
            [a, b, p0 - a * x0 - b * y0]
        };
        Some(Self {
            rows: [
                row(pixels.map(|p| p[0])),
                row(pixels.map(|p| p[1])),
                [0.0, 0.0, 1.0],
            ],
        })
    }

    /// From the four corners of the symbol in pixels, top left first, clockwise; they may be seen askew.
    pub(in crate::barcode) fn corners(corners: [[f64; 2]; 4], side: f64) -> Option<Self> {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
        // The unit square on a quadrilateral.
        let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let whole = dx1 * dy2 - dx2 * dy1;
        if whole.abs() < 1e-9 {
            return None;
        }
        let g = (dx3 * dy2 - dx2 * dy3) / whole;
        let h = (dx1 * dy3 - dx3 * dy1) / whole;
        let rows = [
            [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            [g, h, 1.0],
        ];
        Some(Self {
            rows: rows.map(|[a, b, c]| [a / side, b / side, c]),
        })
    }

    /// Where a point of the symbol lies in the picture.
    pub(in crate::barcode) fn point(&self, x: f64, y: f64) -> [f64; 2] {
        let [px, py, pw] = self.rows.map(|[a, b, c]| a * x + b * y + c);
        [px / pw, py / pw]
    }

    /// The same without perspective: its opposite sides made parallel.
    pub(in crate::barcode) fn flat(&self, side: f64) -> Self {
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] =
            [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]].map(|[x, y]| self.point(x, y));
        let row = |p0: f64, p1: f64, p2: f64, p3: f64| {
            let (across, down) = ((p1 - p0 + p2 - p3) / 2.0, (p3 - p0 + p2 - p1) / 2.0);
            let middle = (p0 + p1 + p2 + p3) / 4.0;
            [across / side, down / side, middle - (across + down) / 2.0]
        };
        Self {
            rows: [row(x0, x1, x2, x3), row(y0, y1, y2, y3), [0.0, 0.0, 1.0]],
        }
    }

    /// Rows for columns.
    fn mirrored(&self) -> Self {
        Self {
            rows: self.rows.map(|[a, b, c]| [b, a, c]),
        }
    }

    /// The grid moved within its own plane: x by `a + b x + c y`, y by `d + e x + f y` modules.
    pub(in crate::barcode) fn moved(&self, [a, b, c]: [f64; 3], [d, e, f]: [f64; 3]) -> Self {
        Self {
            rows: self.rows.map(|[p, q, r]| {
                [
                    p * (1.0 + b) + q * e,
                    p * c + q * (1.0 + f),
                    p * a + q * d + r,
                ]
            }),
        }
    }

    /// The width and the height of the module in the middle of a symbol, in pixels.
    pub(in crate::barcode) fn pitch(&self, side: f64) -> [f64; 2] {
        let middle = side / 2.0;
        let apart = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        [
            apart(
                self.point(middle - 0.5, middle),
                self.point(middle + 0.5, middle),
            ),
            apart(
                self.point(middle, middle - 0.5),
                self.point(middle, middle + 0.5),
            ),
        ]
    }
}

/// A symbol found and read in a picture.
#[derive(Clone, Debug)]
pub(in crate::barcode) struct Fit {
    pub(in crate::barcode) grid: Homography,
    pub(in crate::barcode) reading: Reading,
    pub(in crate::barcode) inverted: bool,
    pub(in crate::barcode) mirrored: bool,
    /// The grey that parts dark from light.
    pub(in crate::barcode) threshold: f64,
    /// How far rows and columns of a part of the symbol are off the even grid, at most, in modules.
    pub(in crate::barcode) unevenness: f64,
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
pub(in crate::barcode) fn greys(
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
    #[allow(clippy::cast_precision_loss)]
    let (x, y, share) = (x as f64 + 0.5, y as f64 + 0.5, points.len() as f64);
    let at = |[dx, dy]: &[f64; 2]| plane.at(grid.point(x + dx, y + dy)).unwrap_or(255.0);
    points.iter().map(at).sum::<f64>() / share
}

/// The share of the fixed patterns that is as it should be where a symbol lies on a grid, from 0 to 1; the better of
/// dark on light and light on dark.
pub(in crate::barcode) fn agreement(plane: LumaView<'_>, grid: &Homography, side: usize) -> f64 {
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
    #[allow(clippy::cast_precision_loss)]
    let share = |count: usize| count as f64 / wanted.len().max(1) as f64;
    let right = share(greys.iter().zip(&wanted).filter(is_right).count());
    right.max(1.0 - right)
}

/// The share of the modules between the finders, dark and light in turn, that is as it should be; the better of dark on light and
/// light on dark.
pub(in crate::barcode) fn timing(plane: LumaView<'_>, grid: &Homography, side: usize) -> f64 {
    let places = (8..side.saturating_sub(8)).flat_map(|n| [([n, 6], n), ([6, n], n)]);
    let seen: Vec<(f64, bool)> = places
        .map(|(place, n)| (grey(plane, grid, place, &[[0.0, 0.0]]), n.is_multiple_of(2)))
        .collect();
    let greys: Vec<f64> = seen.iter().map(|(grey, _)| *grey).collect();
    let threshold = binarize::between(&greys);
    let right = seen
        .iter()
        .filter(|(grey, dark)| (*grey < threshold) == *dark);
    #[allow(clippy::cast_precision_loss)]
    let right = right.count() as f64 / seen.len().max(1) as f64;
    right.max(1.0 - right)
}

/// Reads the symbol that lies on a grid, and puts the grid exactly over its edges.
pub(in crate::barcode) fn fit(plane: LumaView<'_>, grid: Homography, side: usize) -> Option<Fit> {
    let greys = greys(plane, &grid, side, &NEAR_MIDDLE);
    let global = binarize::between(&greys);
    let middle = 3 * side + 3;
    let parted = [
        greys.iter().map(|g| *g < global).collect::<Vec<bool>>(),
        around(&greys, side),
    ];
    for dark in parted {
        // The core of a finder is dark unless the symbol is turned over.
        let inverted = dark.get(middle) == Some(&false);
        let dark = dark.into_iter().map(|d| d != inverted).collect();
        let matrix = Matrix { side, dark };
        let read = decode::read(&matrix).map(|r| (r, false));
        let read = read.or_else(|| decode::read(&matrix.mirrored()).map(|r| (r, true)));
        if let Some((reading, mirrored)) = read {
            let grid = if mirrored { grid.mirrored() } else { grid };
            let (grid, unevenness) = refine::exact(plane, grid, &reading.right, global);
            return Some(Fit {
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
