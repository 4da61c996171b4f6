//! Measures the inks of a code's dark modules on separations of its area, where no single colour gives them.

use std::cell::Cell;

use crate::model::facts::{Code, InkAmount};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Reader, ResourceCache, SeparationSet};

/// Pixels a module: several of each lie away from its edges.
const PIXELS_PER_MODULE: f64 = 8.0;
/// Codes of a page that are measured so: each costs a walk through the whole page.
const MAX_PROBES: u32 = 24;
/// Of all that is light and dark in a code, what a few stray pixels do not reach.
const OUTERMOST: usize = 20;
/// How far from the darkest a pixel may be to be dark, as a share of what lies between dark and light; edges are further.
const NEAR: f32 = 0.25;
/// A code whose dark and light are nearer to each other than this has no inks to speak of.
const MIN_CONTRAST: f32 = 0.1;
/// Less ink than this, in per cent, is none: a step of 8 bits, or what compression with loss makes of nothing.
const FAINT: f32 = 0.5;
const FAINT_LOSSY: f32 = 5.0;
/// As near as this to all, in per cent, compression with loss comes.
const SOLID_LOSSY: f32 = 97.0;

/// Makes separations of parts of a page.
pub(in crate::measure) struct SeparationProbe<'e, 'p> {
    reader: &'p Reader,
    cache: &'e ResourceCache<'p>,
    index: usize,
    budget: Cell<u64>,
    probes_left: Cell<u32>,
}

impl<'e, 'p> SeparationProbe<'e, 'p> {
    pub(in crate::measure) fn new(
        reader: &'p Reader,
        cache: &'e ResourceCache<'p>,
        index: usize,
        limits: &Limits,
    ) -> Self {
        Self {
            reader,
            cache,
            index,
            budget: Cell::new(limits.raster_operators.saturating_mul(2)),
            probes_left: Cell::new(MAX_PROBES),
        }
    }

    /// The separations of an area, at up to so many pixels a point; none if anything could not be painted.
    pub(in crate::measure) fn plates(&self, place: Rect, scale: f64) -> Option<SeparationSet> {
        self.probes_left.set(self.probes_left.get().checked_sub(1)?);
        let mut budget = self.budget.get();
        let set = self
            .reader
            .plates_within(self.index, self.cache, place, scale, &mut budget);
        self.budget.set(budget);
        set.filter(|set| set.troubles.is_empty())
    }

    /// The inks of a code's dark modules. None if they are unclear, or if `plain` is set and a colour was converted.
    pub(in crate::measure) fn inks(&self, code: &Code, plain: bool) -> Option<Vec<InkAmount>> {
        let module = code.module_pt().max(0.05);
        let set = self.plates(code.area, PIXELS_PER_MODULE / module)?;
        if plain && set.through.is_some() {
            return None;
        }
        carried(&set, code.lossy)
    }
}

/// The lightness of a pixel. A spot ink counts as black, for its darkness is unknown.
fn light(set: &SeparationSet, pixel: usize) -> f32 {
    let of = |plate: &Vec<f32>| plate.get(pixel).copied().unwrap_or(0.0);
    let mut amounts = set.plates.iter().map(of);
    let mut next = || amounts.next().unwrap_or(0.0);
    let [c, m, y, k] = [next(), next(), next(), next()];
    let spots: f32 = amounts.map(|spot| 1.0 - spot.min(1.0)).product();
    (0.3 * (1.0 - c) + 0.59 * (1.0 - m) + 0.11 * (1.0 - y)) * (1.0 - k) * spots
}

