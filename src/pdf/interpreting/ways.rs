//! In which ways the marks within a mark meet what lies below them: what a pattern's cells, a drawn glyph or a group hide from
//! whoever sees only the whole.

use crate::pdf::interpreting::blend::Blend;

/// Ways of meeting what lies below, taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ways(u32);

const OPACITY: u32 = 1 << 16;
const MASK: u32 = 1 << 17;
const PICTURE_MASK: u32 = 1 << 18;
const OVERPRINT: u32 = 1 << 19;
const TRANSFER: u32 = 1 << 20;
const BLACK: u32 = 1 << 21;
const UNDERCOLOUR: u32 = 1 << 22;
const HALFTONE: u32 = 1 << 23;
const ALTERNATES: u32 = 1 << 24;
const PRINT_ALTERNATE: u32 = 1 << 25;
const OPI: u32 = 1 << 26;
const POSTSCRIPT: u32 = 1 << 27;
/// What is no way of meeting what lies below but a setting of the press.
const SETTINGS: u32 =
    TRANSFER | BLACK | UNDERCOLOUR | HALFTONE | ALTERNATES | PRINT_ALTERNATE | OPI | POSTSCRIPT;

impl Ways {
    /// What a plain mark has.
    pub(crate) const NONE: Self = Self(0);
    /// It is seen through a soft mask of a picture's own.
    pub(crate) const PICTURE_MASK: Self = Self(PICTURE_MASK);
    /// Its amounts are changed by a transfer function.
    pub const TRANSFER: Self = Self(TRANSFER);
    /// It brings a black generation of its own.
    pub const BLACK: Self = Self(BLACK);
    /// It brings an undercolour removal of its own.
    pub const UNDERCOLOUR: Self = Self(UNDERCOLOUR);
    /// It brings a halftone of its own.
    pub const HALFTONE: Self = Self(HALFTONE);
    /// A picture has others that may be shown in its place.
    pub const ALTERNATES: Self = Self(ALTERNATES);
    /// A picture has another that is to be printed in its place.
    pub const PRINT_ALTERNATE: Self = Self(PRINT_ALTERNATE);
    /// An image server is to put a file in its place.
    pub const OPI: Self = Self(OPI);
    /// It is PostScript code.
    pub const POSTSCRIPT: Self = Self(POSTSCRIPT);

    /// Those of one mark.
    pub(crate) fn of(alpha: f32, blend: Blend, masked: bool, overprint: bool) -> Self {
        let bit = |is: bool, bit: u32| if is { bit } else { 0 };
        Self(
            bit(alpha < 1.0, OPACITY)
                | bit(masked, MASK)
                | bit(overprint, OVERPRINT)
                | bit(blend != Blend::Normal, 1 << blend as u32),
        )
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These with some set or taken away.
    #[must_use]
    pub(crate) fn set(self, ways: Self, is: bool) -> Self {
        if is {
            self.with(ways)
        } else {
            Self(self.0 & !ways.0)
        }
    }

    /// Whether all of these are among them.
    pub fn has(self, ways: Self) -> bool {
        self.0 & ways.0 == ways.0
    }

    /// The settings of the press among them.
    #[must_use]
    pub fn settings(self) -> Self {
        Self(self.0 & SETTINGS)
    }

    /// Whether there are none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing shines through.
    pub fn is_opaque(self) -> bool {
        self.0 & !(OVERPRINT | SETTINGS) == 0
    }

    /// The blend modes among them.
    pub fn blends(self) -> impl Iterator<Item = Blend> {
        Blend::ALL
            .into_iter()
            .filter(move |blend| *blend != Blend::Normal && self.0 & 1 << *blend as u32 != 0)
    }

    /// Whether something is less than opaque.
    pub fn has_opacity(self) -> bool {
        self.0 & OPACITY != 0
    }

    /// Whether something is seen through a soft mask.
    pub fn has_mask(self) -> bool {
        self.0 & MASK != 0
    }

    /// Whether a picture has a soft mask of its own.
    pub fn has_picture_mask(self) -> bool {
        self.0 & PICTURE_MASK != 0
    }

    /// Whether something overprints.
    pub fn has_overprint(self) -> bool {
        self.0 & OVERPRINT != 0
    }

    /// Whether a transfer function changes amounts of ink.
    pub fn has_transfer(self) -> bool {
        self.0 & TRANSFER != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let ways = Ways::of(0.5, Blend::Difference, false, true).with(Ways::of(
            1.0,
            Blend::Luminosity,
            true,
            false,
        ));
        let blends: Vec<Blend> = ways.blends().collect();
        assert_eq!(blends, [Blend::Difference, Blend::Luminosity]);
        assert!(ways.has_opacity() && ways.has_mask() && ways.has_overprint());
        assert!(!ways.has_transfer() && !ways.has_picture_mask());
        assert!(Ways::of(1.0, Blend::Normal, false, false).is_none());
    }
}
