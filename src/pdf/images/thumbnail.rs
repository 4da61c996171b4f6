//! Thumbnails: an image's own pixels in grey, averaged, without the page around it. Good enough to detect that it may
//! hold a code, not to decode one.

use std::borrow::Cow;

use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour::{self, Family};
use crate::pdf::images::decode::{Allowance, fits};
use crate::pdf::raster::pixels::Grey;
use crate::pdf::separations::sample_model::{PackedSamples, SampleModel, grey, is_coloured};

/// An image's pixels in grey, averaged over squares.
#[derive(Clone, Debug)]
pub struct Thumbnail {
    grey: Grey,
    /// The opacity of each pixel, if the image has a mask that hides anything.
    alpha: Option<Vec<u8>>,
    /// The share of its pixels that are not grey.
    coloured: f32,
    /// Whether pixels were repeated to match those of a finer mask.
    stretched: bool,
}

impl Thumbnail {
    /// Pixels in a row, and rows.
    pub fn size(&self) -> [usize; 2] {
        [self.grey.width, self.grey.height]
    }

    /// The share of its pixels that are not grey.
    pub fn coloured(&self) -> f32 {
        self.coloured
    }

    /// Its grey pixels, unless they were repeated to match a finer mask.
    pub fn own(&self) -> Option<&Grey> {
        (!self.stretched).then_some(&self.grey)
    }

    /// Inverts light and dark, for an image mask painted in white.
    pub fn inverted(mut self) -> Self {
        for pixel in &mut self.grey.pixels {
            *pixel = u8::MAX - *pixel;
        }
        self
    }

    /// Fills with white what a clip removes: all outside these shares of width and height (left, top, right, bottom).
    pub fn clipped(mut self, [x0, y0, x1, y1]: [f64; 4]) -> Self {
        let [wide, high] = self.size().map(|n| n as f64);
        let is_out =
            |at: usize, from: f64, to: f64| (at as f64 + 0.5) < from || (at as f64 + 0.5) > to;
        for (y, row) in self
            .grey
            .pixels
            .chunks_exact_mut(self.grey.width.max(1))
            .enumerate()
        {
            for (x, pixel) in row.iter_mut().enumerate() {
                if is_out(x, x0 * wide, x1 * wide) || is_out(y, y0 * high, y1 * high) {
                    *pixel = u8::MAX;
                }
            }
        }
        self
    }

    /// Its pixels composited on white and, if it is not opaque, also on black.
    pub fn appearances(&self) -> Vec<Cow<'_, [u8]>> {
        let Some(alpha) = &self.alpha else {
            return vec![Cow::Borrowed(&self.grey.pixels)];
        };
        let over = |paper: u8| {
            let blend = |(grey, alpha): (&u8, &u8)| {
                let (g, a, p) = (u16::from(*grey), u16::from(*alpha), u16::from(paper));
                u8::try_from((g * a + p * (255 - a)) / 255).unwrap_or(u8::MAX)
            };
            self.grey.pixels.iter().zip(alpha).map(blend).collect()
        };
        vec![over(u8::MAX), over(0)]
    }
}

/// Averages the pixels of an image over squares of `step` by `step`. None for colour key masks, rare colour spaces
/// and depths, damaged or oversized data.
pub(crate) fn thumbnail(
    stream: &Stream<'_>,
    resources: &Resources<'_>,
    size: [u32; 2],
    bits: u8,
    step: usize,
    allowance: Allowance<'_>,
) -> Option<Thumbnail> {
    let dict = stream.dict();
    if dict.contains_key(b"SMaskInData") {
        return None;
    }
    let mask = |key: &[u8]| dict.get::<Stream<'_>>(key);
    let (mask, opaque_is_dark) = match (mask(b"SMask"), mask(b"Mask")) {
        (Some(soft), _) => (Some(soft), false),
        // A stencil paints where its samples are 0.
        (None, Some(stencil)) => (Some(stencil), true),
        (None, None) if dict.contains_key(b"Mask") => return None,
        (None, None) => (None, false),
    };
    let [across, down] =
        effective_size(dict, size).map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    // An image coarser than its mask is not averaged.
    let coarse = usize::try_from(size[0]).ok()? < across;
    let own_step = if coarse { 1 } else { step };
    let (grey, coloured) = pixels(stream, resources, size, bits, own_step, allowance)?;
    let seen = if coarse {
        [across / step, down / step]
    } else {
        [grey.width, grey.height]
    };
    let alpha = match mask {
        None => None,
        Some(mask) => Some(alpha(&mask, resources, seen, opaque_is_dark, allowance)?),
    };
    let stretched = [grey.width, grey.height] != seen;
    let grey = grey.stretched(seen);
    // Many programs write masks that are opaque throughout.
    let alpha = alpha.filter(|a| a.iter().any(|v| *v < 250));
    Some(Thumbnail {
        grey,
        alpha,
        coloured,
        stretched,
    })
}

