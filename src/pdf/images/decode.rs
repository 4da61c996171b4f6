//! Unpacks streams within a bound, so that a small file cannot exhaust memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, ObjectIdentifier, Stream};

use crate::model::limits::Limits;
use crate::pdf::images::codec;
use crate::pdf::images::unpack::{
    Unpacked, ascii85, inflate, parameters, predicts, row_bits, unpack,
};
use crate::pdf::reading::object_streams::{DEFLATE_CEILING, inflated, inflated_seeing};

/// An LZW code of nine bits or more stands for at most 4,096 bytes.
const LZW_CEILING: usize = 4096;
/// Run lengths: two bytes stand for at most 128.
const RUN_LENGTH_CEILING: usize = 64;

/// Why a stream was not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It would grow beyond the limit.
    TooLarge,
    /// Its data are damaged, or it holds an image where content was expected.
    Damaged,
}

/// The data of a stream that is not an image, or why there are none.
pub(crate) fn read<'a>(stream: &Stream<'a>, limit: usize) -> Result<Unpacked<'a>, Refusal> {
    if !fits(stream, limit) {
        return Err(Refusal::TooLarge);
    }
    unpack(stream).ok_or(Refusal::Damaged)
}

/// Unpacks a stream that is not an image; of damaged data, as much as can be read.
pub(crate) fn decode<'a>(stream: &Stream<'a>, limit: usize) -> Result<Cow<'a, [u8]>, Refusal> {
    read(stream, limit).map(|unpacked| unpacked.data)
}

/// A cache of the unpacked sizes of large streams, one for each thread.
#[derive(Default)]
pub(crate) struct Sizes {
    known: RefCell<HashMap<(ObjectIdentifier, usize), (usize, bool)>>,
}

impl Sizes {
    /// Bytes that deflated data of `stream` unpack to, counted no further than just past `limit`, and whether nothing was
    /// wrong so far.
    fn inflated(&self, stream: &Stream<'_>, data: &[u8], limit: usize) -> (usize, bool) {
        // Inline images are no objects: their key would be that of the stream around them.
        let key = stream.dict().obj_id().map(|id| (id, data.len()));
        let known = key.and_then(|key| self.known.borrow().get(&key).copied());
        if let Some(size) = known.filter(|(size, _)| *size <= limit) {
            return size;
        }
        let size = inflated(data, limit);
        if let Some(key) = key {
            self.known.borrow_mut().insert(key, size);
        }
        size
    }
}

/// The limits on images, and the cache of their unpacked sizes.
#[derive(Clone, Copy)]
pub(crate) struct Allowance<'l> {
    pub(crate) limits: &'l Limits,
    pub(crate) sizes: &'l Sizes,
}

impl Allowance<'_> {
    /// Whether an image of so many pixels may be unpacked.
    pub(crate) fn allows(&self, stream: &Stream<'_>, [width, height]: [u32; 2]) -> bool {
        u64::from(width) * u64::from(height) <= self.limits.image_pixels
            && codec::fits(stream, self.limits.image_pixels, height)
            && fits_known(stream, self.limits.stream_bytes, Some(self.sizes))
    }

    /// Whether all of a stream whose only filter is deflate can be read, and is what was written.
    pub(crate) fn is_whole(&self, stream: &Stream<'_>) -> bool {
        self.inflated(stream).1 || inflate(&stream.raw_data()).whole
    }

    /// Bytes that a stream whose only filter is deflate unpacks to, and whether nothing was wrong so far; all of them are shown
    /// on the way.
    pub(crate) fn inflated_seeing(
        &self,
        stream: &Stream<'_>,
        see: &mut dyn FnMut(&[u8]),
    ) -> (usize, bool) {
        inflated_seeing(&stream.raw_data(), self.limits.stream_bytes, see)
    }

    /// Bytes that a stream whose only filter is deflate unpacks to, counted no further than just past the limit, and whether
    /// nothing was wrong so far.
    pub(crate) fn inflated(&self, stream: &Stream<'_>) -> (usize, bool) {
        self.sizes
            .inflated(stream, &stream.raw_data(), self.limits.stream_bytes)
    }
}

/// Whether unpacking `stream` stays within `limit` bytes, found without doing it where possible.
///
/// Codecs for pictures are not looked into: their size follows from the picture's pixels.
pub(crate) fn fits(stream: &Stream<'_>, limit: usize) -> bool {
    fits_known(stream, limit, None)
}

/// Whether a row of every predictor stays within `limit` bytes.
fn rows_fit(stream: &Stream<'_>, limit: usize) -> bool {
    let fits = |row: &Dict<'_>| !predicts(row) || row_bits(row) / 8 <= limit;
    parameters(stream).iter().flatten().all(fits)
}

/// The same, with a cache of sizes counted before.
pub(crate) fn fits_known(stream: &Stream<'_>, limit: usize, sizes: Option<&Sizes>) -> bool {
    let filters = stream.filters();
    if filters.is_empty() {
        return true;
    }
    if !rows_fit(stream, limit) {
        return false;
    }
    let raw = stream.raw_data();
    let ceiling = filters.iter().fold(raw.len(), |size, filter| {
        size.saturating_mul(match filter {
            Filter::FlateDecode => DEFLATE_CEILING,
            Filter::LzwDecode => LZW_CEILING,
            Filter::RunLengthDecode => RUN_LENGTH_CEILING,
            _ => 1,
        })
    });
    if ceiling <= limit {
        return true;
    }
    // The codec's ceiling is far above real data, so inflate the first layer and count without keeping its output.
    // Nested layers occur in attacks only and are refused.
    let packed = filters
        .iter()
        .filter(|f| {
            matches!(
                f,
                Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode
            )
        })
        .count();
    match (filters.first(), packed) {
        (Some(Filter::FlateDecode), 1) => {
            let size = match sizes {
                Some(sizes) => sizes.inflated(stream, &raw, limit).0,
                None => inflated(&raw, limit).0,
            };
            size <= limit
        }
        // Written as text first, as some programs do with every stream.
        (Some(Filter::Ascii85Decode), 1) if filters.get(1) == Some(&Filter::FlateDecode) => {
            inflated(&ascii85(&raw).data, limit).0 <= limit
        }
        (_, 1) => raw.len() <= limit / 16,
        _ => false,
    }
}
