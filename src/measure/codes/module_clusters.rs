//! Tests whether shapes can be the modules of a code, before anything is rasterised: most clusters of small shapes
//! are drawings.
//!
//! Programs draw a code in one of two ways. Either from pieces (modules, runs of them, slices, dots), and then a great many
//! shapes are equally narrow and lie close together; or as outlines, and then the finder patterns, which touch nothing else,
//! are three equal squares with squares in them, at the corners of a larger one. Few drawings have either.

use std::collections::{BTreeSet, HashMap};

use crate::measure::codes::candidate::{SMALLEST_CODE, sides};
use crate::model::geometry::Rect;

/// Shapes beyond which the test is skipped.
const MAX_SHAPES: usize = 50_000;

/// An area among shapes that may be a code.
#[derive(Clone, Copy, Debug)]
pub(in crate::measure) struct CodeArea {
    pub(in crate::measure) area: Rect,
    /// A side of its pieces, in points.
    pub(in crate::measure) detail: f64,
}

/// Places beyond which a patch is looked at as a whole.
const MOST_PLACES: usize = 12;

/// The areas among these shapes that may be a code; the whole if there are too many shapes to test.
pub(in crate::measure) fn code_areas(shapes: &[Rect], whole: CodeArea) -> Vec<CodeArea> {
    if shapes.len() > MAX_SHAPES {
        return vec![whole];
    }
    let mut found = cornered(shapes);
    found.extend(pieced(shapes));
    // A place within another is looked at with it, unless it is much finer.
    found.sort_by(|a, b| b.area.area().total_cmp(&a.area.area()));
    let mut kept: Vec<CodeArea> = Vec::new();
    for place in found {
        let is_part =
            |k: &CodeArea| k.area.contains(place.area, 1.0) && k.detail <= FINER * place.detail;
        if !kept.iter().any(is_part) {
            kept.push(place);
        }
    }
    if kept.len() > MOST_PLACES {
        vec![whole]
    } else {
        kept
    }
}

/// How many times finer a place must be than the one it lies in to be looked at by itself.
const FINER: f64 = 1.5;

/// How far equal sides may differ: outlines traced from a picture are a little off.
const EQUAL: f64 = 1.08;
/// The side of a square in the middle of another against it: three of seven, five of seven, and what rounding and strokes do.
const RING_RATIOS: [f64; 2] = [0.33, 0.8];
/// Equal squares beyond which they are modules: forty codes have as many finders.
const FEW: usize = 120;
/// The same, before finders, their dots and squares painted twice are separated.
const MANY: usize = 400;
/// The legs between three finders against their sides: from the smallest code, turned by an eighth, to the largest, with
/// the dots in its finders.
const LEGS: std::ops::RangeInclusive<f64> = 1.3..=60.0;
/// How far legs may differ in length, and how far their angle may be from a right one, as a share of their length.
const SKEWED: f64 = 0.1;

/// Where three equal squares stand at corners of a square.
fn cornered(shapes: &[Rect]) -> Vec<CodeArea> {
    let mut squares: Vec<(f64, [f64; 2])> = shapes
        .iter()
        .filter(|r| sides(**r).1 <= sides(**r).0 * 1.2)
        .map(|r| (sides(*r).1, r.middle()))
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
        let from = rare.partition_point(|(s, _)| *s < side * RING_RATIOS[0]);
        let to = rare.partition_point(|(s, _)| *s <= side * RING_RATIOS[1]);
        let smaller = rare.get(from..to).unwrap_or_default();
        smaller
            .iter()
            .any(|(_, other)| is_near(*middle, *other, 0.08 * side))
    });
    let mut squares: Vec<(f64, [f64; 2])> = nested.copied().collect();
    // The same square painted twice is one.
    squares.dedup_by(|a, b| a.0 <= b.0 * EQUAL && is_near(a.1, b.1, 0.05 * b.0));
    let mut found: Vec<CodeArea> = Vec::new();
    for (at, (side, first)) in squares.iter().enumerate() {
        let rest = squares.get(at + 1..).unwrap_or_default();
        let equal = rest.partition_point(|(s, _)| *s <= side * EQUAL);
        if equal > FEW || found.len() > MOST_PLACES {
            continue;
        }
        let equal = rest.get(..equal).unwrap_or_default();
        let corners = equal.iter().enumerate().find_map(|(n, (_, second))| {
            let mut others = equal
                .get(n + 1..)?
                .iter()
                .map(|(_, third)| [*first, *second, *third]);
            others.find(|three| is_corner(*side, *three))
        });
        found.extend(corners.map(|three| square_of(*side, three)));
    }
    found
}

