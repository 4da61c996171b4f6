//! The painter that measures: it finds the extent of every mark and reports it to a visitor.

use hayro_font::FontGlyph;
use hayro_font::kurbo::{Affine, BezPath, Rect, Shape, Vec2};

use crate::model::facts::SpaceKind;
use crate::model::geometry;
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::extent::Extent;
use crate::pdf::interpreting::hiding::is_upright_rectangle;
use crate::pdf::interpreting::outline::PathShape;
use crate::pdf::interpreting::painter::{ClipPath, Glyph, Image, Painter, ShadingFill};
use crate::pdf::interpreting::pen_width::pen_width;
use crate::pdf::interpreting::state::{EM, State};
use crate::pdf::interpreting::stroke;
use crate::pdf::interpreting::visitor::{
    GlyphMark, GlyphMode, PaintEffect, PathMark, PathMode, Visitor,
};
use crate::pdf::objects::plain;
use crate::pdf::separations::Group;

/// Reports marks to a visitor.
pub(crate) struct BoundsPainter<'v, 'p> {
    visitor: &'v mut (dyn Visitor<'p> + 'v),
    /// The parts of the path being reported, kept to reuse the allocation.
    parts: Vec<geometry::Rect>,
}

impl<'v, 'p> BoundsPainter<'v, 'p> {
    pub(crate) fn new(visitor: &'v mut (dyn Visitor<'p> + 'v)) -> Self {
        Self {
            visitor,
            parts: Vec::new(),
        }
    }

    /// Reports a path, its parts being known.
    fn report(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        (mode, extent, hides): (PathMode, &Extent, bool),
        shape: PathShape<'_>,
    ) {
        let Some(area) = extent.area.filter(|a| a.is_finite()) else {
            return;
        };
        let paint = match mode {
            PathMode::Stroke => &state.stroke,
            _ => &state.fill,
        };
        if extent.seen.is_some() {
            cx.spend_further(paint.cell);
        }
        let mark = PathMark {
            mode,
            effect: state.effect(paint),
            outline: plain(area),
            seen: extent.seen.map(plain),
            hides,
            parts: &self.parts,
            appearance: state.appearance(paint),
            width: shape.width as f32,
            cell: paint.marks.as_deref().unwrap_or_default(),
            shape: Some(shape),
        };
        self.visitor.path(&mark);
    }
}

impl<'p> Painter<'p> for BoundsPainter<'_, 'p> {
    fn fill(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
        even_odd: bool,
    ) -> Result<(), Stop> {
        self.parts.clear();
        let extent = state.filled(path, |r| self.parts.push(plain(r)));
        let hides = state.hides(&state.fill) && is_upright_rectangle(path, state.ctm);
        let shape = PathShape {
            path,
            ctm: state.ctm,
            even_odd: Some(even_odd),
            width: 0.0,
        };
        self.report(cx, state, (PathMode::Fill, &extent, hides), shape);
        Ok(())
    }

    fn stroke(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
    ) -> Result<(), Stop> {
        self.parts.clear();
        let extent = state.stroked(path, |r| self.parts.push(plain(r)));
        let width = pen_width(path, &state.pen, state.ctm);
        let shape = PathShape {
            path,
            ctm: state.ctm,
            even_odd: None,
            width,
        };
        self.report(cx, state, (PathMode::Stroke, &extent, false), shape);
        Ok(())
    }

    fn glyph(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        glyph: &Glyph<'_, 'p>,
    ) -> Result<(), Stop> {
        let Glyph {
            font, shape, line, ..
        } = *glyph;
        let origin = line.on_page(line.pen);
        let outline = match shape.ink {
            None => None,
            // Most glyphs are neither stroked nor clip: their boxes are known, and no outline is built.
            Some(ink) if !line.strokes() && !line.clips || font.is_type3() => {
                if line.upright {
                    Some(line.place(ink, origin))
                } else {
                    askew(cx, glyph)?
                }
            }
            Some(_) => outlined(state, glyph),
        };
        let outline = outline.filter(Rect::is_finite);
        let moved = line.along * glyph.step.x + line.across * glyph.step.y;
        let advance = moved.hypot();
        let seen = outline.and_then(|o| state.seen(o));
        let (appearance, effect, further) =
            if font.is_type3() && (shape.drawn.is_some() || line.mode != GlyphMode::Fill) {
                cx.drawn_looks(state, shape.drawn.as_deref(), line)
            } else if line.mode == GlyphMode::FillStroke
                && state.effect(&state.stroke) != PaintEffect::None
            {
                let edge = state.appearance(&state.stroke);
                (line.appearance, line.effect, vec![edge])
            } else {
                (line.appearance, line.effect, Vec::new())
            };
        let mark = GlyphMark {
            font: &font.identity,
            size: line.height as f32,
            outline: outline.map(plain),
            seen: seen.map(plain),
            filled: if line.upright && line.mode == GlyphMode::Fill {
                shape.filled
            } else {
                1.0
            },
            mode: line.mode,
            effect,
            origin: [origin.x as f32, origin.y as f32],
            along: if advance > 0.0 {
                [(moved.x / advance) as f32, (moved.y / advance) as f32]
            } else {
                [1.0, 0.0]
            },
            advance: advance as f32,
            appearance,
            missing: shape.missing,
            block: shape.block,
            further: &further,
        };
        self.visitor.glyph(&mark, &|out| shape.text.append_to(out));
        Ok(())
    }

