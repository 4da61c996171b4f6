//! A page or a group being composed: the basic formula of the imaging model, plate by plate.

use super::super::blend::Blend;
use super::super::colour::PROCESS;
use super::Pixels;
use super::mix;

/// A page or a group being composed. Amounts are as they would be if nothing shone through; `alpha` says how far it does.
pub(super) struct Layer {
    pub(super) area: Pixels,
    /// By plate.
    pub(super) inks: Vec<Vec<f32>>,
    /// With what lay below a group that is not isolated.
    pub(super) alpha: Vec<f32>,
    /// Of the group alone.
    pub(super) own: Vec<f32>,
    /// What lay below it.
    below: Option<(Vec<Vec<f32>>, Vec<f32>)>,
}

/// A colour spread over the plates: its amount on each, and which of them it leaves as they are.
pub(super) struct Spread {
    pub(super) amounts: Vec<f32>,
    pub(super) keeps: Vec<bool>,
}

impl Layer {
    pub(super) fn empty(area: Pixels, plates: usize) -> Self {
        let size = area.width() * area.height();
        Self {
            area,
            inks: vec![vec![0.0; size]; plates],
            alpha: vec![0.0; size],
            own: vec![0.0; size],
            below: None,
        }
    }

    /// Amounts it holds.
    pub(super) fn held(&self) -> usize {
        let copies = if self.below.is_some() { 2 } else { 1 };
        self.alpha.len() * (self.inks.len() + 2) * copies
    }

    pub(super) fn add_plate(&mut self) {
        let size = self.alpha.len();
        self.inks.push(vec![0.0; size]);
        if let Some((inks, _)) = &mut self.below {
            inks.push(vec![0.0; size]);
        }
    }

    /// Starts from what lies below.
    pub(super) fn copy_below(&mut self, parent: &Self) {
        let area = self.area.meet(parent.area);
        let copy = |from: &[f32], to: &mut [f32]| {
            for y in area.y0..area.y1 {
                let source = parent.area.row(y) + area.x0.saturating_sub(parent.area.x0);
                let target = self.area.row(y) + area.x0.saturating_sub(self.area.x0);
                let width = area.width();
                if let (Some(source), Some(target)) = (
                    from.get(source..source + width),
                    to.get_mut(target..target + width),
                ) {
                    target.copy_from_slice(source);
                }
            }
        };
        let mut inks = std::mem::take(&mut self.inks);
        for (from, to) in parent.inks.iter().zip(&mut inks) {
            copy(from, to);
        }
        let mut alpha = std::mem::take(&mut self.alpha);
        copy(&parent.alpha, &mut alpha);
        self.inks = inks;
        self.alpha = alpha;
        self.below = Some((self.inks.clone(), self.alpha.clone()));
    }

    /// Takes what lay below out of what came of it.
    pub(super) fn forget_below(&mut self) {
        let Some((below, under)) = self.below.take() else {
            return;
        };
        for (plate, was) in self.inks.iter_mut().zip(&below) {
            for (((ink, was), under), own) in plate.iter_mut().zip(was).zip(&under).zip(&self.own) {
                if *own > 0.0 {
                    *ink = (*ink + (*ink - was) * under * (1.0 - own) / own).clamp(0.0, 1.0);
                }
            }
        }
    }

    /// Lays one colour over pixels from `x0` on, each as far as `row` says.
    pub(super) fn lay_flat(
        &mut self,
        y: usize,
        x0: usize,
        row: &[f32],
        spread: &Spread,
        blend: Blend,
    ) {
        self.mix(y, x0, row, &spread.keeps, blend, |plate, _| {
            spread.amounts.get(plate).copied().unwrap_or(0.0)
        });
    }

    /// Lays a colour for each pixel.
    pub(super) fn lay_each(
        &mut self,
        y: usize,
        x0: usize,
        row: &[f32],
        colours: &[&[f32]],
        keeps: &[bool],
        blend: Blend,
    ) {
        self.mix(y, x0, row, keeps, blend, |plate, n| {
            colours
                .get(plate)
                .and_then(|c| c.get(n))
                .copied()
                .unwrap_or(0.0)
        });
    }

    /// The basic formula of the imaging model, for a stretch of one row.
    fn mix(
        &mut self,
        y: usize,
        x0: usize,
        row: &[f32],
        keeps: &[bool],
        blend: Blend,
        colour: impl Fn(usize, usize) -> f32,
    ) {
        let meet = self.area.meet(Pixels {
            x0,
            y0: y,
            x1: x0 + row.len(),
            y1: y + 1,
        });
        if meet.is_empty() {
            return;
        }
        let skip = meet.x0 - x0;
        let start = self.area.row(y) + (meet.x0 - self.area.x0);
        let end = start + meet.width();
        let row = row.get(skip..skip + meet.width()).unwrap_or_default();
        let whole =
            mix::is_whole(blend).then(|| self.mixed_whole(start, row.len(), skip, blend, &colour));
        let alphas = self.alpha.get(start..end).unwrap_or_default();
        for (plate, inks) in self.inks.iter_mut().enumerate() {
            let keep = keeps.get(plate).copied().unwrap_or(false);
            let is_spot = plate >= PROCESS.len();
            let blend = if is_spot && !mix::suits_spots(blend) {
                Blend::Normal
            } else {
                blend
            };
            let inks = inks.get_mut(start..end).unwrap_or_default();
            for (n, ((ink, alpha), below)) in inks.iter_mut().zip(row).zip(alphas).enumerate() {
                if *alpha <= 0.0 {
                    continue;
                }
                let union = below + alpha - below * alpha;
                let weight = alpha / union;
                let source = colour(plate, n + skip);
                let mixed = if keep {
                    below * *ink
                } else if blend == Blend::Normal {
                    source
                } else {
                    let both = match &whole {
                        Some(mixed) if !is_spot => mixed
                            .get(n)
                            .and_then(|m| m.get(plate))
                            .copied()
                            .unwrap_or(source),
                        _ => mix::plate(blend, *ink, source),
                    };
                    (1.0 - below) * source + below * both
                };
                *ink += weight * (mixed - *ink);
            }
        }
        for values in [&mut self.alpha, &mut self.own] {
            let values = values.get_mut(start..end).unwrap_or_default();
            for (value, alpha) in values.iter_mut().zip(row) {
                *value += alpha - *value * alpha;
            }
        }
    }

    /// Process inks mixed by a mode that looks at all of them.
    fn mixed_whole(
        &self,
        start: usize,
        width: usize,
        skip: usize,
        blend: Blend,
        colour: &impl Fn(usize, usize) -> f32,
    ) -> Vec<[f32; 4]> {
        (0..width)
            .map(|n| {
                let below = [0, 1, 2, 3].map(|plate| {
                    self.inks
                        .get(plate)
                        .and_then(|p: &Vec<f32>| p.get(start + n))
                        .copied()
                        .unwrap_or(0.0)
                });
                let above = [0, 1, 2, 3].map(|plate| colour(plate, n + skip));
                mix::whole(blend, below, above)
            })
            .collect()
    }
}
