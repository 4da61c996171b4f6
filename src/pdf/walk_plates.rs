//! The walk's own hand on the plates: the true shapes of marks, clips, groups, patterns and soft masks laid as ink. Idle
//! unless plates are being made.

use std::rc::Rc;

use hayro::hayro_interpret::Function;
use hayro_font::FontGlyph;
use hayro_font::kurbo::{Affine, BezPath, Point, Rect};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::colour::{Inks, Palette, Space, Spaces, luminosity, plain_press};
use super::fonts::{FontEntry, GlyphShape};
use super::line::{EM, Line};
use super::plates::{Brush, Cover, Pixels, Plates, Stencil, fill, stencil};
use super::ramp::{Ramp, STEPS};
use super::state::{Paint, State};
use super::visitor::{Extent, GlyphMode};
use super::walk::{Stop, Walker, rect};
use super::walk_objects::matrix;

/// What a paint is made of where it is no plain colour.
pub(crate) enum Fabric<'p> {
    /// A cell that repeats.
    Tile {
        cell: Stream<'p>,
        resources: Resources<'p>,
        /// From the cell to the page.
        base: Affine,
        /// Painted in the colour named with it, whatever the cell says.
        plain: bool,
    },
    /// A shading.
    Shade {
        shading: Dict<'p>,
        space: Rc<Space>,
        /// From the shading to the page.
        base: Affine,
    },
}

/// What a soft mask lets through.
pub(crate) struct Soft {
    pub(crate) area: Pixels,
    pub(crate) data: Vec<u8>,
    /// Beyond its area.
    pub(crate) outside: u8,
}

/// Cells of a pattern laid one by one for one mark.
const TILES: usize = 20_000;

