//! Pictures on the plates: any space, decode arrays, masks of every kind.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::stream::ImageColorSpace;
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Resources;

use crate::model::facts::SpaceKind;
use crate::pdf::colour::{CmykConverter, PROCESS, Space, Spaces};
use crate::pdf::images::decode::Allowance;
use crate::pdf::separations::Pixels;
use crate::pdf::separations::samples::{Samples, decode_array};

/// The mask of an image.
enum Mask {
    /// None.
    None,
    /// A byte a pixel: 255 is opaque.
    Soft(Samples),
    /// Where any sample lies outside these bounds.
    Key(Vec<[u16; 2]>),
}

/// A decoded image.
pub(crate) struct Picture {
    samples: Samples,
    space: Rc<Space>,
    /// From a sample to a component.
    decode: Vec<[f32; 2]>,
    mask: Mask,
    /// The `Matte` colour with which its own were preblended.
    matte: Option<Vec<f32>>,
    /// For Indexed, the process inks of each entry, then its spot inks.
    palette: Option<Vec<Vec<f32>>>,
}

/// A cache of decoded images: patterns paint the same one many times.
#[derive(Default)]
pub(crate) struct PictureCache {
    known: HashMap<usize, Option<Rc<Picture>>>,
    bytes: usize,
}

/// Unpacked pictures kept at once.
const KEPT: usize = 64 << 20;

impl PictureCache {
    /// Decodes the image in `stream` once.
    pub(crate) fn get(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        spaces: &Spaces,
        converter: &CmykConverter,
        allowance: Allowance<'_>,
    ) -> Option<Rc<Picture>> {
        let key = stream.dict().data().as_ptr() as usize;
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let picture = Picture::read(stream, resources, spaces, converter, allowance).map(Rc::new);
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

impl Picture {
    fn read(
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        spaces: &Spaces,
        converter: &CmykConverter,
        allowance: Allowance<'_>,
    ) -> Option<Self> {
        let dict = stream.dict();
        let named = dict
            .get::<Object<'_>>(b"CS")
            .or_else(|| dict.get::<Object<'_>>(b"ColorSpace"))
            .map(|object| spaces.resolve(&object, resources));
        let (samples, own) = Samples::read(stream, named.as_deref(), false, allowance)?;
        let device = spaces.device();
        let space = match (named, own) {
            (Some(space), _) if space.components() == samples.count => space,
            // The codec's own components count where the dictionary does not fit.
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
            (Some(soft), _) => opacity(&soft, false, allowance),
            (None, Some(Object::Stream(stencil))) => opacity(&stencil, true, allowance),
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
                        let inks = converter.inks(base, colour);
                        let spots = inks.spots.iter().map(|(_, amount)| *amount);
                        inks.process.iter().copied().chain(spots).collect()
                    })
                    .collect()
            });
        let matte = dict
            .get::<Stream<'_>>(b"SMask")
            .and_then(|soft| soft.dict().get::<Array<'_>>(b"Matte"))
            .map(|matte| matte.iter::<f32>().take(32).collect::<Vec<f32>>())
            .filter(|matte| matte.len() == samples.count && space.table.is_none());
        let picture = Self {
            matte,
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

    /// Writes the inks of a row of pixels from `x0` on, and multiplies `alpha` by its mask. `to_unit` maps page
    /// pixels to the image's unit square, top-left corner first.
    pub(crate) fn row(
        &self,
        converter: &CmykConverter,
        to_unit: Affine,
        [x0, y]: [usize; 2],
        alpha: &mut [f32],
        amounts: &mut [Vec<f32>],
    ) {
        let [a, b, c, d, e, f] = to_unit.as_coeffs();
        let (x, y) = (x0 as f64 + 0.5, y as f64 + 0.5);
        let (mut u, mut v) = (a * x + c * y + e, b * x + d * y + f);
        for (n, alpha) in alpha.iter_mut().enumerate() {
            if *alpha > 0.0 {
                let samples = self.samples.at(u, v);
                let mut opacity = 1.0;
                match &self.mask {
                    Mask::None => {}
                    Mask::Soft(mask) => {
                        let soft = mask.at(u, v).first().copied().unwrap_or(u8::MAX);
                        opacity = f32::from(soft) / 255.0;
                        *alpha *= opacity;
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
                    self.inks(converter, (samples, opacity), n, amounts);
                }
            }
            u += a;
            v += b;
        }
    }

    /// Writes the inks of one pixel to place `n` of each plate.
    fn inks(
        &self,
        converter: &CmykConverter,
        (samples, opacity): (&[u8], f32),
        n: usize,
        amounts: &mut [Vec<f32>],
    ) {
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
            let value = least + f32::from(sample) / 255.0 * (most - least);
            match self.matte.as_ref().and_then(|matte| matte.get(index)) {
                Some(matte) if opacity > 0.0 => {
                    let [low, high] = [least.min(most), least.max(most)];
                    (matte + (value - matte) / opacity).clamp(low, high)
                }
                _ => value,
            }
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
                let inks = converter.inks(&self.space, &colour);
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
                let last = least.max(0.0) as usize;
                last.saturating_sub(place)
            }
            _ => place,
        }
    }
}

/// A mask as opacity; a stencil hides where its samples are 1, unless its decode array turns that round.
fn opacity(stream: &Stream<'_>, stencil: bool, allowance: Allowance<'_>) -> Option<Mask> {
    let (mut samples, _) = Samples::read(stream, None, stencil, allowance)?;
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

/// The coverage of an image mask: it paints where its samples are 0. `None` if it cannot be decoded.
pub(crate) fn stencil(
    stream: &Stream<'_>,
    to_unit: Affine,
    area: Pixels,
    allowance: Allowance<'_>,
) -> Option<Vec<u8>> {
    let Some(Mask::Soft(samples)) = opacity(stream, true, allowance) else {
        return None;
    };
    let mut data = Vec::with_capacity(area.width() * area.height());
    for y in area.y0..area.y1 {
        for x in area.x0..area.x1 {
            let p = to_unit * hayro_font::kurbo::Point::new(x as f64 + 0.5, y as f64 + 0.5);
            let inside = (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y);
            let sample = samples.at(p.x, p.y).first().copied().unwrap_or(0);
            data.push(if inside { sample } else { 0 });
        }
    }
    Some(data)
}
