//! A set of the ways in which marks are composited, and of device-dependent settings. It carries those within a
//! pattern's cell, a Type 3 glyph or a group to the mark that stands for the whole.

use crate::pdf::interpreting::blend::Blend;

/// A set of compositing ways and device-dependent settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Compositing(u32);

const OPACITY: u32 = 1 << 16;
const MASK: u32 = 1 << 17;
const IMAGE_MASK: u32 = 1 << 18;
const OVERPRINT: u32 = 1 << 19;
const TRANSFER: u32 = 1 << 20;
const BLACK: u32 = 1 << 21;
const UNDERCOLOUR: u32 = 1 << 22;
const HALFTONE: u32 = 1 << 23;
const ALTERNATES: u32 = 1 << 24;
const PRINT_ALTERNATE: u32 = 1 << 25;
const OPI: u32 = 1 << 26;
const POSTSCRIPT: u32 = 1 << 27;
/// The bits that are device-dependent settings.
const SETTINGS: u32 =
    TRANSFER | BLACK | UNDERCOLOUR | HALFTONE | ALTERNATES | PRINT_ALTERNATE | OPI | POSTSCRIPT;

impl Compositing {
    /// The empty set, that of a plain opaque mark.
    pub(crate) const NONE: Self = Self(0);
    /// An image's own soft mask.
    pub(crate) const IMAGE_MASK: Self = Self(IMAGE_MASK);
    /// A transfer function.
    pub const TRANSFER: Self = Self(TRANSFER);
    /// A black generation function.
    pub const BLACK: Self = Self(BLACK);
    /// An undercolour removal function.
    pub const UNDERCOLOUR: Self = Self(UNDERCOLOUR);
    /// A halftone.
    pub const HALFTONE: Self = Self(HALFTONE);
    /// Alternate images.
    pub const ALTERNATES: Self = Self(ALTERNATES);
    /// An alternate image that is the default for printing.
    pub const PRINT_ALTERNATE: Self = Self(PRINT_ALTERNATE);
    /// An OPI reference.
    pub const OPI: Self = Self(OPI);
    /// A PostScript XObject.
    pub const POSTSCRIPT: Self = Self(POSTSCRIPT);

    /// The ways of one mark.
    pub(crate) fn of(alpha: f32, blend: Blend, masked: bool, overprint: bool) -> Self {
        let bit = |is: bool, bit: u32| if is { bit } else { 0 };
        Self(
            bit(alpha < 1.0, OPACITY)
                | bit(masked, MASK)
                | bit(overprint, OVERPRINT)
                | bit(blend != Blend::Normal, 1 << blend as u32),
        )
    }

    /// The union.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With some set or cleared.
    #[must_use]
    pub(crate) fn set(self, compositing: Self, is: bool) -> Self {
        if is {
            self.with(compositing)
        } else {
            Self(self.0 & !compositing.0)
        }
    }

    /// Whether it contains all of these.
    pub fn has(self, compositing: Self) -> bool {
        self.0 & compositing.0 == compositing.0
    }

    /// The device-dependent settings in it.
    #[must_use]
    pub fn settings(self) -> Self {
        Self(self.0 & SETTINGS)
    }

    /// Whether it is empty.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether all is opaque.
    pub fn is_opaque(self) -> bool {
        self.0 & !(OVERPRINT | SETTINGS) == 0
    }

    /// The blend modes in it.
    pub fn blends(self) -> impl Iterator<Item = Blend> {
        Blend::ALL
            .into_iter()
            .filter(move |blend| *blend != Blend::Normal && self.0 & 1 << *blend as u32 != 0)
    }

    /// Whether any alpha is below 1.
    pub fn has_opacity(self) -> bool {
        self.0 & OPACITY != 0
    }

    /// Whether any soft mask is in force.
    pub fn has_mask(self) -> bool {
        self.0 & MASK != 0
    }

    /// Whether any image has a soft mask of its own.
    pub fn has_picture_mask(self) -> bool {
        self.0 & IMAGE_MASK != 0
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
        let compositing = Compositing::of(0.5, Blend::Difference, false, true)
            .with(Compositing::of(1.0, Blend::Luminosity, true, false));
        let blends: Vec<Blend> = compositing.blends().collect();
        assert_eq!(blends, [Blend::Difference, Blend::Luminosity]);
        assert!(compositing.has_opacity() && compositing.has_mask() && compositing.has_overprint());
        assert!(!compositing.has_transfer() && !compositing.has_picture_mask());
        assert!(Compositing::of(1.0, Blend::Normal, false, false).is_none());
    }
}
