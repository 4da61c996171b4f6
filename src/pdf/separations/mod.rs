//! Separations: the amount of each ink at every pixel of a page, with overprint, blending, groups and soft masks as in
//! ISO 32000, clause 11. The ink rules and the inks of codes use them.
//!
//! Groups are composited on the plates, whatever their blending colour space.

mod composite_params;
mod coverage_mask;
mod group;
mod layer;
pub(in crate::pdf) mod mesh;
mod mesh_data;
mod mix;
mod picture;
pub(in crate::pdf) mod ramp;
pub(in crate::pdf) mod read;
pub(in crate::pdf) mod sample_model;
mod samples;
pub(in crate::pdf) mod shading;
mod soft_mask;
pub(in crate::pdf) mod transfer;

use std::rc::Rc;

use composite_params::share;
pub(crate) use composite_params::{CompositeParams, Group, PaintMask};
pub(crate) use coverage_mask::{CoverageMask, Pixels, fill};
use layer::{CompositeLayer, PlateAmounts, Span};
pub(crate) use picture::{PictureCache, stencil};
pub(crate) use soft_mask::SoftMaskPixels;

use crate::pdf::colour::{Inks, PROCESS};

/// Spot plates of one page. More occur in swatch books only.
const MOST_SPOTS: usize = 24;

/// Amounts held at once: a third of a gigabyte. A cover has some eight million without groups.
const MOST_HELD: usize = 90_000_000;

/// The separations of a page while it is painted.
pub(crate) struct Separations {
    /// Pixels a point.
    pub(crate) scale: f64,
    pub(crate) page: Pixels,
    spots: Vec<Rc<str>>,
    layers: Vec<CompositeLayer>,
    pub(crate) pictures: PictureCache,
    /// What could not be painted, for messages.
    pub(crate) troubles: Vec<&'static str>,
    /// Whether any colour was converted to CMYK.
    pub(crate) converted: bool,
    /// Pixels that may still be painted.
    pub(crate) left: u64,
    /// The last soft mask: states set the same one again and again.
    pub(crate) soft_mask: Option<(SoftMaskKey, Rc<SoftMaskPixels>)>,
}

/// The key of a soft mask: its dictionary, its matrix, and the pixels it is evaluated in.
pub(crate) type SoftMaskKey = (usize, [f64; 6], Pixels);

impl Separations {
    pub(crate) fn new(page: Pixels, scale: f64, left: u64) -> Self {
        Self {
            scale,
            page,
            spots: Vec::new(),
            layers: vec![CompositeLayer::empty(page, PROCESS.len())],
            pictures: PictureCache::default(),
            troubles: Vec::new(),
            converted: false,
            left,
            soft_mask: None,
        }
    }

    /// How many pixels there are.
    pub(crate) fn size(&self) -> usize {
        self.page.width() * self.page.height()
    }

    /// Records what could not be painted.
    pub(crate) fn trouble(&mut self, why: &'static str) {
        if !self.troubles.contains(&why) {
            self.troubles.push(why);
        }
    }

    /// Spends pixels, more for each spot plate. False, with a trouble, once they are used up.
    pub(crate) fn spend(&mut self, pixels: usize) -> bool {
        let plates = PROCESS.len() + self.spots.len();
        let work = (pixels as u64).saturating_mul(plates as u64) / PROCESS.len() as u64;
        match self.left.checked_sub(work) {
            Some(left) => self.left = left,
            None => {
                self.left = 0;
                self.trouble("it paints over itself too often for its ink to be weighed");
            }
        }
        self.left > 0
    }

    /// Amounts held by all layers together.
    fn held(&self) -> usize {
        self.layers.iter().map(CompositeLayer::held).sum()
    }

    /// Paints one colour within `cover` and `mask`.
    pub(crate) fn lay(
        &mut self,
        cover: &CoverageMask,
        mask: &PaintMask,
        params: &CompositeParams,
        inks: &Inks,
    ) {
        let spread = self.spread(inks, params);
        self.rows(cover, mask, params, |layer, y, x0, row, shape| {
            let strip = Span {
                y,
                x0,
                alpha: row,
                shape,
            };
            layer.lay_flat(&strip, &spread, params.blend);
        });
    }

