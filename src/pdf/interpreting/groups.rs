//! Composites groups and soft masks on the separations.

use std::rc::Rc;

use hayro::hayro_interpret::Function;
use hayro_font::kurbo::{Affine, BezPath, Rect};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour::function;
use crate::pdf::colour::{Palette, Spaces, luminosity, plain_converter};
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::separations::ToPath;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::stroke;
use crate::pdf::interpreting::visitor::{Appearance, BoundsVisitor};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{matrix, rect};
use crate::pdf::reading::trouble::Thing;
use crate::pdf::separations::{
    CompositeParams, Group, PaintMask, Pixels, Separations, SoftMaskKey, SoftMaskPixels,
};

impl<'p> Walker<'p, '_, '_> {
    /// Begins a group if it has to be composited on its own; gives the mask and parameters to composite it with.
    pub(crate) fn open_group(
        &mut self,
        group: &Dict<'p>,
        area: Rect,
    ) -> Option<(PaintMask, CompositeParams)> {
        if group.get::<Name<'_>>(b"S").as_deref() != Some(b"Transparency") {
            return None;
        }
        let kind = Group {
            isolated: group.get::<bool>(b"I").unwrap_or(false),
            knocks_out: group.get::<bool>(b"K").unwrap_or(false),
        };
        let appearance = self.state.appearance(&self.state.fill);
        let mask = PaintMask {
            clip: None,
            soft_mask: self.state.soft_mask.take(),
        };
        let params = CompositeParams {
            overprint: false,
            transfer: None,
            ..self.composite_params(&self.state.fill)
        };
        let plates = self.plates.as_deref_mut()?;
        let plain = !kind.isolated && !kind.knocks_out && !plates.knocks_out();
        if plain && !appearance.is_transparent() && mask.soft_mask.is_none() {
            return None;
        }
        // Where the group is not opaque, its transfer function does not apply.
        if appearance.is_transparent() || mask.soft_mask.is_some() {
            self.state.transfer = None;
        }
        let scaled = Affine::scale(plates.scale).transform_rect_bbox(area);
        let within = self
            .state
            .clip_mask
            .as_ref()
            .map_or(plates.page, |clip_mask| clip_mask.area);
        plates
            .begin(Pixels::touched(scaled, within), kind)
            .then_some((mask, params))
    }

    /// Ends a group that was begun.
    pub(crate) fn close_group(&mut self, opened: Option<(PaintMask, CompositeParams)>) {
        if let (Some((mask, params)), Some(plates)) = (opened, self.plates.as_deref_mut()) {
            plates.end(&mask, &params);
        }
    }

    /// Begins a knockout group for a path that is filled and stroked at once and not opaque: the stroke replaces the
    /// fill below it.
    pub(crate) fn open_pair(&mut self, path: &BezPath) -> bool {
        let state = &self.state;
        let appearances = [&state.fill, &state.stroke].map(|paint| state.appearance(paint));
        let opaque =
            !appearances.iter().any(Appearance::is_transparent) && state.soft_mask.is_none();
        if self.plates.is_none() || opaque {
            return false;
        }
        let mut area: Option<Rect> = None;
        let mut add = |r: Rect| area = Some(area.map_or(r, |a: Rect| a.union(r)));
        stroke::fills(path, state.ctm, &mut add);
        stroke::pieces(path, &state.pen, state.ctm, &mut add);
        let clip_mask = state.clip_mask.clone();
        match (self.plates.as_deref_mut(), area) {
            (Some(plates), Some(area)) => {
                let scaled = Affine::scale(plates.scale).transform_rect_bbox(area);
                let within = clip_mask.map_or(plates.page, |clip_mask| clip_mask.area);
                let kind = Group {
                    isolated: false,
                    knocks_out: true,
                };
                plates.begin(Pixels::touched(scaled, within), kind)
            }
            _ => false,
        }
    }

    /// Ends that group.
    pub(crate) fn close_pair(&mut self, opened: bool) {
        if let (true, Some(plates)) = (opened, self.plates.as_deref_mut()) {
            plates.end(&PaintMask::default(), &CompositeParams::plain());
        }
    }

    /// Runs a soft mask's group and gives its values as pixels.
    pub(crate) fn soft_pixels(
        &mut self,
        mask: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<Option<Rc<SoftMaskPixels>>, Stop> {
        let (Some(plates), Some(group)) = (self.plates.as_deref(), mask.get::<Stream<'p>>(b"G"))
        else {
            return Ok(None);
        };
        let dict = group.dict();
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            return Ok(None);
        };
        if !self.cx.may_run(&group) {
            return Ok(Some(Rc::new(SoftMaskPixels::nothing())));
        }
        let base = self.state.ctm * matrix(dict);
        let (scale, left) = (plates.scale, plates.left);
        let seen = Affine::scale(scale) * base;
        let within = self
            .state
            .clip_mask
            .as_ref()
            .map_or(plates.page, |clip_mask| clip_mask.area);
        let area = Pixels::touched(seen.transform_rect_bbox(rect(bounds)), within);
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let same: SoftMaskKey = (mask.data().as_ptr() as usize, base.as_coeffs(), area);
        if let Some((known, soft_mask)) = &plates.soft_mask
            && *known == same
            && own.is_some()
        {
            return Ok(Some(Rc::clone(soft_mask)));
        }
        let Some(content) = self.cx.content(Thing::Mask, &group) else {
            return Ok(Some(Rc::new(SoftMaskPixels::nothing())));
        };
        let mut palette = Palette::new(plain_converter());
        let black = Paint::black(self.cx.spaces, &mut palette);
        let mut inner = Separations::new(area, scale, left);
        let mut extent = BoundsVisitor::default();
        let clip = base.transform_rect_bbox(rect(bounds));
        let outer = std::mem::replace(self.cx.palette, palette);
        self.cx.enter(&group);
        let mut walker = Walker {
            plates: Some(&mut inner),
            ..Walker::new(self.cx, &mut extent, State::new(base, clip, black))
        };
        walker.clip_plates(&Rect::to_path(&rect(bounds)), base, false);
        let result = walker.run(&content, own.as_ref().unwrap_or(resources));
        self.cx.leave();
        *self.cx.palette = outer;
        result?;
        if let Some(plates) = self.plates.as_deref_mut() {
            let spent = left - inner.left + inner.size() as u64;
            plates.spend(usize::try_from(spent).unwrap_or(usize::MAX));
        }
        let backdrop = (mask.get::<Name<'_>>(b"S").as_deref() != Some(b"Alpha"))
            .then(|| backdrop(mask, dict, self.cx.spaces, resources));
        let mut data = inner.into_mask(backdrop);
        let mut outside = (backdrop.unwrap_or(0.0).clamp(0.0, 1.0) * 255.0).round() as u8;
        if let Some(transfer) = mask
            .get::<Object<'_>>(b"TR")
            .filter(|o| !matches!(o, Object::Name(_)))
            .and_then(|o| function::read(&o))
            .map(|(function, _)| function)
            .filter(|f| f.num_inputs() == 1 && f.num_outputs() == 1)
        {
            let table: Vec<u8> = (0..=u8::MAX).map(|v| transferred(&transfer, v)).collect();
            let turn = |v: u8| table.get(usize::from(v)).copied().unwrap_or(v);
            outside = turn(outside);
            for value in &mut data {
                *value = turn(*value);
            }
        }
        let soft_mask = Rc::new(SoftMaskPixels {
            area,
            data,
            outside,
        });
        if let Some(plates) = self.plates.as_deref_mut() {
            plates.soft_mask = Some((same, Rc::clone(&soft_mask)));
        }
        Ok(Some(soft_mask))
    }
}

fn transferred(transfer: &Function, value: u8) -> u8 {
    let mut out = [0.0];
    match transfer.eval(&[f32::from(value) / 255.0], &mut out) {
        Some(()) => (out[0].clamp(0.0, 1.0) * 255.0).round() as u8,
        None => value,
    }
}

/// The luminosity of a soft mask's backdrop colour `BC`; black by default.
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
        luminosity(plain_converter().inks(&space, &colour).process)
    })
}
