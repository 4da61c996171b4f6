//! Finds bars at any angle: shapes whose middles lie on one line, at multiples of half a module.

use crate::measure::codes::candidate::sides;
use crate::measure::codes::lattice_test::on_comb;
use crate::model::geometry::Rect;

/// A row of bars along a slanted line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::measure) struct Turned {
    /// A module in points.
    pub(in crate::measure) module: f64,
    /// How far the line is turned clockwise, in radians.
    pub(in crate::measure) turn: f64,
}

/// An EAN-13 has twenty-four bars of one length, and six or more of the guards' or the same.
const MIN_BARS: usize = 20;
/// Bars with an add-on, each drawn module by module, and the number below as outlines.
const MAX_BARS: usize = 240;
/// Shapes smaller than this share of most bars are lettering beside them.
const LETTERING: f64 = 0.5;
/// Shapes towards each end of the row between which lines are tried.
const TRIED: usize = 24;
/// The shortest distance between two shapes that tell a line, against the length of the row.
const MIN_BASELINE: f64 = 0.3;
/// How far off their line middles may be, against the length of the row: a third of a module.
const OFF: f64 = 0.003;
/// Sines of angles that are level or upright.
const LEVEL: f64 = 0.01;

/// The row of bars that most of these shapes make, if they make one.
pub(in crate::measure) fn turned(shapes: &[Rect]) -> Option<Turned> {
    if shapes.len() < MIN_BARS || shapes.len() > MAX_BARS {
        return None;
    }
    let mut longer: Vec<f64> = shapes.iter().map(|r| sides(*r).1).collect();
    longer.sort_by(f64::total_cmp);
    let usual = longer.get(longer.len() * 3 / 4).copied()?;
    let large = |r: &&Rect| sides(**r).1 >= LETTERING * usual;
    let mut middles: Vec<[f64; 2]> = shapes.iter().filter(large).map(|r| r.middle()).collect();
    // Along the longer side of all of them, which their line follows more or less.
    let extent = |axis: usize| {
        let all = middles.iter().filter_map(|m| m.get(axis)).copied();
        all.clone().fold(f64::NEG_INFINITY, f64::max) - all.fold(f64::INFINITY, f64::min)
    };
    let [wide, high] = [extent(0), extent(1)];
    middles.sort_by(|a, b| {
        if wide >= high {
            a[0].total_cmp(&b[0])
        } else {
            a[1].total_cmp(&b[1])
        }
    });
    // What comes first or last may be an add-on, whose bars are on a line of their own.
    let starts = spread(&middles, 0.0, 0.6);
    let ends = spread(&middles, 0.4, 1.0);
    let lines = starts
        .iter()
        .flat_map(|from| ends.iter().map(move |to| (*from, *to)));
    let apart = MIN_BASELINE * wide.max(high);
    let lines = lines.filter(|([ax, ay], [bx, by])| (bx - ax).hypot(by - ay) >= apart);
    let on_line =
        |line: &([f64; 2], [f64; 2])| middles.iter().filter(|m| is_on(**m, *line)).count();
    let line = lines.max_by_key(on_line)?;
    let ([ax, ay], [bx, by]) = line;
    let turn = (by - ay).atan2(bx - ax);
    let (sine, cosine) = turn.sin_cos();
    if sine.abs().min(cosine.abs()) < LEVEL {
        return None;
    }
    let mut places: Vec<f64> = middles
        .iter()
        .filter(|m| is_on(**m, line))
        .map(|[x, y]| (x - ax) * cosine + (y - ay) * sine)
        .collect();
    places.sort_by(f64::total_cmp);
    if places.len() < MIN_BARS {
        return None;
    }
    let from = places.first().copied()?;
    let module = on_comb(&places, from, places.last()? - from)?;
    Some(Turned { module, turn })
}

/// Some of the middles from one share of their number to another.
fn spread(middles: &[[f64; 2]], from: f64, to: f64) -> Vec<[f64; 2]> {
    let at = |share: f64| (middles.len() as f64 * share) as usize;
    let some = middles.get(at(from)..at(to)).unwrap_or_default();
    let step = some.len().div_ceil(TRIED).max(1);
    some.iter().copied().step_by(step).collect()
}

fn is_on([x, y]: [f64; 2], ([ax, ay], [bx, by]): ([f64; 2], [f64; 2])) -> bool {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx.hypot(dy);
    ((x - ax) * dy - (y - ay) * dx).abs() <= OFF * length * length
}
