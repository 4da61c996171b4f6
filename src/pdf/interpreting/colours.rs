//! The walk's colour operators: device colours, spaces, patterns.

use std::rc::Rc;

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Number, Object};
use hayro_syntax::page::Resources;

use crate::model::facts::SpaceKind;
use crate::pdf::colour::Space;
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::paint::{Paint, PatternPaint, Tile};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{lacks_numbers, matrix, object_number, rect};
use crate::pdf::reading::trouble::{Thing, Trouble};
use crate::pdf::separations::shading::Shading;

impl<'p> Walker<'p, '_, '_> {
    /// Runs a colour operator; false for any other. Uncoloured cells and glyphs ignore colour operators.
    pub(crate) fn colour_operator(
        &mut self,
        operator: &Op<'_, '_>,
        resources: &Resources<'p>,
    ) -> Result<bool, Stop> {
        if self.state.fixed_colour && is_colour(operator) {
            return Ok(true);
        }
        match operator {
            Op::StrokeColorDeviceGray(c) => self.stroke_in(&self.defaults.gray.clone(), &[c.0]),
            Op::NonStrokeColorDeviceGray(c) => self.fill_in(&self.defaults.gray.clone(), &[c.0]),
            Op::StrokeColorDeviceRgb(c) => {
                self.stroke_in(&self.defaults.rgb.clone(), &[c.0, c.1, c.2]);
            }
            Op::NonStrokeColorDeviceRgb(c) => {
                self.fill_in(&self.defaults.rgb.clone(), &[c.0, c.1, c.2]);
            }
            Op::StrokeColorCmyk(c) => {
                self.stroke_in(&self.defaults.cmyk.clone(), &[c.0, c.1, c.2, c.3]);
            }
            Op::NonStrokeColorCmyk(c) => {
                self.fill_in(&self.defaults.cmyk.clone(), &[c.0, c.1, c.2, c.3]);
            }
            Op::ColorSpaceStroke(c) => {
                let space = self.space_named(c.0, resources);
                let initial = space.initial();
                self.state.stroke.set(space, &initial, self.cx.palette);
            }
            Op::ColorSpaceNonStroke(c) => {
                let space = self.space_named(c.0, resources);
                let initial = space.initial();
                self.state.fill.set(space, &initial, self.cx.palette);
            }
            Op::StrokeColor(c) => self
                .state
                .stroke
                .components(&numbers(&c.0), self.cx.palette),
            Op::NonStrokeColor(c) => self.state.fill.components(&numbers(&c.0), self.cx.palette),
            Op::StrokeColorNamed(c) => {
                let mut paint = self.state.stroke.clone();
                self.named_colour(&mut paint, &numbers(&c.0), c.1, resources)?;
                self.state.stroke = paint;
            }
            Op::NonStrokeColorNamed(c) => {
                let mut paint = self.state.fill.clone();
                self.named_colour(&mut paint, &numbers(&c.0), c.1, resources)?;
                self.state.fill = paint;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The colour space of a name; records a trouble if there is none.
    fn space_named(&mut self, name: &Name<'_>, resources: &Resources<'p>) -> Rc<Space> {
        let space = self.cx.spaces.named(name, resources);
        if space.kind == SpaceKind::Unknown {
            self.cx.missing(Thing::ColourSpace, name);
        } else {
            self.tell_broken(&space);
        }
        space
    }

    /// Records a trouble if a space is damaged; the page may have set one for device colours.
    fn tell_broken(&mut self, space: &Space) {
        if space.is_broken() {
            self.cx.trouble(Trouble::Damaged(Thing::ColourSpace, None));
        }
    }

    /// Sets the stroke colour in a device space.
    fn stroke_in(&mut self, space: &Rc<Space>, components: &[Number]) {
        self.tell_broken(space);
        let components = numbers(components);
        self.state
            .stroke
            .set(Rc::clone(space), &components, self.cx.palette);
    }

    /// Sets the fill colour in a device space.
    fn fill_in(&mut self, space: &Rc<Space>, components: &[Number]) {
        self.tell_broken(space);
        let components = numbers(components);
        self.state
            .fill
            .set(Rc::clone(space), &components, self.cx.palette);
    }

    /// Sets a colour that may be a pattern.
    pub(crate) fn named_colour(
        &mut self,
        paint: &mut Paint<'p>,
        components: &[f32],
        pattern: Option<&Name<'_>>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let Some(name) = pattern else {
            paint.components(components, self.cx.palette);
            return Ok(());
        };
        paint.white = false;
        paint.pattern = None;
        paint.marks = None;
        paint.has_artwork = false;
        paint.within = Compositing::NONE;
        paint.cell = 0;
        paint.empty_pattern = self.pattern(paint, components, name, resources)?;
        Ok(())
    }

    /// Runs a pattern's cell once and takes over its colours. True if it paints nothing or does not exist.
    fn pattern(
        &mut self,
        paint: &mut Paint<'p>,
        components: &[f32],
        name: &Name<'_>,
        resources: &Resources<'p>,
    ) -> Result<bool, Stop> {
        match resources.get_pattern(name) {
            Some(Object::Stream(cell)) => {
                let dict = cell.dict();
                // A cell that does not say that it is one, or is repeated at no distance, is painted by no viewer.
                let is_repeated = [b"XStep", b"YStep"].iter().all(|step| {
                    let step = dict.get::<f32>(*step).unwrap_or(0.0);
                    step.is_finite() && step != 0.0
                });
                let is_placed = !lacks_numbers::<6>(dict, b"Matrix");
                if dict.get::<u8>(b"PatternType") != Some(1) || !is_repeated || !is_placed {
                    self.cx
                        .trouble(Trouble::Damaged(Thing::Pattern, object_number(cell.dict())));
                    return Ok(true);
                }
                let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
                    self.cx
                        .trouble(Trouble::Damaged(Thing::Pattern, object_number(cell.dict())));
                    return Ok(true);
                };
                let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
                let base = self.state.root * matrix(dict);
                let plain = dict.get::<u8>(b"PaintType") == Some(2);
                let (budget, further) = (self.cx.budget, std::mem::take(&mut self.cx.further));
                let found = self.cx.found_in(
                    Thing::Pattern,
                    &cell,
                    own.as_ref().unwrap_or(resources),
                    base,
                    rect(bounds),
                    plain,
                )?;
                let inner = std::mem::replace(&mut self.cx.further, further);
                paint.cell = budget.saturating_sub(self.cx.budget).saturating_add(inner);
                paint.has_artwork = found.is_artwork();
                paint.within = found.compositing;
                let mut marks = found.marks;
                match &paint.space.base {
                    // An uncoloured cell takes the colour given with it.
                    Some(space) if plain => {
                        (paint.colour, paint.inks) = self.cx.palette.colour(space, components);
                    }
                    _ => paint.colour = self.cx.palette.pattern(&paint.space, found.colours),
                }
                if plain {
                    for mark in &mut marks {
                        mark.appearance.colour = paint.colour;
                    }
                }
                paint.marks = Some(marks.into());
                paint.pattern = Some(Rc::new(PatternPaint::Tile(Tile {
                    plain,
                    resources: own.unwrap_or_else(|| resources.clone()),
                    cell,
                    base,
                })));
                Ok(found.area.is_none())
            }
            Some(Object::Dict(pattern)) => {
                let is_placed = !lacks_numbers::<6>(&pattern, b"Matrix");
                if pattern.get::<u8>(b"PatternType") != Some(2) || !is_placed {
                    self.cx
                        .trouble(Trouble::Damaged(Thing::Pattern, object_number(&pattern)));
                    return Ok(true);
                }
                let Some(shading) = pattern
                    .get::<Object<'p>>(b"Shading")
                    .and_then(|o| Shading::read(o, self.cx.spaces, resources))
                else {
                    self.cx.trouble(Trouble::Damaged(Thing::Shading, None));
                    return Ok(true);
                };
                paint.has_artwork = shading.is_stepped();
                paint.colour = self.cx.shading_colour(&shading);
                let base = self.state.root * matrix(&pattern);
                paint.pattern = Some(Rc::new(PatternPaint::Shade { shading, base }));
                Ok(false)
            }
            _ => {
                self.cx.missing(Thing::Pattern, name);
                Ok(true)
            }
        }
    }
}

/// Whether an operator sets a colour.
fn is_colour(operator: &Op<'_, '_>) -> bool {
    matches!(
        operator,
        Op::StrokeColorDeviceGray(_)
            | Op::NonStrokeColorDeviceGray(_)
            | Op::StrokeColorDeviceRgb(_)
            | Op::NonStrokeColorDeviceRgb(_)
            | Op::StrokeColorCmyk(_)
            | Op::NonStrokeColorCmyk(_)
            | Op::ColorSpaceStroke(_)
            | Op::ColorSpaceNonStroke(_)
            | Op::StrokeColor(_)
            | Op::NonStrokeColor(_)
            | Op::StrokeColorNamed(_)
            | Op::NonStrokeColorNamed(_)
    )
}

/// Components; 32 are the most that the format allows.
fn numbers(n: &[Number]) -> Vec<f32> {
    n.iter().take(32).map(|n| n.as_f64() as f32).collect()
}
