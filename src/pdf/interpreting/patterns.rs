//! Paints patterns on the separations cell by cell, and shadings pixel by pixel.

use hayro_font::kurbo::{Affine, Rect};

use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::paint::{Paint, Tile};
use crate::pdf::interpreting::painter::Painter;
use crate::pdf::interpreting::separations::{SeparationsPainter, ToPath};
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

impl SeparationsPainter {
    /// Paints the cells of a pattern within `cover`, as one group. The tuple has the paint that the pattern belongs to and
    /// how it is composited.
    pub(super) fn lay_tiles<'p>(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        cover: &CoverageMask,
        (paint, params): (&Paint<'p>, &CompositeParams),
        tile: &Tile<'p>,
    ) -> Result<(), Stop> {
        let dict = tile.cell.dict();
        let number = |key: &[u8]| dict.get::<f64>(key).unwrap_or(0.0).abs();
        let (across, down) = (number(b"XStep"), number(b"YStep"));
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox").map(rect) else {
            return Ok(());
        };
        let inverse = (Affine::scale(self.plates.scale) * tile.base).inverse();
        if across <= 0.0 || down <= 0.0 || !inverse.is_finite() || !cx.may_run(&tile.cell) {
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
            self.plates
                .trouble("a pattern on it has too many cells to be weighed one by one");
            return Ok(());
        }
        let Some(content) = cx.content(Thing::Pattern, &tile.cell) else {
            return Ok(());
        };
        self.save();
        let soft_mask = self.mask.soft_mask.take();
        self.narrow(cover.clone());
        let as_group = self.plates.begin(cover.area, CELLS);
        cx.enter(&tile.cell);
        let mut result = Ok(());
        'rows: for y in y0..=y1 {
            for x in x0..=x1 {
                let place = tile.base * Affine::translate((x as f64 * across, y as f64 * down));
                let mut start = if tile.plain {
                    paint.clone()
                } else {
                    Paint::black(cx.spaces, cx.palette)
                };
                start.alpha = 1.0;
                start.pattern = None;
                let mut inner = State::new(place, state.clip, start);
                inner.fixed_colour = tile.plain;
                self.save();
                self.clip_by(&bounds.to_path(), place, false);
                result = Walker::new(cx, self, inner).run(&content, &tile.resources);
                self.restore();
                if result.is_err() {
                    break 'rows;
                }
            }
        }
        cx.leave();
        self.restore();
        if as_group {
            let mask = PaintMask {
                clip: None,
                soft_mask,
            };
            self.plates.end(&mask, params);
        }
        result
    }

    /// Paints a shading within `cover`.
    pub(super) fn lay_shade<'p>(
        &mut self,
        cx: &Context<'p, '_>,
        cover: &CoverageMask,
        params: &CompositeParams,
        shading: &Shading<'p>,
        base: Affine,
    ) {
        let converter = cx.palette.converter();
        let to_pixels = Affine::scale(self.plates.scale) * base;
        let Some(colours) = shading.colours(converter, cx.limits) else {
            self.plates
                .trouble("a shading on it is damaged and was not weighed");
            return;
        };
        if to_pixels.determinant() == 0.0 || !to_pixels.is_finite() {
            return;
        }
        let space = &shading.space;
        self.plates.converted |= space.is_converted();
        let area = cover.area;
        let each = match &colours {
            ShadingColours::Along(..) => 1,
            ShadingColours::Plane(_) | ShadingColours::Corners(_) => cost(&shading.dict),
        };
        if !self.plates.spend(cover.data.len().saturating_mul(each)) {
            return;
        }
        let pixels = colours.paint(area, to_pixels, space, converter);
        let (spots, specified) = (space.spots(), space.specified());
        self.plates.lay_rows(
            cover,
            &self.mask,
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
}
