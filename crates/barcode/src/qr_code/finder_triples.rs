//! Selects, from all finder candidates, the three that belong to one QR code.

use crate::homography::LumaView;
use crate::qr_code::finder_rings::Centre;
use crate::qr_code::grid;
use crate::qr_code::locate;
use crate::qr_code::triple::{FinderTriple, same};

/// Finders of the smallest code stand 14 modules apart, of the largest 170. The measured module of a tilted code is up to
/// 1.42 times too long.
const APART: std::ops::RangeInclusive<f64> = 8.0..=200.0;

/// With more centres, as in a photograph, any three may form a triple by chance.
const FEW: usize = 6;

/// Three centres of one size at the corners of a square. Where there are many, or allowance was made for one of them, the fixed
/// patterns between them have to show.
pub(crate) fn triples(centres: &[Centre], plane: LumaView<'_>) -> Vec<FinderTriple> {
    let mut found: Vec<FinderTriple> = Vec::new();
    let few = centres.len() <= FEW;
    for (i, a) in centres.iter().enumerate() {
        for (j, b) in centres.iter().enumerate() {
            if i == j {
                continue;
            }
            let across = apart(a.at, b.at);
            let length = across[0].hypot(across[1]);
            let module = a.module().max(b.module());
            if module > 1.6 * a.module().min(b.module()) || !APART.contains(&(length / module)) {
                continue;
            }
            // The third is a quarter turn on.
            let third = [a.at[0] - across[1], a.at[1] + across[0]];
            let slack = (0.12 * length).max(3.0 * module);
            let Some(c) = centres.iter().find(|c| {
                (c.at[0] - third[0]).hypot(c.at[1] - third[1]) <= slack
                    && c.module() <= 1.6 * module
                    && module <= 1.6 * c.module()
            }) else {
                continue;
            };
            let sight = sight([a.at, b.at, c.at], module);
            if !found.iter().any(|f| same(f, &sight))
                && (few && [a, b, c].into_iter().all(|c| c.sure) || is_likely(plane, &sight))
            {
                found.push(sight);
            }
        }
    }
    found
}

/// With more ringed centres than this, triples out of square are not searched.
const MOST_STRETCHED: usize = 24;
/// How many times longer than the other a side of a code out of square may be.
const LONGER: f64 = 1.5;
/// The cosine of the angle between its sides: up to twenty degrees from a right one.
const ASKEW: f64 = 0.35;
/// How many times larger than the others the module of one of its finders may be.
const ALIKE: f64 = 1.4;
/// The share of fixed patterns that has to be as it should be.
const LIKELY: f64 = 0.8;
/// The share of the modules between finders that has to be.
const TIMED: f64 = 0.75;

/// Three centres at the corners of a code that is stretched or seen askew: almost any three might be, so that the fixed patterns
/// between them have to show. Not those that are `known`.
pub(crate) fn stretched(
    centres: &[Centre],
    known: &[FinderTriple],
    plane: LumaView<'_>,
) -> Vec<FinderTriple> {
    let ringed: Vec<&Centre> = centres.iter().filter(|c| c.ringed == Some(true)).collect();
    let mut found: Vec<FinderTriple> = Vec::new();
    if ringed.len() < 3 || ringed.len() > MOST_STRETCHED {
        return found;
    }
    for a in &ringed {
        for b in &ringed {
            for c in &ringed {
                let Some(sight) = corner([a, b, c]) else {
                    continue;
                };
                let is_known = known.iter().chain(&found).any(|s| same(s, &sight));
                if !is_known && is_likely(plane, &sight) {
                    found.push(sight);
                }
            }
        }
    }
    found
}

/// Whether the fixed patterns of a code show between three finders: most are in the finders themselves, which anything may have
/// that was taken for them.
fn is_likely(plane: LumaView<'_>, sight: &FinderTriple) -> bool {
    locate::locate(plane, sight)
        .iter()
        .any(|l| l.agreement >= LIKELY && grid::timing(plane, &l.grid, l.side) >= TIMED)
}

/// The place of a code whose finders these may be, the first at the corner between the others.
fn corner([a, b, c]: [&Centre; 3]) -> Option<FinderTriple> {
    let module = a.module().max(b.module()).max(c.module());
    if module > ALIKE * a.module().min(b.module()).min(c.module()) {
        return None;
    }
    let (across, down) = (apart(a.at, b.at), apart(a.at, c.at));
    let (long, wide) = (across[0].hypot(across[1]), down[0].hypot(down[1]));
    let turn = (across[0] * down[1] - across[1] * down[0]).signum();
    let cosine = (across[0] * down[0] + across[1] * down[1]) / (long * wide);
    let fits = APART.contains(&(long / module))
        && APART.contains(&(wide / module))
        && long <= LONGER * wide
        && wide <= LONGER * long
        && turn > 0.0
        && cosine.abs() <= ASKEW;
    fits.then(|| sight([a.at, b.at, c.at], module))
}

fn apart(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    [to[0] - from[0], to[1] - from[1]]
}

/// What the finders of a code with modules of this size tell, the first at the corner between the others.
fn sight([a, b, c]: [[f64; 2]; 3], module: f64) -> FinderTriple {
    let fourth = [b[0] + c[0] - a[0], b[1] + c[1] - a[1]];
    let all = [a, b, c, fourth];
    let fold = |axis: usize, f: fn(f64, f64) -> f64, from: f64| {
        all.iter()
            .filter_map(|p| p.get(axis))
            .copied()
            .fold(from, f)
    };
    let out = 3.5 * std::f64::consts::SQRT_2 * module;
    FinderTriple {
        area: [
            fold(0, f64::min, f64::INFINITY) - out,
            fold(1, f64::min, f64::INFINITY) - out,
            fold(0, f64::max, f64::NEG_INFINITY) + out,
            fold(1, f64::max, f64::NEG_INFINITY) + out,
        ],
        module,
        marks: Some([a, b, c]),
    }
}
