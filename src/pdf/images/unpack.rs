//! Unpacks streams filter by filter, and reports whether each filter read all its data.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Object, Stream};
use weezl::BitOrder;

use crate::pdf::objects::is_space;

/// An unpacked stream.
pub(crate) struct Unpacked<'a> {
    /// All that could be read.
    pub(crate) data: Cow<'a, [u8]>,
    /// Whether every filter read its data to their end and found them sound.
    pub(crate) whole: bool,
    /// Bytes behind the end that a filter found, white space left out: no reader looks at them.
    pub(crate) unread: usize,
}

/// Unpacks a stream that is no picture. None where a filter is unknown, for pictures, or stands in another file. The
/// caller has made sure that the result has a bound.
pub(crate) fn unpack<'a>(stream: &Stream<'a>) -> Option<Unpacked<'a>> {
    if !has_known_filters(stream) {
        return None;
    }
    let mut unpacked = Unpacked {
        data: stream.raw_data(),
        whole: true,
        unread: 0,
    };
    let parameters = parameters(stream);
    for (n, filter) in stream.filters().iter().enumerate() {
        let parameters = parameters.get(n).and_then(Option::as_ref);
        let step = match filter {
            Filter::Crypt if n == 0 => continue,
            Filter::FlateDecode => inflate(&unpacked.data),
            Filter::LzwDecode => lzw(&unpacked.data, parameters),
            Filter::RunLengthDecode => run_length(&unpacked.data),
            Filter::Ascii85Decode => ascii85(&unpacked.data),
            Filter::AsciiHexDecode => ascii_hex(&unpacked.data),
            _ => return None,
        };
        // Even nothing, deflated, has eight bytes.
        let lost = *filter == Filter::FlateDecode && unpacked.data.is_empty();
        unpacked.whole &= step.whole && !lost;
        unpacked.unread += step.unread;
        unpacked.data = step.data;
        if parameters.is_some_and(predicts) {
            // Predictors are for images and tables; no program writes page content with one.
            unpacked.data = stream.decoded_data().ok()?;
            break;
        }
    }
    Some(unpacked)
}

/// Whether every filter that is named is one that the format knows, and the data are in this file.
pub(crate) fn has_known_filters(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let named = |key: &[u8]| match dict.get::<Object<'_>>(key) {
        Some(Object::Name(_)) => 1,
        Some(Object::Array(names)) => names.raw_iter().count(),
        None if !dict.contains_key(key) => 0,
        Some(Object::Null(_)) => 0,
        // A file's name stands under the short key of a stream outside the file.
        Some(Object::String(_) | Object::Dict(_)) if key == b"F" => 0,
        // It is not there, or is no name.
        _ => usize::MAX,
    };
    let elsewhere = matches!(
        dict.get::<Object<'_>>(b"F"),
        Some(Object::String(_) | Object::Dict(_))
    );
    let expected = match named(b"F") {
        0 => named(b"Filter"),
        short => short,
    };
    !elsewhere && stream.filters().len() == expected
}

/// The parameters of each filter.
pub(in crate::pdf) fn parameters<'a>(stream: &Stream<'a>) -> Vec<Option<Dict<'a>>> {
    let dict = stream.dict();
    let found = [b"DP".as_slice(), b"DecodeParms"]
        .into_iter()
        .find_map(|key| dict.get::<Object<'a>>(key));
    match found {
        Some(Object::Dict(one)) => vec![Some(one)],
        Some(Object::Array(all)) => all.iter::<Object<'a>>().map(Object::into_dict).collect(),
        _ => Vec::new(),
    }
}

/// Bits in a row of what a predictor made, by its parameters.
pub(in crate::pdf) fn row_bits(parameters: &Dict<'_>) -> usize {
    let number = |key: &[u8], usual| parameters.get::<usize>(key).unwrap_or(usual);
    number(b"Columns", 1)
        .saturating_mul(number(b"Colors", 1))
        .saturating_mul(number(b"BitsPerComponent", 8))
}

pub(in crate::pdf) fn predicts(parameters: &Dict<'_>) -> bool {
    parameters.get::<i32>(b"Predictor").unwrap_or(1) > 1
}

fn owned(data: Vec<u8>, whole: bool) -> Unpacked<'static> {
    Unpacked {
        data: Cow::Owned(data),
        whole,
        unread: 0,
    }
}

impl Unpacked<'_> {
    /// The same, where the filter ended and these bytes stand behind its end.
    fn before(mut self, rest: Option<&[u8]>) -> Self {
        let rest = rest.unwrap_or_default().iter();
        self.unread = rest.filter(|byte| !is_space(**byte)).count();
        self
    }
}

