//! Decodes a QR code from its light and dark modules, and counts the codewords that error correction changed.

use crate::qr_code::layout::{self, Blocks, CorrectionLevel, Role};
use crate::qr_code::{reed_solomon, segments};

/// Light and dark modules of a symbol, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matrix {
    pub(crate) side: usize,
    pub(crate) dark: Vec<bool>,
}

impl Matrix {
    /// The same with rows for columns, as a mirrored symbol is.
    pub(crate) fn mirrored(&self) -> Self {
        let dark = (0..self.side)
            .flat_map(|y| (0..self.side).map(move |x| x * self.side + y))
            .map(|at| self.is_dark(at))
            .collect();
        Self {
            side: self.side,
            dark,
        }
    }

    pub(crate) fn is_dark(&self, place: usize) -> bool {
        self.dark.get(place).copied().unwrap_or(false)
    }
}

/// A symbol that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) text: String,
    pub(crate) version: usize,
    pub(crate) level: CorrectionLevel,
    /// Bits of its segments.
    pub(crate) bits: usize,
    /// The symbol as it should be.
    pub(crate) right: Matrix,
    /// How its codewords are divided.
    pub(crate) blocks: Blocks,
    /// Which block each codeword belongs to, in the order they stand in the symbol, and the modules of its bits.
    pub(crate) words: Vec<(usize, Vec<usize>)>,
    /// Wrong codewords of each block.
    pub(crate) wrong: Vec<usize>,
}

impl Reading {
    /// The share of error correction that is left in the worst block, if so many codewords of each are wrong: 1 if
    /// none is, 0 or less where nothing is left.
    pub(crate) fn unused(&self, wrong: &[usize]) -> f64 {
        let most = wrong.iter().copied().max().unwrap_or(0);
        let usable = self.blocks.correction - self.blocks.kept_back;

        1.0 - 2.0 * most as f64 / usable.max(1) as f64
    }
}

/// Decodes a symbol. `None` if the format is invalid or error correction fails.
pub(crate) fn read(matrix: &Matrix) -> Option<Reading> {
    let version = layout::version(matrix.side)?;
    let roles = layout::roles(version);
    let order = layout::order(version, roles);
    formats(matrix)
        .into_iter()
        .find_map(|(level, mask)| with_format(matrix, version, roles, &order, level, mask))
}

/// How many format bits may be wrong.
const FORMAT_WRONG: u32 = 3;

/// The correction levels and masks nearest to the format bits, the likeliest first.
fn formats(matrix: &Matrix) -> Vec<(CorrectionLevel, u8)> {
    let told = layout::format_places(matrix.side).map(|copy| {
        (0..).zip(copy).fold(0u32, |bits, (bit, (x, y))| {
            bits | u32::from(matrix.is_dark(y * matrix.side + x)) << bit
        })
    });
    let mut all: Vec<(u32, CorrectionLevel, u8)> = Vec::new();
    for level in CorrectionLevel::ALL {
        for mask in 0..8 {
            let right = layout::format(level, mask);
            let off = told.iter().map(|t| (t ^ right).count_ones()).min();
            all.extend(off.filter(|o| *o <= FORMAT_WRONG).map(|o| (o, level, mask)));
        }
    }
    all.sort_by_key(|(off, ..)| *off);
    all.into_iter()
        .map(|(_, level, mask)| (level, mask))
        .collect()
}

