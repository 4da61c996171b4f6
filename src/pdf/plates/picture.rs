//! Pictures on the plates: samples of any depth and space, decode arrays, masks of every kind.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Resources;

use super::super::colour::{PROCESS, Press, Space, SpaceKind, Spaces};
use super::super::decode::fits;
use super::Pixels;
use crate::limits::Limits;

/// The samples of a picture or mask: so many a pixel, each a byte.
struct Samples {
    width: usize,
    height: usize,
    count: usize,
    data: Vec<u8>,
}

/// What of a picture is seen.
enum Mask {
    /// All of it.
    None,
    /// A byte a pixel: 255 is opaque.
    Soft(Samples),
    /// Where any sample lies outside these bounds.
    Key(Vec<[u16; 2]>),
}

/// A picture ready to be laid.
pub(crate) struct Picture {
    samples: Samples,
    space: Rc<Space>,
    /// From a sample to a component.
    decode: Vec<[f32; 2]>,
    mask: Mask,
    /// The process inks of each place in a palette, then its named inks.
    palette: Option<Vec<Vec<f32>>>,
}

/// Pictures unpacked so far: patterns lay the same one many times.
#[derive(Default)]
pub(crate) struct Pictures {
    known: HashMap<usize, Option<Rc<Picture>>>,
    bytes: usize,
}

/// Unpacked pictures kept at once.
const KEPT: usize = 256 << 20;

impl Pictures {
    /// The picture in `stream`, unpacked once.
    pub(crate) fn get(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        spaces: &Spaces,
        press: &Press,
        limits: &Limits,
    ) -> Option<Rc<Picture>> {
        let key = stream.dict().data().as_ptr() as usize;
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let picture = Picture::read(stream, resources, spaces, press, limits).map(Rc::new);
        let size = picture.as_ref().map_or(0, |p| p.samples.data.len());
        if self.bytes + size > KEPT {
            self.known.clear();
            self.bytes = 0;
        }
        self.bytes += size;
        self.known.insert(key, picture.clone());
        picture
    }
}

fn number(stream: &Stream<'_>, long: &[u8], short: &[u8]) -> Option<u32> {
    let dict = stream.dict();
    dict.get::<u32>(short).or_else(|| dict.get::<u32>(long))
}

fn bits(stream: &Stream<'_>, stencil: bool) -> u8 {
    if stencil {
        return 1;
    }
    number(stream, b"BitsPerComponent", b"BPC")
        .and_then(|b| u8::try_from(b).ok())
        .unwrap_or(8)
}

/// How samples are to be read, if the file says so: least and greatest by component.
fn decode_array(stream: &Stream<'_>) -> Option<Vec<[f32; 2]>> {
    let dict = stream.dict();
    let array = dict
        .get::<Array<'_>>(b"D")
        .or_else(|| dict.get::<Array<'_>>(b"Decode"))?;
    let values: Vec<f32> = array.iter::<f32>().take(64).collect();
    Some(values.as_chunks::<2>().0.to_vec())
}

impl Samples {
    /// Unpacks samples of a picture within the limits. `space` is what they are in, where that is told.
    fn read(
        stream: &Stream<'_>,
        space: Option<&Space>,
        stencil: bool,
        limits: &Limits,
    ) -> Option<(Self, Option<ImageColorSpace>)> {
        let width = number(stream, b"Width", b"W")?;
        let height = number(stream, b"Height", b"H")?;
        if u64::from(width) * u64::from(height) > limits.image_pixels
            || !fits(stream, limits.stream_bytes)
        {
            return None;
        }
        let depth = bits(stream, stencil);
        let indexed = space.is_some_and(Space::is_palette);
        let wanted = space.map_or(1, Space::components);
        let params = ImageDecodeParams {
            is_indexed: indexed,
            bpc: Some(depth),
            num_components: space.and_then(|s| u8::try_from(s.components()).ok()),
            target_dimension: None,
            width,
            height,
        };
        let decoded = stream.decoded_image(&params).ok()?;
        let carried = decoded.image_data.as_ref();
        let (width, height, depth) = carried.map_or((width, height, depth), |d| {
            (d.width, d.height, d.bits_per_component)
        });
        let own = carried.and_then(|d| d.color_space.as_ref());
        // What a codec knows better than the dictionary.
        let count = match own {
            Some(ImageColorSpace::Gray) => 1,
            Some(ImageColorSpace::Rgb) => 3,
            Some(ImageColorSpace::Cmyk) => 4,
            _ => wanted,
        };
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        if count == 0 || width == 0 || height == 0 {
            return None;
        }
        let data = unpack(&decoded.data, width, height, count, depth, indexed)?;
        let samples = Self {
            width,
            height,
            count,
            data,
        };
        let own = match own {
            Some(ImageColorSpace::Gray) => Some(ImageColorSpace::Gray),
            Some(ImageColorSpace::Rgb) => Some(ImageColorSpace::Rgb),
            Some(ImageColorSpace::Cmyk) => Some(ImageColorSpace::Cmyk),
            _ => None,
        };
        Some((samples, own))
    }

    /// The samples at a place of the unit square, its top-left corner first.
    fn at(&self, u: f64, v: f64) -> &[u8] {
        let pixel = |at: f64, side: usize| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss
            )]
            let pixel = (at * side as f64).max(0.0) as usize;
            pixel.min(side - 1)
        };
        let start = (pixel(v, self.height) * self.width + pixel(u, self.width)) * self.count;
        self.data.get(start..start + self.count).unwrap_or_default()
    }
}

