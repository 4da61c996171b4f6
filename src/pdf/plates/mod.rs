//! The plates of a page: how much of each ink lies where, with overprint, blending, groups and soft masks as the imaging
//! model has them.
//!
//! Groups are composed on the plates whatever their own colour space; knockout groups as if they were none.

mod cover;
mod layer;
mod mix;
mod picture;
mod samples;

use std::rc::Rc;

pub(crate) use cover::{Cover, Pixels, fill};
pub(crate) use picture::{Pictures, stencil};

use super::blend::Blend;
use super::colour::{Inks, PROCESS};
use super::walk_groups::Soft;
use layer::{Layer, Spread};

/// Named inks kept apart on one page. More are met in swatch books only.
const MOST_SPOTS: usize = 24;

/// Amounts held at once: a third of a gigabyte. A cover has some eight million without groups.
const MOST_HELD: usize = 90_000_000;

/// How a mark meets what lies below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brush {
    pub(crate) alpha: f32,
    pub(crate) blend: Blend,
    pub(crate) overprint: bool,
    /// Overprint mode 1.
    pub(crate) spare_empty: bool,
}

/// Where something may be laid: what the clip and the soft mask let through.
#[derive(Clone, Default)]
pub(crate) struct Stencil {
    pub(crate) clip: Option<Rc<Cover>>,
    pub(crate) soft: Option<Rc<Soft>>,
}

/// The plates being made.
pub(crate) struct Plates {
    /// Pixels a point.
    pub(crate) scale: f64,
    pub(crate) page: Pixels,
    spots: Vec<Rc<str>>,
    layers: Vec<Layer>,
    pub(crate) pictures: Pictures,
    /// What could not be laid.
    pub(crate) troubles: Vec<&'static str>,
    /// Whether anything was converted to ink.
    pub(crate) converted: bool,
    /// Pixels that may still be laid.
    pub(crate) left: u64,
    /// The last soft mask: states set the same one again and again.
    pub(crate) soft: Option<(SoftKey, Rc<Soft>)>,
}

/// What makes two soft masks the same: their dictionary, how it is placed, and where it is seen.
pub(crate) type SoftKey = (usize, [f64; 6], Pixels);

impl Plates {
    pub(crate) fn new(page: Pixels, scale: f64, left: u64) -> Self {
        Self {
            scale,
            page,
            spots: Vec::new(),
            layers: vec![Layer::empty(page, PROCESS.len())],
            pictures: Pictures::default(),
            troubles: Vec::new(),
            converted: false,
            left,
            soft: None,
        }
    }

    /// How many pixels there are.
    pub(crate) fn size(&self) -> usize {
        self.page.width() * self.page.height()
    }

    /// Takes note of what could not be laid.
    pub(crate) fn trouble(&mut self, why: &'static str) {
        if !self.troubles.contains(&why) {
            self.troubles.push(why);
        }
    }

