//! The graphics state: everything that decides where and how the next operator paints.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Cap, Join, Rect, Vec2};

use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::stroke::Pen;
use crate::pdf::interpreting::visitor::{Appearance, PaintEffect};
use crate::pdf::interpreting::ways::Ways;
use crate::pdf::separations::CoverageMask;
use crate::pdf::separations::SoftMaskPixels;
use crate::pdf::separations::transfer::Transfer;

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
    /// Nothing outside is painted; on the page as seen.
    pub(crate) clip: Rect,
    pub(crate) fill: Paint<'p>,
    pub(crate) stroke: Paint<'p>,
    pub(crate) pen: Pen,
    pub(crate) text: TextState<'p>,
    /// The extent of the soft mask in force, outside which nothing shows.
    pub(crate) mask: Option<Rect>,
    /// Whether a soft mask is in force, whatever its extent.
    pub(crate) masked: bool,
    /// Whether that mask is a drawing.
    pub(crate) has_artwork: bool,
    pub(crate) blend: Blend,
    /// Overprint mode 1: DeviceCMYK without an ink leaves that ink as it is.
    pub(crate) opm_nonzero: bool,
    /// The true clip; only kept while plates are made.
    pub(crate) clip_mask: Option<Rc<CoverageMask>>,
    /// The soft mask in force, pixel by pixel; only kept while plates are made.
    pub(crate) soft_mask: Option<Rc<SoftMaskPixels>>,
    /// Whether a group around is seen through a soft mask.
    pub(crate) in_soft_masked_group: bool,
    /// Whether a rectangle painted now is seen whole and as it is: only upright rectangles clip it, and no group around
    /// lets anything through.
    pub(crate) whole: bool,
    /// How opaque the groups around are, together.
    pub(crate) groups: f64,
    /// What the press is to make of amounts of ink.
    pub(crate) transfer: Option<Rc<Transfer>>,
    /// Other settings in force that are the press's business.
    pub(crate) settings: Ways,
}

impl<'p> State<'p> {
    /// The state a page starts in.
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
            clip_mask: None,
            soft_mask: None,
            in_soft_masked_group: false,
            whole: true,
            groups: 1.0,
            transfer: None,
            settings: Ways::NONE,
        }
    }

    /// How a mark in `paint` looks.
    pub(crate) fn appearance(&self, paint: &Paint<'p>) -> Appearance {
        let alpha = paint.alpha as f32;
        Appearance {
            colour: paint.colour,
            overprint: paint.overprint,
            alpha,
            groups: self.groups as f32,
            blend: self.blend,
            masked: self.masked,
            has_artwork: paint.has_artwork || self.has_artwork,
            within: paint.within.with(self.settings),
        }
    }

    /// What painting with `paint` leaves. White is no more than paper only as long as it covers.
    pub(crate) fn effect(&self, paint: &Paint<'p>) -> PaintEffect {
        match paint.effect() {
            PaintEffect::White if self.blend.brings_ink() => PaintEffect::Ink,
            ink => ink,
        }
    }

    /// What clip and soft mask leave of `area`, if anything.
    pub(crate) fn seen(&self, area: Rect) -> Option<Rect> {
        let cut = meet(area, self.clip)?;
        match self.mask {
            Some(mask) => meet(cut, mask),
            None => Some(cut),
        }
    }
}

/// What two rectangles share; touching edges count, so that hairlines survive.
pub(crate) fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let r = Rect {
        x0: a.x0.max(b.x0),
        y0: a.y0.max(b.y0),
        x1: a.x1.min(b.x1),
        y1: a.y1.min(b.y1),
    };
    (r.x0 <= r.x1 && r.y0 <= r.y1).then_some(r)
}

/// Line ends by their number in the file.
pub(crate) fn cap(number: i64) -> Cap {
    match number {
        1 => Cap::Round,
        2 => Cap::Square,
        _ => Cap::Butt,
    }
}

/// Corners by their number in the file.
pub(crate) fn join(number: i64) -> Join {
    match number {
        1 => Join::Round,
        2 => Join::Bevel,
        _ => Join::Miter,
    }
}
