//! A candidate: an area of a page where a code may be, proposed by a search and then decoded.

use crate::model::geometry::Rect;

/// Shapes with both sides longer than this are no part of a code anyone prints in a book.
pub(in crate::measure) const LARGEST_CODE: f64 = 320.0;
/// The smallest side of a code that is looked for, in points (4.8 mm: version 1 with modules of 0.23 mm, which do not scan).
pub(in crate::measure) const SMALLEST_CODE: f64 = 13.5;
/// The lowest bars that are looked for where something is painted as one, in points (3.5 mm).
pub(in crate::measure) const LOWEST_BARS: f64 = 10.0;
/// How many times longer than high bars with an add-on may be.
pub(in crate::measure) const SLENDER: f64 = 8.0;
/// Modules of an EAN-13 with an add-on of five digits at its usual distance.
const MODULES: f64 = 155.0;
/// Modules around bars in which their quiet zones are seen.
const QUIET: f64 = 16.0;
/// Modules of an add-on and its gap.
const ADD_ON: f64 = 62.0;
/// Modules around bars that are looked at with them: the quiet zone and an add-on.
pub(in crate::measure) const BESIDE: f64 = QUIET + ADD_ON;
/// A patch needs this many shapes: version 1 as one path has about forty, or as few as twenty.
pub(in crate::measure) const FEWEST_SHAPES: usize = 14;

/// An area that may hold a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::measure) struct Candidate {
    /// The area, with room for a quiet zone.
    pub(in crate::measure) area: Rect,
    /// The finest detail expected there, in points: a module, or a pixel of an image without a thumbnail.
    pub(in crate::measure) detail: f64,
    /// What may be there.
    pub(in crate::measure) kind: CandidateKind,
    /// Whether it is an image or a part of one.
    pub(in crate::measure) pictured: bool,
    /// How far bars are turned clockwise, in radians.
    pub(in crate::measure) turn: f64,
}

impl Candidate {
    /// Upright, and no part of a picture.
    pub(in crate::measure) fn at(area: Rect, detail: f64, kind: CandidateKind) -> Self {
        Self {
            area,
            detail,
            kind,
            pictured: false,
            turn: 0.0,
        }
    }
}

/// The kinds of candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::measure) enum CandidateKind {
    /// Shapes of an upright code.
    Drawn,
    /// An irregular drawing (rotated, dotted, pattern-filled): decoded only if finder patterns are found.
    Irregular,
    /// Block characters, whose lines may not meet.
    Set,
    /// A whole image.
    Picture,
    /// A part of an image with finder patterns.
    FinderPatterns,
    /// Bars, drawn or in an image.
    Bars,
}

/// Something painted as one that may be a bar code, with an add-on or without.
pub(in crate::measure) fn bars(seen: Rect) -> Option<Candidate> {
    let (short, long) = sides(seen);
    let detail = long / MODULES;
    (short >= LOWEST_BARS && long <= LARGEST_CODE && is_symbol(seen))
        .then(|| Candidate::at(seen.inflate(QUIET * detail), detail, CandidateKind::Bars))
}

/// Whether an area is as wide and high as a code, or as bars with an add-on.
pub(in crate::measure) fn is_symbol(r: Rect) -> bool {
    let (short, long) = sides(r);
    long <= SLENDER * short
}

pub(in crate::measure) fn sides(r: Rect) -> (f64, f64) {
    let (w, h) = (r.width(), r.height());
    (w.min(h), w.max(h))
}
