//! Paints patterns on the separations cell by cell, and shadings pixel by pixel.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::separations::ToPath;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::rect;
use crate::pdf::reading::trouble::Thing;
use crate::pdf::separations::shading::{Shading, ShadingColours, cost};
use crate::pdf::separations::{CompositeParams, CoverageMask, Group, PaintMask};

/// A pattern is composited as one isolated group.
const CELLS: Group = Group {
    isolated: true,
    knocks_out: false,
};
/// Cells of a pattern that one mark may paint.
const TILES: usize = 20_000;

impl<'p> Walker<'p, '_, '_> {
    /// Paints the cells of a pattern within `cover`, as one group.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn lay_tiles(
        &mut self,
        cover: &CoverageMask,
        paint: &Paint<'p>,
        params: &CompositeParams,
        cell: &Stream<'p>,
        resources: &Resources<'p>,
        base: Affine,
        plain: bool,
    ) -> Result<(), Stop> {
        let dict = cell.dict();
        let number = |key: &[u8]| dict.get::<f64>(key).unwrap_or(0.0).abs();
        let (across, down) = (number(b"XStep"), number(b"YStep"));
        let bounds = dict.get::<hayro_syntax::object::Rect>(b"BBox").map(rect);
        let (Some(bounds), Some(plates)) = (bounds, self.plates.as_deref_mut()) else {
            return Ok(());
        };
        let inverse = (Affine::scale(plates.scale) * base).inverse();
        if across <= 0.0 || down <= 0.0 || !inverse.is_finite() || !self.cx.may_run(cell) {
            return Ok(());
        }
        let area = Rect::new(
            cover.area.x0 as f64,
            cover.area.y0 as f64,
            cover.area.x1 as f64,
            cover.area.y1 as f64,
        );
        let wanted = inverse.transform_rect_bbox(area);
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
        let Some(content) = self.cx.content(Thing::Pattern, cell) else {
            return Ok(());
        };
        let before = self.state.clone();
        let outer = self.paint_mask();
        self.narrow(cover.clone());
        let as_group = self
            .plates
            .as_deref_mut()
            .is_some_and(|plates| plates.begin(cover.area, CELLS));
        let clip_mask = self.state.clip_mask.clone();
        let path = std::mem::take(&mut self.path);
        self.cx.enter(cell);
        let mut result = Ok(());
        'rows: for y in y0..=y1 {
            for x in x0..=x1 {
                let place = base * Affine::translate((x as f64 * across, y as f64 * down));
                let mut start = if plain {
                    paint.clone()
                } else {
                    Paint::black(self.cx.spaces, self.cx.palette)
                };
                start.alpha = 1.0;
                start.pattern = None;
                self.state = State::new(place, before.clip, start);
                self.state.clip_mask.clone_from(&clip_mask);
                self.state.fixed_colour = plain;
                let frame = Rect::to_path(&bounds);
                self.clip_plates(&frame, place, false);
                result = self.run(&content, resources);
                if result.is_err() {
                    break 'rows;
                }
            }
        }
        self.cx.leave();
        self.path = path;
        self.state = before;
        if let (true, Some(plates)) = (as_group, self.plates.as_deref_mut()) {
            let mask = PaintMask {
                clip: None,
                soft_mask: outer.soft_mask,
            };
            plates.end(&mask, params);
        }
        result
    }

    /// Paints a shading within `cover`.
    pub(crate) fn lay_shade(
        &mut self,
        cover: &CoverageMask,
        mask: &PaintMask,
        params: &CompositeParams,
        shading: &Shading<'p>,
        base: Affine,
    ) {
        let (converter, limits) = (self.cx.palette.converter(), self.cx.limits);
        let Some(plates) = self.plates.as_deref_mut() else {
            return;
        };
        let to_pixels = Affine::scale(plates.scale) * base;
        let Some(colours) = shading.colours(converter, limits) else {
            plates.trouble("a shading on it is damaged and was not weighed");
            return;
        };
        if to_pixels.determinant() == 0.0 || !to_pixels.is_finite() {
            return;
        }
        let space = &shading.space;
        plates.converted |= space.is_converted();
        let area = cover.area;
        let each = match &colours {
            ShadingColours::Along(..) => 1,
            ShadingColours::Plane(_) | ShadingColours::Corners(_) => cost(&shading.dict),
        };
        if !plates.spend(cover.data.len().saturating_mul(each)) {
            return;
        }
        let pixels = colours.paint(area, to_pixels, space, converter);
        let (spots, specified) = (space.spots(), space.specified());
        plates.lay_rows(
            cover,
            mask,
            params,
            (&spots, specified, false),
            |y, x0, alpha, amounts| {
                let start = area.row(y) + (x0 - area.x0);
                let row = pixels.get(start..start + alpha.len()).unwrap_or_default();
                for (n, (alpha, inks)) in alpha.iter_mut().zip(row).enumerate() {
                    let Some(inks) = inks else {
                        *alpha = 0.0;
                        continue;
                    };
                    let named = inks.spots.iter().map(|(_, amount)| *amount);
                    let all = inks.process.iter().copied().chain(named);
                    for (plate, amount) in amounts.iter_mut().zip(all) {
                        if let Some(place) = plate.get_mut(n) {
                            *place = amount;
                        }
                    }
                }
            },
        );
    }

    /// Runs `sh`: paints a shading over the current clip.
    pub(crate) fn lay_shading(&mut self, shading: &Shading<'p>) -> Result<(), Stop> {
        let Some(plates) = self.plates.as_deref() else {
            return Ok(());
        };
        let ctm = self.state.ctm;
        let cover = match shading.dict.get::<hayro_syntax::object::Rect>(b"BBox") {
            Some(bounds) => self.covered(&Rect::to_path(&rect(bounds)), ctm, false),
            None => {
                let area = self
                    .state
                    .clip_mask
                    .as_ref()
                    .map_or(plates.page, |clip_mask| clip_mask.area);
                let data = vec![u8::MAX; area.width() * area.height()];
                Some(CoverageMask { area, data })
            }
        };
        let Some(cover) = cover else {
            return Ok(());
        };
        if self.state.fixed_colour {
            let paint = self.state.fill.clone();
            return self.lay(&cover, &paint);
        }
        let (mask, params) = (self.paint_mask(), self.composite_params(&self.state.fill));
        self.lay_shade(&cover, &mask, &params, shading, ctm);
        Ok(())
    }
}
