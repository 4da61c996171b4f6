//! How a QR code is laid out: versions, correction levels, blocks, fixed patterns and the order of its bits, as in
//! ISO/IEC 18004.

use std::sync::OnceLock;

/// How much of a code may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CorrectionLevel {
    /// About 7 % of the codewords.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

impl CorrectionLevel {
    /// All of them, the weakest first.
    pub(crate) const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    /// Its letter.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::L => 'L',
            Self::M => 'M',
            Self::Q => 'Q',
            Self::H => 'H',
        }
    }

    /// Its two bits in the format information.
    fn bits(self) -> u32 {
        match self {
            Self::L => 1,
            Self::M => 0,
            Self::Q => 3,
            Self::H => 2,
        }
    }
}

/// Correction codewords of a block, by level and version.
const CORRECTION: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
        30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
        30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks, by level and version.
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13,
        14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23,
        25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29,
        34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35,
        37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// Modules along a side of a version.
pub(crate) fn side(version: usize) -> usize {
    17 + 4 * version
}

/// The version with so many modules along a side.
pub(crate) fn version(side: usize) -> Option<usize> {
    let version = side.checked_sub(17)? / 4;
    (side % 4 == 1 && (1..=40).contains(&version)).then_some(version)
}

/// How the codewords of a symbol are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Blocks {
    /// How many there are.
    pub(crate) count: usize,
    /// Correction codewords of each.
    pub(crate) correction: usize,
    /// Codewords of all.
    pub(crate) total: usize,
    /// Correction codewords kept back from correcting, to notice what cannot be.
    pub(crate) kept_back: usize,
}

impl Blocks {
    pub(crate) fn of(version: usize, level: CorrectionLevel) -> Option<Self> {
        let of = |table: &[[u8; 40]; 4]| {
            let row = table.get(level as usize)?;
            row.get(version.checked_sub(1)?).map(|n| usize::from(*n))
        };
        let kept_back = match (version, level) {
            (1, CorrectionLevel::L) => 3,
            (1, CorrectionLevel::M) | (2, CorrectionLevel::L) => 2,
            (1, _) | (3, CorrectionLevel::L) => 1,
            _ => 0,
        };
        Some(Self {
            count: of(&BLOCKS)?,
            correction: of(&CORRECTION)?,
            total: data_modules(version) / 8,
            kept_back,
        })
    }

    /// Data codewords of all blocks.
    pub(crate) fn data(self) -> usize {
        self.total - self.count * self.correction
    }

    /// Data codewords of one block: the last ones may have one more than the first.
    pub(crate) fn data_of(self, block: usize) -> usize {
        let short = self.count - self.data() % self.count;
        self.data() / self.count + usize::from(block >= short)
    }
}

/// Modules that bear codewords or the few bits left over.
fn data_modules(version: usize) -> usize {
    let mut modules = (16 * version + 128) * version + 64;
    if version >= 2 {
        let along = version / 7 + 2;
        modules -= (25 * along - 10) * along - 55;
        if version >= 7 {
            modules -= 36;
        }
    }
    modules
}

/// The centres of alignment patterns along either axis.
pub(crate) fn alignment(version: usize) -> Vec<usize> {
    if version < 2 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 {
        26
    } else {
        (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2
    };
    let mut places = vec![6];
    places.extend((0..count - 1).rev().map(|n| side(version) - 7 - step * n));
    places
}

/// What a module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A bit of a codeword, or left over.
    Data,
    /// Part of a finder, its separator, timing or alignment pattern: dark or light in every symbol.
    Fixed(bool),
    /// A bit of the format or version information.
    Told,
}

/// The role of every module, row by row; computed once for each version.
pub(crate) fn roles(version: usize) -> &'static [Role] {
    static KNOWN: [OnceLock<Vec<Role>>; 41] = [const { OnceLock::new() }; 41];
    let known = KNOWN.get(version);
    known.map_or(&[], |roles| roles.get_or_init(|| all_roles(version)))
}

fn all_roles(version: usize) -> Vec<Role> {
    let side = side(version);
    let aligned = alignment(version);
    let last = aligned.last().copied().unwrap_or(0);
    let mut roles = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            roles.push(role(version, side, &aligned, last, x, y));
        }
    }
    roles
}

fn role(version: usize, side: usize, aligned: &[usize], last: usize, x: usize, y: usize) -> Role {
    let (right, low) = (x + 8 >= side, y + 8 >= side);
    let (left, high) = (x < 8, y < 8);
    if (left && (high || low)) || (right && high) {
        // Within a finder, rings about its middle are dark, light, dark, light.
        let middle = |far: bool| if far { side - 4 } else { 3 };
        let ring = x
            .abs_diff(middle(right))
            .max(y.abs_diff(middle(low && !high)));
        return Role::Fixed(ring != 2 && ring != 4);
    }
    if x == 8 && y + 8 == side {
        return Role::Fixed(true);
    }
    if (x == 8 && (y < 9 && y != 6 || low)) || (y == 8 && (x < 9 && x != 6 || right)) {
        return Role::Told;
    }
    if version >= 7
        && ((x < 6 && y + 11 >= side && y + 8 < side) || (y < 6 && x + 11 >= side && x + 8 < side))
    {
        return Role::Told;
    }
    let near = |v: usize| aligned.iter().copied().find(|a| v.abs_diff(*a) <= 2);
    if let (Some(a), Some(b)) = (near(x), near(y)) {
        // The corners of the finders have none.
        let corner = (a == 6 && (b == 6 || b == last)) || (b == 6 && a == last);
        if !corner {
            return Role::Fixed(x.abs_diff(a).max(y.abs_diff(b)) != 1);
        }
    }
    if x == 6 || y == 6 {
        return Role::Fixed((x + y).is_multiple_of(2));
    }
    Role::Data
}

