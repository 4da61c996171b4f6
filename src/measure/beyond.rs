//! Collects marks outside the page, which are cut off without a warning.

use crate::model::facts::{Beyond, BeyondKind};
use crate::model::geometry::{Rect, Size};
use crate::pdf::{GlyphMark, GlyphMode, ImageMark, PaintEffect, PathMark};

/// Beyond by less than this, in points, is the rounding of a margin or the bow of a letter.
const TOLERANCE: f32 = 0.5;
/// A gap between letters wider than this many ems is a space.
const SPACE: f32 = 0.18;
/// Letters kept of the text that is cut away.
const LETTERS: usize = 40;

/// Collects marks outside the page.
pub(super) struct Outside {
    width: f32,
    height: f32,
    found: Vec<Beyond>,
    /// Where the pen is after the last letter, and the bottom of that letter's outline.
    last: Option<([f32; 2], f32)>,
}

impl Outside {
    pub(super) fn new(page: Size) -> Self {
        let (width, height) = (page.width as f32, page.height as f32);
        Self {
            width,
            height,
            found: Vec::new(),
            last: None,
        }
    }

    /// A letter: wholly beyond, or cut by the edge of the page.
    pub(super) fn glyph(
        &mut self,
        mark: &GlyphMark<'_>,
        outline: Rect,
        text: &dyn Fn(&mut String),
    ) {
        if !self.leaves(outline)
            || mark.effect != PaintEffect::Ink
            || mark.mode == GlyphMode::Invisible
        {
            return;
        }
        let whole = self.is_outside(outline);
        if !whole && !mark.seen.is_some_and(|seen| self.is_cut(outline, seen)) {
            return;
        }
        self.add(BeyondKind::Text, whole, outline);
        let entry = self
            .found
            .iter_mut()
            .find(|b| b.kind == BeyondKind::Text && b.whole == whole);
        let [x, y] = mark.origin;
        let [along, down] = mark.along;
        let pen = [x + along * mark.advance, y + down * mark.advance];
        let last = self.last.replace((pen, outline.y1));
        if let Some(entry) = entry.filter(|e| e.text.len() < LETTERS) {
            // Spaces leave no mark: a gap or another line is one.
            let gap = |([pen_x, pen_y], low): ([f32; 2], f32)| {
                let gap = (x - pen_x) * along + (y - pen_y) * down;
                gap.abs() > mark.size * SPACE || outline.y0 > low
            };
            if !entry.text.is_empty() && last.is_some_and(gap) {
                entry.text.push(' ');
            }
            text(&mut entry.text);
        }
    }

    /// A path wholly outside.
    pub(super) fn path(&mut self, mark: &PathMark<'_>) {
        if mark.effect == PaintEffect::Ink && self.is_outside(mark.outline) {
            self.add(BeyondKind::Art, true, mark.outline);
        }
    }

    /// An image wholly outside.
    pub(super) fn image(&mut self, mark: &ImageMark) {
        if mark.effect == PaintEffect::Ink && self.is_outside(mark.outline) {
            self.add(BeyondKind::Image, true, mark.outline);
        }
    }

    pub(super) fn finish(self) -> Vec<Beyond> {
        self.found
    }

    fn add(&mut self, kind: BeyondKind, whole: bool, area: Rect) {
        let known = self
            .found
            .iter_mut()
            .find(|b| b.kind == kind && b.whole == whole);
        match known {
            Some(entry) => {
                entry.count = entry.count.saturating_add(1);
                entry.area = entry.area.union(area);
            }
            None => self.found.push(Beyond {
                kind,
                whole,
                count: 1,
                area,
                text: String::new(),
            }),
        }
    }

    fn leaves(&self, area: Rect) -> bool {
        area.x0 < -TOLERANCE
            || area.y0 < -TOLERANCE
            || area.x1 > self.width + TOLERANCE
            || area.y1 > self.height + TOLERANCE
    }

    fn is_outside(&self, area: Rect) -> bool {
        self.leaves(area)
            && (area.x1 <= 0.0 || area.y1 <= 0.0 || area.x0 >= self.width || area.y0 >= self.height)
    }

    /// Whether it is the edge of the page that cuts `outline` to `seen`, rather than a clip within the page.
    fn is_cut(&self, outline: Rect, seen: Rect) -> bool {
        const AT: f32 = 0.01;
        (outline.x0 < -TOLERANCE && seen.x0 <= AT)
            || (outline.y0 < -TOLERANCE && seen.y0 <= AT)
            || (outline.x1 > self.width + TOLERANCE && seen.x1 >= self.width - AT)
            || (outline.y1 > self.height + TOLERANCE && seen.y1 >= self.height - AT)
    }
}
