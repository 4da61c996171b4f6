//! The grid of a QR code in a picture: where each module lies, its grey, and the grid put exactly over its edges.

use super::qr_matrix::{self, Matrix, Reading};
use super::qr_layout::{self, Role};
use super::parting;

/// Grey pixels, read between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane<'p> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: &'p [u8],
}

impl Plane<'_> {
    /// The grey at a point, pixels having their middles at halves; none beyond the picture.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> Option<f64> {
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
pub(super) struct Grid {
    rows: [[f64; 3]; 3],
}

impl Grid {
    /// From three points of the symbol, given in modules and in pixels.
    pub(super) fn affine(modules: [[f64; 2]; 3], pixels: [[f64; 2]; 3]) -> Option<Self> {
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
    pub(super) fn corners(corners: [[f64; 2]; 4], side: f64) -> Option<Self> {
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
    pub(super) fn point(&self, x: f64, y: f64) -> [f64; 2] {
        let [px, py, pw] = self.rows.map(|[a, b, c]| a * x + b * y + c);
        [px / pw, py / pw]
    }

    /// Rows for columns.
    fn mirrored(&self) -> Self {
        Self {
            rows: self.rows.map(|[a, b, c]| [b, a, c]),
        }
    }

    /// The grid moved within its own plane: x by `a + b x + c y`, y by `d + e x + f y` modules.
    fn moved(&self, [a, b, c]: [f64; 3], [d, e, f]: [f64; 3]) -> Self {
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
    pub(super) fn pitch(&self, side: f64) -> [f64; 2] {
        let middle = side / 2.0;
        let apart = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        [
            apart(self.point(middle - 0.5, middle), self.point(middle + 0.5, middle)),
            apart(self.point(middle, middle - 0.5), self.point(middle, middle + 0.5)),
        ]
    }
}

/// A symbol found and read in a picture.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) grid: Grid,
    pub(super) reading: Reading,
    pub(super) inverted: bool,
    pub(super) mirrored: bool,
    /// The grey that parts dark from light.
    pub(super) threshold: f64,
    /// How far rows and columns of a part of the symbol are off the even grid, at most, in modules.
    pub(super) unevenness: f64,
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
pub(super) fn greys(plane: Plane<'_>, grid: &Grid, side: usize, points: &[[f64; 2]]) -> Vec<f64> {
    let mut all = Vec::with_capacity(side * side);
    #[allow(clippy::cast_precision_loss)]
    let share = points.len() as f64;
    for y in 0..side {
        for x in 0..side {
            #[allow(clippy::cast_precision_loss)]
            let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
            let sum: f64 = points
                .iter()
                .map(|[dx, dy]| plane.at(grid.point(x + dx, y + dy)).unwrap_or(255.0))
                .sum();
            all.push(sum / share);
        }
    }
    all
}

/// The share of the fixed patterns that is as it should be where a symbol lies on a grid, from 0 to 1; the better of
/// dark on light and light on dark.
pub(super) fn agreement(plane: Plane<'_>, grid: &Grid, side: usize) -> f64 {
    let greys = greys(plane, grid, side, &[[0.0, 0.0]]);
    let threshold = parting::between(&greys);
    let Some(version) = qr_layout::version(side) else {
        return 0.0;
    };
    let (mut right, mut all) = (0u32, 0u32);
    for (grey, role) in greys.iter().zip(qr_layout::roles(version)) {
        if let Role::Fixed(dark) = role {
            all += 1;
            right += u32::from((*grey < threshold) == dark);
        }
    }
    let share = f64::from(right) / f64::from(all.max(1));
    share.max(1.0 - share)
}

/// Reads the symbol that lies on a grid, and puts the grid exactly over its edges.
pub(super) fn fit(plane: Plane<'_>, grid: Grid, side: usize) -> Option<Fit> {
    let greys = greys(plane, &grid, side, &NEAR_MIDDLE);
    let global = parting::between(&greys);
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
        let read = qr_matrix::read(&matrix).map(|r| (r, false));
        let read = read.or_else(|| qr_matrix::read(&matrix.mirrored()).map(|r| (r, true)));
        if let Some((reading, mirrored)) = read {
            let grid = if mirrored { grid.mirrored() } else { grid };
            let (grid, unevenness) = exact(plane, grid, &reading.right, global);
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

/// An edge between a dark and a light module: where it should be, how far it is off, and which comes first.
struct Edge {
    at: [f64; 2],
    off: f64,
    darkens: f64,
}

/// Steps in which an edge is looked for, in modules, and how far.
const EDGE_STEP: f64 = 0.0625;
const EDGE_REACH: f64 = 0.5;

/// Edges crossed by lines through the middles of rows (`down` false) or columns.
fn edges(plane: Plane<'_>, grid: &Grid, right: &Matrix, threshold: f64, down: bool) -> Vec<Edge> {
    let side = right.side;
    let dark = |line: usize, n: usize| right.is_dark(if down { n * side + line } else { line * side + n });
    let mut found = Vec::new();
    for line in 0..side {
        for n in 1..side {
            let (before, after) = (dark(line, n - 1), dark(line, n));
            if before == after {
                continue;
            }
            #[allow(clippy::cast_precision_loss)]
            let (middle, place) = (line as f64 + 0.5, n as f64);
            let grey = |off: f64| {
                let (x, y) = if down { (middle, place + off) } else { (place + off, middle) };
                plane.at(grid.point(x, y))
            };
            // Outwards from where the edge should be, to the first crossing on either side.
            let mut off = 0.0;
            let mut crossing = None;
            while off < EDGE_REACH && crossing.is_none() {
                for from in [off, -off - EDGE_STEP] {
                    let ends = grey(from).zip(grey(from + EDGE_STEP));
                    if let Some((a, b)) = ends.filter(|(a, b)| (*a < threshold) != (*b < threshold)) {
                        crossing = Some(from + EDGE_STEP * (threshold - a) / (b - a));
                        break;
                    }
                }
                off += EDGE_STEP;
            }
            if let Some(off) = crossing {
                let at = if down { [middle, place] } else { [place, middle] };
                found.push(Edge {
                    at,
                    off,
                    darkens: if after { 1.0 } else { -1.0 },
                });
            }
        }
    }
    found
}

/// Puts a grid over the edges of the symbol that lies on it; also says how uneven the symbol is.
fn exact(plane: Plane<'_>, grid: Grid, right: &Matrix, threshold: f64) -> (Grid, f64) {
    let mut grid = grid;
    let mut uneven = 0.0;
    for round in 0..2 {
        let across = edges(plane, &grid, right, threshold, false);
        let down = edges(plane, &grid, right, threshold, true);
        let (Some(x), Some(y)) = (plane_through(&across), plane_through(&down)) else {
            break;
        };
        if round == 1 {
            uneven = unevenness(&across, x, right.side).hypot(unevenness(&down, y, right.side));
        }
        let [a, b, c, _] = x;
        let [d, e, f, _] = y;
        grid = grid.moved([a, b, c], [d, e, f]);
    }
    (grid, uneven)
}

/// How far edges are off, as `a + b x + c y`, and by how much dark modules are too wide (halved), by least squares.
fn plane_through(edges: &[Edge]) -> Option<[f64; 4]> {
    let mut sums = [[0.0f64; 5]; 4];
    for edge in edges {
        let row = [1.0, edge.at[0], edge.at[1], -edge.darkens];
        for (sums, a) in sums.iter_mut().zip(row) {
            for (sum, b) in sums.iter_mut().zip(row.into_iter().chain([edge.off])) {
                *sum += a * b;
            }
        }
    }
    solve(sums)
}

/// Solves four equations by elimination.
fn solve(mut rows: [[f64; 5]; 4]) -> Option<[f64; 4]> {
    for n in 0..4 {
        let best = (n..4).max_by(|a, b| {
            let size = |r: &usize| rows.get(*r).and_then(|r| r.get(n)).map_or(0.0, |v| v.abs());
            size(a).total_cmp(&size(b))
        })?;
        rows.swap(n, best);
        let pivot = *rows.get(n)?;
        let lead = *pivot.get(n)?;
        if lead.abs() < 1e-9 {
            return None;
        }
        for (m, row) in rows.iter_mut().enumerate() {
            let factor = row.get(n).copied()? / lead;
            if m != n {
                for (value, p) in row.iter_mut().zip(pivot) {
                    *value -= factor * p;
                }
            }
        }
    }
    let mut found = [0.0; 4];
    for (n, (slot, row)) in found.iter_mut().zip(rows).enumerate() {
        *slot = row.last()? / row.get(n)?;
    }
    Some(found)
}

/// Parts along a side in which edges are averaged.
const PARTS: usize = 5;
/// Edges a part needs, so that one ragged module says nothing.
const FEWEST: f64 = 8.0;

/// The greatest mean distance of the edges of a part from where the even grid has them, in modules.
fn unevenness(edges: &[Edge], [a, b, c, wide]: [f64; 4], side: usize) -> f64 {
    let mut parts = [[0.0f64; 2]; PARTS * PARTS];
    for edge in edges {
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let part = |v: f64| ((v / side as f64 * PARTS as f64) as usize).min(PARTS - 1);
        let off = edge.off - (a + b * edge.at[0] + c * edge.at[1] - wide * edge.darkens);
        if let Some([sum, count]) = parts.get_mut(part(edge.at[1]) * PARTS + part(edge.at[0])) {
            *sum += off;
            *count += 1.0;
        }
    }
    let means = parts.iter().filter(|[_, count]| *count >= FEWEST);
    means.map(|[sum, count]| (sum / count).abs()).fold(0.0, f64::max)
}
