//! A soft mask as pixels.

use crate::pdf::separations::Pixels;

/// What a soft mask lets through.
pub(crate) struct SoftMaskPixels {
    pub(crate) area: Pixels,
    pub(crate) data: Vec<u8>,
    /// Beyond its area.
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
