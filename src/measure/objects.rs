//! Collects the graphics objects of a page for standards of exchange: by colour, size, overprint, and whether they lie on
//! something else.

use std::collections::HashMap;

use super::lines::{abut, is_dot};
use super::underlay::Underlay;
use crate::model::facts::{ObjectUse, Overprint, Painted};
use crate::model::geometry::{Rect, Size};
use crate::pdf::{Appearance, GlyphMark, GlyphMode, ImageMark, PaintEffect, PathMark, PathMode};

/// Kinds of objects kept apart on a page.
const KINDS: usize = 8192;
/// A path of more parts lies wherever its extent does.
const PARTS: usize = 4096;
/// The longest piece of a line that is looked at at once, in points.
const PIECE: f64 = 12.0;
/// A filled rectangle thicker than this, in points, is no line; nor is one that is shorter, or less slender.
const THICK: f64 = 3.0;
const SHORT: f64 = 4.0;
const SLENDER: f64 = 4.0;

/// Collects the graphics objects of one page as its marks come.
pub(super) struct ObjectUses {
    uses: Vec<ObjectUse>,
    known: HashMap<Kind, usize>,
    /// None if nobody asks which objects lie on others.
    below: Option<Underlay>,
    /// How the last glyph looked, and where its kind stands: letters come by the thousand.
    last: Option<(Appearance, f32, usize)>,
    /// The extent of the last mark before clipping if it was a filled path, and where it lies in `below`.
    filled: Option<(Rect, u32)>,
    /// The last thin rectangle, and whether it goes on where another left off: then both are parts of a tint.
    strip: Option<(ObjectUse, bool)>,
    has_more: bool,
}

/// What objects that are alike have in common.
type Kind = (Painted, u32, [bool; 4], Overprint, Option<i64>);

impl ObjectUses {
    pub(super) fn new(page: Size, overlaps: bool) -> Self {
        Self {
            uses: Vec::new(),
            known: HashMap::new(),
            below: overlaps.then(|| Underlay::new(page)),
            last: None,
            filled: None,
            strip: None,
            has_more: false,
        }
    }

    /// Adds a glyph; `seen` is what clips leave of it. `on_ink` tells whether white there lies on something, as far as is known.
    pub(super) fn glyph(&mut self, mark: &GlyphMark<'_>, seen: Option<Rect>, on_ink: bool) {
        let is_plain = seen.is_some() && mark.effect == PaintEffect::Ink && self.below.is_none();
        if let Some((appearance, size, place)) = self.last
            && is_plain
            && appearance == mark.appearance
            && size.to_bits() == mark.size.to_bits()
            && mark.further.is_empty()
            && mark.mode != GlyphMode::Invisible
            && let Some(one) = self.uses.get_mut(place)
        {
            one.count = one.count.saturating_add(1);
            return;
        }
        self.last = None;
        let (Some(outline), true) = (mark.outline, mark.mode != GlyphMode::Invisible) else {
            return;
        };
        for appearance in std::iter::once(&mark.appearance).chain(mark.further) {
            let placed = (outline, seen);
            let mut one = self.object(*appearance, Painted::Text, placed, (mark.effect, on_ink));
            one.size = Some(mark.size);
            let place = self.add(one);
            let is_one = is_plain && mark.further.is_empty();
            self.last = place
                .filter(|_| is_one)
                .map(|place| (*appearance, mark.size, place));
        }
    }