/// The inks that at least half of the dark pixels carry.
fn carried(set: &SeparationSet, lossy: bool) -> Option<Vec<InkAmount>> {
    let lights: Vec<f32> = (0..set.width * set.height).map(|n| light(set, n)).collect();
    let mut sorted = lights.clone();
    sorted.sort_by(f32::total_cmp);
    let outermost = sorted.len() / OUTERMOST;
    let darkest = *sorted.get(outermost)?;
    let lightest = *sorted.get(sorted.len().checked_sub(outermost + 1)?)?;
    if lightest - darkest < MIN_CONTRAST {
        return None;
    }
    let most = darkest + NEAR * (lightest - darkest);
    let faint = if lossy { FAINT_LOSSY } else { FAINT };
    let mut inks = Vec::new();
    for (name, plate) in set.names.iter().zip(&set.plates) {
        let dark = lights
            .iter()
            .zip(plate)
            .filter(|(light, _)| **light <= most);
        let mut amounts: Vec<f32> = dark.map(|(_, ink)| *ink * 100.0).collect();
        let middle = amounts.len() / 2;
        if middle >= amounts.len() {
            return None;
        }
        let usual = *amounts.select_nth_unstable_by(middle, f32::total_cmp).1;
        let percent = if lossy && usual >= SOLID_LOSSY {
            100.0
        } else {
            (usual * 10.0).round() / 10.0
        };
        if percent >= faint {
            inks.push(InkAmount {
                ink: name.clone(),
                percent,
            });
        }
    }
    (!inks.is_empty()).then_some(inks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::PROCESS;

    /// Stripes of dark and light, three pixels each, with an edge between them.
    fn striped(dark: [f32; 5], light: [f32; 5]) -> SeparationSet {
        let names = PROCESS.iter().map(ToString::to_string);
        let plate = |n: usize| -> Vec<f32> {
            let of = |x: usize| match x % 8 {
                0..=2 => dark[n],
                4..=6 => light[n],
                _ => dark[n].midpoint(light[n]),
            };
            (0..80 * 10).map(|at| of(at % 80)).collect()
        };
        SeparationSet {
            width: 80,
            height: 10,
            scale: 1.0,
            names: names.chain(["Gold".to_owned()]).collect(),
            plates: (0..5).map(plate).collect(),
            through: None,
            troubles: Vec::new(),
        }
    }

    fn inks(dark: [f32; 5], light: [f32; 5], lossy: bool) -> Vec<(String, f32)> {
        let found = carried(&striped(dark, light), lossy).unwrap_or_default();
        found.into_iter().map(|i| (i.ink, i.percent)).collect()
    }

    #[test]
    fn the_inks_are_those_of_what_is_dark() {
        let black = vec![("Black".to_owned(), 100.0)];
        let white = [0.0; 5];
        assert_eq!(inks([0.0, 0.0, 0.0, 1.0, 0.0], white, false), black);
        // A ground of more ink than the bars is lighter than they are.
        let ground = [0.4, 0.3, 0.5, 0.0, 0.0];
        assert_eq!(inks([0.0, 0.0, 0.0, 1.0, 0.0], ground, false), black);
        let rich = inks([0.6, 0.4, 0.4, 1.0, 0.0], white, false);
        assert_eq!(rich.len(), 4);
        let gold = vec![("Gold".to_owned(), 80.0)];
        assert_eq!(inks([0.0, 0.0, 0.0, 0.0, 0.8], white, false), gold);
        assert!(inks([0.0, 0.0, 0.0, 0.08, 0.0], white, false).is_empty());
    }

    #[test]
    fn traces_count_where_nothing_was_lost() {
        let count =
            |cyan: f32, lossy: bool| inks([cyan, 0.0, 0.0, 1.0, 0.0], [0.0; 5], lossy).len();
        assert_eq!([count(0.003, false), count(0.006, false)], [1, 2]);
        assert_eq!([count(0.048, true), count(0.052, true)], [1, 2]);
        let black =
            |amount: f32, lossy: bool| inks([0.0, 0.0, 0.0, amount, 0.0], [0.0; 5], lossy)[0].1;
        assert_eq!([black(0.98, true), black(0.96, true)], [100.0, 96.0]);
        assert_eq!(black(0.98, false), 98.0);
    }
}