/// Samples of any depth to a byte each; those of a palette stay what they are. What is missing is 0.
fn unpack(
    data: &[u8],
    width: usize,
    height: usize,
    count: usize,
    depth: u8,
    places: bool,
) -> Option<Vec<u8>> {
    let in_row = width.checked_mul(count)?;
    let size = in_row.checked_mul(height)?;
    if depth == 8 {
        let mut bytes = data.get(..size.min(data.len()))?.to_vec();
        bytes.resize(size, 0);
        return Some(bytes);
    }
    let line = (in_row * usize::from(depth)).div_ceil(8);
    let mut bytes = Vec::with_capacity(size);
    for y in 0..height {
        let row = data.get((y * line).min(data.len())..).unwrap_or_default();
        for n in 0..in_row {
            let value = match depth {
                16 => row.get(n * 2).copied().unwrap_or(0),
                1 | 2 | 4 => {
                    let (at, per) = (n * usize::from(depth), 8 / usize::from(depth));
                    let byte = row.get(at / 8).copied().unwrap_or(0);
                    let shift = 8 - usize::from(depth) * (n % per + 1);
                    let mask = u8::MAX >> (8 - depth);
                    let value = byte >> shift & mask;
                    if places {
                        value
                    } else {
                        value * (u8::MAX / mask)
                    }
                }
                _ => return None,
            };
            bytes.push(value);
        }
    }
    Some(bytes)
}