    /// Calls `lay` for each row to be painted, with its alpha, and its shape if the layer keeps shapes.
    fn rows(
        &mut self,
        cover: &CoverageMask,
        mask: &PaintMask,
        params: &CompositeParams,
        mut lay: impl FnMut(&mut CompositeLayer, usize, usize, &mut Vec<f32>, &mut Vec<f32>),
    ) {
        if !self.spend(cover.data.len()) {
            return;
        }
        let Some(layer) = self.layers.last_mut() else {
            return;
        };
        let mut area = cover.area.meet(layer.area);
        if let Some(clip) = &mask.clip {
            area = area.meet(clip.area);
        }
        let tells_shapes = layer.tells_shapes();
        if area.is_empty() || params.alpha <= 0.0 && !tells_shapes {
            return;
        }
        let mut row: Vec<f32> = Vec::with_capacity(area.width());
        let mut shape: Vec<f32> = Vec::new();
        for y in area.y0..area.y1 {
            row.clear();
            let own = cover.span(y, area.x0, area.x1);
            row.extend(own.iter().map(|c| share(*c)));
            if let Some(clip) = &mask.clip {
                let cut = clip.span(y, area.x0, area.x1);
                for (alpha, c) in row.iter_mut().zip(cut) {
                    *alpha *= share(*c);
                }
            }
            if tells_shapes {
                shape.clone_from(&row);
            }
            if params.alpha < 1.0 {
                row.iter_mut().for_each(|alpha| *alpha *= params.alpha);
            }
            mask.narrow_soft(y, area.x0, &mut row);
            lay(layer, y, area.x0, &mut row, &mut shape);
        }
    }

    /// Paints rows of amounts, plate by plate: `fill` writes them for each row. The tuple has the spot names, the
    /// process colorants specified, and whether pixels that `fill` makes transparent still belong to the shape.
    pub(crate) fn lay_rows(
        &mut self,
        cover: &CoverageMask,
        mask: &PaintMask,
        params: &CompositeParams,
        (spots, specified, translucent): (&[Rc<str>], [bool; 4], bool),
        mut fill: impl FnMut(usize, usize, &mut [f32], &mut [Vec<f32>]),
    ) {
        // Process inks first, then those with names.
        let places: Vec<Option<usize>> = (0..PROCESS.len())
            .map(Some)
            .chain(
                spots
                    .iter()
                    .map(|name| self.plate(name))
                    .collect::<Vec<_>>(),
            )
            .collect();
        let count = PROCESS.len() + self.spots.len();
        let keeps: Vec<bool> = (0..count)
            .map(|plate| {
                let specified = specified.get(plate).copied().unwrap_or(false)
                    || places.iter().skip(PROCESS.len()).any(|p| *p == Some(plate));
                params.overprint && !specified
            })
            .collect();
        // The index of the given amounts for each plate.
        let given: Vec<Option<usize>> = (0..count)
            .map(|plate| places.iter().position(|p| *p == Some(plate)))
            .collect();
        let mut amounts: Vec<Vec<f32>> = vec![Vec::new(); places.len()];
        let transfer = params.transfer.as_deref();
        self.rows(cover, mask, params, |layer, y, x0, row, shape| {
            for plate in &mut amounts {
                plate.clear();
                plate.resize(row.len(), 0.0);
            }
            let before = (!shape.is_empty()).then(|| row.clone());
            fill(y, x0, row, &mut amounts);
            // Pixels that an image or a shading leaves out are not part of its shape.
            for ((shape, before), now) in shape.iter_mut().zip(before.iter().flatten()).zip(&*row) {
                if *before > 0.0 && !translucent {
                    *shape *= now / before;
                }
            }
            let given = given.iter().map(|n| n.and_then(|n| amounts.get(n)));
            let turned: Vec<Vec<f32>> = match transfer {
                Some(transfer) => (0..)
                    .zip(given.clone())
                    .map(|(plate, amounts)| match amounts {
                        Some(amounts) => amounts.iter().map(|a| transfer.turn(plate, *a)).collect(),
                        None => vec![transfer.turn(plate, 0.0); row.len()],
                    })
                    .collect(),
                None => Vec::new(),
            };
            let colours: Vec<&[f32]> = if transfer.is_some() {
                turned.iter().map(Vec::as_slice).collect()
            } else {
                given.map(|a| a.map_or(&[][..], Vec::as_slice)).collect()
            };
            let strip = Span {
                y,
                x0,
                alpha: row,
                shape,
            };
            layer.lay_each(&strip, &colours, &keeps, params.blend);
        });
    }

