//! A page or a group being composited by the basic compositing formula of ISO 32000, 11.3.6, plate by plate.

use crate::pdf::colour::PROCESS;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::separations::Pixels;
use crate::pdf::separations::mix;

/// A page or a group being composited. Amounts are not premultiplied by `alpha`.
pub(super) struct CompositeLayer {
    pub(super) area: Pixels,
    /// By plate.
    pub(super) inks: Vec<Vec<f32>>,
    /// Alpha, including the backdrop of a group that is not isolated.
    pub(super) alpha: Vec<f32>,
    /// Alpha of the group alone.
    pub(super) own: Vec<f32>,
    /// The backdrop.
    below: Option<(Vec<Vec<f32>>, Vec<f32>)>,
    /// Knockout: each mark replaces those before and blends with the group's backdrop only.
    pub(super) knocks_out: bool,
    /// Shape: the coverage of its marks whatever their alpha; only kept inside a knockout group.
    pub(super) shape: Option<Vec<f32>>,
}

/// A span of one row to be painted.
pub(super) struct Span<'a> {
    pub(super) y: usize,
    pub(super) x0: usize,
    /// The alpha of each pixel.
    pub(super) alpha: &'a [f32],
    /// The shape of each pixel; only if the layer keeps shapes.
    pub(super) shape: &'a [f32],
}

/// The amounts of a colour by plate, and the plates that it does not specify.
pub(super) struct PlateAmounts {
    pub(super) amounts: Vec<f32>,
    pub(super) keeps: Vec<bool>,
}

impl CompositeLayer {
    pub(super) fn empty(area: Pixels, plates: usize) -> Self {
        let size = area.width() * area.height();
        Self {
            area,
            inks: vec![vec![0.0; size]; plates],
            alpha: vec![0.0; size],
            own: vec![0.0; size],
            below: None,
            knocks_out: false,
            shape: None,
        }
    }

    /// Whether shape and alpha have to be kept apart.
    pub(super) fn tells_shapes(&self) -> bool {
        self.knocks_out || self.shape.is_some()
    }

    /// The number of amounts it holds.
    pub(super) fn held(&self) -> usize {
        let copies = if self.below.is_some() { 2 } else { 1 };
        self.alpha.len() * (self.inks.len() + 3) * copies
    }

    pub(super) fn add_plate(&mut self) {
        let size = self.alpha.len();
        self.inks.push(vec![0.0; size]);
        if let Some((inks, _)) = &mut self.below {
            inks.push(vec![0.0; size]);
        }
    }