impl Picture {
    fn read(
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        spaces: &Spaces,
        press: &Press,
        limits: &Limits,
    ) -> Option<Self> {
        let dict = stream.dict();
        let named = dict
            .get::<Object<'_>>(b"CS")
            .or_else(|| dict.get::<Object<'_>>(b"ColorSpace"))
            .map(|object| spaces.resolve(&object, resources));
        let (samples, own) = Samples::read(stream, named.as_deref(), false, limits)?;
        let device = spaces.device();
        let space = match (named, own) {
            (Some(space), _) if space.components() == samples.count => space,
            // The codec's own channels speak where the dictionary does not fit.
            (_, Some(ImageColorSpace::Rgb)) => Rc::clone(&device.rgb),
            (_, Some(ImageColorSpace::Cmyk)) => Rc::clone(&device.cmyk),
            (_, Some(ImageColorSpace::Gray)) => Rc::clone(&device.gray),
            (None, None) if samples.count == 1 => Rc::clone(&device.gray),
            _ => return None,
        };
        let decode = decode_array(stream)
            .filter(|d| d.len() >= samples.count)
            .unwrap_or_else(|| space.decode(8));
        let mask = match (
            dict.get::<Stream<'_>>(b"SMask"),
            dict.get::<Object<'_>>(b"Mask"),
        ) {
            (Some(soft), _) => opacity(&soft, false, limits),
            (None, Some(Object::Stream(stencil))) => opacity(&stencil, true, limits),
            (None, Some(Object::Array(key))) => {
                let bounds: Vec<u16> = key.iter::<u16>().take(64).collect();
                Some(Mask::Key(bounds.as_chunks::<2>().0.to_vec()))
            }
            _ => Some(Mask::None),
        };
        let palette = space
            .table
            .as_ref()
            .zip(space.base.as_ref())
            .map(|(table, base)| {
                table
                    .iter()
                    .map(|colour| {
                        let inks = press.inks(base, colour);
                        let spots = inks.spots.iter().map(|(_, amount)| *amount);
                        inks.process.iter().copied().chain(spots).collect()
                    })
                    .collect()
            });
        let picture = Self {
            samples,
            space,
            decode,
            mask: mask.unwrap_or(Mask::None),
            palette,
        };
        Some(picture)
    }

    /// The space of its colours; of a palette, that of the palette itself.
    pub(crate) fn space(&self) -> &Space {
        &self.space
    }

    /// Writes the inks of a row of pixels from `x0` on, and lets its mask narrow `alpha`. `to_unit` goes from pixels of
    /// the page to the unit square of the picture, its top-left corner first.
    pub(crate) fn row(
        &self,
        press: &Press,
        to_unit: Affine,
        [x0, y]: [usize; 2],
        alpha: &mut [f32],
        amounts: &mut [Vec<f32>],
    ) {
        let [a, b, c, d, e, f] = to_unit.as_coeffs();
        #[allow(clippy::cast_precision_loss)]
        let (x, y) = (x0 as f64 + 0.5, y as f64 + 0.5);
        let (mut u, mut v) = (a * x + c * y + e, b * x + d * y + f);
        for (n, alpha) in alpha.iter_mut().enumerate() {
            if *alpha > 0.0 {
                let samples = self.samples.at(u, v);
                match &self.mask {
                    Mask::None => {}
                    Mask::Soft(mask) => {
                        let soft = mask.at(u, v).first().copied().unwrap_or(u8::MAX);
                        *alpha *= f32::from(soft) / 255.0;
                    }
                    Mask::Key(bounds) => {
                        let hidden = samples
                            .iter()
                            .zip(bounds)
                            .all(|(s, [low, high])| (*low..=*high).contains(&u16::from(*s)));
                        if hidden {
                            *alpha = 0.0;
                        }
                    }
                }
                if *alpha > 0.0 {
                    self.inks(press, samples, n, amounts);
                }
            }
            u += a;
            v += b;
        }
    }

    /// Writes the inks of one pixel to place `n` of each plate.
    fn inks(&self, press: &Press, samples: &[u8], n: usize, amounts: &mut [Vec<f32>]) {
        let mut put = |plate: usize, amount: f32| {
            if let Some(place) = amounts.get_mut(plate).and_then(|p| p.get_mut(n)) {
                *place = amount.clamp(0.0, 1.0);
            }
        };
        if let Some(palette) = &self.palette {
            let place = samples.first().map_or(0, |s| usize::from(*s));
            let place = self.turned(place);
            let last = palette.len().saturating_sub(1);
            for (plate, amount) in palette
                .get(place.min(last))
                .into_iter()
                .flatten()
                .enumerate()
            {
                put(plate, *amount);
            }
            return;
        }
        let component = |index: usize| {
            let sample = samples.get(index).copied().unwrap_or(0);
            let [least, most] = self.decode.get(index).copied().unwrap_or([0.0, 1.0]);
            least + f32::from(sample) / 255.0 * (most - least)
        };
        match self.space.kind {
            SpaceKind::DeviceCmyk | SpaceKind::IccCmyk => {
                for plate in 0..4 {
                    put(plate, component(plate));
                }
            }
            SpaceKind::DeviceGray | SpaceKind::CalGray | SpaceKind::IccGray => {
                put(3, 1.0 - component(0));
            }
            _ => {
                let mut colour = [0.0; 32];
                for (index, value) in colour.iter_mut().take(self.samples.count).enumerate() {
                    *value = component(index);
                }
                let inks = press.inks(&self.space, &colour);
                for (plate, amount) in inks.process.iter().enumerate() {
                    put(plate, *amount);
                }
                for (spot, (_, amount)) in inks.spots.iter().enumerate() {
                    put(PROCESS.len() + spot, *amount);
                }
            }
        }
    }

    /// A place in the palette through a decode array that runs backwards.
    fn turned(&self, place: usize) -> usize {
        match self.decode.first() {
            Some([least, most]) if least > most => {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let last = least.max(0.0) as usize;
                last.saturating_sub(place)
            }
            _ => place,
        }
    }
}

/// A mask as opacity; a stencil hides where its samples are 1, unless its decode array turns that round.
fn opacity(stream: &Stream<'_>, stencil: bool, limits: &Limits) -> Option<Mask> {
    let (mut samples, _) = Samples::read(stream, None, stencil, limits)?;
    let turned = decode_array(stream)
        .and_then(|d| d.first().copied())
        .is_some_and(|[least, most]| least > most);
    if stencil != turned {
        for value in &mut samples.data {
            *value = u8::MAX - *value;
        }
    }
    Some(Mask::Soft(samples))
}

/// A stencil as a covering of the page's pixels: it paints where its samples are 0. `None` where it cannot be unpacked.
pub(crate) fn stencil(
    stream: &Stream<'_>,
    to_unit: Affine,
    area: Pixels,
    limits: &Limits,
) -> Option<Vec<u8>> {
    let Some(Mask::Soft(samples)) = opacity(stream, true, limits) else {
        return None;
    };
    let mut data = Vec::with_capacity(area.width() * area.height());
    for y in area.y0..area.y1 {
        for x in area.x0..area.x1 {
            #[allow(clippy::cast_precision_loss)]
            let p = to_unit * hayro_font::kurbo::Point::new(x as f64 + 0.5, y as f64 + 0.5);
            let inside = (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y);
            let sample = samples.at(p.x, p.y).first().copied().unwrap_or(0);
            data.push(if inside { sample } else { 0 });
        }
    }
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_every_depth_are_bytes() {
        assert_eq!(
            unpack(&[0b1010_0000], 3, 1, 1, 1, false),
            Some(vec![255, 0, 255])
        );
        assert_eq!(
            unpack(&[0b1010_0000], 3, 1, 1, 1, true),
            Some(vec![1, 0, 1])
        );
        assert_eq!(
            unpack(&[0b1101_1000], 3, 1, 1, 2, false),
            Some(vec![255, 85, 170])
        );
        assert_eq!(
            unpack(&[0xf0, 0x80], 1, 2, 1, 4, false),
            Some(vec![255, 136])
        );
        assert_eq!(
            unpack(&[0x12, 0x34, 0xff, 0x00], 2, 1, 1, 16, false),
            Some(vec![0x12, 0xff])
        );
        assert_eq!(unpack(&[7], 2, 1, 1, 8, false), Some(vec![7, 0]));
    }
}
