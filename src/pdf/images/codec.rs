//! Reads image sizes from the headers of encoded data before any codec allocates for them: the image dictionary may
//! state another size than the data.

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

use crate::pdf::images::unpack::parameters;

/// The most columns of a fax. The widest plotters have a tenth.
const COLUMNS: u64 = 200_000;
/// The most tiles and components of a JPEG 2000 picture together: each takes some room.
const TILES: u64 = 200_000;
/// The most tiles alone: their numbers have 16 bits.
const MOST_TILES: u64 = 65_535;

/// Whether the image in a stream has at most so many pixels by its codec's headers.
pub(in crate::pdf) fn fits(stream: &Stream<'_>, pixels: u64, height: u32) -> bool {
    match stream.filters().as_slice() {
        [] => true,
        [Filter::CcittFaxDecode] => fax(stream, pixels, height),
        [Filter::JpxDecode] => jpeg_2000(&stream.raw_data(), pixels),
        [Filter::Jbig2Decode] => jbig2(&stream.raw_data(), pixels),
        // Another filter hides the headers. Only hostile files pack image data twice.
        [_, rest @ ..] => {
            !rest.iter().any(|filter| {
                matches!(
                    filter,
                    Filter::CcittFaxDecode | Filter::JpxDecode | Filter::Jbig2Decode
                )
            }) || stream.raw_data().len() <= SMALL
        }
    }
}

/// Image data behind another filter are unpacked for their header up to this size.
const SMALL: usize = 1 << 16;

fn fax(stream: &Stream<'_>, pixels: u64, height: u32) -> bool {
    let parameters = parameters(stream).into_iter().next().flatten();
    let number = |key: &[u8], usual: u64| {
        let said = parameters.as_ref().and_then(|p| p.get::<i64>(key));
        said.map_or(usual, |n| u64::try_from(n).unwrap_or(u64::MAX))
    };
    let columns = number(b"Columns", 1728);
    let rows = number(b"Rows", 0).max(height.into());
    columns <= COLUMNS && columns.saturating_mul(rows) <= pixels
}

/// The number of so many bytes at a place of the data, highest byte first.
pub(in crate::pdf) fn number(data: &[u8], at: usize, bytes: usize) -> Option<u64> {
    let digits = data.get(at..at.checked_add(bytes)?)?;
    Some(digits.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)))
}

/// By the marker of its size (SIZ) at the beginning of the codestream. Without one no codec reads it.
fn jpeg_2000(data: &[u8], pixels: u64) -> bool {
    let Some(at) = memchr::memmem::find(data, &[0xff, 0x4f, 0xff, 0x51]) else {
        return true;
    };
    let field = |n: usize| number(data, at + 8 + 4 * n, 4);
    let (Some(x), Some(y), Some(x0), Some(y0), Some(tile_x), Some(tile_y)) =
        (field(0), field(1), field(2), field(3), field(4), field(5))
    else {
        return true;
    };
    let parts = number(data, at + 40, 2).unwrap_or(1);
    let (width, height) = (x.saturating_sub(x0), y.saturating_sub(y0));
    let tiles = x
        .div_ceil(tile_x.max(1))
        .saturating_mul(y.div_ceil(tile_y.max(1)));
    width.saturating_mul(height) <= pixels
        && tiles <= MOST_TILES
        && tiles.saturating_mul(parts) <= TILES
}

/// The size that the codestream of a JPEG 2000 states, across and down.
pub(in crate::pdf::images) fn jpeg_2000_size(data: &[u8]) -> [Option<u64>; 2] {
    let start = memchr::memmem::find(data, &[0xff, 0x4f, 0xff, 0x51]);
    let side = |n: usize| {
        let field = |n: usize| number(data, start? + 8 + 4 * n, 4);
        field(n)?.checked_sub(field(n + 2)?)
    };
    [side(0), side(1)]
}

