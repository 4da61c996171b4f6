//! Text operators: reports every glyph with its extent, in every rendering mode.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::FontGlyph;
use hayro_font::kurbo::{Affine, Rect, Shape, Vec2};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use crate::pdf::fonts::cache::{FontEntry, GlyphShape};
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::glyph_line::{EM, GlyphLine};
use crate::pdf::interpreting::show_array::TextItem;
use crate::pdf::interpreting::stroke;
use crate::pdf::interpreting::visitor::{GlyphMark, GlyphMode, PaintEffect};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{affine, plain};
use crate::pdf::reading::trouble::Trouble;

impl<'p> Walker<'p, '_, '_> {
    pub(crate) fn text_operator(
        &mut self,
        operator: &Op<'_, '_>,
        resources: &Resources<'p>,
        fonts: &mut HashMap<Vec<u8>, Option<Rc<FontEntry<'p>>>>,
    ) -> Result<(), Stop> {
        match operator {
            Op::BeginText(_) => {
                self.state.text.matrix = Affine::IDENTITY;
                self.state.text.line_matrix = Affine::IDENTITY;
            }
            Op::EndText(_) => {
                if let Some(area) = self.text_clip.take() {
                    self.state.whole = false;
                    self.clip_to(area);
                }
                if let Some(outlines) = self.text_cut.take() {
                    self.clip_plates(&outlines, Affine::IDENTITY, false);
                }
            }
            Op::SetTextMatrix(m) => {
                let m = affine([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.state.text.matrix = m;
                self.state.text.line_matrix = m;
            }
            Op::TextFont(f) => {
                self.state.text.size = f.1.as_f64();
                let name: &[u8] = f.0.as_ref();
                let font = match fonts.get(name) {
                    Some(font) => font.clone(),
                    None => {
                        let font = resources
                            .get_font(f.0)
                            .and_then(|dict| self.cx.fonts.font(&dict, self.cx.deleted));
                        fonts.insert(name.to_vec(), font.clone());
                        font
                    }
                };
                self.state.text.font = font;
            }
            Op::CharacterSpacing(n) => self.state.text.char_space = n.0.as_f64(),
            Op::WordSpacing(n) => self.state.text.word_space = n.0.as_f64(),
            Op::HorizontalScaling(n) => self.state.text.stretch = n.0.as_f64() / 100.0,
            Op::TextLeading(n) => self.state.text.leading = n.0.as_f64(),
            Op::TextRise(n) => self.state.text.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => self.state.text.mode = n.0.as_i64(),
            Op::NextLine(n) => self.state.text.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                self.state.text.leading = -n.1.as_f64();
                self.state.text.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.new_line(),
            Op::ShowText(s) => self.show(s.0.as_bytes(), resources)?,
            Op::NextLineAndShowText(s) => {
                self.new_line();
                self.show(s.0.as_bytes(), resources)?;
            }
            Op::ShowTextWithParameters(s) => {
                self.state.text.word_space = s.0.as_f64();
                self.state.text.char_space = s.1.as_f64();
                self.new_line();
                self.show(s.2.as_bytes(), resources)?;
            }
            Op::ShowTexts(s) => {
                if self.show_plain(s.0.data(), resources)? {
                    return Ok(());
                }
                for item in s.0.iter::<Object<'_>>() {
                    match item {
                        Object::Number(n) => self.kern(n.as_f64()),
                        Object::String(text) => self.show(text.as_bytes(), resources)?,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Shows a `TJ` array of plain strings and kerns; false if it holds anything else.
    fn show_plain(&mut self, source: &[u8], resources: &Resources<'p>) -> Result<bool, Stop> {
        let mut array = std::mem::take(&mut self.array);
        let plain = array.read(source);
        let mut result = Ok(plain);
        if plain {
            for item in array.items() {
                match *item {
                    TextItem::Kern(by) => self.kern(by),
                    TextItem::Text(from, to) => {
                        if let Err(stop) = self.show(array.text(from, to), resources) {
                            result = Err(stop);
                            break;
                        }
                    }
                }
            }
        }
        self.array = array;
        result
    }

    fn new_line(&mut self) {
        let leading = self.state.text.leading;
        self.state.text.next_line(0.0, -leading);
    }

    /// Moves back along the line by thousandths of the em.
    fn kern(&mut self, by: f64) {
        let text = &mut self.state.text;
        let distance = -by / EM * text.size;
        if text.font.as_ref().is_none_or(|f| f.font.is_horizontal()) {
            text.advance(Vec2::new(distance * text.stretch, 0.0));
        } else {
            text.advance(Vec2::new(0.0, distance));
        }
    }

    fn show(&mut self, bytes: &[u8], resources: &Resources<'p>) -> Result<(), Stop> {
        if self.state.text.font.is_none() {
            self.state.text.font = self.cx.fonts.fallback();
        }
        let Some(font) = self.state.text.font.clone() else {
            return Ok(());
        };
        // Viewers substitute a font only where the bytes are plain letters.
        let painted = self.shows() && (!font.stand_in || bytes.is_ascii());
        if (font.stand_in || font.damaged) && painted {
            self.cx.trouble(Trouble::Font);
        }
        let text = &self.state.text;
        let (size, stretch, char_space) = (text.size, text.stretch, text.char_space);
        let word_space = text.word_space;
        let horizontal = font.font.is_horizontal();
        font.draw_with(resources);
        let walk = self.cx.fonts.walk.get();
        let mut line = GlyphLine::new(&self.state);
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = font.read_code(bytes, at);
            at += length;
            let mut shape = font.shape(code);
            if let Some(program) = &shape.program {
                self.cx.spend(1)?;
                let run = self
                    .cx
                    .drawn(&program.clone(), Affine::scale(EM), resources)?;
                shape = font.set_ink(code, run);
                font.spends(code, walk);
            } else if shape.cost > 0 && font.spends(code, walk) {
                self.cx.spend(shape.cost + 1)?;
            }
            if painted && shape.empty && font.identity.embedded && line.mode != GlyphMode::Invisible
            {
                self.cx
                    .trouble(Trouble::Undrawn(font.identity.name.clone()));
            }
            if painted && let Some(troubles) = &shape.troubles {
                self.cx.troubles.extend(troubles);
            }
            let mut space = char_space;
            if code == 32 && length == 1 {
                space += word_space;
            }
            let step = if horizontal {
                Vec2::new((shape.advance.x / EM * size + space) * stretch, 0.0)
            } else {
                Vec2::new(0.0, shape.advance.y / EM * size + space)
            };
            if painted {
                // Glyphs count as operators: they cost as much.
                self.cx.spend(1)?;
                let drawing = shape
                    .cost
                    .saturating_add(shape.further)
                    .saturating_add(self.state.fill.cell);
                self.cx.spend_further(drawing);
                self.glyph(&font, code, &shape, &line, step, resources)?;
            }
            line.pen += step;
        }
        self.state.text.advance(line.pen);
        Ok(())
    }

    fn glyph(
        &mut self,
        font: &Rc<FontEntry<'p>>,
        code: u32,
        shape: &GlyphShape<'p>,
        line: &GlyphLine,
        step: Vec2,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let origin = line.on_page(line.pen);
        let outline = match shape.ink {
            None => None,
            Some(ink) if line.mode == GlyphMode::Fill && !line.clips || font.is_type3() => {
                if line.upright {
                    Some(line.place(ink, origin))
                } else {
                    self.askew(
                        font,
                        code,
                        shape,
                        line.em.with_translation(origin),
                        resources,
                    )?
                }
            }
            Some(_) => self.outlined(font, code, shape, line),
        };
        let outline = outline.filter(Rect::is_finite);
        let moved = line.along * step.x + line.across * step.y;
        let advance = moved.hypot();
        let seen = outline.and_then(|o| self.state.seen(o));
        let (appearance, effect, further) =
            if font.is_type3() && (shape.drawn.is_some() || line.mode != GlyphMode::Fill) {
                self.cx
                    .drawn_looks(&self.state, shape.drawn.as_deref(), line)
            } else if line.mode == GlyphMode::FillStroke
                && self.state.effect(&self.state.stroke) != PaintEffect::None
            {
                let edge = self.state.appearance(&self.state.stroke);
                (line.appearance, line.effect, vec![edge])
            } else {
                (line.appearance, line.effect, Vec::new())
            };
        let mark = GlyphMark {
            font: &font.identity,
            size: line.height as f32,
            outline: outline.map(plain),
            seen: seen.map(plain),
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
        if self.plates.is_some() && outline.is_some() {
            let em = line.em.with_translation(origin);
            self.lay_glyph(font, code, shape, line, em, resources)?;
        }
        Ok(())
    }

    /// The exact extent of a filled glyph that stands neither upright nor on its side.
    fn askew(
        &mut self,
        font: &FontEntry<'p>,
        code: u32,
        shape: &GlyphShape<'p>,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<Option<Rect>, Stop> {
        if let Some(known) = font.askew(code, em) {
            return Ok(known);
        }
        let at_zero = em.with_translation(Vec2::ZERO);
        let area = match font.font.glyph(font.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => {
                Some((at_zero * shape.placement * glyph.outline()).bounding_box())
            }
            FontGlyph::Type3(program) => {
                self.cx.spend(1)?;
                let base = at_zero * shape.placement * Affine::scale(EM);
                self.cx.drawn(&program, base, resources)?.ink
            }
        };
        font.set_askew(code, em, area);
        Ok(area.map(|a| a + em.translation()))
    }

    /// The exact extent of a glyph whose outline is stroked or clips.
    fn outlined(
        &mut self,
        font: &FontEntry<'p>,
        code: u32,
        shape: &GlyphShape<'p>,
        line: &GlyphLine,
    ) -> Option<Rect> {
        let text = &self.state.text;
        let em = text.matrix
            * Affine::translate(line.pen)
            * Affine::new([
                text.size * text.stretch / EM,
                0.0,
                0.0,
                text.size / EM,
                0.0,
                text.rise,
            ]);
        let path = em * shape.placement * font.outline(code);
        let filled = (self.state.ctm * path.clone()).bounding_box();
        if line.clips && filled.is_finite() {
            self.text_clip = Some(self.text_clip.map_or(filled, |t| t.union(filled)));
        }
        let mut area = (line.mode != GlyphMode::Stroke).then_some(filled);
        if matches!(line.mode, GlyphMode::Stroke | GlyphMode::FillStroke) {
            stroke::pieces(&path, &self.state.pen, self.state.ctm, |r| {
                area = Some(area.map_or(r, |a| a.union(r)));
            });
        }
        area
    }
}