/// The place of a code with finders of this side at three of its corners.
fn square_of(side: f64, three: [[f64; 2]; 3]) -> CodeArea {
    let mean = |axis: usize| three.iter().filter_map(|p| p.get(axis)).sum::<f64>() / 3.0;
    let apart = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let [a, b, c] = &three;
    let diagonal = apart(a, b).max(apart(b, c)).max(apart(c, a));
    // The middle of the code lies half-way along the diagonal, a sixth of it away from the mean of three corners.
    let reach = diagonal * (0.5 + 1.0 / 6.0) + side;
    let (x, y) = (mean(0), mean(1));
    CodeArea {
        area: Rect::new(x - reach, y - reach, x + reach, y + reach),
        detail: side / FINDER,
    }
}

/// Modules along the side of a finder pattern.
const FINDER: f64 = 7.0;

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
const MIN_PIECES: usize = 24;
/// How much wider than another a narrow shape may be to count as the same.
const SAME: f64 = 1.06;
/// How far sides of equal squares may differ: coordinates are rounded.
const TWIN: f64 = 0.03;
/// How much longer than wide a module may be: some programs slice a code, and a module is three slices.
const SQUARE: f64 = 4.2;
/// The least share of equal pieces: half of the runs in a code are single modules, letters have a seventh.
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

/// Where a great many equally narrow shapes lie close together.
fn pieced(shapes: &[Rect]) -> Vec<CodeArea> {
    let class = |width: f64| (width.max(1e-3).ln() / SAME.ln()).round() as i32;
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for shape in shapes {
        *counts.entry(class(sides(*shape).0)).or_default() += 1;
    }
    let mut classes: Vec<(usize, i32)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    classes.sort_unstable_by(|a, b| b.cmp(a));
    let of_class = |(_, common): &(usize, i32)| {
        let width = SAME.powi(*common);
        // A width between two classes may fall into either.
        let alike = |r: &&Rect| (class(sides(**r).0) - common).abs() <= 1;
        let alike: Vec<&Rect> = shapes.iter().filter(alike).collect();
        let dense = alike.len() >= MIN_PIECES && has_twins(&alike);
        let areas = if dense {
            dense_areas(&alike, width * CELL)
        } else {
            Vec::new()
        };
        areas.into_iter().map(move |area| CodeArea {
            area,
            detail: width,
        })
    };
    classes.iter().take(TRIED).flat_map(of_class).collect()
}

/// Whether many of the shapes are the same piece, as single modules are; letters drawn as outlines and strokes of a plot
/// are as narrow as each other, but not as long.
fn has_twins(alike: &[&Rect]) -> bool {
    let sample = alike.get(..SAMPLE).unwrap_or(alike);
    let is_same = |a: f64, b: f64| (a - b).abs() <= TWIN * a;
    let short = sample
        .iter()
        .filter(|r| sides(***r).1 <= sides(***r).0 * SQUARE);
    let twins = |one: &&Rect| {
        let same =
            |r: &&&Rect| is_same(one.width(), r.width()) && is_same(one.height(), r.height());
        sample.iter().filter(same).count()
    };
    let most = short.map(twins).max().unwrap_or(0);
    let share = most as f64 / sample.len().max(1) as f64;
    share >= TWINS
}

/// Where shapes cover enough of enough blocks.
fn dense_areas(shapes: &[&Rect], cell: f64) -> Vec<Rect> {
    let mut cells: HashMap<(i32, i32), f64> = HashMap::new();
    for shape in shapes {
        let [x0, y0, x1, y1] = shape.to_f64();
        let place = |at: f64| (at / cell).floor() as i32;
        let (left, right, top, bottom) = (place(x0), place(x1), place(y0), place(y1));
        // A frame or a long rule is no piece.
        if right - left > 8 || bottom - top > 8 {
            continue;
        }
        let parts = f64::from((right - left + 1) * (bottom - top + 1));
        for x in left..=right {
            for y in top..=bottom {
                *cells.entry((x, y)).or_default() += shape.area() / parts;
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
    let mut full: BTreeSet<(i32, i32)> = cells.keys().filter(|c| is_full(c)).copied().collect();
    let mut found = Vec::new();
    while let Some(start) = full.pop_first() {
        // Blocks that overlap belong together.
        let (mut open, mut count) = (vec![start], 0.0);
        let mut ends = [start.0, start.1, start.0, start.1];
        while let Some((x, y)) = open.pop() {
            count += 1.0;
            ends = [
                ends[0].min(x),
                ends[1].min(y),
                ends[2].max(x),
                ends[3].max(y),
            ];
            for near_x in x - BLOCK..=x + BLOCK {
                for near_y in y - BLOCK..=y + BLOCK {
                    if full.remove(&(near_x, near_y)) {
                        open.push((near_x, near_y));
                    }
                }
            }
        }
        let [x0, y0, x1, y1] = ends.map(f64::from);
        let area = Rect::new(
            x0 * cell,
            y0 * cell,
            (x1 + f64::from(BLOCK)) * cell,
            (y1 + f64::from(BLOCK)) * cell,
        );
        if count >= least {
            // Its margins have fewer pieces.
            found.push(area.inflate(f64::from(BLOCK) * cell));
        }
    }
    found
}
