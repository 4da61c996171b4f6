//! Text operators: reports every glyph with its extent, in every rendering mode.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::{Affine, Shape, Vec2};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::glyph_line::GlyphLine;
use crate::pdf::interpreting::painter::Glyph;
use crate::pdf::interpreting::show_array::TextItem;
use crate::pdf::interpreting::state::EM;
use crate::pdf::interpreting::visitor::GlyphMode;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::affine;
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
                    self.painter.clip_to_text();
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
            if painted && shape.damaged && line.mode != GlyphMode::Invisible {
                let name = font.identity.name.clone();
                self.cx.trouble(Trouble::DamagedGlyph(name));
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
                let glyph = Glyph {
                    font: &font,
                    code,
                    shape: &shape,
                    line: &line,
                    step,
                    resources,
                };
                if line.clips && shape.ink.is_some() && !font.is_type3() {
                    self.clip_later(&glyph);
                }
                self.painter.glyph(self.cx, &self.state, &glyph)?;
            }
            line.pen += step;
        }
        self.state.text.advance(line.pen);
        Ok(())
    }

    /// Adds a glyph to what will clip at the end of the text object.
    fn clip_later(&mut self, glyph: &Glyph<'_, 'p>) {
        let filled = (self.state.ctm * glyph.outline(&self.state)).bounding_box();
        if filled.is_finite() {
            self.text_clip = Some(self.text_clip.map_or(filled, |t| t.union(filled)));
        }
    }
}
