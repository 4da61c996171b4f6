//! Bounds object streams and cross-reference streams before any parser opens the file: parsers unpack them whole,
//! without a limit.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// Deflate cannot grow data by more than this factor.
pub(in crate::pdf) const DEFLATE_CEILING: usize = 1032;

/// How far before its data a stream's dictionary may begin. Those of object streams are a line or two.
const DICTIONARY: usize = 4096;
/// LZW codes of nine bits or more stand for at most 4,096 bytes; real tables stay below this share of it.
const LZW_SHARE: usize = 16;

/// Whether the object streams and cross-reference streams of a file stay within `limit` bytes together.
pub(crate) fn skeleton_fits(file: &[u8], limit: usize) -> bool {
    let packed: Vec<Packed<'_>> = streams(file).collect();
    let ceiling = packed.iter().fold(0usize, |sum, p| {
        sum.saturating_add(p.data.len().saturating_mul(p.growth()))
    });
    if ceiling <= limit {
        return true;
    }
    let mut left = limit;
    packed.iter().all(|p| match p.size(left) {
        Some(size) if size <= left => {
            left -= size;
            true
        }
        _ => false,
    })
}

/// An object stream or cross-reference stream in the file.
struct Packed<'f> {
    data: &'f [u8],
    deflated: usize,
    other: usize,
}

impl Packed<'_> {
    /// How many bytes one packed byte can stand for.
    fn growth(&self) -> usize {
        match (self.deflated, self.other) {
            (0, 0) => 1,
            (1, 0) => DEFLATE_CEILING,
            _ => usize::MAX,
        }
    }

    /// Bytes it unpacks to, counted no further than just past `limit`; none if that cannot be told.
    fn size(&self, limit: usize) -> Option<usize> {
        match (self.deflated, self.other) {
            (0, 0) => Some(self.data.len()),
            (1, 0) => Some(inflated(self.data, limit).0),
            // Only hostile files pack these twice.
            (0, 1) => Some(self.data.len().saturating_mul(LZW_SHARE)),
            _ => None,
        }
    }
}

fn streams(file: &[u8]) -> impl Iterator<Item = Packed<'_>> {
    memmem::find_iter(file, b"stream").filter_map(move |at| {
        let before = file.get(at.saturating_sub(DICTIONARY)..at)?;
        if before.ends_with(b"end") {
            return None;
        }
        let dictionary = before.get(memmem::rfind(before, b"obj")?..)?;
        // Names may be written with escapes; only hostile files do that here.
        let plain = unescaped(dictionary);
        let has = |key: &[u8]| memmem::find(&plain, key).is_some();
        if !has(b"/First") && !has(b"/XRef") {
            return None;
        }
        let count =
            |names: [&[u8]; 2]| -> usize { names.iter().map(|name| words(&plain, name)).sum() };
        let from = at + b"stream".len();
        let rest = file.get(from..)?;
        let start = rest
            .iter()
            .take(2)
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let end = memmem::find(rest, b"endstream").unwrap_or(rest.len());
        Some(Packed {
            data: rest.get(start..end)?,
            deflated: count([b"/FlateDecode", b"/Fl"]),
            other: count([b"/LZWDecode", b"/LZW"]) + count([b"/RunLengthDecode", b"/RL"]),
        })
    })
}

/// How often `name` occurs in a dictionary as a whole word.
fn words(dictionary: &[u8], name: &[u8]) -> usize {
    memmem::find_iter(dictionary, name)
        .filter(|at| {
            dictionary
                .get(at + name.len())
                .is_none_or(|next| !next.is_ascii_alphanumeric())
        })
        .count()
}

/// Names with escapes such as `#41` decoded.
fn unescaped(dictionary: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((first, after)) = rest.split_first() {
        let hex = |b: &u8| char::from(*b).to_digit(16);
        let escape = match after {
            [high, low, ..] if *first == b'#' => hex(high).zip(hex(low)),
            _ => None,
        };
        match escape.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                plain.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(*first);
                rest = after;
            }
        }
    }
    plain
}

/// Bytes that `data` inflates to, counted no further than just past `limit`, and whether nothing was wrong so far.
pub(in crate::pdf) fn inflated(data: &[u8], limit: usize) -> (usize, bool) {
    inflated_seeing(data, limit, &mut |_| {})
}

/// The same; the bytes are shown on the way, piece by piece.
pub(in crate::pdf) fn inflated_seeing(
    data: &[u8],
    limit: usize,
    see: &mut dyn FnMut(&[u8]),
) -> (usize, bool) {
    let mut reader = ZlibDecoder::new(data);
    let mut buffer = [0u8; 32 * 1024];
    let mut total = 0usize;
    while total <= limit {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Err(_) => return (total, false),
            Ok(n) => {
                see(buffer.get(..n).unwrap_or_default());
                total += n;
            }
        }
    }
    (total, true)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(size: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder
            .write_all(&vec![b' '; size])
            .and_then(|()| encoder.finish())
            .unwrap_or_default()
    }

    fn file(keys: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.5\n2 0 obj\n<< {keys} >>\nstream\r\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn object_streams_are_counted_to_the_limit() {
        let data = packed(100_000);
        let own = "/Type /ObjStm /N 2 /First 10 /Filter /FlateDecode";
        assert!(skeleton_fits(&file(own, &data), 100_000));
        assert!(!skeleton_fits(&file(own, &data), 99_999));
        let two = [file(own, &data), file(own, &data)].concat();
        assert!(skeleton_fits(&two, 200_000) && !skeleton_fits(&two, 199_999));
    }

    #[test]
    fn disguises_are_seen_through() {
        let data = packed(100_000);
        for keys in [
            "/Type /Obj#53tm /#46irst 10 /Filter /Flate#44ecode",
            "/First 10 /Filter [/FlateDecode /FlateDecode]",
            "/First 10 /F [/Fl /LZWDecode]",
            "/Type /XRef /W [1 2 1] /Filter /FlateDecode",
        ] {
            assert!(!skeleton_fits(&file(keys, &data), 50_000), "{keys}");
        }
        // Pictures and pages are bounded where they are unpacked.
        let page = "/Length 5 /Filter /FlateDecode";
        assert!(skeleton_fits(&file(page, &data), 50_000));
    }
}
