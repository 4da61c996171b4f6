//! Runs the programs of Type 3 glyphs: once a file for their extent and colours, and at each placement for the
//! separations.

use std::rc::Rc;

use hayro_font::Type3Glyph;
use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::model::facts::SpaceKind;
use crate::pdf::colour::Palette;
use crate::pdf::fonts::type3::{Type3Paint, Type3Run};
use crate::pdf::interpreting::glyph_line::{EM, GlyphLine};
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::text::WIDE;
use crate::pdf::interpreting::visitor::{Appearance, BoundsVisitor, GlyphMode, PaintEffect};
use crate::pdf::interpreting::walk::{Stop, Walker};
use crate::pdf::reading::trouble::{Thing, Trouble};

impl<'p> Walker<'p, '_> {
    /// Runs a glyph's program under the matrix `em`, for its extent and how it paints.
    pub(in crate::pdf) fn drawn(
        &mut self,
        glyph: &Type3Glyph<'p>,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<Type3Run, Stop> {
        let Some(program) = glyph.program() else {
            return Ok(Type3Run::default());
        };
        let key = program.dict().data().as_ptr() as usize;
        if self.running.len() >= self.limits.nesting || self.running.contains(&key) {
            self.trouble(Trouble::Nesting);
            return Ok(Type3Run::default());
        }
        // They are reported again wherever the glyph is set.
        let before = *self.budget;
        let further = std::mem::take(self.further);
        let outer = std::mem::take(self.troubles);
        let run = self.run_glyph(glyph, program, key, em, resources);
        let troubles = std::mem::replace(self.troubles, outer);
        self.troubles.extend(&troubles);
        let inner = std::mem::replace(self.further, further);
        let mut run = run?;
        run.cost = before.saturating_sub(*self.budget);
        run.further = inner;
        run.troubles = (!troubles.is_empty()).then(|| Rc::new(troubles));
        Ok(run)
    }

    fn run_glyph(
        &mut self,
        glyph: &Type3Glyph<'p>,
        program: &Stream<'p>,
        key: usize,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<Type3Run, Stop> {
        let Some(content) = self.content(Thing::Glyph, program) else {
            return Ok(Type3Run::default());
        };
        let own = program
            .dict()
            .get(b"Resources")
            .or_else(|| glyph.font().resources())
            .map(Resources::new);
        let base = em * glyph.font().matrix();
        // Two marker colours that no space has show which marks take the colour of the text.
        let mut palette = Palette::new(self.palette.converter());
        let mut inherited = |mark: f32| {
            let mut paint = Paint::black(self.spaces, &mut Palette::new(self.palette.converter()));
            paint.space = Rc::clone(self.spaces.unknown());
            (paint.colour, paint.inks) = palette.colour(&paint.space, &[mark]);
            paint
        };
        let (fill, stroke) = (inherited(1.0), inherited(2.0));
        let mut state = State::new(base, WIDE, fill);
        state.stroke = stroke;
        let mut extent = BoundsVisitor::default();
        let mut running = self.running.clone();
        running.push(key);
        let mut walker = Walker {
            visitor: &mut extent,
            palette: &mut palette,
            running,
            is_glyph: true,
            ..self.within(state, base)
        };
        walker.run(&content, own.as_ref().unwrap_or(resources))?;
        let area = extent.area.map(|a| a.to_f64());
        let area = area.map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1));
        let drawn = Type3Paint::of(&extent, palette);
        Ok(Type3Run {
            ink: area,
            drawn: (!drawn.is_plain()).then(|| Rc::new(drawn)),
            ..Type3Run::default()
        })
    }

    /// The appearance of a Type 3 glyph in this string: with its first colour, its effect, and its further colours.
    pub(in crate::pdf) fn drawn_looks(
        &mut self,
        drawn: Option<&Type3Paint>,
        line: &GlyphLine,
    ) -> (Appearance, PaintEffect, Vec<Appearance>) {
        let plain = Type3Paint::plain();
        let drawn = drawn.unwrap_or(&plain);
        let (fill, stroke) = (self.state.fill.clone(), self.state.stroke.clone());
        let mut appearance = self.state.appearance(&fill);
        appearance.within = appearance.within.with(drawn.compositing);
        let mut colours: Vec<u32> = Vec::new();
        let mut effects: Vec<PaintEffect> = Vec::new();
        if drawn.fills {
            colours.push(fill.colour);
            effects.push(self.state.effect(&fill));
        }
        for place in &drawn.own {
            colours.push(self.brought(drawn, *place, 0));
            let bare = drawn.palette.get(*place as usize).is_some_and(|e| {
                !e.amounts.is_empty() && e.inks.total() <= 0.0 && e.space.kind != SpaceKind::Unknown
            });
            effects.push(match bare && !self.state.blend.brings_ink() {
                _ if fill.alpha <= 0.0 => PaintEffect::None,
                true => PaintEffect::White,
                false => PaintEffect::Ink,
            });
        }
        if drawn.strokes {
            colours.push(stroke.colour);
            effects.push(self.state.effect(&stroke));
            appearance.within = appearance.within.with(stroke.within);
        }
        if line.mode == GlyphMode::Invisible {
            effects.clear();
        }
        let effect = [PaintEffect::Ink, PaintEffect::White]
            .into_iter()
            .find(|effect| effects.contains(effect));
        let further = colours.iter().skip(1);
        let further = further.map(|colour| Appearance {
            colour: *colour,
            ..appearance
        });
        let further = further.collect();
        appearance.colour = colours.first().copied().unwrap_or(appearance.colour);
        (appearance, effect.unwrap_or(PaintEffect::None), further)
    }

    /// The index in the page's palette of a colour that a glyph sets itself.
    fn brought(&mut self, drawn: &Type3Paint, place: u32, depth: usize) -> u32 {
        let Some(entry) = drawn.palette.get(place as usize) else {
            return self.state.fill.colour;
        };
        if depth < self.limits.nesting && !entry.parts.is_empty() {
            let parts: Vec<u32> = entry
                .parts
                .iter()
                .map(|part| self.brought(drawn, *part, depth + 1))
                .collect();
            return self.palette.pattern(&entry.space, parts);
        }
        match &entry.per_plate_max {
            Some(per_plate_max) => {
                self.palette
                    .many(&entry.space, entry.inks.as_ref(), per_plate_max.clone())
            }
            // Components set in the space that the text is in.
            None if entry.space.kind == SpaceKind::Unknown => {
                let space = Rc::clone(&self.state.fill.space);
                self.palette.colour(&space, &entry.amounts).0
            }
            None => self.palette.colour(&entry.space, &entry.amounts).0,
        }
    }

    /// Runs a glyph's program at its placement, for the separations.
    pub(in crate::pdf) fn lay_program(
        &mut self,
        glyph: &Type3Glyph<'p>,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let Some(program) = glyph.program() else {
            return Ok(());
        };
        let key = program.dict().data().as_ptr() as usize;
        if self.running.len() >= self.limits.nesting || self.running.contains(&key) {
            return Ok(());
        }
        let Some(content) = self.content(Thing::Glyph, program) else {
            return Ok(());
        };
        let own = program
            .dict()
            .get(b"Resources")
            .or_else(|| glyph.font().resources())
            .map(Resources::new);
        let before = self.state.clone();
        let outer = (self.fixed_colour, self.is_glyph);
        self.is_glyph = true;
        self.state.ctm = em * Affine::scale(EM) * glyph.font().matrix();
        // A glyph inside a glyph starts with an initial text state.
        self.state.text.mode = 0;
        self.running.push(key);
        let path = std::mem::take(&mut self.path);
        let result = self.run(&content, own.as_ref().unwrap_or(resources));
        self.path = path;
        self.running.pop();
        self.state = before;
        (self.fixed_colour, self.is_glyph) = outer;
        result
    }
}