/// The size that the page of a JBIG2 states; none down where it is left open.
pub(in crate::pdf::images) fn jbig2_size(data: &[u8]) -> [Option<u64>; 2] {
    let mut at = 0usize;
    while let Some(segment) = segment(data, at) {
        if segment.kind == 48 {
            let down = number(data, segment.start + 4, 4);
            return [
                number(data, segment.start, 4),
                down.filter(|height| *height != 0xffff_ffff),
            ];
        }
        let length = usize::try_from(segment.length).ok();
        let Some(next) = length.and_then(|n| segment.start.checked_add(n)) else {
            break;
        };
        at = next;
    }
    [None; 2]
}

/// By the sizes of its pages and regions, segment by segment.
fn jbig2(data: &[u8], pixels: u64) -> bool {
    let mut at = 0usize;
    while let Some(segment) = segment(data, at) {
        let sized = matches!(segment.kind, 4..=7 | 20..=23 | 36..=43 | 48);
        let sides = number(data, segment.start, 4).zip(number(data, segment.start + 4, 4));
        // A page of unknown height grows with its stripes.
        if let Some((width, height)) = sides.filter(|(_, height)| sized && *height != 0xffff_ffff)
            && width.saturating_mul(height) > pixels
        {
            return false;
        }
        if segment.length == 0xffff_ffff {
            return true;
        }
        let Some(next) = usize::try_from(segment.length)
            .ok()
            .and_then(|n| segment.start.checked_add(n))
        else {
            return true;
        };
        at = next;
    }
    true
}

struct Segment {
    kind: u64,
    start: usize,
    length: u64,
}

/// The header of the segment at a place.
fn segment(data: &[u8], at: usize) -> Option<Segment> {
    let name = number(data, at, 4)?;
    let flags = number(data, at + 4, 1)?;
    let first = number(data, at + 5, 1)?;
    let (referred, mut next) = if first >> 5 == 7 {
        let count = number(data, at + 5, 4)? & 0x1fff_ffff;
        (count, at + 9 + usize::try_from(count / 8 + 1).ok()?)
    } else {
        (first >> 5, at + 6)
    };
    let size = match name {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    next = next.checked_add(usize::try_from(referred).ok()?.checked_mul(size)?)?;
    next += if flags & 0x40 == 0 { 1 } else { 4 };
    let length = number(data, next, 4)?;
    Some(Segment {
        kind: flags & 0x3f,
        start: next + 4,
        length,
    })
}

/// So many zero bytes in a row are a hole in packed or encrypted data.
const HOLE: usize = 16;

/// Whether data that look like noise have a row of zeros.
pub(in crate::pdf) fn has_hole(data: &[u8]) -> bool {
    memchr::memmem::find(data, &[0; HOLE]).is_some()
}

/// What a name says; bytes that are no UTF-8 stand as the format writes them, so that different names stay apart.
pub(in crate::pdf) fn name_words(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let word = |byte: &u8| match byte {
                0x21..=0x7e => char::from(*byte).to_string(),
                byte => format!("#{byte:02X}"),
            };
            name.iter().map(word).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siz(x: u32, y: u32, tile: u32) -> Vec<u8> {
        let mut data = vec![0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0];
        for n in [x, y, 0, 0, tile, tile, 0, 0] {
            data.extend(n.to_be_bytes());
        }
        data.extend([0, 1, 7, 1, 1]);
        data
    }

    #[test]
    fn a_jpeg_2000_says_its_size_and_tiles() {
        assert!(jpeg_2000(&siz(100, 100, 100), 10_000));
        assert!(!jpeg_2000(&siz(101, 100, 101), 10_000));
        assert!(!jpeg_2000(&siz(1000, 1000, 1), 1_000_000));
    }

    #[test]
    fn a_jbig2_says_the_sizes_of_its_regions() {
        let region = |side: u32| {
            let mut data = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19];
            data.extend([0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            data.extend([0, 0, 0, 1, 38, 0, 1, 0, 0, 0, 18]);
            data.extend(side.to_be_bytes());
            data.extend(side.to_be_bytes());
            data.extend([0; 10]);
            data
        };
        assert!(jbig2(&region(100), 10_000));
        assert!(!jbig2(&region(101), 10_000));
    }
}
