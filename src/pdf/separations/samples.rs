//! The samples of pictures and masks, of any depth, as bytes.

use std::borrow::Cow;

use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Stream};

use crate::pdf::colour::Space;
use crate::pdf::images::decode::Allowance;

/// The samples of a picture or mask: so many a pixel, each a byte.
pub(super) struct Samples {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) count: usize,
    pub(super) data: Vec<u8>,
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

/// The Decode array: least and greatest by component.
pub(super) fn decode_array(stream: &Stream<'_>) -> Option<Vec<[f32; 2]>> {
    let dict = stream.dict();
    let array = dict
        .get::<Array<'_>>(b"D")
        .or_else(|| dict.get::<Array<'_>>(b"Decode"))?;
    let values: Vec<f32> = array.iter::<f32>().take(64).collect();
    Some(values.as_chunks::<2>().0.to_vec())
}

impl Samples {
    /// Decodes the samples of an image within the limits. `space` is their colour space, if known.
    pub(super) fn read(
        stream: &Stream<'_>,
        space: Option<&Space>,
        stencil: bool,
        allowance: Allowance<'_>,
    ) -> Option<(Self, Option<ImageColorSpace>)> {
        let width = number(stream, b"Width", b"W")?;
        let height = number(stream, b"Height", b"H")?;
        if !allowance.allows(stream, [width, height]) {
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
        // What the codec states overrides the dictionary.
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
        // Bounded before anything is copied; a codec for pictures may have unpacked more than its dictionary told.
        if width.checked_mul(height)?.checked_mul(count)? > allowance.limits.stream_bytes {
            return None;
        }
        let data = unpack(decoded.data, width, height, count, depth, indexed)?;
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
    pub(super) fn at(&self, u: f64, v: f64) -> &[u8] {
        let pixel = |at: f64, side: usize| {
            let pixel = (at * side as f64).max(0.0) as usize;
            pixel.min(side - 1)
        };
        let start = (pixel(v, self.height) * self.width + pixel(u, self.width)) * self.count;
        self.data.get(start..start + self.count).unwrap_or_default()
    }
}

/// Samples of any depth to a byte each; those of a palette stay what they are. What is missing is 0.
fn unpack(
    data: Cow<'_, [u8]>,
    width: usize,
    height: usize,
    count: usize,
    depth: u8,
    places: bool,
) -> Option<Vec<u8>> {
    let in_row = width.checked_mul(count)?;
    let size = in_row.checked_mul(height)?;
    if depth == 8 {
        let mut bytes = data.into_owned();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_every_depth_are_bytes() {
        assert_eq!(
            unpack(Cow::Borrowed(&[0b1010_0000]), 3, 1, 1, 1, false),
            Some(vec![255, 0, 255])
        );
        assert_eq!(
            unpack(Cow::Borrowed(&[0b1010_0000]), 3, 1, 1, 1, true),
            Some(vec![1, 0, 1])
        );
        assert_eq!(
            unpack(Cow::Borrowed(&[0b1101_1000]), 3, 1, 1, 2, false),
            Some(vec![255, 85, 170])
        );
        assert_eq!(
            unpack(Cow::Borrowed(&[0xf0, 0x80]), 1, 2, 1, 4, false),
            Some(vec![255, 136])
        );
        assert_eq!(
            unpack(Cow::Borrowed(&[0x12, 0x34, 0xff, 0x00]), 2, 1, 1, 16, false),
            Some(vec![0x12, 0xff])
        );
        assert_eq!(
            unpack(Cow::Borrowed(&[7]), 2, 1, 1, 8, false),
            Some(vec![7, 0])
        );
    }
}
