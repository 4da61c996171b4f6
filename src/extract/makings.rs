//! Whether shapes could be what a code of modules is made of: asked before anything is drawn, since most patches of small shapes
//! are drawings.
//!
//! Programs draw a code in one of two ways. Either from pieces (modules, runs of them, slices, dots), and then a great many
//! shapes are equally narrow and lie close together; or as outlines, and then the finder patterns, which touch nothing else,
//! are three equal squares with squares in them, at the corners of a larger one. Few drawings have either.

use std::collections::HashMap;

use super::seek::{SMALLEST_CODE, area, sides};
use crate::geometry::Rect;

/// Shapes beyond which nobody asks.
const MOST: usize = 50_000;

/// Whether a code can be among these shapes.
pub(super) fn could_be_code(shapes: &[Rect]) -> bool {
    shapes.len() > MOST || has_corners(shapes) || is_pieced(shapes)
}

/// How far equal sides may differ: outlines traced from a picture are a little off.
const EQUAL: f64 = 1.08;
/// The side of a square in the middle of another against it: three of seven, five of seven, and what rounding and strokes do.
const WITHIN: [f64; 2] = [0.33, 0.8];
/// Equal squares beyond which they are modules: forty codes have as many finders.
const FEW: usize = 120;
/// The same before finders, their dots and what is painted twice are told from each other.
const MANY: usize = 400;
/// The legs between three finders against their sides: from the smallest code, turned by an eighth, to the largest, with
/// the dots in its finders.
const LEGS: std::ops::RangeInclusive<f64> = 1.3..=60.0;
/// How far legs may differ in length, and how far their angle may be from a right one, as a share of their length.
const SKEWED: f64 = 0.1;

/// Whether three equal squares stand at corners of a square.
fn has_corners(shapes: &[Rect]) -> bool {
    let mut squares: Vec<(f64, [f64; 2])> = shapes
        .iter()
        .filter(|r| sides(**r).1 <= sides(**r).0 * 1.2)
        .map(|r| {
            let [x0, y0, x1, y1] = r.to_f64();
            (sides(*r).1, [x0.midpoint(x1), y0.midpoint(y1)])
        })
        .collect();
    squares.sort_by(|a, b| a.0.total_cmp(&b.0));
    // What comes in such numbers is a module.
    let rare: Vec<(f64, [f64; 2])> = squares
        .iter()
        .filter(|(side, _)| {
            let below = squares.partition_point(|(s, _)| *s * EQUAL < *side);
            squares.partition_point(|(s, _)| *s <= side * EQUAL) - below <= MANY
        })
        .copied()
        .collect();
    // Those with a smaller square in their middle: a finder pattern is one of seven modules around one of three, and
    // programs draw the paper between them as one of five.
    let nested = rare.iter().filter(|(side, middle)| {
        let from = rare.partition_point(|(s, _)| *s < side * WITHIN[0]);
        let to = rare.partition_point(|(s, _)| *s <= side * WITHIN[1]);
        let smaller = rare.get(from..to).unwrap_or_default();
        smaller
            .iter()
            .any(|(_, other)| is_near(*middle, *other, 0.08 * side))
    });
    let mut squares: Vec<(f64, [f64; 2])> = nested.copied().collect();
    // The same square painted twice is one.
    squares.dedup_by(|a, b| a.0 <= b.0 * EQUAL && is_near(a.1, b.1, 0.05 * b.0));
    squares.iter().enumerate().any(|(at, (side, first))| {
        let rest = squares.get(at + 1..).unwrap_or_default();
        let equal = rest.partition_point(|(s, _)| *s <= side * EQUAL);
        if equal > FEW {
            return false;
        }
        let equal = rest.get(..equal).unwrap_or_default();
        equal.iter().enumerate().any(|(n, (_, second))| {
            let others = equal.get(n + 1..).unwrap_or_default();
            others
                .iter()
                .any(|(_, third)| is_corner(*side, [*first, *second, *third]))
        })
    })
}

fn is_near([ax, ay]: [f64; 2], [bx, by]: [f64; 2], reach: f64) -> bool {
    (ax - bx).powi(2) + (ay - by).powi(2) <= reach * reach
}

/// Whether one of three points is the corner between two legs of one length.
fn is_corner(side: f64, points: [[f64; 2]; 3]) -> bool {
    let [a, b, c] = points;
    [[a, b, c], [b, c, a], [c, a, b]]
        .into_iter()
        .any(|[corner, p, q]| {
            let leg = |to: [f64; 2]| [to[0] - corner[0], to[1] - corner[1]];
            let ([px, py], [qx, qy]) = (leg(p), leg(q));
            let (along, across) = (px.hypot(py), qx.hypot(qy));
            let length = along.midpoint(across);
            LEGS.contains(&(length / side))
                && (along - across).abs() <= SKEWED * length
                && (px * qx + py * qy).abs() <= SKEWED * length * length
        })
}

