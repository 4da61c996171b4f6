//! Checks that an image's data decode completely, as cheaply as the codec allows and without keeping pixels.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Filter;
use hayro_syntax::object::stream::ImageDecodeParams;
use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::Resources;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::model::facts::ImageFlaw;
use crate::pdf::images::agreement::{Disagreement, Stated, is_numbered};
use crate::pdf::images::decode::Allowance;
use crate::pdf::images::described::is_described;
use crate::pdf::images::jpeg_scan;
use crate::pdf::images::strict;
use crate::pdf::images::unpack::{has_known_filters, inflate, parameters, row_bits, unpack};

/// What was found of an image.
#[derive(Clone, Copy, Default)]
pub(in crate::pdf) struct Verdict {
    /// What is wrong with its data, if anything is.
    pub(in crate::pdf) flaw: Option<ImageFlaw>,
    /// How its dictionary and its sound data disagree, if they do.
    pub(in crate::pdf) disagreement: Option<Disagreement>,
}

/// The verdicts on images that one thread has checked, and the bytes it may still unpack on its page.
#[derive(Default)]
pub(in crate::pdf) struct SoundnessCheck {
    known: HashMap<usize, Verdict>,
    on_page: HashSet<usize>,
    left: usize,
}

impl SoundnessCheck {
    /// Begins a page with a budget of bytes to unpack. Images checked before count too, so that the outcome does not
    /// depend on which thread took which page.
    pub(in crate::pdf) fn turn(&mut self, bytes: usize) {
        self.on_page.clear();
        self.left = bytes;
    }

    /// The verdict on an image; each is checked once.
    pub(in crate::pdf) fn verdict(
        &mut self,
        inspection: &InspectedImage<'_, '_>,
        allowance: Allowance<'_>,
    ) -> Verdict {
        let key = inspection.stream.dict().data().as_ptr() as usize;
        if self.on_page.insert(key) && !spend(&mut self.left, inspection.cost()) {
            return Verdict {
                flaw: Some(ImageFlaw::NotChecked),
                disagreement: None,
            };
        }
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let (flaw, total) = inspection.flaw(allowance);
        let compared = || inspection.stated().disagreement(total, allowance);
        let disagreement = flaw.is_none().then(compared).flatten();
        let verdict = Verdict { flaw, disagreement };
        self.known.insert(key, verdict);
        verdict
    }
}

/// An image to be checked.
pub(in crate::pdf) struct InspectedImage<'s, 'p> {
    /// The stream.
    pub(in crate::pdf) stream: &'s Stream<'p>,
    /// Pixels, width by height.
    pub(in crate::pdf) pixels: [u32; 2],
    /// Bits a sample.
    pub(in crate::pdf) bits: u8,
    /// Samples a pixel, where the colour space tells.
    pub(in crate::pdf) samples: Option<u8>,
    /// Whether its samples are entries of a palette.
    pub(in crate::pdf) indexed: bool,
}

impl<'s, 'p> InspectedImage<'s, 'p> {
    /// A mask of an image, to be checked: a stencil, or grey. None if its dictionary does not describe one.
    pub(in crate::pdf) fn of_mask(
        stream: &'s Stream<'p>,
        stencil: bool,
        resources: &Resources<'_>,
    ) -> Option<Self> {
        let dict = stream.dict();
        let side = |key: &[u8]| dict.get::<u32>(key).filter(|side| *side > 0);
        let space = dict.get::<Object<'_>>(b"ColorSpace");
        // A JPEG 2000 carries its own space.
        let tells_itself = stream.filters().last() == Some(&Filter::JpxDecode);
        let is_grey = || {
            let samples = space.as_ref().and_then(|space| samples(space, resources));
            samples == Some(1) || space.is_none() && tells_itself
        };
        let says_so = || dict.get::<bool>(b"ImageMask") == Some(true);
        let is_mask = if stencil { says_so() } else { is_grey() };
        if !is_mask || dict.get::<Name<'_>>(b"Subtype")?.as_ref() != b"Image" {
            return None;
        }
        Some(Self {
            stream,
            pixels: [side(b"Width")?, side(b"Height")?],
            bits: match dict.get::<u8>(b"BitsPerComponent") {
                _ if stencil => 1,
                None if tells_itself => 8,
                bits => bits?,
            },
            samples: Some(1),
            indexed: false,
        })
    }
}