    fn image(
        &mut self,
        _cx: &mut Context<'p, '_>,
        _state: &State<'p>,
        image: &Image<'_, 'p>,
    ) -> Result<(), Stop> {
        self.visitor.image(image.mark, &image.picture);
        Ok(())
    }

    fn shading(
        &mut self,
        _cx: &mut Context<'p, '_>,
        state: &State<'p>,
        fill: &ShadingFill<'_, 'p>,
    ) -> Result<(), Stop> {
        let mut appearance = state.appearance(&state.fill);
        appearance.has_artwork |= fill.shading.is_stepped();
        appearance.colour = fill.colour;
        let mark = PathMark {
            mode: PathMode::Shading,
            effect: if state.fill.alpha <= 0.0 {
                PaintEffect::None
            } else {
                PaintEffect::Ink
            },
            outline: plain(fill.area),
            seen: state.seen(fill.area).map(plain),
            hides: false,
            parts: &[],
            appearance,
            width: 0.0,
            cell: &[],
            shape: None,
        };
        self.visitor.path(&mark);
        Ok(())
    }

    fn clip(&mut self, _state: &State<'p>, clip: &ClipPath<'_>) {
        if let Some(area) = clip.area {
            self.visitor.clip(plain(area), clip.parts);
        }
    }

    fn push_group(&mut self, state: &State<'p>, _kind: Option<Group>, area: Rect) {
        let appearance = state.appearance(&state.fill);
        if appearance.is_transparent()
            && let Some(seen) = state.seen(area)
        {
            self.visitor.group(appearance, plain(seen));
        }
    }

    fn group_space(&mut self, space: SpaceKind) {
        self.visitor.group_space(space);
    }

    fn settings(&mut self, settings: Compositing, area: Rect) {
        self.visitor.settings(settings, plain(area));
    }
}

/// The exact extent of a glyph that stands neither upright nor on its side.
fn askew<'p>(cx: &mut Context<'p, '_>, glyph: &Glyph<'_, 'p>) -> Result<Option<Rect>, Stop> {
    let Glyph {
        font, code, shape, ..
    } = *glyph;
    let em = glyph.em();
    if let Some(known) = font.askew(code, em) {
        return Ok(known);
    }
    let at_zero = em.with_translation(Vec2::ZERO);
    let area = match font.font.glyph(font.font.map_code(code), code) {
        FontGlyph::Outline(outline) => {
            Some((at_zero * shape.placement * outline.outline()).bounding_box())
        }
        FontGlyph::Type3(program) => {
            cx.spend(1)?;
            let base = at_zero * shape.placement * Affine::scale(EM);
            cx.drawn(&program, base, glyph.resources)?.ink
        }
    };
    font.set_askew(code, em, area);
    Ok(area.map(|a| a + em.translation()))
}

/// The exact extent of a glyph whose outline is stroked or clips.
fn outlined(state: &State<'_>, glyph: &Glyph<'_, '_>) -> Option<Rect> {
    let line = glyph.line;
    let path = glyph.outline(state);
    let mut area = None;
    if line.strokes() {
        stroke::pieces(&path, &state.pen, state.ctm, |r| {
            area = Some(area.map_or(r, |a: Rect| a.union(r)));
        });
    }
    if line.mode != GlyphMode::Stroke {
        let filled = (state.ctm * path).bounding_box();
        area = Some(area.map_or(filled, |a| filled.union(a)));
    }
    area
}
