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
use crate::pdf::interpreting::bounds::BoundsPainter;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::glyph_line::GlyphLine;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::painter::Painter;
use crate::pdf::interpreting::state::{EM, State};
use crate::pdf::interpreting::visitor::{Appearance, BoundsVisitor, GlyphMode, PaintEffect};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::reading::trouble::{Thing, Trouble};

/// No clip.
const WIDE: Rect = Rect {
    x0: -1e7,
    y0: -1e7,
    x1: 1e7,
    y1: 1e7,
};

impl<'p> Context<'p, '_> {
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
        if !self.may_run(program) {
            self.trouble(Trouble::Nesting);
            return Ok(Type3Run::default());
        }
        // They are reported again wherever the glyph is set.
        let before = self.budget;
        let further = std::mem::take(&mut self.further);
        let outer = std::mem::take(&mut self.troubles);
        let run = self.run_glyph(glyph, program, em, resources);
        let troubles = std::mem::replace(&mut self.troubles, outer);
        self.troubles.extend(&troubles);
        let inner = std::mem::replace(&mut self.further, further);
        let mut run = run?;
        run.cost = before.saturating_sub(self.budget);
        run.further = inner;
        run.troubles = (!troubles.is_empty()).then(|| Rc::new(troubles));
        Ok(run)
    }

    fn run_glyph(
        &mut self,
        glyph: &Type3Glyph<'p>,
        program: &Stream<'p>,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<Type3Run, Stop> {
        let Some(content) = self.content(Thing::Glyph, program) else {
            return Ok(Type3Run::default());
        };
        let own = resources_of(glyph, program);
        // Two marker colours that no space has show which marks take the colour of the text.
        let mut palette = Palette::new(self.palette.converter());
        let mut inherited = |mark: f32| {
            let mut paint = Paint::black(self.spaces, &mut Palette::new(self.palette.converter()));
            paint.space = Rc::clone(self.spaces.unknown());
            (paint.colour, paint.inks) = palette.colour(&paint.space, &[mark]);
            paint
        };
        let (fill, stroke) = (inherited(1.0), inherited(2.0));
        let mut state = State::new(em * glyph.font().matrix(), WIDE, fill);
        state.stroke = stroke;
        let mut extent = BoundsVisitor::default();
        let outer = std::mem::replace(self.palette, palette);
        self.enter(program);
        let mut painter = BoundsPainter::new(&mut extent);
        let mut walker = Walker {
            is_glyph: true,
            ..Walker::new(self, &mut painter, state)
        };
        let result = walker.run(&content, own.as_ref().unwrap_or(resources));
        self.leave();
        let palette = std::mem::replace(self.palette, outer);
        self.tell_flawed(&extent);
        result?;
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
        state: &State<'p>,
        drawn: Option<&Type3Paint>,
        line: &GlyphLine,
    ) -> (Appearance, PaintEffect, Vec<Appearance>) {
        let plain = Type3Paint::plain();
        let drawn = drawn.unwrap_or(&plain);
        let (fill, stroke) = (state.fill.clone(), state.stroke.clone());
        let mut appearance = state.appearance(&fill);
        appearance.within = appearance.within.with(drawn.compositing);
        let mut colours: Vec<u32> = Vec::new();
        let mut effects: Vec<PaintEffect> = Vec::new();
        if drawn.fills {
            colours.push(fill.colour);
            effects.push(state.effect(&fill));
        }
        for place in &drawn.own {
            colours.push(self.brought(state, drawn, *place, 0));
            let bare = drawn.palette.get(*place as usize).is_some_and(|e| {
                !e.amounts.is_empty() && e.inks.total() <= 0.0 && e.space.kind != SpaceKind::Unknown
            });
            effects.push(match bare && !state.blend.brings_ink() {
                _ if fill.alpha <= 0.0 => PaintEffect::None,
                true => PaintEffect::White,
                false => PaintEffect::Ink,
            });
        }
        if drawn.strokes {
            colours.push(stroke.colour);
            effects.push(state.effect(&stroke));
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
    fn brought(&mut self, state: &State<'p>, drawn: &Type3Paint, place: u32, depth: usize) -> u32 {
        let Some(entry) = drawn.palette.get(place as usize) else {
            return state.fill.colour;
        };
        if depth < self.limits.nesting && !entry.parts.is_empty() {
            let parts: Vec<u32> = entry
                .parts
                .iter()
                .map(|part| self.brought(state, drawn, *part, depth + 1))
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
                let space = Rc::clone(&state.fill.space);
                self.palette.colour(&space, &entry.amounts).0
            }
            None => self.palette.colour(&entry.space, &entry.amounts).0,
        }
    }
}

/// Runs a glyph's program at its placement and has its marks painted.
pub(in crate::pdf) fn paint_program<'p>(
    cx: &mut Context<'p, '_>,
    painter: &mut dyn Painter<'p>,
    state: &State<'p>,
    glyph: &Type3Glyph<'p>,
    em: Affine,
    resources: &Resources<'p>,
) -> Result<(), Stop> {
    let Some(program) = glyph.program().filter(|program| cx.may_run(program)) else {
        return Ok(());
    };
    let Some(content) = cx.content(Thing::Glyph, program) else {
        return Ok(());
    };
    let own = resources_of(glyph, program);
    let mut state = state.clone();
    state.ctm = em * Affine::scale(EM) * glyph.font().matrix();
    // A glyph inside a glyph starts with an initial text state.
    state.text.mode = 0;
    cx.enter(program);
    let mut walker = Walker {
        is_glyph: true,
        ..Walker::new(cx, painter, state)
    };
    let result = walker.run(&content, own.as_ref().unwrap_or(resources));
    cx.leave();
    result
}

/// The resources that a glyph's program has itself, or its font.
fn resources_of<'p>(glyph: &Type3Glyph<'p>, program: &Stream<'p>) -> Option<Resources<'p>> {
    let own = program.dict().get(b"Resources");
    own.or_else(|| glyph.font().resources()).map(Resources::new)
}
