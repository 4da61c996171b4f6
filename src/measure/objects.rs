//! Collects the graphics objects of a page for standards of exchange: by colour, size, overprint, and whether they lie on
//! something else.

use std::collections::HashMap;

use super::lines::{abut, is_dot, is_line};
use crate::model::facts::{ObjectUse, Overprint, Painted};
use crate::model::geometry::Rect;
use crate::pdf::{Appearance, GlyphMark, GlyphMode, ImageMark, PaintEffect, PathMark, PathMode};

/// Kinds of objects kept apart on a page.
const KINDS: usize = 8192;
/// A path of more parts lies wherever its extent does.
const PARTS: usize = 64;

/// Collects the graphics objects of one page as its marks come.
#[derive(Default)]
pub(super) struct ObjectUses {
    uses: Vec<ObjectUse>,
    known: HashMap<Kind, usize>,
    below: Underlay,
    /// The last thin rectangle, and whether it goes on where another left off: then both are parts of a tint.
    strip: Option<(ObjectUse, bool)>,
    has_more: bool,
}

/// What objects that are alike have in common.
type Kind = (Painted, u32, [bool; 4], Overprint, Option<i64>);

impl ObjectUses {
    /// Adds a glyph; `seen` is what clips leave of it.
    pub(super) fn glyph(&mut self, mark: &GlyphMark<'_>, seen: Option<Rect>) {
        let (Some(outline), true) = (mark.outline, mark.mode != GlyphMode::Invisible) else {
            return;
        };
        for appearance in std::iter::once(&mark.appearance).chain(mark.further) {
            let mut one = self.object(*appearance, Painted::Text, (outline, seen), mark.effect);
            one.size = Some(mark.size);
            self.add(one);
        }
    }

    /// Adds a path; `seen` is what clips leave of it.
    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Option<Rect>) {
        let on = match mark.mode {
            PathMode::Fill => Painted::Fill,
            PathMode::Stroke => Painted::Stroke,
            PathMode::Shading => Painted::Shading,
        };
        let whole = [mark.outline];
        let parts = match mark.parts.len() {
            1..=PARTS if mark.mode != PathMode::Shading => mark.parts,
            _ => &whole,
        };
        let parts: Vec<Rect> = match seen {
            Some(seen) => parts
                .iter()
                .filter_map(|part| part.intersection(seen))
                .collect(),
            None => Vec::new(),
        };
        if mark.mode == PathMode::Stroke {
            self.below.leave_out_fill_of(mark);
        }
        let colour = mark.appearance.colour;
        let mut one = self.object(mark.appearance, on, (mark.outline, seen), mark.effect);
        one.overlaps = parts.iter().any(|part| self.below.is_under(*part, colour));
        one.visible = is_visible(mark.effect, seen, one.overlaps);
        match mark.mode {
            PathMode::Stroke => {
                one.size = (!is_dot(one.area, mark.width)).then_some(mark.width);
                self.add(one);
            }
            PathMode::Fill if !parts.is_empty() && parts.iter().all(|part| is_line(*part)) => {
                for part in &parts {
                    let size = Some(part.width().min(part.height()) as f32);
                    self.strip(ObjectUse {
                        area: *part,
                        size,
                        ..one.clone()
                    });
                }
            }
            _ => self.add(one),
        }
        self.below.path(mark, &parts);
    }

    /// Adds a picture; `seen` is what clips leave of it.
    pub(super) fn image(&mut self, mark: &ImageMark, seen: Option<Rect>) {
        let placed = (mark.outline, seen);
        let mut one = self.object(mark.appearance, Painted::Image, placed, mark.effect);
        one.stencil = mark.colour.is_none();
        let visible = one.visible;
        self.add(one);
        if let (Some(seen), true) = (seen, visible) {
            self.below.add(seen, Some(mark.appearance.colour));
        }
    }

    /// Whether not all could be told apart.
    pub(super) fn has_left_out(&self) -> bool {
        self.has_more || self.below.tests == 0
    }

    /// The kinds of objects, in the order in which they are first painted.
    pub(super) fn finish(mut self) -> Vec<ObjectUse> {
        self.flush();
        self.uses
    }

    fn object(
        &mut self,
        appearance: Appearance,
        on: Painted,
        (outline, seen): (Rect, Option<Rect>),
        effect: PaintEffect,
    ) -> ObjectUse {
        let overlaps = match (on, seen) {
            (Painted::Text | Painted::Image, Some(seen)) => {
                self.below.is_under(seen, appearance.colour)
            }
            _ => false,
        };
        ObjectUse {
            on,
            colour: appearance.colour,
            stencil: false,
            overprint: match (appearance.overprint, appearance.nonzero) {
                (false, _) => Overprint::KnocksOut,
                (true, false) => Overprint::Overprints,
                (true, true) => Overprint::OverprintsNonzero,
            },
            transparent: appearance.is_transparent(),
            overlaps,
            visible: is_visible(effect, seen, overlaps),
            size: None,
            count: 1,
            area: seen.unwrap_or(outline),
        }
    }

    /// Adds a filled rectangle so thin that it is a line, unless it is one of several that make a tint.
    fn strip(&mut self, one: ObjectUse) {
        let joined = self
            .strip
            .as_ref()
            .is_some_and(|(last, _)| abut(last.area, one.area));
        if let (true, Some((_, is_part))) = (joined, &mut self.strip) {
            *is_part = true;
        }
        self.flush();
        self.strip = Some((one, joined));
    }

    fn flush(&mut self) {
        if let Some((mut one, is_part)) = self.strip.take() {
            if is_part {
                one.size = None;
            }
            self.add(one);
        }
    }

    fn add(&mut self, mut one: ObjectUse) {
        let thousandths = |size: f32| (f64::from(size) * 1000.0).round();
        one.size = one.size.map(|size| (thousandths(size) / 1000.0) as f32);
        let size = one.size.map(|size| thousandths(size) as i64);
        let kind = (
            one.on,
            one.colour,
            [one.stencil, one.transparent, one.overlaps, one.visible],
            one.overprint,
            size,
        );
        if let Some(known) = self.known.get(&kind).and_then(|n| self.uses.get_mut(*n)) {
            known.count = known.count.saturating_add(1);
        } else if self.uses.len() < KINDS {
            self.known.insert(kind, self.uses.len());
            self.uses.push(one);
        } else {
            self.has_more = true;
        }
    }
}