/// Inflates; what stands before damage is kept. A checksum that is cut off is no damage, for all data stand before it.
pub(crate) fn inflate(data: &[u8]) -> Unpacked<'static> {
    let sound = inflate_as(data, true);
    if sound.ends || data.is_empty() {
        return owned(sound.data, true).before(data.get(sound.used..));
    }
    let has_header = matches!(data, [cmf, flg, ..] if cmf & 0x0f == 8
        && (u16::from(*cmf) << 8 | u16::from(*flg)).is_multiple_of(31));
    let bare = data.get(2..).unwrap_or_default();
    let headless = inflate_as(bare, false);
    if headless.data.is_empty() && !has_header {
        // Some writers leave the header out; few readers take that.
        return owned(inflate_as(data, false).data, false);
    }
    let cut_checksum = headless.ends && bare.len() - headless.used < CHECKSUM;
    owned(headless.data, has_header && cut_checksum)
}

/// Bytes of the checksum at the end of deflated data.
const CHECKSUM: usize = 4;

/// What one attempt to inflate gave.
struct Inflated {
    data: Vec<u8>,
    /// The end was reached without a complaint.
    ends: bool,
    /// Bytes that were read.
    used: usize,
}

fn inflate_as(packed: &[u8], with_header: bool) -> Inflated {
    let mut state = Decompress::new(with_header);
    let mut data = Vec::with_capacity(packed.len().saturating_mul(4));
    let ends = loop {
        let used = used(&state);
        let had = data.len();
        let rest = packed.get(used..).unwrap_or_default();
        match state.decompress_vec(rest, &mut data, FlushDecompress::None) {
            Ok(Status::StreamEnd) => break true,
            Err(_) => break false,
            Ok(_) if data.len() == data.capacity() => data.reserve(data.len().max(4096)),
            Ok(_) if self::used(&state) == used && data.len() == had => break false,
            Ok(_) => {}
        }
    };
    let used = used(&state);
    Inflated { data, ends, used }
}

fn used(state: &Decompress) -> usize {
    usize::try_from(state.total_in()).unwrap_or(usize::MAX)
}

fn lzw(data: &[u8], parameters: Option<&Dict<'_>>) -> Unpacked<'static> {
    let late = parameters.and_then(|p| p.get::<i32>(b"EarlyChange")) == Some(0);
    let mut decoder = if late {
        weezl::decode::Decoder::new(BitOrder::Msb, 8)
    } else {
        weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
    };
    let mut out = Vec::new();
    let done = decoder.into_vec(&mut out).decode_all(data);
    owned(out, done.status.is_ok()).before(data.get(done.consumed_in..))
}

fn run_length(data: &[u8]) -> Unpacked<'static> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((length, after)) = rest.split_first() {
        let taken = match usize::from(*length) {
            128 => return owned(out, true).before(Some(after)),
            n @ 0..=127 => after.get(..=n).map(|bytes| {
                out.extend_from_slice(bytes);
                n + 1
            }),
            n => after.first().map(|byte| {
                out.resize(out.len() + 257 - n, *byte);
                1
            }),
        };
        let Some(taken) = taken else {
            return owned(out, false);
        };
        rest = after.get(taken..).unwrap_or_default();
    }
    owned(out, true)
}

/// The bytes behind a text in base 85; what is damaged ends it.
pub(in crate::pdf) fn ascii85(text: &[u8]) -> Unpacked<'static> {
    let mut bytes = Vec::with_capacity(text.len() / 5 * 4);
    let (mut group, mut held) = (0u32, 0usize);
    // Without its end mark a text is cut.
    let (mut whole, mut rest) = (false, None);
    let mut put = |group: u32, count: usize| {
        bytes.extend(group.to_be_bytes().into_iter().take(count));
    };
    for (at, c) in text.iter().enumerate() {
        match c {
            b'z' if held == 0 => put(0, 4),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(c - b'!'));
                held += 1;
                if held == 5 {
                    put(group, 4);
                    (group, held) = (0, 0);
                }
            }
            c if is_space(*c) => {}
            b'~' => {
                whole = true;
                let behind = text.get(at + 1..).unwrap_or_default();
                rest = Some(behind.strip_prefix(b">").unwrap_or(behind));
                break;
            }
            _ => break,
        }
    }
    if held > 1 {
        for _ in held..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        put(group, held - 1);
    }
    owned(bytes, whole && held != 1).before(rest)
}