/// Equal pieces of the smallest code: a QR code has some hundred runs of modules, of which half are single, a Data Matrix
/// of ten modules a side some thirty.
const FEWEST: usize = 24;
/// How much wider than another a narrow shape may be to count as the same.
const SAME: f64 = 1.06;
/// How far sides of equal squares may differ: coordinates are rounded.
const TWIN: f64 = 0.03;
/// How much longer than wide a module may be in a code that was squeezed.
const SQUARE: f64 = 1.35;
/// The least share of equal squares: half of the runs in a code are single modules, letters have a seventh.
const TWINS: f64 = 0.25;
/// Pieces that are compared with each other.
const SAMPLE: usize = 600;
/// Widths that are tried, the commonest first.
const TRIED: usize = 6;
/// Widths of a piece along the side of a cell.
const CELL: f64 = 3.0;
/// Cells along the side of a block, of which the smallest code has some, wherever cells begin.
const BLOCK: i32 = 3;
/// The share of a block that pieces cover at least. Half of a code is dark; of dots half as wide as their module an eighth
/// is left.
const COVER: f64 = 0.1;
/// Cells of a block with pieces in them: a line through it, straight or curved, meets fewer.
const MET: usize = 7;
/// The share of a code's blocks that are as full: some have fewer pieces, some lie in its margin.
const FULL: f64 = 0.3;

/// Whether a great many equally narrow shapes lie close together.
fn is_pieced(shapes: &[Rect]) -> bool {
    let class = |width: f64| {
        #[allow(clippy::cast_possible_truncation)]
        let class = (width.max(1e-3).ln() / SAME.ln()).round() as i32;
        class
    };
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for shape in shapes {
        *counts.entry(class(sides(*shape).0)).or_default() += 1;
    }
    let mut classes: Vec<(usize, i32)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    classes.sort_unstable_by(|a, b| b.cmp(a));
    classes.iter().take(TRIED).any(|(_, common)| {
        let width = SAME.powi(*common);
        // A width between two classes may fall into either.
        let alike = |r: &&Rect| (class(sides(**r).0) - common).abs() <= 1;
        let alike: Vec<&Rect> = shapes.iter().filter(alike).collect();
        alike.len() >= FEWEST && has_twins(&alike) && is_dense(&alike, width * CELL)
    })
}

/// Whether many of the shapes are the same square, as single modules are; letters drawn as outlines and strokes of a plot
/// are as narrow as each other, but not as long.
fn has_twins(alike: &[&Rect]) -> bool {
    let sample = alike.get(..SAMPLE).unwrap_or(alike);
    let is_same = |a: f64, b: f64| (a - b).abs() <= TWIN * a;
    let squares = sample
        .iter()
        .filter(|r| sides(***r).1 <= sides(***r).0 * SQUARE);
    let twins = |one: &&Rect| {
        let same =
            |r: &&&Rect| is_same(one.width(), r.width()) && is_same(one.height(), r.height());
        sample.iter().filter(same).count()
    };
    let most = squares.map(twins).max().unwrap_or(0);
    #[allow(clippy::cast_precision_loss)]
    let share = most as f64 / sample.len().max(1) as f64;
    share >= TWINS
}

/// Whether shapes cover enough of enough blocks.
fn is_dense(shapes: &[&Rect], cell: f64) -> bool {
    let mut cells: HashMap<(i32, i32), f64> = HashMap::new();
    for shape in shapes {
        let [x0, y0, x1, y1] = shape.to_f64();
        #[allow(clippy::cast_possible_truncation)]
        let place = |at: f64| (at / cell).floor() as i32;
        let (left, right, top, bottom) = (place(x0), place(x1), place(y0), place(y1));
        // A frame or a long rule is no piece.
        if right - left > 8 || bottom - top > 8 {
            continue;
        }
        let parts = f64::from((right - left + 1) * (bottom - top + 1));
        for x in left..=right {
            for y in top..=bottom {
                *cells.entry((x, y)).or_default() += area(**shape) / parts;
            }
        }
    }
    let is_full = |(x, y): &(i32, i32)| {
        let (mut met, mut covered) = (0, 0.0);
        for near_x in *x..x + BLOCK {
            for near_y in *y..y + BLOCK {
                if let Some(part) = cells.get(&(near_x, near_y)) {
                    met += 1;
                    covered += part;
                }
            }
        }
        met >= MET && covered >= COVER * (f64::from(BLOCK) * cell).powi(2)
    };
    let least = FULL
        * (SMALLEST_CODE / cell - f64::from(BLOCK - 1))
            .max(1.0)
            .powi(2);
    #[allow(clippy::cast_precision_loss)]
    let full = cells.keys().filter(|c| is_full(c)).count() as f64;
    full >= least
}