/// Whether something painted can be seen: white only on something else.
fn is_visible(effect: PaintEffect, seen: Option<Rect>, overlaps: bool) -> bool {
    seen.is_some()
        && match effect {
            PaintEffect::Ink => true,
            PaintEffect::White => overlaps,
            PaintEffect::None => false,
        }
}

/// Tests for what lies below, on one page.
const TESTS: u64 = 200_000_000;
/// Things that only touch do not lie on each other; in points.
const TOUCH: f64 = 0.05;

/// What has been painted so far, text aside: the topmost last.
struct Underlay {
    /// Where, and in which colour; none for paper white, which takes away what it hides.
    painted: Vec<(Rect, Option<u32>)>,
    /// The extent of the last filled path before clipping, and where its parts begin in `painted`.
    filled: Option<(Rect, usize)>,
    /// The part of `painted` that counts.
    end: usize,
    /// Tests that may still be made.
    tests: u64,
}

impl Default for Underlay {
    fn default() -> Self {
        Self {
            painted: Vec::new(),
            filled: None,
            end: 0,
            tests: TESTS,
        }
    }
}

impl Underlay {
    fn add(&mut self, area: Rect, colour: Option<u32>) {
        self.filled = None;
        self.painted.push((area, colour));
        self.end = self.painted.len();
    }

    fn path(&mut self, mark: &PathMark<'_>, parts: &[Rect]) {
        let before = self.painted.len();
        match mark.effect {
            PaintEffect::Ink => {
                let colour = Some(mark.appearance.colour);
                self.painted
                    .extend(parts.iter().map(|part| (*part, colour)));
            }
            PaintEffect::White if mark.hides => {
                self.painted.extend(parts.iter().map(|part| (*part, None)));
            }
            PaintEffect::White | PaintEffect::None => {}
        }
        self.end = self.painted.len();
        self.filled = (mark.mode == PathMode::Fill).then_some((mark.outline, before));
    }

    /// Before a stroke: a path that is filled and stroked at once does not lie on itself.
    fn leave_out_fill_of(&mut self, stroke: &PathMark<'_>) {
        let Some((filled, before)) = self.filled else {
            return;
        };
        let around = filled.inflate(f64::from(stroke.width) / 2.0);
        let slack = f64::from(stroke.width).max(0.5);
        if around.contains(stroke.outline, slack) && stroke.outline.contains(around, slack) {
            self.end = before;
        }
    }

    /// Whether something of another colour lies below `area`.
    fn is_under(&mut self, area: Rect, colour: u32) -> bool {
        let inner = area.inflate(-TOUCH.min(area.width() / 4.0).min(area.height() / 4.0));
        let painted = self.painted.get(..self.end).unwrap_or_default();
        for (below, of) in painted.iter().rev() {
            if self.tests == 0 {
                return false;
            }
            self.tests -= 1;
            match of {
                Some(of) if *of != colour && touches(*below, inner) => return true,
                None if below.contains(inner, 0.0) => return false,
                _ => {}
            }
        }
        false
    }
}

/// Whether two rectangles share a place, those without width or height included.
fn touches(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}