impl<'p> Walker<'p, '_> {
    /// Lays the current path filled.
    pub(crate) fn lay_fill(&mut self, even_odd: bool) -> Result<(), Stop> {
        let ctm = self.state.ctm;
        let Some(cover) = self.covered(&self.path, ctm, even_odd) else {
            return Ok(());
        };
        let paint = self.state.fill.clone();
        self.lay(&cover, &paint)
    }

    /// Lays the current path stroked.
    pub(crate) fn lay_stroke(&mut self) -> Result<(), Stop> {
        let Some(plates) = &self.plates else {
            return Ok(());
        };
        let ctm = self.state.ctm;
        let outline = self.state.pen.outline(&self.path, ctm, plates.scale);
        let Some(cover) = self.covered(&outline, ctm, false) else {
            return Ok(());
        };
        let paint = self.state.stroke.clone();
        self.lay(&cover, &paint)
    }

    /// Narrows the true clip by a path.
    pub(crate) fn clip_plates(&mut self, path: &BezPath, ctm: Affine, even_odd: bool) {
        if self.plates.is_some() {
            let cover = self.covered(path, ctm, even_odd).unwrap_or_default();
            self.narrow(cover);
        }
    }

    fn narrow(&mut self, cover: Cover) {
        self.state.cut = Some(Rc::new(match &self.state.cut {
            Some(cut) => cover.under(cut),
            None => cover,
        }));
    }

    /// What a path covers of the page, or of what the clip leaves of it.
    fn covered(&self, path: &BezPath, ctm: Affine, even_odd: bool) -> Option<Cover> {
        let plates = self.plates.as_deref()?;
        let within = self
            .state
            .cut
            .as_ref()
            .map_or(plates.page, |cut| cut.area.meet(plates.page));
        fill(path, Affine::scale(plates.scale) * ctm, even_odd, within)
    }

    fn stencil(&self) -> Stencil {
        Stencil {
            clip: self.state.cut.clone(),
            soft: self.state.soft.clone(),
        }
    }

    fn brush(&self, paint: &Paint<'p>) -> Brush {
        #[allow(clippy::cast_possible_truncation)]
        Brush {
            alpha: paint.alpha as f32,
            blend: self.state.blend,
            overprint: paint.overprint,
            spare_empty: self.state.spare_empty,
        }
    }

    /// Lays a paint where `cover` says.
    fn lay(&mut self, cover: &Cover, paint: &Paint<'p>) -> Result<(), Stop> {
        let (stencil, brush) = (self.stencil(), self.brush(paint));
        match paint.fabric.clone().as_deref() {
            None => {
                if let Some(plates) = self.plates.as_deref_mut()
                    && !paint.empty_pattern
                {
                    plates.converted |= paint.space.is_converted();
                    plates.lay(cover, &stencil, brush, &paint.inks);
                }
                Ok(())
            }
            Some(Fabric::Tile {
                cell,
                resources,
                base,
                plain,
            }) => self.lay_tiles(cover, paint, brush, cell, resources, *base, *plain),
            Some(Fabric::Shade {
                shading,
                space,
                base,
            }) => {
                self.lay_shade(cover, &stencil, brush, shading, space, *base);
                Ok(())
            }
        }
    }

    /// Lays the cells of a pattern within `cover`. The pattern meets what lies below it as a whole.
    #[allow(clippy::too_many_arguments)]
    fn lay_tiles(
        &mut self,
        cover: &Cover,
        paint: &Paint<'p>,
        brush: Brush,
        cell: &Stream<'p>,
        resources: &Resources<'p>,
        base: Affine,
        plain: bool,
    ) -> Result<(), Stop> {
        let dict = cell.dict();
        let key = cell.raw_data().as_ptr() as usize;
        let number = |key: &[u8]| dict.get::<f64>(key).unwrap_or(0.0).abs();
        let (across, down) = (number(b"XStep"), number(b"YStep"));
        let bounds = dict.get::<hayro_syntax::object::Rect>(b"BBox").map(rect);
        let (Some(bounds), Some(plates)) = (bounds, self.plates.as_deref_mut()) else {
            return Ok(());
        };
        let inverse = (Affine::scale(plates.scale) * base).inverse();
        if across <= 0.0 || down <= 0.0 || !inverse.is_finite() || self.running.contains(&key) {
            return Ok(());
        }
        #[allow(clippy::cast_precision_loss)]
        let area = Rect::new(
            cover.area.x0 as f64,
            cover.area.y0 as f64,
            cover.area.x1 as f64,
            cover.area.y1 as f64,
        );
        let wanted = inverse.transform_rect_bbox(area);
        #[allow(clippy::cast_possible_truncation)]
        let steps = |low: f64, high: f64, step: f64| {
            ((low / step).floor() as i64, (high / step).ceil() as i64)
        };
        let (x0, x1) = steps(wanted.x0 - bounds.x1, wanted.x1 - bounds.x0, across);
        let (y0, y1) = steps(wanted.y0 - bounds.y1, wanted.y1 - bounds.y0, down);
        let tiles = (x1 - x0 + 1).saturating_mul(y1 - y0 + 1);
        if !usize::try_from(tiles).is_ok_and(|n| n <= TILES) {
            plates.trouble("a pattern on it has too many cells to be weighed one by one");
            return Ok(());
        }
        let Some(content) = self.content(cell) else {
            return Ok(());
        };
        let before = self.state.clone();
        let outer = self.stencil();
        self.narrow(cover.clone());
        if let Some(plates) = self.plates.as_deref_mut() {
            plates.begin(cover.area, true);
        }
        let cut = self.state.cut.clone();
        let (root, fixed, path) = (self.root, self.fixed_colour, std::mem::take(&mut self.path));
        self.running.push(key);
        let mut result = Ok(());
        'rows: for y in y0..=y1 {
            for x in x0..=x1 {
                #[allow(clippy::cast_precision_loss)]
                let place = base * Affine::translate((x as f64 * across, y as f64 * down));
                let mut start = if plain {
                    paint.clone()
                } else {
                    Paint::black(self.spaces, self.palette)
                };
                start.alpha = 1.0;
                start.fabric = None;
                self.state = State::new(place, before.clip, start);
                self.state.cut.clone_from(&cut);
                self.root = place;
                self.fixed_colour = plain;
                let frame = Rect::to_path(&bounds);
                self.clip_plates(&frame, place, false);
                result = self.run(&content, resources);
                if result.is_err() {
                    break 'rows;
                }
            }
        }
        self.running.pop();
        (self.root, self.fixed_colour, self.path) = (root, fixed, path);
        self.state = before;
        if let Some(plates) = self.plates.as_deref_mut() {
            let soft = Stencil {
                clip: None,
                soft: outer.soft,
            };
            plates.end(&soft, brush);
        }
        result
    }

    /// Lays a shading within `cover`.
    fn lay_shade(
        &mut self,
        cover: &Cover,
        stencil: &Stencil,
        brush: Brush,
        shading: &Dict<'p>,
        space: &Space,
        base: Affine,
    ) {
        let press = self.palette.press();
        let Some(plates) = self.plates.as_deref_mut() else {
            return;
        };
        let to_shading = (Affine::scale(plates.scale) * base).inverse();
        let Some(ramp) = Ramp::read(shading, space) else {
            plates.trouble("a mesh of colours on it was not weighed");
            return;
        };
        plates.converted |= space.is_converted();
        let along = ramp.inks(space, press);
        let (spots, speaks) = (space.spots(), space.speaks());
        let put = |inks: &Inks, n: usize, amounts: &mut [Vec<f32>]| {
            let named = inks.spots.iter().map(|(_, amount)| *amount);
            let all = inks.process.iter().copied().chain(named);
            for (plate, amount) in amounts.iter_mut().zip(all) {
                if let Some(place) = plate.get_mut(n) {
                    *place = amount;
                }
            }
        };
        plates.lay_rows(
            cover,
            stencil,
            brush,
            &spots,
            speaks,
            |y, x0, alpha, amounts| {
                for (n, alpha) in alpha.iter_mut().enumerate() {
                    #[allow(clippy::cast_precision_loss)]
                    let at = to_shading * Point::new((x0 + n) as f64 + 0.5, y as f64 + 0.5);
                    let painted = match &along {
                        Some(inks) => ramp.along(at).and_then(|t| {
                            #[allow(
                                clippy::cast_possible_truncation,
                                clippy::cast_sign_loss,
                                clippy::cast_precision_loss
                            )]
                            let step = (t * (STEPS - 1) as f64).round() as usize;
                            inks.get(step).map(|inks| put(inks, n, amounts))
                        }),
                        None => ramp
                            .inks_at(at, space, press)
                            .map(|inks| put(&inks, n, amounts)),
                    };
                    if painted.is_none() {
                        *alpha = 0.0;
                    }
                }
            },
        );
    }

    /// Lays what the `sh` operator paints: a shading over all that the clip leaves.
    pub(crate) fn lay_shading(&mut self, shading: &Dict<'p>, resources: &Resources<'p>) {
        let Some(plates) = self.plates.as_deref() else {
            return;
        };
        let ctm = self.state.ctm;
        let cover = match shading.get::<hayro_syntax::object::Rect>(b"BBox") {
            Some(bounds) => self.covered(&Rect::to_path(&rect(bounds)), ctm, false),
            None => {
                let area = self.state.cut.as_ref().map_or(plates.page, |cut| cut.area);
                let data = vec![u8::MAX; area.width() * area.height()];
                Some(Cover { area, data })
            }
        };
        let Some(cover) = cover else {
            return;
        };
        let space = match shading.get::<Object<'_>>(b"ColorSpace") {
            Some(object) => self.spaces.resolve(&object, resources),
            None => Rc::clone(self.spaces.unknown()),
        };
        let (stencil, brush) = (self.stencil(), self.brush(&self.state.fill));
        self.lay_shade(&cover, &stencil, brush, shading, &space, ctm);
    }

    /// Lays a picture on the unit square.
    pub(crate) fn lay_image(
        &mut self,
        stream: &Stream<'_>,
        is_stencil: bool,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        // Rows of a picture run down from the top of its unit square.
        let upright = self.state.ctm * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0]);
        let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path();
        let Some(mut cover) = self.covered(&square, upright, false) else {
            return Ok(());
        };
        let (hold, brush) = (self.stencil(), self.brush(&self.state.fill));
        let (spaces, press, limits) = (self.spaces, self.palette.press(), self.limits);
        let Some(plates) = self.plates.as_deref_mut() else {
            return Ok(());
        };
        let to_unit = (Affine::scale(plates.scale) * upright).inverse();
        if !to_unit.is_finite() {
            return Ok(());
        }
        if is_stencil {
            let Some(data) = stencil(stream, to_unit, cover.area, limits) else {
                plates.trouble("a stencil on it cannot be unpacked");
                return Ok(());
            };
            cover.data = data;
            let paint = self.state.fill.clone();
            return self.lay(&cover, &paint);
        }
        let mut pictures = std::mem::take(&mut plates.pictures);
        match pictures.get(stream, resources, spaces, press, limits) {
            Some(picture) => {
                let space = picture.space();
                plates.converted |= space.is_converted();
                let (spots, speaks) = (space.spots(), space.speaks());
                plates.lay_rows(
                    &cover,
                    &hold,
                    brush,
                    &spots,
                    speaks,
                    |y, x0, alpha, amounts| {
                        picture.row(press, to_unit, [x0, y], alpha, amounts);
                    },
                );
            }
            None => plates.trouble("a picture on it cannot be unpacked"),
        }
        plates.pictures = pictures;
        Ok(())
    }

    /// Lays a glyph whose em lies where `em` says.
    pub(crate) fn lay_glyph(
        &mut self,
        font: &FontEntry<'p>,
        code: u32,
        shape: &GlyphShape<'p>,
        line: &Line,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let Some(plates) = self.plates.as_deref() else {
            return Ok(());
        };
        let scale = plates.scale;
        let placed = em * shape.placement;
        let outline = match font.font.glyph(font.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.outline(),
            FontGlyph::Type3(glyph) => {
                return self.lay_program(&glyph, placed * Affine::scale(EM), resources);
            }
        };
        if line.clips {
            let clip = self.text_cut.get_or_insert_with(BezPath::new);
            clip.extend((placed * outline.clone()).iter());
        }
        if matches!(line.mode, GlyphMode::Fill | GlyphMode::FillStroke)
            && let Some(cover) = self.covered(&outline, placed, false)
        {
            let paint = self.state.fill.clone();
            self.lay(&cover, &paint)?;
        }
        if matches!(line.mode, GlyphMode::Stroke | GlyphMode::FillStroke) {
            // The pen is that of user space, whatever the size of the text.
            let ctm = self.state.ctm;
            let path = ctm.inverse() * placed * outline;
            let stroked = self.state.pen.outline(&path, ctm, scale);
            if let Some(cover) = self.covered(&stroked, ctm, false) {
                let paint = self.state.stroke.clone();
                self.lay(&cover, &paint)?;
            }
        }
        Ok(())
    }

    /// Runs the program of a Type 3 glyph where it stands.
    fn lay_program(
        &mut self,
        glyph: &hayro_font::Type3Glyph<'p>,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let Some(program) = glyph.program() else {
            return Ok(());
        };
        let key = program.raw_data().as_ptr() as usize;
        if self.running.len() >= self.limits.nesting || self.running.contains(&key) {
            return Ok(());
        }
        let Some(content) = self.content(program) else {
            return Ok(());
        };
        let own = program
            .dict()
            .get(b"Resources")
            .or_else(|| glyph.font().resources())
            .map(Resources::new);
        let (before, fixed) = (self.state.clone(), self.fixed_colour);
        self.state.ctm = em * glyph.font().matrix();
        // A glyph inside a glyph starts with the text state of neither.
        self.state.text.mode = 0;
        self.running.push(key);
        let path = std::mem::take(&mut self.path);
        let result = self.run(&content, own.as_ref().unwrap_or(resources));
        self.path = path;
        self.running.pop();
        self.state = before;
        self.fixed_colour = fixed;
        result
    }

    /// Begins a group where it has to be composed apart; gives what it is to meet the page with.
    pub(crate) fn open_group(&mut self, group: &Dict<'p>, area: Rect) -> Option<(Stencil, Brush)> {
        if group.get::<Name<'_>>(b"S").as_deref() != Some(b"Transparency") {
            return None;
        }
        let isolated = group.get::<bool>(b"I").unwrap_or(false);
        let look = self.state.look(&self.state.fill);
        let stencil = Stencil {
            clip: None,
            soft: self.state.soft.take(),
        };
        let brush = Brush {
            overprint: false,
            ..self.brush(&self.state.fill)
        };
        let plates = self.plates.as_deref_mut()?;
        if !isolated && !look.is_transparent() && stencil.soft.is_none() {
            return None;
        }
        let scaled = Affine::scale(plates.scale).transform_rect_bbox(area);
        let within = self.state.cut.as_ref().map_or(plates.page, |cut| cut.area);
        plates.begin(Pixels::touched(scaled, within), isolated);
        Some((stencil, brush))
    }

    /// Ends a group that was begun.
    pub(crate) fn close_group(&mut self, opened: Option<(Stencil, Brush)>) {
        if let (Some((stencil, brush)), Some(plates)) = (opened, self.plates.as_deref_mut()) {
            plates.end(&stencil, brush);
        }
    }

    /// What a soft mask lets through, as pixels.
    pub(crate) fn soft_pixels(
        &mut self,
        mask: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<Option<Rc<Soft>>, Stop> {
        let (Some(plates), Some(group)) = (self.plates.as_deref(), mask.get::<Stream<'p>>(b"G"))
        else {
            return Ok(None);
        };
        let dict = group.dict();
        let key = group.raw_data().as_ptr() as usize;
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            return Ok(None);
        };
        if self.running.len() >= self.limits.nesting || self.running.contains(&key) {
            return Ok(None);
        }
        let base = self.state.ctm * matrix(dict);
        let scale = plates.scale;
        let seen = Affine::scale(scale) * base;
        let within = self.state.cut.as_ref().map_or(plates.page, |cut| cut.area);
        let area = Pixels::touched(seen.transform_rect_bbox(rect(bounds)), within);
        let Some(content) = self.content(&group) else {
            return Ok(None);
        };
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let press = plain_press();
        let mut palette = Palette::new(press);
        let black = Paint::black(self.spaces, &mut palette);
        let mut inner = Plates::new(area, scale);
        let mut running = self.running.clone();
        running.push(key);
        let mut extent = Extent::default();
        let clip = base.transform_rect_bbox(rect(bounds));
        let mut walker = Walker {
            visitor: &mut extent,
            palette: &mut palette,
            plates: Some(&mut inner),
            running,
            ..self.within(State::new(base, clip, black), base)
        };
        walker.clip_plates(&Rect::to_path(&rect(bounds)), base, false);
        walker.run(&content, own.as_ref().unwrap_or(resources))?;
        let backdrop = (mask.get::<Name<'_>>(b"S").as_deref() != Some(b"Alpha"))
            .then(|| backdrop(mask, dict, self.spaces, resources));
        let mut data = inner.into_mask(backdrop);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mut outside = (backdrop.unwrap_or(0.0).clamp(0.0, 1.0) * 255.0).round() as u8;
        if let Some(transfer) = mask
            .get::<Object<'_>>(b"TR")
            .filter(|o| !matches!(o, Object::Name(_)))
            .and_then(|o| Function::new(&o))
            .filter(|f| f.num_inputs() == 1 && f.num_outputs() == 1)
        {
            let table: Vec<u8> = (0..=u8::MAX).map(|v| transferred(&transfer, v)).collect();
            let turn = |v: u8| table.get(usize::from(v)).copied().unwrap_or(v);
            outside = turn(outside);
            for value in &mut data {
                *value = turn(*value);
            }
        }
        Ok(Some(Rc::new(Soft {
            area,
            data,
            outside,
        })))
    }
}

fn transferred(transfer: &Function, value: u8) -> u8 {
    let mut out = [0.0];
    match transfer.eval(&[f32::from(value) / 255.0], &mut out) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(()) => (out[0].clamp(0.0, 1.0) * 255.0).round() as u8,
        None => value,
    }
}

/// How light the backdrop of a soft mask is: black unless it says otherwise.
fn backdrop(mask: &Dict<'_>, group: &Dict<'_>, spaces: &Spaces, resources: &Resources<'_>) -> f32 {
    let Some(colour) = mask.get::<Array<'_>>(b"BC") else {
        return 0.0;
    };
    let space = group
        .get::<Dict<'_>>(b"Group")
        .and_then(|g| g.get::<Object<'_>>(b"CS"))
        .map(|cs| spaces.resolve(&cs, resources));
    let colour: Vec<f32> = colour.iter::<f32>().take(32).collect();
    space.map_or(0.0, |space| {
        luminosity(plain_press().inks(&space, &colour).process)
    })
}

/// A rectangle as a path.
trait ToPath {
    fn to_path(&self) -> BezPath;
}

impl ToPath for Rect {
    fn to_path(&self) -> BezPath {
        hayro_font::kurbo::Shape::to_path(self, 0.1)
    }
}
