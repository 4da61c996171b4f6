//! The lines that a place is held against: the trim, the gutter, the margins, the folds.

use serde::Serialize;

use crate::model::finding::{MeasureUnit, Part};
use crate::model::geometry::{Direction, Rect, Side, Size};
use crate::report::model::{Expected, FindingReport};

/// A rectangle to be drawn over a page, in points.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Guide {
    /// `trim`, `gutter`, `margin`, `fold`, `safe`, `barcode` or `panel`.
    pub(super) kind: &'static str,
    /// What it is, for people.
    pub(super) label: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Guide {
    fn new(kind: &'static str, label: impl Into<String>, area: [f64; 4]) -> Self {
        let [x0, y0, x1, y1] = area;
        Self {
            kind,
            label: label.into(),
            x: x0,
            y: y0,
            width: x1 - x0,
            height: y1 - y0,
        }
    }
}

/// Sizes within this many points are the same.
const SAME: f64 = 1.0;

/// Where the finished page lies on an interior page; none where the page is neither the trim nor the trim with bleed.
fn trim(page: Size, number: u32, direction: Direction, expected: &Expected) -> Option<[f64; 4]> {
    let size = expected.interior_size_pt?;
    if page.is_near(size, SAME) {
        return Some([0.0, 0.0, page.width, page.height]);
    }
    let with_bleed = expected.interior_bleed_size_pt?;
    if !page.is_near(with_bleed, SAME) {
        return None;
    }
    // Bleed lies on the outer side and, as far as the page is wider still, at the bind edge.
    let top = (page.height - size.height) / 2.0;
    let left = match direction.side(number) {
        Side::Right => 0.0,
        Side::Left => page.width - size.width,
    };
    Some([left, top, left + size.width, top + size.height])
}

/// What a place of an interior page is held against: the trim where the page has bleed, and the limit of the finding.
pub(super) fn interior(
    page: Size,
    number: u32,
    direction: Direction,
    expected: &Expected,
    finding: &FindingReport,
) -> Vec<Guide> {
    let Some(area) = trim(page, number, direction, expected) else {
        return Vec::new();
    };
    let [x0, y0, x1, y1] = area;
    let mut guides = Vec::new();
    if area != [0.0, 0.0, page.width, page.height] {
        guides.push(Guide::new("trim", "cut here", area));
    }
    let limit = finding
        .limit
        .filter(|limit| limit.unit == MeasureUnit::Inches);
    let Some(limit) = limit.map(|limit| limit.value * 72.0) else {
        return guides;
    };
    match &*finding.rule {
        "gutter-too-narrow" => {
            let band = match direction.side(number) {
                Side::Right => [x0, y0, x0 + limit, y1],
                Side::Left => [x1 - limit, y0, x1, y1],
            };
            guides.push(Guide::new("gutter", "gutter", band));
        }
        "margin-too-narrow" => {
            let inside = [x0 + limit, y0 + limit, x1 - limit, y1 - limit];
            guides.push(Guide::new("margin", "margin", inside));
        }
        _ => {}
    }
    guides
}

/// Panels, folds, safe areas and the box of the bar code, on a file whose middle lies on the middle of the cover.
pub(super) fn cover(page: Size, expected: &Expected) -> Vec<Guide> {
    let (Some(shape), Some(size)) = (&expected.cover, expected.cover_size_pt) else {
        return Vec::new();
    };
    let (dx, dy) = (
        (page.width - size.width) / 2.0,
        (page.height - size.height) / 2.0,
    );
    let moved = |area: Rect| {
        let [x0, y0, x1, y1] = area.to_f64();
        [x0 + dx, y0 + dy, x1 + dx, y1 + dy]
    };
    let mut guides = Vec::new();
    let panels = shape.panels.iter().map(|p| p.area_pt);
    if let Some(all) = panels.reduce(Rect::union) {
        guides.push(Guide::new("trim", "cut here", moved(all)));
    }
    for panel in &shape.safe_areas {
        let label = format!("text of the {} stays inside", panel.panel);
        guides.push(Guide::new("safe", label, moved(panel.area_pt)));
    }
    for fold in &shape.folds_pt {
        let x = fold + dx;
        guides.push(Guide::new("fold", "fold", [x, 0.0, x, page.height]));
    }
    if let Some(area) = shape.barcode_area_pt {
        guides.push(Guide::new("barcode", "bar code", moved(area)));
    }
    guides
}

/// The guides of a place.
pub(super) fn of(
    page: Size,
    number: u32,
    direction: Direction,
    expected: &Expected,
    finding: &FindingReport,
) -> Vec<Guide> {
    match finding.file {
        Part::Interior => interior(page, number, direction, expected, finding),
        Part::Cover => cover(page, expected),
    }
}