/// The modules of data in the order of their bits, as places row by row.
pub(crate) fn order(version: usize, roles: &[Role]) -> Vec<usize> {
    let side = side(version);
    let mut places = Vec::with_capacity(data_modules(version));
    let mut right = side - 1;
    let mut upwards = true;
    loop {
        // The column of the timing pattern is passed over.
        if right == 6 {
            right = 5;
        }
        for n in 0..side {
            let y = if upwards { side - 1 - n } else { n };
            for x in [right, right - 1] {
                let place = y * side + x;
                if roles.get(place) == Some(&Role::Data) {
                    places.push(place);
                }
            }
        }
        if right < 2 {
            return places;
        }
        right -= 2;
        upwards = !upwards;
    }
}

/// Whether a mask turns over the module at column `x` and row `y`.
pub(crate) fn masked(mask: u8, x: usize, y: usize) -> bool {
    let sum = match mask {
        0 => x + y,
        1 => y,
        2 => return x.is_multiple_of(3),
        3 => return (x + y).is_multiple_of(3),
        4 => x / 3 + y / 2,
        5 => return (x * y).is_multiple_of(6),
        6 => (x * y) % 2 + (x * y) % 3,
        _ => (x + y) % 2 + (x * y) % 3,
    };
    sum.is_multiple_of(2)
}

/// The fifteen bits of the format information.
pub(crate) fn format(level: CorrectionLevel, mask: u8) -> u32 {
    let told = level.bits() << 3 | u32::from(mask);
    let mut rest = told;
    for _ in 0..10 {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    }
    (told << 10 | rest) ^ 0x5412
}

/// The eighteen bits of the version information, for versions that have it.
fn version_bits(version: usize) -> u32 {
    let told = u32::try_from(version).unwrap_or(0);
    let mut rest = told;
    for _ in 0..12 {
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
    }
    told << 12 | rest
}

/// Places (column, row) of the two copies of the format bits, the lowest bit first.
pub(crate) fn format_places(side: usize) -> [[(usize, usize); 15]; 2] {
    let mut copies = [[(0, 0); 15]; 2];
    for bit in 0..15 {
        let first = match bit {
            0..=5 => (8, bit),
            6 => (8, 7),
            7 => (8, 8),
            8 => (7, 8),
            _ => (14 - bit, 8),
        };
        let second = if bit < 8 {
            (side - 1 - bit, 8)
        } else {
            (8, side - 15 + bit)
        };
        for (copy, place) in copies.iter_mut().zip([first, second]) {
            if let Some(slot) = copy.get_mut(bit) {
                *slot = place;
            }
        }
    }
    copies
}

/// Every module of the format and version information: its place, row by row, and whether it is dark.
pub(crate) fn information_modules(
    version: usize,
    level: CorrectionLevel,
    mask: u8,
) -> Vec<(usize, bool)> {
    let side = side(version);
    let bits = format(level, mask);
    let mut all: Vec<(usize, bool)> = Vec::new();
    for copy in format_places(side) {
        all.extend(
            (0..)
                .zip(copy)
                .map(|(bit, (x, y))| (y * side + x, bits >> bit & 1 == 1)),
        );
    }
    if version >= 7 {
        let bits = version_bits(version);
        for bit in 0..18 {
            let dark = bits >> bit & 1 == 1;
            let (a, b) = (side - 11 + bit % 3, bit / 3);
            all.extend([(b * side + a, dark), (a * side + b, dark)]);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr_code::segments::Mode;

    #[test]
    fn every_data_module_has_its_place() {
        for version in 1..=40 {
            let roles = roles(version);
            let data = roles.iter().filter(|r| **r == Role::Data).count();
            assert_eq!(data, data_modules(version), "version {version}");
            assert_eq!(order(version, roles).len(), data, "version {version}");
            let told = roles.iter().filter(|r| **r == Role::Told).count();
            assert_eq!(told, 30 + if version >= 7 { 36 } else { 0 });
        }
    }

    #[test]
    fn capacities_are_those_of_the_standard() {
        // Bytes that version 1, 5, 10 and 40 hold at each level.
        let hold = |version, level| {
            let bits = Blocks::of(version, level).unwrap().data() * 8;
            (bits - 4 - Mode::Byte.count_bits(version)) / 8
        };
        let all = |version| CorrectionLevel::ALL.map(|level| hold(version, level));
        assert_eq!(all(1), [17, 14, 11, 7]);
        assert_eq!(all(5), [106, 84, 60, 44]);
        assert_eq!(all(10), [271, 213, 151, 119]);
        assert_eq!(all(40), [2953, 2331, 1663, 1273]);
    }

    #[test]
    fn format_bits_are_those_of_the_standard() {
        // The example of the standard: level M with mask 5.
        assert_eq!(format(CorrectionLevel::M, 5), 0b100_0000_1100_1110);
        assert_eq!(version_bits(7), 0b00_0111_1100_1001_0100);
    }
}
