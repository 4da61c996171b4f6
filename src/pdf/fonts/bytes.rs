//! Numbers within programs of fonts.

use crate::pdf::images::codec;

/// The number of so many bytes at a place of the program.
pub(in crate::pdf::fonts) fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    usize::try_from(codec::number(data, at, bytes)?).ok()
}