impl InspectedImage<'_, '_> {
    /// Bytes its pixels take, about.
    fn cost(&self) -> usize {
        let [width, height] = self.pixels.map(u64::from);
        let samples = u64::from(self.samples.unwrap_or(4)) * u64::from(self.bits);
        usize::try_from(width.saturating_mul(height).saturating_mul(samples) / 8)
            .unwrap_or(usize::MAX)
    }

    /// What its dictionary states.
    fn stated(&self) -> Stated<'_, '_> {
        let is_lossless = self.stream.filters().iter().all(is_lossless);
        let samples = self.samples.filter(|_| is_lossless);
        Stated {
            stream: self.stream,
            pixels: self.pixels,
            bytes: samples.and_then(|samples| bytes(self.pixels, samples, self.bits)),
        }
    }

    /// What is wrong with the data, if anything is known to be; and how many bytes they unpack to, where they are counted.
    fn flaw(&self, allowance: Allowance<'_>) -> (Option<ImageFlaw>, usize) {
        if !allowance.allows(self.stream, self.pixels) {
            return (Some(ImageFlaw::NotChecked), 0);
        }
        if !has_known_filters(self.stream) || !is_described(self.stream, self.samples) {
            return (Some(ImageFlaw::Undecodable), 0);
        }
        let raw = self.stream.raw_data();
        let flaw = match self.stream.filters().as_slice() {
            [] => return (self.lossless(raw.len()), raw.len()),
            [Filter::FlateDecode] => return self.deflated(allowance),
            filters if filters.iter().all(is_lossless) => match unpack(self.stream) {
                None => Some(ImageFlaw::Undecodable),
                Some(unpacked) => {
                    let total = unpacked.data.len();
                    let damaged = || (!unpacked.whole).then_some(ImageFlaw::Damaged);
                    return (self.lossless(total).or_else(damaged), total);
                }
            },
            [Filter::DctDecode] => self.jpeg(&raw),
            [Filter::CcittFaxDecode] => strict::fax(self.stream, &raw, self.pixels),
            [Filter::JpxDecode] => self.strictly(strict::is_sound_jpeg_2000(&raw)),
            [Filter::Jbig2Decode] => self.strictly(strict::is_sound_jbig2(self.stream, &raw)),
            // Only decoding shows it.
            _ => self.decoded(),
        };
        (flaw, 0)
    }

    /// Counts what deflated data unpack to, and looks in the same pass whether each row that a PNG predictor made begins with
    /// the number of a predictor.
    fn deflated(&self, allowance: Allowance<'_>) -> (Option<ImageFlaw>, usize) {
        let first = parameters(self.stream).into_iter().next().flatten();
        // Predictors from 10 on are those of PNG: each row begins with the number of the one it uses.
        let png = first.filter(is_numbered);
        let Some(row) = png else {
            let (total, _) = allowance.inflated(self.stream);
            let damaged = || (!allowance.is_whole(self.stream)).then_some(ImageFlaw::Damaged);
            return (self.lossless(total).or_else(damaged), total);
        };
        let length = row_bits(&row).div_ceil(8).saturating_add(1);
        let (mut to_next, mut predicts) = (0usize, true);
        let (total, sound) = allowance.inflated_seeing(self.stream, &mut |bytes| {
            while let Some(first) = bytes.get(to_next) {
                predicts &= *first <= 4;
                to_next += length;
            }
            to_next -= bytes.len();
        });
        let is_sound = predicts && (sound || allowance.is_whole(self.stream));
        let damaged = || (!is_sound).then_some(ImageFlaw::Damaged);
        (self.lossless(total).or_else(damaged), total)
    }

    /// Whether the decoder refuses the image.
    fn decoded(&self) -> Option<ImageFlaw> {
        let params = ImageDecodeParams {
            is_indexed: self.indexed,
            bpc: Some(self.bits),
            num_components: self.samples,
            target_dimension: None,
            width: self.pixels[0],
            height: self.pixels[1],
        };
        self.stream
            .decoded_image(&params)
            .is_err()
            .then_some(ImageFlaw::Undecodable)
    }

    /// What is wrong with a picture, by whether a strict decoder takes it: others show some of it, or nothing.
    fn strictly(&self, is_sound: bool) -> Option<ImageFlaw> {
        (!is_sound).then(|| self.decoded().unwrap_or(ImageFlaw::Damaged))
    }

    /// Compares the number of bytes with the image's size.
    fn lossless(&self, total: usize) -> Option<ImageFlaw> {
        let (row, whole) = bytes(self.pixels, self.samples?, self.bits)?;
        // Writers leave out or add a few bytes at the end; readers fill a last row without complaint.
        let is_whole = total + row + whole / 100 >= whole;
        match (is_whole, total) {
            (true, _) => None,
            (false, 0) => Some(ImageFlaw::Undecodable),
            (false, _) => Some(ImageFlaw::CutShort),
        }
    }