    /// Adds a path; the rest is as of a glyph.
    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Option<Rect>, on_ink: bool) {
        let on = match mark.mode {
            PathMode::Fill => Painted::Fill,
            PathMode::Stroke => Painted::Stroke,
            PathMode::Shading => Painted::Shading,
        };
        let shape = mark.shape.filter(|_| self.below.is_some());
        let outline = shape.and_then(|shape| shape.outline());
        let pieces = match (&outline, mark.mode) {
            (Some(outline), PathMode::Stroke) => outline.pieces(PIECE, PARTS),
            _ => None,
        };
        let whole = vec![mark.outline];
        let parts = pieces.unwrap_or_else(|| match mark.parts.len() {
            1..=PARTS if mark.mode != PathMode::Shading => mark.parts.to_vec(),
            _ => whole,
        });
        let parts: Vec<Rect> = match seen {
            Some(seen) => parts
                .iter()
                .filter_map(|part| part.intersection(seen))
                .collect(),
            None => Vec::new(),
        };
        // A path that is filled and stroked at once does not lie on itself.
        let filled = self.filled.take();
        if let Some((_, before)) = filled.filter(|(filled, _)| is_outline_of(mark, *filled)) {
            self.below.iter_mut().for_each(|below| below.end_at(before));
        }
        let colour = mark.appearance.colour;
        let placed = (mark.outline, seen);
        let mut one = self.object(mark.appearance, on, placed, (mark.effect, on_ink));
        if let Some(below) = &mut self.below {
            one.overlaps = parts.iter().any(|part| below.is_under(*part, colour));
            one.visible = is_visible(mark.effect, seen, one.overlaps);
        }
        for within in mark.cell {
            // In its cell the pattern lies on nothing; the cells lie on what the path lies on.
            let overlaps = one.overlaps;
            let mut inner = self.object(within.appearance, within.on, placed, (mark.effect, true));
            inner.stencil = within.stencil;
            inner.size = within.size;
            inner.overlaps = overlaps;
            let _ = self.add(inner);
        }
        match mark.mode {
            PathMode::Stroke => {
                one.size = (!is_dot(one.area, mark.width)).then_some(mark.width);
                let _ = self.add(one);
            }
            PathMode::Fill if !parts.is_empty() && parts.iter().all(|part| is_thin(*part)) => {
                for part in &parts {
                    let size = Some(part.width().min(part.height()) as f32);
                    self.strip(ObjectUse {
                        area: *part,
                        size,
                        ..one.clone()
                    });
                }
            }
            _ => {
                let _ = self.add(one);
            }
        }
        let Some(below) = &mut self.below else {
            return;
        };
        let before = below.len();
        let colour = match mark.effect {
            PaintEffect::Ink => Some(Some(colour)),
            PaintEffect::White if hides(mark) => Some(None),
            PaintEffect::White | PaintEffect::None => None,
        };
        if let (Some(colour), Some(seen)) = (colour, seen) {
            below.add(seen, outline, colour);
        }
        self.filled = (mark.mode == PathMode::Fill).then_some((mark.outline, before));
    }

    /// Adds a picture; `seen` is what clips leave of it.
    pub(super) fn image(&mut self, mark: &ImageMark, seen: Option<Rect>) {
        let placed = (mark.outline, seen);
        let mut one = self.object(mark.appearance, Painted::Image, placed, (mark.effect, true));
        one.stencil = mark.colour.is_none();
        self.filled = None;
        let visible = one.visible;
        let _ = self.add(one);
        if let (Some(below), Some(seen), true) = (&mut self.below, seen, visible) {
            below.add(seen, None, Some(mark.appearance.colour));
        }
    }

    /// The kinds of objects, in the order in which they are first painted, and why not all could be told apart.
    pub(super) fn finish(mut self) -> (Vec<ObjectUse>, Option<String>) {
        self.flush();
        let why = if self.below.as_ref().is_some_and(Underlay::is_exhausted) {
            Some("so much is painted that what lies on what was not looked at in full")
        } else if self.has_more {
            Some("it has more kinds of objects than the limit")
        } else {
            None
        };
        (self.uses, why.map(str::to_owned))
    }

    fn object(
        &mut self,
        appearance: Appearance,
        on: Painted,
        (outline, seen): (Rect, Option<Rect>),
        (effect, on_ink): (PaintEffect, bool),
    ) -> ObjectUse {
        let overlaps = match (on, seen, &mut self.below) {
            (Painted::Text | Painted::Image, Some(seen), Some(below)) => {
                below.is_under(seen, appearance.colour)
            }
            _ => false,
        };
        let on_ink = if self.below.is_some() {
            overlaps
        } else {
            on_ink
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
            visible: is_visible(effect, seen, on_ink),
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
            let _ = self.add(one);
        }
    }

    /// Adds an object; gives where its kind stands.
    fn add(&mut self, mut one: ObjectUse) -> Option<usize> {
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
        if let Some(place) = self.known.get(&kind).copied() {
            if let Some(known) = self.uses.get_mut(place) {
                known.count = known.count.saturating_add(1);
            }
            return Some(place);
        }
        if self.uses.len() >= KINDS {
            self.has_more = true;
            return None;
        }
        self.known.insert(kind, self.uses.len());
        self.uses.push(one);
        self.uses.len().checked_sub(1)
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

/// Whether a stroke runs along the edge of what was filled just before.
fn is_outline_of(mark: &PathMark<'_>, filled: Rect) -> bool {
    let around = filled.inflate(f64::from(mark.width) / 2.0);
    let slack = f64::from(mark.width).max(0.5);
    mark.mode == PathMode::Stroke
        && around.contains(mark.outline, slack)
        && mark.outline.contains(around, slack)
}

/// Whether a white path hides what lies below it.
fn hides(mark: &PathMark<'_>) -> bool {
    let look = &mark.appearance;
    mark.mode == PathMode::Fill && !look.is_transparent() && !look.overprint
}

/// Whether a filled rectangle is so thin that it is a line.
fn is_thin(area: Rect) -> bool {
    let (width, height) = (area.width(), area.height());
    let (short, long) = (width.min(height), width.max(height));
    short <= THICK && long >= SHORT && long >= SLENDER * short
}
