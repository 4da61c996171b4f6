//! The text in the data codewords of a QR code: its segments, in the encodings they name.

use encoding_rs::{Encoding, GB18030, SHIFT_JIS};

/// How the text of a segment is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Three digits in ten bits.
    Numeric,
    /// Two of 45 letters in eleven bits.
    Alphanumeric,
    /// Bytes.
    Byte,
    /// Shift JIS or GB 2312, thirteen bits each.
    Kanji,
}

impl Mode {
    /// The width of the character count indicator, in bits.
    pub(crate) fn count_bits(self, version: usize) -> usize {
        let range = (version + 7) / 17;
        let bits = match self {
            Self::Numeric => [10, 12, 14],
            Self::Alphanumeric => [9, 11, 13],
            Self::Byte => [8, 16, 16],
            Self::Kanji => [8, 10, 12],
        };
        bits.get(range).copied().unwrap_or(16)
    }
}

/// Letters of the alphanumeric mode.
const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Bits read from codewords, the highest of each first.
struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.data.len() * 8 - self.at
    }

    fn take(&mut self, count: usize) -> Option<usize> {
        if count > self.left() {
            return None;
        }
        let mut value = 0;
        for _ in 0..count {
            let byte = self.data.get(self.at / 8)?;
            value = value << 1 | usize::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }
}

/// The text of a symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Says {
    pub(crate) text: String,
    /// Bits its segments take, heads included.
    pub(crate) bits: usize,
}

/// Reads the segments of a symbol of `version`. None if they make no sense.
pub(crate) fn says(data: &[u8], version: usize) -> Option<Says> {
    let mut bits = Bits { data, at: 0 };
    let mut text = String::new();
    // Bytes wait until all that belong together are there: letters may be cut between segments.
    let mut bytes: Vec<u8> = Vec::new();
    let mut named: Option<&'static Encoding> = None;
    let mut marked = false;
    let mut used = 0;
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, version, &mut bytes)?,
            2 => alphanumeric(&mut bits, version, marked, &mut bytes)?,
            3 => {
                // One of several symbols: its place among them and their parity are passed over.
                bits.take(16)?;
            }
            4 => {
                for _ in 0..count(&mut bits, version, Mode::Byte)? {
                    bytes.push(u8::try_from(bits.take(8)?).ok()?);
                }
            }
            5 => marked = true,
            7 => {
                flush(&mut text, &mut bytes, named);
                named = Some(encoding(designator(&mut bits)?)?);
            }
            8 => kanji(&mut bits, version, |value| {
                let (high, low) = (value / 0xC0, value % 0xC0);
                let joined = high << 8 | low;
                let joined = if joined < 0x1F00 {
                    joined + 0x8140
                } else {
                    joined + 0xC140
                };
                [joined >> 8, joined & 0xFF]
            })
            .map(|pairs| {
                flush(&mut text, &mut bytes, named);
                text.push_str(&SHIFT_JIS.decode_without_bom_handling(&pairs).0);
            })?,
            9 => {
                bits.take(8)?;
                marked = true;
            }
            13 => {
                bits.take(4)?;
                kanji(&mut bits, version, |value| {
                    let (high, low) = (value / 0x60, value % 0x60);
                    let start = if high < 0x0A { 0xA1 } else { 0xA6 };
                    [high + start, low + 0xA1]
                })
                .map(|pairs| {
                    flush(&mut text, &mut bytes, named);
                    text.push_str(&GB18030.decode_without_bom_handling(&pairs).0);
                })?;
            }
            _ => return None,
        }
        used = bits.at;
    }
    flush(&mut text, &mut bytes, named);
    Some(Says { text, bits: used })
}

fn count(bits: &mut Bits<'_>, version: usize, mode: Mode) -> Option<usize> {
    bits.take(mode.count_bits(version))
}

fn numeric(bits: &mut Bits<'_>, version: usize, out: &mut Vec<u8>) -> Option<()> {
    let mut left = count(bits, version, Mode::Numeric)?;
    while left > 0 {
        let digits = left.min(3);
        let value = bits.take([0, 4, 7, 10].get(digits).copied()?)?;
        let text = format!("{value:0digits$}");
        if text.len() > digits {
            return None;
        }
        out.extend(text.bytes());
        left -= digits;
    }
    Some(())
}

