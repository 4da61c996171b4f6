//! The edges between the modules of a QR code: a grid put exactly over them, and how far they are off an even one.

use crate::homography::{Homography, LumaView};
use crate::qr_code::decode::Matrix;

/// An edge between a dark and a light module: where it should be, how far it is off, and which comes first.
struct Edge {
    at: [f64; 2],
    off: f64,
    darkens: f64,
}

/// The step and the reach of the search for an edge, in modules.
const EDGE_STEP: f64 = 0.0625;
const EDGE_REACH: f64 = 0.5;

/// Edges crossed by lines through the middles of rows (`down` false) or columns.
fn edges(
    plane: LumaView<'_>,
    grid: &Homography,
    right: &Matrix,
    threshold: f64,
    down: bool,
) -> Vec<Edge> {
    let side = right.side;
    let dark = |line: usize, n: usize| {
        right.is_dark(if down {
            n * side + line
        } else {
            line * side + n
        })
    };
    let mut found = Vec::new();
    for line in 0..side {
        for n in 1..side {
            let (before, after) = (dark(line, n - 1), dark(line, n));
            if before == after {
                continue;
            }
            let (middle, place) = (line as f64 + 0.5, n as f64);
            let grey = |off: f64| {
                let (x, y) = if down {
                    (middle, place + off)
                } else {
                    (place + off, middle)
                };
                plane.at(grid.point(x, y))
            };
            // Outwards from where the edge should be, to the first crossing on either side.
            let mut off = 0.0;
            let mut crossing = None;
            while off < EDGE_REACH && crossing.is_none() {
                for from in [off, -off - EDGE_STEP] {
                    let ends = grey(from).zip(grey(from + EDGE_STEP));
                    if let Some((a, b)) = ends.filter(|(a, b)| (*a < threshold) != (*b < threshold))
                    {
                        crossing = Some(from + EDGE_STEP * (threshold - a) / (b - a));
                        break;
                    }
                }
                off += EDGE_STEP;
            }
            if let Some(off) = crossing {
                let at = if down {
                    [middle, place]
                } else {
                    [place, middle]
                };
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

/// How uneven a symbol on paper may be, in modules, before it is taken for the picture of one that is seen askew.
const EVEN: f64 = 0.05;
/// Times that a grid is put nearer to the edges.
const ROUNDS: usize = 4;

/// Fits a grid to the edges of the symbol on it; also returns how uneven the symbol is.
///
/// What a first reader takes for perspective is mostly its own error: symbols are printed flat, and only photographs show
/// them otherwise.
pub(crate) fn exact(
    plane: LumaView<'_>,
    grid: Homography,
    right: &Matrix,
    threshold: f64,
) -> (Homography, f64) {
    let flat = laid(plane, grid.flat(right.side as f64), right, threshold);
    if let Some(even) = flat.filter(|(_, uneven)| *uneven <= EVEN) {
        return even;
    }
    let askew = laid(plane, grid, right, threshold);
    let best = flat.into_iter().chain(askew);
    best.min_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((grid, 0.0))
}

/// A grid laid over the edges, in rounds; none where there are no edges to lay it on.
fn laid(
    plane: LumaView<'_>,
    mut grid: Homography,
    right: &Matrix,
    threshold: f64,
) -> Option<(Homography, f64)> {
    let mut uneven = 0.0;
    for round in 0..ROUNDS {
        let across = edges(plane, &grid, right, threshold, false);
        let down = edges(plane, &grid, right, threshold, true);
        let (x, y) = (plane_through(&across)?, plane_through(&down)?);
        uneven = unevenness(&across, x, right.side).hypot(unevenness(&down, y, right.side));
        let [a, b, c, _] = x;
        let [d, e, f, _] = y;
        grid = grid.moved([a, b, c], [d, e, f]);
        let moved =
            a.abs().max(d.abs()) + (b.abs() + c.abs()).max(e.abs() + f.abs()) * right.side as f64;
        if round > 0 && moved < STILL {
            break;
        }
    }
    Some((grid, uneven))
}

/// A grid that moves by less, in modules, lies still.
const STILL: f64 = 0.01;

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
/// Edges a part needs, so that one ragged module has no effect.
const FEWEST: f64 = 8.0;

/// The greatest mean distance of the edges of a part from where the even grid has them, in modules.
fn unevenness(edges: &[Edge], [a, b, c, wide]: [f64; 4], side: usize) -> f64 {
    let mut parts = [[0.0f64; 2]; PARTS * PARTS];
    for edge in edges {
        let part = |v: f64| ((v / side as f64 * PARTS as f64) as usize).min(PARTS - 1);
        let off = edge.off - (a + b * edge.at[0] + c * edge.at[1] - wide * edge.darkens);
        if let Some([sum, count]) = parts.get_mut(part(edge.at[1]) * PARTS + part(edge.at[0])) {
            *sum += off;
            *count += 1.0;
        }
    }
    let means = parts.iter().filter(|[_, count]| *count >= FEWEST);
    means
        .map(|[sum, count]| (sum / count).abs())
        .fold(0.0, f64::max)
}