    /// Spends pixels, more for each plate beyond the process; false, with a word about it, where they are used up.
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
        self.layers.iter().map(Layer::held).sum()
    }

    /// Begins a group over `area`; false where there is no room for it, and its marks go to what lies below.
    pub(crate) fn begin(&mut self, area: Pixels, isolated: bool) -> bool {
        let count = PROCESS.len() + self.spots.len();
        let area = area.meet(self.page);
        let size = area.width() * area.height();
        let wanted = size * (count + 2) * if isolated { 1 } else { 2 };
        if self.held() + wanted > MOST_HELD {
            self.trouble("its groups lie too deep within one another for its ink to be weighed");
            return false;
        }
        // Groups cost even where nothing is in them.
        self.spend(size);
        let mut layer = Layer::empty(area, count);
        if !isolated && let Some(parent) = self.layers.last() {
            layer.copy_below(parent);
        }
        self.layers.push(layer);
        true
    }

    /// Ends a group: it meets what lies below as one mark.
    pub(crate) fn end(&mut self, stencil: &Stencil, brush: Brush) {
        let Some(group) = self.close() else {
            return;
        };
        let area = group.area;
        let mut row = Vec::new();
        for y in area.y0..area.y1 {
            let start = area.row(y);
            let end = start + area.width();
            row.clear();
            row.extend(
                group
                    .own
                    .get(start..end)
                    .unwrap_or_default()
                    .iter()
                    .map(|own| own * brush.alpha),
            );
            stencil.narrow_soft(y, area.x0, &mut row);
            let colours: Vec<&[f32]> = group
                .inks
                .iter()
                .map(|plate| plate.get(start..end).unwrap_or_default())
                .collect();
            if let Some(parent) = self.layers.last_mut() {
                parent.lay_each(y, area.x0, &row, &colours, &[], brush.blend);
            }
        }
    }

    /// Ends a group and gives it away; never the page itself.
    fn close(&mut self) -> Option<Layer> {
        if self.layers.len() < 2 {
            return None;
        }
        let mut group = self.layers.pop()?;
        group.forget_below();
        Some(group)
    }

    /// Lays one colour where `cover` and `stencil` let it.
    pub(crate) fn lay(&mut self, cover: &Cover, stencil: &Stencil, brush: Brush, inks: &Inks) {
        let spread = self.spread(inks, brush);
        self.rows(cover, stencil, brush, |layer, y, x0, row| {
            layer.lay_flat(y, x0, row, &spread, brush.blend);
        });
    }

    /// Calls `lay` for each row that is to be laid, with how far each pixel of it is.
    fn rows(
        &mut self,
        cover: &Cover,
        stencil: &Stencil,
        brush: Brush,
        mut lay: impl FnMut(&mut Layer, usize, usize, &mut Vec<f32>),
    ) {
        if !self.spend(cover.data.len()) {
            return;
        }
        let Some(layer) = self.layers.last_mut() else {
            return;
        };
        let mut area = cover.area.meet(layer.area);
        if let Some(clip) = &stencil.clip {
            area = area.meet(clip.area);
        }
        if area.is_empty() || brush.alpha <= 0.0 {
            return;
        }
        let mut row: Vec<f32> = Vec::with_capacity(area.width());
        for y in area.y0..area.y1 {
            row.clear();
            let own = cover.span(y, area.x0, area.x1);
            row.extend(own.iter().map(|c| share(*c) * brush.alpha));
            if let Some(clip) = &stencil.clip {
                let cut = clip.span(y, area.x0, area.x1);
                for (alpha, c) in row.iter_mut().zip(cut) {
                    *alpha *= share(*c);
                }
            }
            stencil.narrow_soft(y, area.x0, &mut row);
            lay(layer, y, area.x0, &mut row);
        }
    }

    /// Lays rows of plain amounts, plate by plate, as pictures have them: `fill` writes them for each row.
    pub(crate) fn lay_rows(
        &mut self,
        cover: &Cover,
        stencil: &Stencil,
        brush: Brush,
        spots: &[Rc<str>],
        speaks: [bool; 4],
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
                let spoken = speaks.get(plate).copied().unwrap_or(false)
                    || places.iter().skip(PROCESS.len()).any(|p| *p == Some(plate));
                brush.overprint && !spoken
            })
            .collect();
        // Which of the amounts given goes to each plate.
        let given: Vec<Option<usize>> = (0..count)
            .map(|plate| places.iter().position(|p| *p == Some(plate)))
            .collect();
        let mut amounts: Vec<Vec<f32>> = vec![Vec::new(); places.len()];
        self.rows(cover, stencil, brush, |layer, y, x0, row| {
            for plate in &mut amounts {
                plate.clear();
                plate.resize(row.len(), 0.0);
            }
            fill(y, x0, row, &mut amounts);
            let colours: Vec<&[f32]> = given
                .iter()
                .map(|n| {
                    n.and_then(|n| amounts.get(n))
                        .map_or(&[][..], Vec::as_slice)
                })
                .collect();
            layer.lay_each(y, x0, row, &colours, &keeps, brush.blend);
        });
    }

    fn spread(&mut self, inks: &Inks, brush: Brush) -> Spread {
        let spots: Vec<(Option<usize>, f32)> = inks
            .spots
            .iter()
            .map(|(name, amount)| (self.plate(name), *amount))
            .collect();
        let count = PROCESS.len() + self.spots.len();
        let mut amounts = vec![0.0; count];
        let mut spoken = vec![false; count];
        let process = inks.process.iter().zip(inks.speaks);
        for ((amount, said), (ink, speaks)) in
            amounts.iter_mut().zip(spoken.iter_mut()).zip(process)
        {
            *amount = *ink;
            // In mode 1 an ink of DeviceCMYK that is not there is not spoken of.
            *said = speaks && !(brush.spare_empty && inks.direct && *ink == 0.0);
        }
        for (place, amount) in spots {
            if let Some(plate) = place
                && let (Some(a), Some(said)) = (amounts.get_mut(plate), spoken.get_mut(plate))
            {
                *a = amount;
                *said = true;
            }
        }
        Spread {
            amounts,
            keeps: spoken.into_iter().map(|s| brush.overprint && !s).collect(),
        }
    }

    /// The plate of a named ink, made where it is new.
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
            let brush = Brush {
                alpha: 1.0,
                blend: Blend::Normal,
                overprint: false,
                spare_empty: false,
            };
            self.end(&Stencil::default(), brush);
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

    /// What a soft mask made of these plates lets through, pixel by pixel: by how light the group is on a backdrop that is so
    /// light, or by how opaque it is.
    pub(crate) fn into_mask(mut self, backdrop: Option<f32>) -> Vec<u8> {
        let Some(page) = self.layers.pop() else {
            return Vec::new();
        };
        let byte = |v: f32| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let byte = (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
            byte
        };
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
                let light = super::colour::luminosity([at(0, n), at(1, n), at(2, n), at(3, n)]);
                byte(light * own + backdrop * (1.0 - own))
            })
            .collect()
    }
}

impl Stencil {
    /// Narrows what is laid from `x0` on in row `y` by the soft mask.
    fn narrow_soft(&self, y: usize, x0: usize, row: &mut [f32]) {
        let Some(soft) = &self.soft else {
            return;
        };
        let area = soft.area;
        let inside = area.y0 <= y && y < area.y1;
        for (x, alpha) in (x0..).zip(row.iter_mut()) {
            let own = if inside && area.x0 <= x && x < area.x1 {
                soft.data.get(area.row(y) + (x - area.x0))
            } else {
                None
            };
            *alpha *= share(own.copied().unwrap_or(soft.outside));
        }
    }
}

/// A covering as a share of one.
fn share(c: u8) -> f32 {
    f32::from(c) / 255.0
}
