//! Decodes pictures strictly, for the verdict alone: what decoders put right without a word shows as damage.

use std::collections::HashSet;

use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use hayro_syntax::object::{Dict, Stream};

use crate::model::facts::ImageFlaw;
use crate::pdf::images::codec::number;
use crate::pdf::images::decode::read;
use crate::pdf::images::unpack::parameters;

/// Bytes of the symbols that the pages of a JBIG2 file share.
const SHARED: usize = 64 << 20;

/// Counts the rows of a fax until its data end or are invalid; viewers fill the rest with white. Rows of another length than
/// those of the picture show it askew.
pub(in crate::pdf::images) fn fax(
    stream: &Stream<'_>,
    data: &[u8],
    [width, rows]: [u32; 2],
) -> Option<ImageFlaw> {
    let first = parameters(stream).into_iter().next();
    let parameters = first.flatten().unwrap_or_default();
    let is = |key: &[u8], usual: bool| parameters.get::<bool>(key).unwrap_or(usual);
    let columns = parameters.get::<u32>(b"Columns").unwrap_or(1728);
    let mut counted = RowCount(0);
    let settings = DecodeSettings {
        columns,
        rows,
        end_of_block: is(b"EndOfBlock", true),
        end_of_line: is(b"EndOfLine", false),
        rows_are_byte_aligned: is(b"EncodedByteAlign", false),
        encoding: match parameters.get::<i32>(b"K").unwrap_or(0) {
            ..0 => EncodingMode::Group4,
            0 => EncodingMode::Group3_1D,
            _ => EncodingMode::Group3_2D,
        },
        strict: true,
    };
    let done = hayro_ccitt::decode(data, &mut counted, &mut DecoderContext::new(settings));
    let flaw = match (done, counted.0) {
        // Scanners miscount the last rows.
        (Ok(_), read) if read + rows / 50 + 1 >= rows => None,
        (_, 0) => Some(ImageFlaw::Undecodable),
        (Ok(_), _) => Some(ImageFlaw::CutShort),
        (Err(_), read) => (read < rows).then_some(ImageFlaw::CutShort),
    };
    flaw.or_else(|| (columns.div_ceil(8) != width.div_ceil(8)).then_some(ImageFlaw::Damaged))
}

/// Counts the rows of a fax.
struct RowCount(u32);

impl hayro_ccitt::Decoder for RowCount {
    fn push_row(&mut self, _: &[u32]) {
        self.0 += 1;
    }
}

/// Whether a JPEG 2000 picture is all there and what was written.
pub(in crate::pdf::images) fn is_sound_jpeg_2000(data: &[u8]) -> bool {
    let settings = hayro_jpeg2000::DecodeSettings {
        resolve_palette_indices: false,
        strict: true,
        target_resolution: None,
    };
    let Ok(image) = hayro_jpeg2000::Image::new(data, &settings) else {
        return false;
    };
    let mut context = hayro_jpeg2000::DecoderContext::default();
    image.decode(&mut context).is_ok() && has_all_tiles(data) != Some(false)
}

/// Whether every tile that the size of a JPEG 2000 picture asks for is there, by the tile-parts that say which they belong to
/// and how long they are. None where they do not tell.
fn has_all_tiles(data: &[u8]) -> Option<bool> {
    let start = memchr::memmem::find(data, &[0xff, 0x4f, 0xff, 0x51])?;
    let side = |n: usize| number(data, start + 8 + 4 * n, 4);
    let along = |end: u64, from: u64, length: u64| end.saturating_sub(from).div_ceil(length.max(1));
    let across = along(side(0)?, side(6)?, side(4)?);
    let tiles = across.saturating_mul(along(side(1)?, side(7)?, side(5)?));
    let segment = |at: usize| Some(at + 2 + usize::try_from(number(data, at + 2, 2)?).ok()?);
    let mut at = start + 2;
    while number(data, at, 2)? != TILE_PART {
        at = segment(at)?;
    }
    let mut seen = HashSet::new();
    while number(data, at, 2) == Some(TILE_PART) {
        seen.insert(number(data, at + 4, 2)?);
        // The last one may go on to the end.
        match number(data, at + 6, 4)? {
            0 => break,
            length => at = at.checked_add(usize::try_from(length).ok()?)?,
        }
    }
    Some(u64::try_from(seen.len()).ok()? >= tiles)
}

/// The marker of a tile-part.
const TILE_PART: u64 = 0xff90;

/// Whether a JBIG2 picture is all there and what was written.
pub(in crate::pdf::images) fn is_sound_jbig2(stream: &Stream<'_>, data: &[u8]) -> bool {
    let settings = hayro_jbig2::DecodeSettings { strict: true };
    let first = parameters(stream).into_iter().next();
    let parameters = first.flatten().unwrap_or_default();
    let Some(shared) = shared_symbols(&parameters) else {
        return false;
    };
    let globals = shared.map(|data| hayro_jbig2::Globals::new(&data, &settings));
    let Ok(globals) = globals.transpose() else {
        return false;
    };
    let page = hayro_jbig2::Page::new_embedded(data, globals.as_ref(), &settings);
    page.is_ok_and(|page| page.decode(&mut Nowhere).is_ok())
}

/// The symbols that the pages of a JBIG2 file share, if it has any; none where they are named and cannot be read.
fn shared_symbols(parameters: &Dict<'_>) -> Option<Option<Vec<u8>>> {
    const KEY: &[u8] = b"JBIG2Globals";
    if !parameters.contains_key(KEY) {
        return Some(None);
    }
    let stream = parameters.get::<Stream<'_>>(KEY)?;
    let unpacked = read(&stream, SHARED).ok()?;
    unpacked.whole.then(|| Some(unpacked.data.into_owned()))
}

/// Takes pixels and keeps none.
struct Nowhere;

impl hayro_jbig2::Decoder for Nowhere {
    fn push_pixel(&mut self, _: bool) {}
    fn push_pixel_chunk(&mut self, _: bool, _: u32) {}
    fn next_line(&mut self) {}
}
