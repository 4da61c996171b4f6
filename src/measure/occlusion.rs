//! Bounds how many images and rectangles are tested for what they hide: a page may have thousands.

use crate::model::geometry::{Rect, Size};

/// What is narrower or lower, in points, hides too little to look.
const MIN_SIDE: f64 = 6.0;
/// So many small ones of a page are tested, and so many large ones: a table may have thousands of cells.
const BUDGET: usize = 256;
/// One that covers this share of the page is large.
const LARGE_SHARE: f64 = 0.02;

/// How many more are tested.
pub(super) struct OcclusionBudget {
    page: Size,
    small: usize,
    large: usize,
}

impl OcclusionBudget {
    pub(super) fn new(page: Size) -> Self {
        Self {
            page,
            small: BUDGET,
            large: BUDGET,
        }
    }

    /// Whether one of this extent is tested.
    pub(super) fn asks(&mut self, area: Rect) -> bool {
        let is_large = area.area() >= LARGE_SHARE * self.page.area();
        let left = if is_large {
            &mut self.large
        } else {
            &mut self.small
        };
        let asked = area.width().min(area.height()) >= MIN_SIDE && *left > 0;
        *left -= usize::from(asked);
        asked
    }
}

/// Whether clipping leaves only an edge of something that had an area.
pub(super) fn vanishes(outline: Rect, seen: Rect) -> bool {
    (outline.width() > 0.0 && seen.width() <= 0.0)
        || (outline.height() > 0.0 && seen.height() <= 0.0)
}
