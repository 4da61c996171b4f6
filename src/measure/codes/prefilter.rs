//! Skips drawings without finder patterns, found in a coarse raster: most candidates have none and need no decoding.

use crate::measure::codes::block_glyphs;
use crate::measure::codes::candidate::{Candidate, CandidateKind};
use crate::measure::codes::resolution::{FIRST_LOOK, first_scale, is_drawn};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Grey, PageView};

/// Pixels up to which reading a drawing costs less than looking for finders first.
const SMALL_DRAWING: f64 = 150_000.0;
/// The share of the first look's resolution at which finders show: four pixels a module, which forgive every phase.
const COARSER: f64 = 4.0 / FIRST_LOOK;
/// The share of the module a place was taken for, below which finders in it are looked at by themselves.
const FINER: f64 = 0.8;
/// Modules around finders that are looked at with them.
const MARGIN: f64 = 4.0;
/// How much more coarsely than it needs a drawing may be seen where it is a part of another.
const ENOUGH: f64 = 0.8;

/// Knows which large or unlikely drawings have no finder patterns.
pub(in crate::measure) struct Prefilter<'c, 'p> {
    page: &'c PageView<'c, 'p>,
    list: &'c [Candidate],
    scales: Vec<f64>,
    known: Vec<Option<bool>>,
    /// Candidates that turned out finer than assumed.
    closer: Vec<Candidate>,
}

impl<'c, 'p> Prefilter<'c, 'p> {
    pub(in crate::measure) fn new(
        page: &'c PageView<'c, 'p>,
        list: &'c [Candidate],
        limits: &Limits,
    ) -> Self {
        Self {
            page,
            list,
            scales: list.iter().map(|t| first_scale(t, limits)).collect(),
            known: vec![None; list.len()],
            closer: Vec::new(),
        }
    }

    /// Whether the candidate at this index has no finder patterns.
    pub(in crate::measure) fn rules_out(&mut self, at: usize) -> bool {
        let Some((candidate, scale)) = self.list.get(at).zip(self.scales.get(at).copied()) else {
            return false;
        };
        if matches!(candidate.kind, CandidateKind::Drawn | CandidateKind::Set)
            && candidate.area.area() * scale * scale < SMALL_DRAWING
        {
            return false;
        }
        // A drawing without finders has none in its parts.
        let whole = self.list.iter().zip(&self.scales).position(|(t, s)| {
            is_drawn(t)
                && t.area.area() > candidate.area.area()
                && t.area.contains(candidate.area, 0.0)
                && *s >= scale * ENOUGH
        });
        whole.is_some_and(|whole| self.shows_no_finders(whole)) || self.shows_no_finders(at)
    }

    /// Candidates with finders too fine for the resolution assumed.
    pub(in crate::measure) fn closer(self) -> Vec<Candidate> {
        self.closer
    }

    fn shows_no_finders(&mut self, at: usize) -> bool {
        if let Some(known) = self.known.get(at).copied().flatten() {
            return known;
        }
        let seen = self
            .list
            .get(at)
            .zip(self.scales.get(at))
            .and_then(|(candidate, scale)| {
                let scale = scale * COARSER;
                let picture = block_glyphs::rasterised(self.page, candidate, scale)?;
                let finders = |grey: &Grey| {
                    presscheck_barcode::finders(grey.width, grey.height, &grey.pixels)
                };
                let found = finders(&picture)?;
                if !found.is_empty() {
                    return Some((candidate, scale, found));
                }
                // Dots merge at half the resolution.
                Some((candidate, scale / 2.0, finders(&picture.shrunk(2))?))
            });
        let has_none = seen.as_ref().is_some_and(|(.., found)| found.is_empty());
        if let Some((candidate, scale, found)) = seen {
            let finer = found
                .iter()
                .filter(|s| s.module / scale < FINER * candidate.detail);
            self.closer.extend(finer.map(|triple| {
                let [x0, y0, ..] = candidate.area.to_f64();
                let [a, b, c, d] = triple.area.map(|v| v / scale);
                let module = triple.module / scale;
                Candidate::at(
                    Rect::new(x0 + a, y0 + b, x0 + c, y0 + d).inflate(MARGIN * module),
                    module,
                    CandidateKind::FinderPatterns,
                )
            }));
        }
        if let Some(known) = self.known.get_mut(at) {
            *known = Some(has_none);
        }
        has_none
    }
}