fn with_format(
    matrix: &Matrix,
    version: usize,
    roles: &[Role],
    order: &[usize],
    level: CorrectionLevel,
    mask: u8,
) -> Option<Reading> {
    let side = matrix.side;
    let blocks = Blocks::of(version, level)?;
    let bit =
        |place: usize| matrix.is_dark(place) != layout::masked(mask, place % side, place / side);
    // Codewords in the symbol's order: those of all blocks interleaved, data first.
    let mut stand: Vec<Vec<usize>> = vec![Vec::new(); blocks.count];
    let mut turn = Vec::with_capacity(blocks.total);
    let most = blocks.data_of(blocks.count - 1);
    for n in 0..most + blocks.correction {
        for (block, places) in stand.iter_mut().enumerate() {
            if n != most - 1 || n < blocks.data_of(block) {
                places.push(turn.len());
                turn.push(block);
            }
        }
    }
    let bits: Vec<&[usize]> = order.chunks_exact(8).collect();
    if bits.len() != turn.len() {
        return None;
    }
    let word = |at: usize| -> u8 {
        let places = bits.get(at).copied().unwrap_or_default();
        places
            .iter()
            .fold(0, |word, place| word << 1 | u8::from(bit(*place)))
    };
    let mut data = Vec::with_capacity(blocks.data());
    let mut wrong = Vec::with_capacity(blocks.count);
    let mut right = matrix.clone();
    for (block, places) in stand.iter().enumerate() {
        let mut words: Vec<u8> = places.iter().map(|at| word(*at)).collect();
        wrong.push(reed_solomon::correct(&mut words, blocks.correction)?);
        data.extend(words.iter().take(blocks.data_of(block)));
        for (at, word) in places.iter().zip(&words) {
            let places = bits.get(*at).copied().unwrap_or_default();
            for (n, place) in (0..8).rev().zip(places) {
                let light = layout::masked(mask, place % side, place / side);
                if let Some(slot) = right.dark.get_mut(*place) {
                    *slot = (word >> n & 1 == 1) != light;
                }
            }
        }
    }
    let says = segments::says(&data, version)?;
    let fixed = roles
        .iter()
        .enumerate()
        .filter_map(|(place, role)| match role {
            Role::Fixed(dark) => Some((place, *dark)),
            _ => None,
        });
    // Left-over bits are light before masking.
    let left = order
        .iter()
        .skip(blocks.total * 8)
        .map(|place| (*place, layout::masked(mask, place % side, place / side)));
    let told = layout::information_modules(version, level, mask);
    for (place, dark) in fixed.chain(told).chain(left) {
        if let Some(slot) = right.dark.get_mut(place) {
            *slot = dark;
        }
    }
    let words = turn
        .into_iter()
        .zip(bits)
        .map(|(block, places)| (block, places.to_vec()))
        .collect();
    Some(Reading {
        text: says.text,
        bits: says.bits,
        version,
        level,
        right,
        blocks,
        words,
        wrong,
    })
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode, Version};

    use super::*;

    fn matrix(text: &[u8], version: i16, level: EcLevel) -> Option<Matrix> {
        let code = QrCode::with_version(text, Version::Normal(version), level).ok()?;
        Some(Matrix {
            side: code.width(),
            dark: code.to_colors().iter().map(|c| *c == Color::Dark).collect(),
        })
    }

    #[test]
    fn every_version_and_level_is_read_and_drawn_again() {
        for version in 1..=40 {
            for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
                let matrix = matrix(b"HTTP://A", version, level)
                    .or_else(|| matrix(b"A1", version, level))
                    .unwrap();
                let reading = read(&matrix).unwrap_or_else(|| panic!("{version} {level:?}"));
                assert_eq!(reading.right, matrix, "{version} {level:?}");
                assert!(reading.wrong.iter().all(|w| *w == 0));
                assert!(reading.bits <= reading.blocks.data() * 8);
            }
        }
    }

    #[test]
    fn errors_are_put_right_counted_and_the_mirrored_is_read() {
        let right = matrix(b"https://example.org/a/long/way", 5, EcLevel::H).unwrap();
        let mut matrix = right.clone();
        // A logo in the middle.
        for y in 15..22 {
            for x in 15..22 {
                matrix.dark[y * 37 + x] = false;
            }
        }
        let reading = read(&matrix).unwrap();
        assert_eq!(reading.text, "https://example.org/a/long/way");
        assert_eq!(reading.right, right);
        assert!(reading.wrong.iter().sum::<usize>() >= 3);
        let unused = reading.unused(&reading.wrong);
        assert!((0.4..0.95).contains(&unused), "{unused}");
        assert!(read(&right.mirrored()).is_none());
        assert!(read(&right.mirrored().mirrored()).is_some());
    }

    #[test]
    fn noise_says_nothing() {
        let mut state = 1u32;
        let dark = (0..29 * 29)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 31 == 1
            })
            .collect();
        assert!(read(&Matrix { side: 29, dark }).is_none());
    }
}