    fn spread(&mut self, inks: &Inks, params: &CompositeParams) -> PlateAmounts {
        let spots: Vec<(Option<usize>, f32)> = inks
            .spots
            .iter()
            .map(|(name, amount)| (self.plate(name), *amount))
            .collect();
        let count = PROCESS.len() + self.spots.len();
        let mut amounts = vec![0.0; count];
        let mut specified_plates = vec![false; count];
        let process = inks.process.iter().zip(inks.specified);
        for ((amount, is_specified), (ink, specified)) in amounts
            .iter_mut()
            .zip(specified_plates.iter_mut())
            .zip(process)
        {
            *amount = *ink;
            // Overprint mode 1: DeviceCMYK components of 0 are not specified.
            *is_specified = specified && !(params.opm_nonzero && inks.direct && *ink == 0.0);
        }
        for (place, amount) in spots {
            if let Some(plate) = place
                && let (Some(a), Some(is_specified)) =
                    (amounts.get_mut(plate), specified_plates.get_mut(plate))
            {
                *a = amount;
                *is_specified = true;
            }
        }
        if let Some(transfer) = &params.transfer {
            for (plate, amount) in amounts.iter_mut().enumerate() {
                *amount = transfer.turn(plate, *amount);
            }
        }
        PlateAmounts {
            amounts,
            keeps: specified_plates
                .into_iter()
                .map(|s| params.overprint && !s)
                .collect(),
        }
    }

    /// The plate of a spot colorant, added if it is new.
    fn plate(&mut self, name: &Rc<str>) -> Option<usize> {
        if let Some(known) = self.spots.iter().position(|s| s == name) {
            return Some(PROCESS.len() + known);
        }
        let size: usize = self.layers.iter().map(|l| l.alpha.len()).sum();
        if self.spots.len() >= MOST_SPOTS || self.held() + 2 * size > MOST_HELD {
            self.trouble("it has more named inks than are kept apart");
            return None;
        }
        self.spots.push(Rc::clone(name));
        for layer in &mut self.layers {
            layer.add_plate();
        }
        Some(PROCESS.len() + self.spots.len() - 1)
    }

    /// The amounts on the page, plate by plate with their names, on bare paper.
    pub(crate) fn finish(mut self) -> (Vec<String>, Vec<Vec<f32>>) {
        // Groups that a damaged page left open.
        while self.layers.len() > 1 {
            self.end(&PaintMask::default(), &CompositeParams::plain());
        }
        let names = PROCESS
            .iter()
            .map(ToString::to_string)
            .chain(self.spots.iter().map(ToString::to_string))
            .collect();
        let Some(mut page) = self.layers.pop() else {
            return (names, Vec::new());
        };
        for plate in &mut page.inks {
            for (ink, alpha) in plate.iter_mut().zip(&page.alpha) {
                *ink *= alpha;
            }
        }
        (names, page.inks)
    }

    /// The values of a soft mask with these separations as its group: by luminosity over a backdrop, or by alpha.
    pub(crate) fn into_mask(mut self, backdrop: Option<f32>) -> Vec<u8> {
        let Some(page) = self.layers.pop() else {
            return Vec::new();
        };
        let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        let Some(backdrop) = backdrop else {
            return page.own.iter().map(|own| byte(*own)).collect();
        };
        let at = |plate: usize, n: usize| {
            page.inks
                .get(plate)
                .and_then(|p| p.get(n))
                .copied()
                .unwrap_or(0.0)
        };
        page.own
            .iter()
            .enumerate()
            .map(|(n, own)| {
                let light =
                    crate::pdf::colour::luminosity([at(0, n), at(1, n), at(2, n), at(3, n)]);
                byte(light * own + backdrop * (1.0 - own))
            })
            .collect()
    }
}