    /// Initialises a group with the backdrop; in a knockout group, with that of the whole group.
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
        let under = match (&parent.below, parent.knocks_out) {
            (Some((inks, alpha)), true) => Some((inks, alpha)),
            (None, true) => None,
            (_, false) => Some((&parent.inks, &parent.alpha)),
        };
        let mut inks = std::mem::take(&mut self.inks);
        let mut alpha = std::mem::take(&mut self.alpha);
        if let Some((parent_inks, parent_alpha)) = under {
            for (from, to) in parent_inks.iter().zip(&mut inks) {
                copy(from, to);
            }
            copy(parent_alpha, &mut alpha);
        }
        self.inks = inks;
        self.alpha = alpha;
        self.below = Some((self.inks.clone(), self.alpha.clone()));
    }

    /// Removes the backdrop's contribution from the group's result.
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

    /// Paints one colour.
    pub(super) fn lay_flat(&mut self, strip: &Span<'_>, spread: &PlateAmounts, blend: Blend) {
        self.mix(strip, &spread.keeps, blend, |plate, _| {
            spread.amounts.get(plate).copied().unwrap_or(0.0)
        });
    }

    /// Paints a colour for each pixel.
    pub(super) fn lay_each(
        &mut self,
        strip: &Span<'_>,
        colours: &[&[f32]],
        keeps: &[bool],
        blend: Blend,
    ) {
        self.mix(strip, keeps, blend, |plate, n| {
            colours
                .get(plate)
                .and_then(|c| c.get(n))
                .copied()
                .unwrap_or(0.0)
        });
    }

    /// The basic compositing formula for a span.
    fn mix(
        &mut self,
        strip: &Span<'_>,
        keeps: &[bool],
        blend: Blend,
        colour: impl Fn(usize, usize) -> f32,
    ) {
        let (x0, y) = (strip.x0, strip.y);
        let meet = self.area.meet(Pixels {
            x0,
            y0: y,
            x1: x0 + strip.alpha.len(),
            y1: y + 1,
        });
        if meet.is_empty() {
            return;
        }
        let skip = meet.x0 - x0;
        let start = self.area.row(y) + (meet.x0 - self.area.x0);
        let end = start + meet.width();
        let cut = |row: &'_ [f32]| -> Vec<f32> {
            row.get(skip..skip + meet.width())
                .unwrap_or_default()
                .to_vec()
        };
        let row = strip
            .alpha
            .get(skip..skip + meet.width())
            .unwrap_or_default();
        if self.knocks_out {
            let shape = cut(strip.shape);
            self.knock(start, (row, &shape), keeps, blend, |plate, n| {
                colour(plate, n + skip)
            });
            return;
        }
        let whole = mix::is_whole(blend)
            .then(|| mixed_whole(&self.inks, start, row.len(), skip, blend, &colour));
        let alphas = self.alpha.get(start..end).unwrap_or_default();
        for (plate, inks) in self.inks.iter_mut().enumerate() {
            let keep = keeps.get(plate).copied().unwrap_or(false);
            let blend = suited(blend, plate);
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
                } else {
                    let whole = whole.as_ref().and_then(|w| w.get(n)?.get(plate));
                    let both = both(blend, *ink, source, whole);
                    (1.0 - below) * source + below * both
                };
                *ink += weight * (mixed - *ink);
            }
        }
        for values in [&mut self.alpha, &mut self.own] {
            unite(values.get_mut(start..end), row);
        }
        if let Some(shape) = &mut self.shape {
            unite(shape.get_mut(start..end), &cut(strip.shape));
        }
    }

    /// Composites in a knockout group: each mark replaces those before.
    fn knock(
        &mut self,
        start: usize,
        (row, shapes): (&[f32], &[f32]),
        keeps: &[bool],
        blend: Blend,
        colour: impl Fn(usize, usize) -> f32,
    ) {
        let bare = vec![0.0; row.len()];
        let end = start + row.len();
        let below = self.below.as_ref();
        let whole = mix::is_whole(blend).then(|| match below {
            Some((inks, _)) => mixed_whole(inks, start, row.len(), 0, blend, &colour),
            None => mixed_whole(&[], start, row.len(), 0, blend, &colour),
        });
        let unders = below.map_or(&bare[..], |(_, a)| a.get(start..end).unwrap_or_default());
        let alphas = self.alpha.get(start..end).unwrap_or_default();
        for (plate, inks) in self.inks.iter_mut().enumerate() {
            let keep = keeps.get(plate).copied().unwrap_or(false);
            let blend = suited(blend, plate);
            let first = below.and_then(|(inks, _)| inks.get(plate)?.get(start..end));
            let first = first.unwrap_or(&bare);
            let inks = inks.get_mut(start..end).unwrap_or_default();
            let marks = row.iter().zip(shapes).zip(alphas.iter().zip(unders));
            for (n, ((ink, first), ((alpha, shape), (was, under)))) in
                inks.iter_mut().zip(first).zip(marks).enumerate()
            {
                if *shape <= 0.0 {
                    continue;
                }
                let source = colour(plate, n);
                let mixed = if keep {
                    under * first
                } else {
                    let whole = whole.as_ref().and_then(|w| w.get(n)?.get(plate));
                    (1.0 - under) * source + under * both(blend, *first, source, whole)
                };
                let laid = (1.0 - shape) * was * *ink
                    + (shape - alpha).max(0.0) * under * first
                    + alpha * mixed;
                let now = (1.0 - shape) * was + shape * under + alpha * (1.0 - under);
                *ink = if now > 0.0 { laid / now } else { 0.0 };
            }
        }
        let alphas = self.alpha.get_mut(start..end).unwrap_or_default();
        let marks = row.iter().zip(shapes).zip(unders);
        for (value, ((alpha, shape), under)) in alphas.iter_mut().zip(marks) {
            *value = (1.0 - shape) * *value + shape * under + alpha * (1.0 - under);
        }
        let own = self.own.get_mut(start..end).unwrap_or_default();
        for (value, (alpha, shape)) in own.iter_mut().zip(row.iter().zip(shapes)) {
            *value = (1.0 - shape) * *value + alpha;
        }
        if let Some(shape) = &mut self.shape {
            unite(shape.get_mut(start..end), shapes);
        }
    }
}

/// The blend mode for a plate.
fn suited(blend: Blend, plate: usize) -> Blend {
    if plate >= PROCESS.len() && !mix::suits_spots(blend) {
        Blend::Normal
    } else {
        blend
    }
}

/// Blends two amounts of one plate; `whole` is the result of a nonseparable mode.
fn both(blend: Blend, below: f32, source: f32, whole: Option<&f32>) -> f32 {
    match (blend, whole) {
        (Blend::Normal, _) => source,
        (_, Some(mixed)) => *mixed,
        (_, None) => mix::plate(blend, below, source),
    }
}

/// Unites coverages with those that are there.
fn unite(values: Option<&mut [f32]>, more: &[f32]) {
    for (value, alpha) in values.unwrap_or_default().iter_mut().zip(more) {
        *value += alpha - *value * alpha;
    }
}

/// Blends process inks by a nonseparable mode.
fn mixed_whole(
    inks: &[Vec<f32>],
    start: usize,
    width: usize,
    skip: usize,
    blend: Blend,
    colour: &impl Fn(usize, usize) -> f32,
) -> Vec<[f32; 4]> {
    (0..width)
        .map(|n| {
            let below = [0, 1, 2, 3].map(|plate| {
                inks.get(plate)
                    .and_then(|p: &Vec<f32>| p.get(start + n))
                    .copied()
                    .unwrap_or(0.0)
            });
            let above = [0, 1, 2, 3].map(|plate| colour(plate, n + skip));
            mix::whole(blend, below, above)
        })
        .collect()
}