fn ascii_hex(text: &[u8]) -> Unpacked<'static> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    let mut rest = None;
    for (at, c) in text.iter().enumerate() {
        let digit = match c {
            b'>' => {
                rest = text.get(at + 1..);
                break;
            }
            c if is_space(*c) => continue,
            c => char::from(*c)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok()),
        };
        let Some(digit) = digit else {
            return owned(bytes, false);
        };
        match high.take() {
            None => high = Some(digit),
            Some(first) => bytes.push(first << 4 | digit),
        }
    }
    bytes.extend(high.map(|first| first << 4));
    // Without its end mark a text is cut.
    owned(bytes, rest.is_some()).before(rest)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        let written = encoder.write_all(data).and_then(|()| encoder.finish());
        written.unwrap_or_default()
    }

    fn text() -> Vec<u8> {
        (0..4000u32)
            .flat_map(|n| format!("{} {} l ", n * 7 % 613, n).into_bytes())
            .collect()
    }

    fn read(unpacked: &Unpacked<'_>) -> (usize, bool) {
        (unpacked.data.len(), unpacked.whole)
    }

    #[test]
    fn deflated_data_are_whole_to_their_end_with_or_without_all_of_the_checksum() {
        let (plain, packed) = (text(), deflated(&text()));
        assert_eq!(read(&inflate(&packed)), (plain.len(), true));
        assert_eq!(
            read(&inflate(&packed[..packed.len() - 1])),
            (plain.len(), true)
        );
        assert_eq!(
            read(&inflate(&packed[..packed.len() - 4])),
            (plain.len(), true)
        );
        let trailing = [packed.as_slice(), b"\r\n"].concat();
        assert_eq!(read(&inflate(&trailing)), (plain.len(), true));
    }

    #[test]
    fn deflated_data_that_break_off_or_were_changed_are_not_whole() {
        let packed = deflated(&text());
        let half = inflate(&packed[..packed.len() / 2]);
        assert!(!half.whole && half.data.len() > 1000);
        let mut zeroed = packed.clone();
        zeroed[packed.len() / 2..packed.len() / 2 + 20].fill(0);
        assert!(!inflate(&zeroed).whole);
        let mut header = packed.clone();
        header[0] = 0;
        assert!(!inflate(&header).whole);
        let mut sum = packed;
        if let Some(last) = sum.last_mut() {
            *last ^= 1;
        }
        assert_eq!(read(&inflate(&sum)), (text().len(), false));
        assert!(inflate(b"").whole);
    }

    #[test]
    fn run_lengths_may_lack_their_end_but_not_their_bytes() {
        let run = [4, 10, 11, 12, 13, 14, 253, 3, 128];
        assert_eq!(read(&run_length(&run)), (9, true));
        assert_eq!(read(&run_length(&run[..8])), (9, true));
        assert_eq!(read(&run_length(&run[..7])), (5, false));
        assert_eq!(read(&run_length(&run[..4])), (0, false));
    }

    #[test]
    fn text_in_base_85_and_16_is_read_to_the_first_strange_letter() {
        let read = |unpacked: Unpacked<'_>| (unpacked.data.into_owned(), unpacked.whole);
        assert_eq!(
            read(ascii85(b"87cUR D]i,\"Ebo7~>")),
            (b"Hello World".to_vec(), true)
        );
        assert_eq!(read(ascii85(b"z!!~>")), (vec![0; 5], true));
        assert_eq!(read(ascii85(b"z!!")), (vec![0; 5], false), "no end mark");
        assert_eq!(read(ascii85(b"~>")), (Vec::new(), true));
        assert_eq!(read(ascii85(b"87cUR\x80D]i")), (b"Hell".to_vec(), false));
        assert_eq!(read(ascii_hex(b"41 4>")), (b"A@".to_vec(), true));
        assert_eq!(
            read(ascii_hex(b"41 4")),
            (b"A@".to_vec(), false),
            "no end mark"
        );
        assert_eq!(read(ascii_hex(b"41x")), (b"A".to_vec(), false));
    }

    #[test]
    fn what_stands_behind_an_end_mark_is_counted() {
        let more = [deflated(b"q 1 0 0 1 0 0 cm"), deflated(b"Q")].concat();
        assert!(inflate(&more).unread > 4);
        assert_eq!(
            inflate(&[deflated(b"q").as_slice(), b"\r\n\0"].concat()).unread,
            0
        );
        assert_eq!(ascii85(b"87cUR~>D]i,\"").unread, 5);
        assert_eq!(ascii_hex(b"41> 42>").unread, 3);
        assert_eq!(
            run_length(&[0, 65, 128, 0, 66]).unread,
            1,
            "nulls are white space"
        );
        assert_eq!(run_length(&[0, 65, 128]).unread, 0);
    }
}
