//! The extent of paths on the page: of the whole, and of what clip and soft mask leave.

use hayro_font::kurbo::{BezPath, Rect};

use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::stroke;

/// The extent of a path.
pub(crate) struct Extent {
    /// Before clipping; none if the path paints nothing.
    pub(crate) area: Option<Rect>,
    /// After clipping, if anything is left.
    pub(crate) seen: Option<Rect>,
}

impl State<'_> {
    /// The extent of a path when it is filled. Calls `part` for each subpath.
    pub(crate) fn filled(&self, path: &BezPath, mut part: impl FnMut(Rect)) -> Extent {
        let mut area: Option<Rect> = None;
        stroke::fills(path, self.ctm, |r| {
            part(r);
            area = Some(area.map_or(r, |a| a.union(r)));
        });
        let seen = area.and_then(|a| self.seen(a));
        Extent { area, seen }
    }

    /// The extent of a path when it is stroked. Calls `part` for each segment, corner and end.
    pub(crate) fn stroked(&self, path: &BezPath, mut part: impl FnMut(Rect)) -> Extent {
        let dashed = self.pen.dash.is_some();
        let mut area: Option<Rect> = None;
        let mut seen: Option<Rect> = None;
        stroke::pieces(path, &self.pen, self.ctm, |r| {
            part(r);
            area = Some(area.map_or(r, |a| a.union(r)));
            // Dashes are cut one by one: the clip's edge may fall into a gap.
            if dashed && let Some(cut) = self.seen(r) {
                seen = Some(seen.map_or(cut, |s| s.union(cut)));
            }
        });
        if !dashed {
            seen = area.and_then(|a| self.seen(a));
        }
        Extent { area, seen }
    }
}