fn alphanumeric(
    bits: &mut Bits<'_>,
    version: usize,
    marked: bool,
    out: &mut Vec<u8>,
) -> Option<()> {
    let mut left = count(bits, version, Mode::Alphanumeric)?;
    let mut letters = Vec::with_capacity(left);
    while left > 0 {
        if left == 1 {
            letters.push(*LETTERS.get(bits.take(6)?)?);
            break;
        }
        let value = bits.take(11)?;
        letters.push(*LETTERS.get(value / 45)?);
        letters.push(*LETTERS.get(value % 45)?);
        left -= 2;
    }
    if marked {
        // In marked symbols a per cent sign separates fields, two of them are one.
        let mut rest = letters.as_slice();
        while let [first, after @ ..] = rest {
            rest = after;
            match (first, after) {
                (b'%', [b'%', ..]) => {
                    out.push(b'%');
                    rest = after.get(1..).unwrap_or_default();
                }
                (b'%', _) => out.push(0x1D),
                (letter, _) => out.push(*letter),
            }
        }
    } else {
        out.extend(letters);
    }
    Some(())
}

/// Letters of thirteen bits as pairs of bytes.
fn kanji(
    bits: &mut Bits<'_>,
    version: usize,
    pair: impl Fn(usize) -> [usize; 2],
) -> Option<Vec<u8>> {
    let mut pairs = Vec::new();
    for _ in 0..count(bits, version, Mode::Kanji)? {
        for byte in pair(bits.take(13)?) {
            pairs.push(u8::try_from(byte).ok()?);
        }
    }
    Some(pairs)
}

/// The number that names an encoding, in one to three bytes.
fn designator(bits: &mut Bits<'_>) -> Option<usize> {
    let first = bits.take(8)?;
    if first & 0x80 == 0 {
        Some(first)
    } else if first & 0xC0 == 0x80 {
        Some((first & 0x3F) << 8 | bits.take(8)?)
    } else {
        Some((first & 0x1F) << 16 | bits.take(16)?)
    }
}

fn encoding(number: usize) -> Option<&'static Encoding> {
    let label = match number {
        0..=3 | 27 | 170 => "windows-1252",
        4 => "iso-8859-2",
        5 => "iso-8859-3",
        6 => "iso-8859-4",
        7 => "iso-8859-5",
        8 => "iso-8859-6",
        9 => "iso-8859-7",
        10 => "iso-8859-8",
        11 => "windows-1254",
        15 => "iso-8859-13",
        17 => "iso-8859-15",
        18 => "iso-8859-16",
        20 => "shift_jis",
        21 => "windows-1250",
        22 => "windows-1251",
        23 => "windows-1252",
        24 => "windows-1256",
        25 => "utf-16be",
        26 | 899 => "utf-8",
        28 => "big5",
        29 | 32 => "gb18030",
        30 => "euc-kr",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

fn flush(text: &mut String, bytes: &mut Vec<u8>, named: Option<&'static Encoding>) {
    let taken = std::mem::take(bytes);
    match named {
        Some(encoding) => text.push_str(&encoding.decode_without_bom_handling(&taken).0),
        None => text.push_str(&guess(taken)),
    }
}

/// Bytes in no named encoding as text: UTF-8 where they are, else Shift JIS where they can be nothing else, else
/// Latin 1, which every byte is.
pub(crate) fn guess(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let bytes = e.into_bytes();
            let japanese = || SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes);
            // Letters of Latin 1 lie from 0xA0 on; below are control characters nobody prints.
            let controls = bytes.iter().any(|b| (0x80..0xA0).contains(b));
            match japanese().filter(|_| controls) {
                Some(text) => text.into_owned(),
                None => bytes.into_iter().map(char::from).collect(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_without_a_name_are_guessed() {
        assert_eq!(guess("grün".into()), "grün");
        assert_eq!(guess(vec![b'g', b'r', 0xFC, b'n']), "grün");
        assert_eq!(guess(vec![0x93, 0xFA, 0x96, 0x7B]), "日本");
    }

    #[test]
    fn the_standards_example_is_read() {
        let data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11];
        assert_eq!(
            says(&data, 1).unwrap(),
            Says {
                text: "01234567".into(),
                bits: 41
            }
        );
    }
}