    /// Headers and markers first; the picture itself only if its end is missing.
    fn jpeg(&self, data: &[u8]) -> Option<ImageFlaw> {
        let mut decoder = JpegDecoder::new(ZCursor::new(data));
        if decoder.decode_headers().is_err() {
            // Some strange headers are put right by readers.
            return self.decoded();
        }
        if jpeg_scan::is_damaged(data) || !jpeg_scan::has_pixels(data, self.pixels) {
            return Some(ImageFlaw::Damaged);
        }
        let tail = data
            .get(data.len().saturating_sub(TAIL)..)
            .unwrap_or_default();
        if tail.windows(2).any(|mark| mark == [0xff, 0xd9]) {
            return None;
        }
        let strict = DecoderOptions::default()
            .set_strict_mode(true)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX));
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(data), strict);
        decoder.decode().is_err().then_some(ImageFlaw::CutShort)
    }
}

/// Whether a filter packs bytes of any kind.
fn is_lossless(filter: &Filter) -> bool {
    matches!(
        filter,
        Filter::FlateDecode
            | Filter::LzwDecode
            | Filter::RunLengthDecode
            | Filter::Ascii85Decode
            | Filter::AsciiHexDecode
    )
}

/// Bytes of a row of pixels, and of all rows.
pub(in crate::pdf) fn bytes(pixels: [u32; 2], samples: u8, bits: u8) -> Option<(usize, usize)> {
    let [width, height] = pixels.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let row = width
        .checked_mul(usize::from(samples))?
        .checked_mul(usize::from(bits))?
        .div_ceil(8);
    Some((row, row.checked_mul(height)?))
}

/// Whether the data of an inline image break off, or its samples have bits that no samples have. It states no length, so only data
/// that mark their own end can be checked: compressed data, ASCIIHex and ASCII85.
pub(in crate::pdf) fn inline_breaks_off(
    stream: &Stream<'_>,
    samples: Option<u8>,
    pixels: [u32; 2],
    bits: u8,
) -> bool {
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return true;
    }
    match stream.filters().as_slice() {
        [Filter::FlateDecode] => !inflate(&stream.raw_data()).whole,
        [Filter::AsciiHexDecode | Filter::Ascii85Decode] => {
            let all = samples.and_then(|s| bytes(pixels, s, bits));
            let least = all.map_or(0, |(row, whole)| whole.saturating_sub(row));
            unpack(stream).is_none_or(|u| !u.whole || u.data.len() < least)
        }
        _ => !has_known_filters(stream),
    }
}

/// Where the end mark of a JPEG may stand, from its last byte on: some writers add to it.
const TAIL: usize = 4096;

/// Components of a colour space, if known.
pub(in crate::pdf) fn samples(space: &Object<'_>, resources: &Resources<'_>) -> Option<u8> {
    match space {
        Object::Name(name) => match name.as_ref() {
            b"DeviceGray" | b"CalGray" | b"G" | b"Indexed" | b"I" => Some(1),
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(3),
            b"DeviceCMYK" | b"CMYK" => Some(4),
            _ => match resources.get_color_space(name)? {
                // A name for a name would only be met in a circle of them.
                Object::Array(array) => of_array(&array),
                _ => None,
            },
        },
        Object::Array(array) => of_array(array),
        _ => None,
    }
}

fn of_array(array: &Array<'_>) -> Option<u8> {
    let mut items = array.iter::<Object<'_>>();
    let Object::Name(family) = items.next()? else {
        return None;
    };
    match family.as_ref() {
        b"DeviceGray" | b"CalGray" | b"Indexed" | b"I" | b"Separation" => Some(1),
        b"DeviceRGB" | b"CalRGB" | b"Lab" => Some(3),
        b"DeviceCMYK" => Some(4),
        b"ICCBased" => match items.next()? {
            Object::Stream(profile) => profile.dict().get::<u8>(b"N"),
            _ => None,
        },
        b"DeviceN" => match items.next()? {
            Object::Array(names) => u8::try_from(names.iter::<Name<'_>>().count()).ok(),
            _ => None,
        },
        _ => None,
    }
}

fn spend(left: &mut usize, cost: usize) -> bool {
    let affordable = *left >= cost;
    if affordable {
        *left -= cost;
    }
    affordable
}
