//! A soft mask as pixels.

use crate::pdf::separations::Pixels;

/// The values of a soft mask.
pub(crate) struct SoftMaskPixels {
    pub(crate) area: Pixels,
    pub(crate) data: Vec<u8>,
    /// The value outside its area.
    pub(crate) outside: u8,
}

impl SoftMaskPixels {
    /// A mask whose group cannot be run: nothing of it is painted.
    pub(crate) fn nothing() -> Self {
        Self {
            area: Pixels::default(),
            data: Vec::new(),
            outside: 0,
        }
    }
}
