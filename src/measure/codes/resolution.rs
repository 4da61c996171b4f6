//! The resolution for a candidate: as coarse as its modules allow.

use crate::measure::codes::candidate::{Candidate, CandidateKind};
use crate::model::limits::Limits;

/// Pixels a module of the first raster of a drawing, which is small. The decoder needs three; more forgives unlucky
/// phases.
pub(in crate::measure) const FIRST_LOOK: f64 = 5.0;
/// Pixels a module for a part of an image with finder patterns.
pub(in crate::measure) const FINDERS_SCALE: f64 = 8.0;
/// The finest first look, in pixels a point (400 ppi): a version 10 code of 0.3 in has two pixels a module at 280.
pub(in crate::measure) const FINEST: f64 = 400.0 / 72.0;
/// The finest look at a picture (300 ppi): a module of 0.25 mm, the least that scans, has three pixels there.
pub(in crate::measure) const PICTURE_FINEST: f64 = 300.0 / 72.0;
/// The coarsest, in pixels a point (100 ppi).
pub(in crate::measure) const COARSEST: f64 = 100.0 / 72.0;

/// How much wider than a module the upright rectangle around it is where it is turned by an eighth.
const TURNED: f64 = std::f64::consts::SQRT_2;

/// Whether a candidate is drawn with shapes.
pub(in crate::measure) fn is_drawn(candidate: &Candidate) -> bool {
    matches!(
        candidate.kind,
        CandidateKind::Drawn | CandidateKind::Irregular | CandidateKind::Set
    )
}

/// The scale of a candidate's first raster, in pixels a point.
pub(in crate::measure) fn first_scale(candidate: &Candidate, limits: &Limits) -> f64 {
    let area = candidate.area.area().max(1.0);
    let most = limits.raster_pixels as f64;
    let most = (most / area).sqrt();
    match candidate.kind {
        CandidateKind::Set => (FIRST_LOOK * TURNED / candidate.detail.max(0.1)).min(most),
        CandidateKind::Irregular => {
            let wanted =
                (FIRST_LOOK * TURNED / candidate.detail.max(0.1)).clamp(COARSEST, FINEST * 2.0);
            wanted.min(most)
        }
        CandidateKind::Drawn => {
            let wanted = (FIRST_LOOK / candidate.detail.max(0.1)).clamp(COARSEST, FINEST * 2.0);
            wanted.min(most)
        }
        CandidateKind::FinderPatterns | CandidateKind::Bars | CandidateKind::Picture => {
            (FINDERS_SCALE / candidate.detail.max(0.01)).min(most)
        }
    }
}
