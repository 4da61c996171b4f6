//! The graphics state of ISO 32000, 8.4.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Cap, Join, Rect, Vec2};

use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::stroke::Pen;
use crate::pdf::interpreting::visitor::{Appearance, PaintEffect};
use crate::pdf::separations::transfer::Transfer;

/// Thousandths of the em.
pub(crate) const EM: f64 = 1000.0;

/// Text parameters; the matrices live here because `q` saves them in every reader in use.
#[derive(Clone)]
pub(crate) struct TextState<'p> {
    pub(crate) font: Option<Rc<FontEntry<'p>>>,
    pub(crate) size: f64,
    pub(crate) char_space: f64,
    pub(crate) word_space: f64,
    /// 1 is unscaled.
    pub(crate) stretch: f64,
    pub(crate) leading: f64,
    pub(crate) rise: f64,
    pub(crate) mode: i64,
    pub(crate) matrix: Affine,
    pub(crate) line_matrix: Affine,
}

impl TextState<'_> {
    /// From thousandths of the em to text space.
    pub(crate) fn em(&self) -> Affine {
        let (width, height) = (self.size * self.stretch / EM, self.size / EM);
        Affine::new([width, 0.0, 0.0, height, 0.0, self.rise])
    }

    fn new() -> Self {
        Self {
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
        }
    }

    /// Starts a line at an offset from the start of the last one.
    pub(crate) fn next_line(&mut self, tx: f64, ty: f64) {
        self.line_matrix *= Affine::translate((tx, ty));
        self.matrix = self.line_matrix;
    }

    /// Moves the pen along the line.
    pub(crate) fn advance(&mut self, by: Vec2) {
        self.matrix *= Affine::translate(by);
    }
}

/// The graphics state.
#[derive(Clone)]
pub(crate) struct State<'p> {
    /// From user space to the page as seen.
    pub(crate) ctm: Affine,
    /// The bounds of the clip, on the page as seen.
    pub(crate) clip: Rect,
    pub(crate) fill: Paint<'p>,
    pub(crate) stroke: Paint<'p>,
    pub(crate) pen: Pen,
    pub(crate) text: TextState<'p>,
    /// The extent of the current soft mask, outside which it is zero.
    pub(crate) mask: Option<Rect>,
    /// Whether there is a current soft mask.
    pub(crate) masked: bool,
    /// Whether the group of that mask is artwork.
    pub(crate) has_artwork: bool,
    pub(crate) blend: Blend,
    /// Overprint mode 1: DeviceCMYK components of 0 leave their colorants unchanged.
    pub(crate) opm_nonzero: bool,
    /// Whether an enclosing group is composited through a soft mask.
    pub(crate) in_soft_masked_group: bool,
    /// Whether a rectangle painted now shows whole and opaque: all clips are upright rectangles, all enclosing groups
    /// opaque.
    pub(crate) whole: bool,
    /// The product of the enclosing groups' alpha.
    pub(crate) groups: f64,
    /// The current transfer functions.
    pub(crate) transfer: Option<Rc<Transfer>>,
    /// Other device-dependent settings in force.
    pub(crate) settings: Compositing,
    /// The base of patterns: the CTM of the page or form being run.
    pub(crate) root: Affine,
    /// Whether colour operators are ignored: in uncoloured cells and glyphs.
    pub(crate) fixed_colour: bool,
}

impl<'p> State<'p> {
    /// The initial state of content, `ctm` its base.
    pub(crate) fn new(ctm: Affine, clip: Rect, black: Paint<'p>) -> Self {
        Self {
            ctm,
            clip,
            fill: black.clone(),
            stroke: black,
            pen: Pen {
                width: 1.0,
                cap: Cap::Butt,
                join: Join::Miter,
                miter_limit: 10.0,
                dash: None,
            },
            text: TextState::new(),
            mask: None,
            masked: false,
            has_artwork: false,
            blend: Blend::Normal,
            opm_nonzero: false,
            in_soft_masked_group: false,
            whole: true,
            groups: 1.0,
            transfer: None,
            settings: Compositing::NONE,
            root: ctm,
            fixed_colour: false,
        }
    }

    /// The appearance of a mark in `paint`.
    pub(crate) fn appearance(&self, paint: &Paint<'p>) -> Appearance {
        let alpha = paint.alpha as f32;
        Appearance {
            colour: paint.colour,
            overprint: paint.overprint,
            nonzero: self.opm_nonzero,
            alpha,
            groups: self.groups as f32,
            blend: self.blend,
            masked: self.masked,
            has_artwork: paint.has_artwork || self.has_artwork,
            within: paint.within.with(self.settings),
        }
    }

    /// The effect of painting with `paint`. White equals bare paper only if its blend mode adds no ink.
    pub(crate) fn effect(&self, paint: &Paint<'p>) -> PaintEffect {
        match paint.effect() {
            PaintEffect::White if self.blend.brings_ink() => PaintEffect::Ink,
            ink => ink,
        }
    }

    /// The part of `area` inside clip and soft mask, if any.
    pub(crate) fn seen(&self, area: Rect) -> Option<Rect> {
        let cut = meet(area, self.clip)?;
        match self.mask {
            Some(mask) => meet(cut, mask),
            None => Some(cut),
        }
    }
}

/// The intersection of two rectangles; touching edges count, so that hairlines survive.
pub(crate) fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let r = Rect {
        x0: a.x0.max(b.x0),
        y0: a.y0.max(b.y0),
        x1: a.x1.min(b.x1),
        y1: a.y1.min(b.y1),
    };
    (r.x0 <= r.x1 && r.y0 <= r.y1).then_some(r)
}

/// The line cap of a number.
pub(crate) fn cap(number: i64) -> Cap {
    match number {
        1 => Cap::Round,
        2 => Cap::Square,
        _ => Cap::Butt,
    }
}

/// The line join of a number.
pub(crate) fn join(number: i64) -> Join {
    match number {
        1 => Join::Round,
        2 => Join::Bevel,
        _ => Join::Miter,
    }
}