/// The size of an image, or of its mask if that is finer: some programs write a code as the mask of one black pixel.
pub(crate) fn effective_size(dict: &Dict<'_>, size: [u32; 2]) -> [u32; 2] {
    let mask = dict
        .get::<Stream<'_>>(b"SMask")
        .or_else(|| dict.get::<Stream<'_>>(b"Mask"));
    let number = |key: &[u8]| mask.as_ref()?.dict().get::<u32>(key);
    match (number(b"Width"), number(b"Height")) {
        (Some(width), Some(height)) if width > size[0] && height > size[1] => [width, height],
        _ => size,
    }
}

/// A mask's opacity, averaged or repeated to the size of the thumbnail.
fn alpha(
    mask: &Stream<'_>,
    resources: &Resources<'_>,
    [columns, rows]: [usize; 2],
    opaque_is_dark: bool,
    allowance: Allowance<'_>,
) -> Option<Vec<u8>> {
    let number = |key: &[u8]| mask.dict().get::<u32>(key);
    let size = [number(b"Width")?, number(b"Height")?];
    let bits = if opaque_is_dark {
        1
    } else {
        number(b"BitsPerComponent").and_then(|b| u8::try_from(b).ok())?
    };
    let width = usize::try_from(size[0]).ok()?;
    let step = (width / columns.max(1)).clamp(1, 64);
    let (seen, _) = pixels(mask, resources, size, bits, step, allowance)?;
    let mut alpha = seen.stretched([columns, rows]).pixels;
    if opaque_is_dark {
        for value in &mut alpha {
            *value = u8::MAX - *value;
        }
    }
    Some(alpha)
}

fn pixels(
    stream: &Stream<'_>,
    resources: &Resources<'_>,
    size: [u32; 2],
    bits: u8,
    step: usize,
    allowance: Allowance<'_>,
) -> Option<(Grey, f32)> {
    let dict = stream.dict();
    let [width, height] = size;
    if !allowance.allows(stream, size) {
        return None;
    }
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let space = dict
        .get::<Object<'_>>(b"CS")
        .or_else(|| dict.get::<Object<'_>>(b"ColorSpace"));
    let mut model = match &space {
        None => SampleModel::Direct(1),
        Some(object) => model(object, resources)?,
    };
    let params = ImageDecodeParams {
        is_indexed: matches!(model, SampleModel::Palette(_)),
        bpc: Some(bits),
        num_components: u8::try_from(model.components()).ok(),
        target_dimension: None,
        width: size[0],
        height: size[1],
    };
    let decoded = stream.decoded_image(&params).ok()?;
    let bits = match &decoded.image_data {
        Some(data) if (data.width, data.height) != (size[0], size[1]) => return None,
        Some(data) => {
            // JPEG 2000 may keep its colour space to itself.
            if space.is_none() {
                model = SampleModel::Direct(own_channels(data.color_space)?);
            }
            data.bits_per_component
        }
        None => bits,
    };
    let samples = PackedSamples {
        data: &decoded.data,
        width,
        height,
        components: model.components(),
        bits,
        model,
        turned_over: is_turned_over(dict),
    };
    Some((samples.shrink(step)?, samples.coloured()))
}

/// Whether the Decode array inverts samples: Photoshop writes CMYK so, scanners black and white.
fn is_turned_over(dict: &Dict<'_>) -> bool {
    let decode = dict
        .get::<Array<'_>>(b"D")
        .or_else(|| dict.get::<Array<'_>>(b"Decode"));
    let ends: Vec<f32> = decode.map_or_else(Vec::new, |d| d.iter::<f32>().take(2).collect());
    matches!(ends.as_slice(), [from, to] if from > to)
}

/// Components of an image whose own data state them.
fn own_channels(space: Option<ImageColorSpace>) -> Option<usize> {
    match space? {
        ImageColorSpace::Gray => Some(1),
        ImageColorSpace::Rgb => Some(3),
        ImageColorSpace::Cmyk => Some(4),
        ImageColorSpace::Unknown(_) => None,
    }
}

fn model(object: &Object<'_>, resources: &Resources<'_>) -> Option<SampleModel> {
    match colour::family(object, resources) {
        Family::Indexed => {
            let array = match object {
                Object::Array(array) => array.clone(),
                Object::Name(name) => match resources.get_color_space(name)? {
                    Object::Array(array) => array,
                    _ => return None,
                },
                _ => return None,
            };
            palette(&array, resources).map(SampleModel::Palette)
        }
        family => channels(family).map(SampleModel::Direct),
    }
}

/// Components of a space whose grey follows directly from its samples.
fn channels(family: Family) -> Option<usize> {
    match family {
        Family::Gray | Family::Icc(1) => Some(1),
        Family::Rgb | Family::Icc(3) => Some(3),
        Family::Cmyk | Family::Icc(4) => Some(4),
        _ => None,
    }
}

fn palette(array: &Array<'_>, resources: &Resources<'_>) -> Option<Vec<(u8, bool)>> {
    let mut items = array.iter::<Object<'_>>().skip(1);
    let channels = channels(colour::family(&items.next()?, resources))?;
    let table = match items.nth(1)? {
        Object::String(bytes) => bytes.as_bytes().to_vec(),
        Object::Stream(stream) if fits(&stream, 1 << 16) => {
            stream.decoded_data().ok()?.into_owned()
        }
        _ => return None,
    };
    let entry = |colour: &[u8]| (grey(colour), is_coloured(colour));
    Some(table.chunks_exact(channels).map(entry).collect())
}
