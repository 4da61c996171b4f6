//! The lines that a place is held against: the trim, the gutter, the margins, the folds.

use serde::Serialize;

use crate::model::finding::{MeasureUnit, Part};
use crate::model::geometry::{Direction, Rect, Side, Size};
use crate::model::units::{Length, Unit};
use crate::report::model::{Expected, FindingReport};

/// A rectangle to be drawn over a page, in points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Guide {
    /// `trim`, `gutter`, `margin`, `fold`, `safe` or `barcode`.
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
        let [x0, y0, x1, y1] = area.map(|v| (v * 100.0).round() / 100.0);
        Self {
            kind,
            label: label.into(),
            x: x0,
            y: y0,
            width: x1 - x0,
            height: y1 - y0,
        }
    }

    /// What it is in the legend, where safe areas of all panels are one entry.
    pub(super) fn legend(&self) -> &str {
        match self.kind {
            "safe" => "text stays inside",
            _ => &self.label,
        }
    }
}

/// Sizes within this many points are the same.
const SAME: f64 = 1.0;
/// How far a place may lie from where its finding says, in points.
const NEAR: f64 = 0.5;

/// An interior page, and what a product wants of it.
#[derive(Clone, Copy)]
pub(super) struct InteriorPage<'a> {
    pub(super) size: Size,
    pub(super) number: u32,
    pub(super) direction: Direction,
    pub(super) expected: &'a Expected,
    pub(super) unit: Unit,
}

impl InteriorPage<'_> {
    fn whole(&self) -> [f64; 4] {
        [0.0, 0.0, self.size.width, self.size.height]
    }

    /// Where the finished page lies, and at which side of it the bind edge is; none where the page has neither the size of the
    /// trim nor that of the trim with bleed.
    fn trim(&self) -> Option<([f64; 4], Side)> {
        let side = self.direction.side(self.number);
        let size = self.expected.interior_size_pt?;
        if self.size.is_near(size, SAME) {
            return Some((self.whole(), side));
        }
        let with_bleed = self.expected.interior_bleed_size_pt?;
        let bleed = (with_bleed.height - size.height) / 2.0;
        let around = Size::new(size.width + 2.0 * bleed, size.height + 2.0 * bleed);
        // Bleed lies on the outer side and, where the page is as wide as that, at the bind edge as well.
        let inside = match self.size {
            page if page.is_near(around, SAME) => bleed,
            page if page.is_near(with_bleed, SAME) => with_bleed.width - size.width - bleed,
            _ => return None,
        };
        let left = match side {
            Side::Right => inside,
            Side::Left => self.size.width - inside - size.width,
        };
        let top = (self.size.height - size.height) / 2.0;
        Some(([left, top, left + size.width, top + size.height], side))
    }

    /// Where the finished page may lie on a page of another size: it is all of it, in the middle of a sheet, or one half of it.
    fn candidates(&self) -> Vec<([f64; 4], Side)> {
        let side = self.direction.side(self.number);
        let mut all = vec![(self.whole(), side)];
        let Some(size) = self.expected.interior_size_pt else {
            return all;
        };
        let (dx, dy) = (self.size.width - size.width, self.size.height - size.height);
        if dx >= -SAME && dy >= -SAME {
            let [left, top] = [dx / 2.0, dy / 2.0];
            all.push(([left, top, left + size.width, top + size.height], side));
            let fold = self.size.width / 2.0;
            if fold >= size.width - SAME {
                let (y0, y1) = (top, top + size.height);
                all.push(([fold - size.width, y0, fold, y1], Side::Left));
                all.push(([fold, y0, fold + size.width, y1], Side::Right));
            }
        }
        all
    }

    /// The finished page for the places of a finding. On a page of another size it is taken from what was measured: from the
    /// finished page's edge a place is at least as far as the worst of them, and nearer than the limit.
    fn trim_for(&self, finding: &FindingReport, place: Option<Rect>) -> Option<([f64; 4], Side)> {
        if let Some(known) = self.trim() {
            return Some(known);
        }
        let [left_edge, top_edge, right_edge, bottom_edge] = place?.to_f64();
        let limit = inches(finding)?;
        let least = finding.measured?.value * 72.0;
        let gap = |([x0, y0, x1, y1], side): &([f64; 4], Side)| {
            let (left, right) = (left_edge - x0, x1 - right_edge);
            let (bind, outer) = match side {
                Side::Right => (left, right),
                Side::Left => (right, left),
            };
            match &*finding.rule {
                GUTTER => bind,
                _ => outer.min(top_edge - y0).min(y1 - bottom_edge),
            }
        };
        let fits = |at: &([f64; 4], Side)| (least - NEAR..=limit + NEAR).contains(&gap(at));
        self.candidates().into_iter().find(fits)
    }
}

const GUTTER: &str = "gutter-too-narrow";
const MARGIN: &str = "margin-too-narrow";

/// Whether a rule's limit is a line on the page.
pub(super) fn has_line(rule: &str) -> bool {
    matches!(rule, GUTTER | MARGIN)
}

/// A finding's limit in points, where it is a length.
fn inches(finding: &FindingReport) -> Option<f64> {
    let limit = finding.limit?;
    (limit.unit == MeasureUnit::Inches).then_some(limit.value * 72.0)
}

/// What the places of an interior page are held against: the trim where the page has bleed, and the limits of these findings.
pub(super) fn interior(
    page: InteriorPage<'_>,
    findings: &[&FindingReport],
    place: Option<Rect>,
) -> Vec<Guide> {
    let is_margin = |f: &&&FindingReport| has_line(&f.rule);
    let placed = findings.iter().filter(is_margin);
    let mut placed = placed.filter_map(|f| page.trim_for(f, place));
    let Some((area, side)) = placed.next().or_else(|| page.trim()) else {
        return Vec::new();
    };
    let [x0, y0, x1, y1] = area;
    let mut guides = Vec::new();
    if area != page.whole() {
        guides.push(Guide::new("trim", "cut here", area));
    }
    let gutters = findings.iter().filter(|f| f.rule == GUTTER);
    let gutter = gutters.filter_map(|f| inches(f)).next();
    if let Some(gutter) = gutter {
        let band = match side {
            Side::Right => [x0, y0, x0 + gutter, y1],
            Side::Left => [x1 - gutter, y0, x1, y1],
        };
        let label = format!("gutter, {}", Length::pt(gutter).show(page.unit));
        guides.push(Guide::new("gutter", label, band));
    }
    for limit in findings.iter().filter(|f| f.rule == MARGIN) {
        let Some(limit) = inches(limit) else {
            continue;
        };
        let bind = gutter.unwrap_or(0.0);
        let (left, right) = match side {
            Side::Right => (bind, limit),
            Side::Left => (limit, bind),
        };
        let label = format!("margin, {}", Length::pt(limit).show(page.unit));
        let inside = [x0 + left, y0 + limit, x1 - right, y1 - limit];
        let guide = Guide::new("margin", label, inside);
        if !guides.contains(&guide) {
            guides.push(guide);
        }
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

/// The guides of a place, by a product that says something of it.
pub(super) fn of(
    page: InteriorPage<'_>,
    finding: &FindingReport,
    place: Option<Rect>,
) -> Vec<Guide> {
    match finding.file {
        Part::Interior => interior(page, &[finding], place),
        Part::Cover => cover(page.size, page.expected),
    }
}
