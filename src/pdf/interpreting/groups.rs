//! Composites groups and soft masks on the separations.

use std::rc::Rc;

use hayro::hayro_interpret::Function;
use hayro_font::kurbo::{Affine, BezPath, Rect};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour::function;
use crate::pdf::colour::{Palette, Spaces, luminosity, plain_converter};
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::separations::{SeparationsPainter, ToPath};
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::Appearance;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{matrix, rect};
use crate::pdf::reading::trouble::Thing;
use crate::pdf::separations::{
    CompositeParams, Group, PaintMask, Pixels, Separations, SoftMaskKey, SoftMaskPixels,
};

impl SeparationsPainter {
    /// Begins a group if it has to be composited on its own; gives the mask and parameters to composite it with.
    pub(super) fn open_group(
        &mut self,
        state: &State<'_>,
        kind: Group,
        area: Rect,
    ) -> Option<(PaintMask, CompositeParams)> {
        let params = CompositeParams {
            overprint: false,
            transfer: None,
            ..self.params(state, &state.fill)
        };
        let mask = PaintMask {
            clip: None,
            soft_mask: self.mask.soft_mask.take(),
        };
        let transparent = state.appearance(&state.fill).is_transparent();
        let plain = !kind.isolated && !kind.knocks_out && !self.plates.knocks_out();
        if plain && !transparent && mask.soft_mask.is_none() {
            return None;
        }
        self.begin(area, kind).then_some((mask, params))
    }

    /// Begins a group that covers `area` of the page within the clip; false if none of it is left.
    fn begin(&mut self, area: Rect, kind: Group) -> bool {
        let scaled = Affine::scale(self.plates.scale).transform_rect_bbox(area);
        self.plates
            .begin(Pixels::touched(scaled, self.within()), kind)
    }

    /// Begins a knockout group for a path that is filled and stroked at once and not opaque: the stroke replaces the
    /// fill below it.
    pub(super) fn open_pair(&mut self, state: &State<'_>, path: &BezPath) -> bool {
        let appearances = [&state.fill, &state.stroke].map(|paint| state.appearance(paint));
        if !appearances.iter().any(Appearance::is_transparent) && self.mask.soft_mask.is_none() {
            return false;
        }
        let filled = state.filled(path, |_| {}).area;
        let stroked = state.stroked(path, |_| {}).area;
        let area = filled.into_iter().chain(stroked).reduce(|a, b| a.union(b));
        let kind = Group {
            isolated: false,
            knocks_out: true,
        };
        area.is_some_and(|area| self.begin(area, kind))
    }

    /// Ends that group.
    pub(super) fn close_pair(&mut self, opened: bool) {
        if opened {
            self.plates
                .end(&PaintMask::default(), &CompositeParams::plain());
        }
    }

    /// Runs a soft mask's group and gives its values as pixels.
    pub(super) fn soft_pixels<'p>(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        mask: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<Option<Rc<SoftMaskPixels>>, Stop> {
        let Some(group) = mask.get::<Stream<'p>>(b"G") else {
            return Ok(None);
        };
        let dict = group.dict();
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            return Ok(None);
        };
        if !cx.may_run(&group) {
            return Ok(Some(Rc::new(SoftMaskPixels::nothing())));
        }
        let bounds = rect(bounds);
        let base = state.ctm * matrix(dict);
        let (scale, left) = (self.plates.scale, self.plates.left);
        let seen = (Affine::scale(scale) * base).transform_rect_bbox(bounds);
        let area = Pixels::touched(seen, self.within());
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let same: SoftMaskKey = (mask.data().as_ptr() as usize, base.as_coeffs(), area);
        if let Some((known, soft_mask)) = &self.plates.soft_mask
            && *known == same
            && own.is_some()
        {
            return Ok(Some(Rc::clone(soft_mask)));
        }
        let Some(content) = cx.content(Thing::Mask, &group) else {
            return Ok(Some(Rc::new(SoftMaskPixels::nothing())));
        };
        let mut palette = Palette::new(plain_converter());
        let black = Paint::black(cx.spaces, &mut palette);
        let mut painter = SeparationsPainter::new(Separations::new(area, scale, left));
        painter.clip_by(&bounds.to_path(), base, false);
        let outer = std::mem::replace(cx.palette, palette);
        cx.enter(&group);
        let inner = State::new(base, base.transform_rect_bbox(bounds), black);
        let result =
            Walker::new(cx, &mut painter, inner).run(&content, own.as_ref().unwrap_or(resources));
        cx.leave();
        *cx.palette = outer;
        result?;
        let inner = painter.plates;
        let spent = left - inner.left + inner.size() as u64;
        self.plates
            .spend(usize::try_from(spent).unwrap_or(usize::MAX));
        let backdrop = (mask.get::<Name<'_>>(b"S").as_deref() != Some(b"Alpha"))
            .then(|| backdrop(mask, dict, cx.spaces, resources));
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
        self.plates.soft_mask = Some((same, Rc::clone(&soft_mask)));
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
