//! How one page lies in the book: its finished area, its sides, and distances from its edges.

use crate::model::geometry::{Rect, Side};
use crate::model::units::Length;

/// How one page lies in the book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PagePlacement {
    /// The side of the leaf.
    pub side: Side,
    /// Its finished area on the page as seen.
    pub trim: Rect,
    /// Whether there is bleed beyond it.
    pub bleed: bool,
    /// Whether the page has one of the two right sizes, or marks one on a larger sheet.
    pub fits: bool,
    /// Whether a trim box or crop marks mark the finished area on a larger sheet. What lies outside is cut away.
    pub marked: bool,
}

impl PagePlacement {
    /// A page without bleed, not marked on a sheet.
    pub(super) fn alone(side: Side, trim: Rect, fits: bool) -> Self {
        Self {
            side,
            trim,
            bleed: false,
            fits,
            marked: false,
        }
    }

    /// The distance of `area` from the bind edge; negative beyond it.
    pub fn from_bind(&self, area: Rect) -> Length {
        Length::pt(match self.side {
            Side::Right => f64::from(area.x0) - f64::from(self.trim.x0),
            Side::Left => f64::from(self.trim.x1) - f64::from(area.x1),
        })
    }

    /// The distance of `area` from the outside edge.
    pub fn from_outside(&self, area: Rect) -> Length {
        Length::pt(match self.side {
            Side::Right => f64::from(self.trim.x1) - f64::from(area.x1),
            Side::Left => f64::from(area.x0) - f64::from(self.trim.x0),
        })
    }

    /// The distance of `area` from the top edge.
    pub fn from_top(&self, area: Rect) -> Length {
        Length::pt(f64::from(area.y0) - f64::from(self.trim.y0))
    }

    /// The distance of `area` from the bottom edge.
    pub fn from_bottom(&self, area: Rect) -> Length {
        Length::pt(f64::from(self.trim.y1) - f64::from(area.y1))
    }
}
