//! The placement and paint of the glyphs of one string.

use hayro_font::kurbo::{Affine, Rect, Vec2};

use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::{Appearance, GlyphMode, PaintEffect};

/// What the glyphs of one string share: placement and paint.
pub(crate) struct GlyphLine {
    /// From thousandths of the em to the page, at the start of the string.
    pub(crate) em: Affine,
    /// Where the origin has moved since, in text space.
    pub(crate) pen: Vec2,
    /// One unit of text space along and across the line, on the page.
    pub(crate) along: Vec2,
    pub(crate) across: Vec2,
    /// The em on the page, in points.
    pub(crate) height: f64,
    /// Whether glyphs are upright or turned by quarters, so that boxes stay boxes.
    pub(crate) upright: bool,
    /// How glyphs are painted.
    pub(crate) mode: GlyphMode,
    /// Whether they narrow the clip once the text object ends.
    pub(crate) clips: bool,
    /// The effect of their paint.
    pub(crate) effect: PaintEffect,
    /// Their appearance; of glyphs both filled and stroked, that of the fill.
    pub(crate) appearance: Appearance,
}

impl GlyphLine {
    /// From the state at the start of the string.
    pub(crate) fn new(state: &State<'_>) -> Self {
        let text = &state.text;
        let line = state.ctm * text.matrix;
        let em = line * text.em();
        let [a, b, c, d, ..] = em.as_coeffs();
        let [la, lb, lc, ld, ..] = line.as_coeffs();
        let (mode, effect) = match text.mode {
            1 | 5 => (GlyphMode::Stroke, state.effect(&state.stroke)),
            2 | 6 => (GlyphMode::FillStroke, both(state)),
            3 | 7 => (GlyphMode::Invisible, PaintEffect::None),
            _ => (GlyphMode::Fill, state.effect(&state.fill)),
        };
        let x_axis = la.hypot(lb);
        Self {
            em,
            pen: Vec2::ZERO,
            along: Vec2::new(la, lb),
            across: Vec2::new(lc, ld),
            height: if x_axis > 0.0 {
                (line.determinant() / x_axis).abs() * text.size.abs()
            } else {
                0.0
            },
            upright: (b.abs() < 1e-9 && c.abs() < 1e-9) || (a.abs() < 1e-9 && d.abs() < 1e-9),
            mode,
            clips: (4..=7).contains(&text.mode),
            effect,
            appearance: state.appearance(if mode == GlyphMode::Stroke {
                &state.stroke
            } else {
                &state.fill
            }),
        }
    }

    /// Whether outlines are stroked.
    pub(crate) fn strokes(&self) -> bool {
        matches!(self.mode, GlyphMode::Stroke | GlyphMode::FillStroke)
    }

    /// Where on the page the origin lies after moving by `pen` in text space.
    pub(crate) fn on_page(&self, pen: Vec2) -> Vec2 {
        self.em.translation() + self.along * pen.x + self.across * pen.y
    }

    /// A box in thousandths of the em on the page, for glyphs that stand upright or on a side.
    pub(crate) fn place(&self, ink: Rect, origin: Vec2) -> Rect {
        let [a, b, c, d, ..] = self.em.as_coeffs();
        Rect::new(
            a * ink.x0 + c * ink.y0 + origin.x,
            b * ink.x0 + d * ink.y0 + origin.y,
            a * ink.x1 + c * ink.y1 + origin.x,
            b * ink.x1 + d * ink.y1 + origin.y,
        )
        .abs()
    }
}

fn both(state: &State<'_>) -> PaintEffect {
    match (state.effect(&state.fill), state.effect(&state.stroke)) {
        (PaintEffect::Ink, _) | (_, PaintEffect::Ink) => PaintEffect::Ink,
        (PaintEffect::White, _) | (_, PaintEffect::White) => PaintEffect::White,
        _ => PaintEffect::None,
    }
}
