//! Maps the samples of an image to greys, and tells whether they are coloured.

use crate::pdf::raster::pixels::Grey;

/// How samples map to grey.
pub(in crate::pdf) enum SampleModel {
    /// Direct components: 1 is grey, 3 are RGB, 4 are CMYK.
    Direct(usize),
    /// Indexed: the grey of each entry, and whether it is coloured.
    Palette(Vec<(u8, bool)>),
}

impl SampleModel {
    pub(in crate::pdf) fn components(&self) -> usize {
        match self {
            Self::Direct(n) => *n,
            Self::Palette(_) => 1,
        }
    }
}

/// The grey of a colour: luminance with the weights of Rec. 709.
pub(in crate::pdf) fn grey(colour: &[u8]) -> u8 {
    let luminance =
        |r: u32, g: u32, b: u32| u8::try_from((r * 54 + g * 183 + b * 19) >> 8).unwrap_or(u8::MAX);
    match colour {
        [v] => *v,
        [r, g, b] => luminance((*r).into(), (*g).into(), (*b).into()),
        [c, m, y, k] => {
            let light = u32::from(255 - k);
            let of = |ink: &u8| u32::from(255 - ink) * light / 255;
            luminance(of(c), of(m), of(y))
        }
        _ => 0,
    }
}

/// Components of a grey differ by less: JPEG and scanners tint greys a little.
const TINT: u8 = 24;

/// Whether a colour is not grey.
pub(in crate::pdf) fn is_coloured(colour: &[u8]) -> bool {
    match colour {
        [a, b, c] | [a, b, c, _] => {
            let (least, most) = ((*a).min(*b).min(*c), (*a).max(*b).max(*c));
            most - least > TINT
        }
        _ => false,
    }
}

/// An image's samples as packed in its data.
pub(in crate::pdf) struct PackedSamples<'d> {
    pub(in crate::pdf) data: &'d [u8],
    pub(in crate::pdf) width: usize,
    pub(in crate::pdf) height: usize,
    pub(in crate::pdf) components: usize,
    pub(in crate::pdf) bits: u8,
    pub(in crate::pdf) model: SampleModel,
    pub(in crate::pdf) turned_over: bool,
}

impl PackedSamples<'_> {
    /// Squares of `step` by `step` pixels averaged.
    pub(in crate::pdf) fn shrink(&self, step: usize) -> Option<Grey> {
        let (columns, rows) = (self.width / step, self.height / step);
        let line = (self.width * self.components * usize::from(self.bits)).div_ceil(8);
        let known = self.bits == 8 || (self.bits == 1 && self.components == 1);
        if !known || columns == 0 || rows == 0 || self.data.len() < line * rows * step {
            return None;
        }
        if step == 1 && self.bits == 8 {
            return Some(Grey {
                width: columns,
                height: rows,
                pixels: self.greys(self.data.get(..line * rows)?),
            });
        }
        let mut pixels = Vec::with_capacity(columns * rows);
        let mut sums = vec![0u32; columns];
        let area = u32::try_from(step * step).ok()?;
        for (y, row) in self.data.chunks_exact(line).take(rows * step).enumerate() {
            if self.bits == 8 {
                self.add_bytes(row, step, &mut sums);
            } else {
                self.add_bits(row, step, &mut sums);
            }
            if y % step == step - 1 {
                pixels.extend(sums.iter().map(|sum| (sum / area) as u8));
                sums.fill(0);
            }
        }
        Some(Grey {
            width: columns,
            height: rows,
            pixels,
        })
    }

    /// The share of pixels that are not grey, of every hundredth or so.
    pub(in crate::pdf) fn coloured(&self) -> f32 {
        if self.bits != 8 {
            return 0.0;
        }
        // A prime, so that it divides no row length and does not sample the same columns again and again.
        const STRIDE: usize = 101;
        let pixels = self.data.chunks_exact(self.components).step_by(STRIDE);
        let (mut all, mut coloured) = (0u32, 0u32);
        for pixel in pixels {
            all += 1;
            coloured += u32::from(match (&self.model, pixel) {
                (SampleModel::Palette(table), [index]) => {
                    table.get(usize::from(*index)).is_some_and(|(_, c)| *c)
                }
                (_, pixel) => is_coloured(pixel),
            });
        }

        coloured as f32 / all.max(1) as f32
    }

    /// The grey of a sample of a single-component space.
    fn value(&self, sample: u8) -> u8 {
        let most = if self.bits == 1 { 1 } else { u8::MAX };
        let sample = if self.turned_over {
            most - sample
        } else {
            sample
        };
        match &self.model {
            SampleModel::Palette(table) => {
                table.get(usize::from(sample)).map_or(0, |(grey, _)| *grey)
            }
            SampleModel::Direct(_) if self.bits == 1 => sample * u8::MAX,
            SampleModel::Direct(_) => sample,
        }
    }

    /// Every pixel of bytes in grey. Pixels of a size that is known are what the compiler makes quick.
    fn greys(&self, data: &[u8]) -> Vec<u8> {
        match (self.components, self.turned_over) {
            (1, _) => {
                let table: Vec<u8> = (0..=u8::MAX).map(|sample| self.value(sample)).collect();
                let grey = |sample: &u8| table.get(usize::from(*sample)).copied();
                data.iter().filter_map(grey).collect()
            }
            (3, false) => data.as_chunks::<3>().0.iter().map(|c| grey(c)).collect(),
            (3, true) => {
                let colours = data.as_chunks::<3>().0.iter();
                colours.map(|c| u8::MAX - grey(c)).collect()
            }
            (4, false) => data.as_chunks::<4>().0.iter().map(|c| grey(c)).collect(),
            (4, true) => {
                let inks = data.as_chunks::<4>().0.iter();
                inks.map(|c| grey(&c.map(|v| u8::MAX - v))).collect()
            }
            _ => vec![0; data.len() / self.components.max(1)],
        }
    }

    fn add_bytes(&self, row: &[u8], step: usize, sums: &mut [u32]) {
        let greys = self.greys(row);
        for (square, sum) in greys.chunks_exact(step).zip(sums) {
            *sum += square.iter().map(|v| u32::from(*v)).sum::<u32>();
        }
    }

    fn add_bits(&self, row: &[u8], step: usize, sums: &mut [u32]) {
        let [clear, set] = [0, 1].map(|sample| u32::from(self.value(sample)));
        for (column, sum) in sums.iter_mut().enumerate() {
            for x in column * step..(column + 1) * step {
                let is_set = row.get(x / 8).is_some_and(|b| b >> (7 - x % 8) & 1 == 1);
                *sum += if is_set { set } else { clear };
            }
        }
    }
}
