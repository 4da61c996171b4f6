//! Selects which facts are measured: some are costly and not every rule set needs them.

use bitcode::{Decode, Encode};

use crate::model::press::Press;

/// What to measure beyond the pages' marks, which are always measured.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub struct Wanted {
    /// Find and read codes.
    pub codes: bool,
    /// Make separations of pages whose ink bound exceeds this, in per cent; of none by default.
    pub weigh_above: Option<f64>,
    /// Rasterise covers, and measure their edges, folds and spine.
    pub relief: bool,
    /// Search text for placeholder text.
    pub leftovers: bool,
    /// Test images for enlargement from fewer pixels.
    pub detail: bool,
    /// Read what standards of exchange ask of the file.
    pub exchange: bool,
    /// Tell which objects lie on others.
    pub overlaps: bool,
    /// The press that colours are weighed for where the file says of none.
    pub press: Option<Press>,
}

impl Wanted {
    /// All that any rule needs; no known platform has a lower ink limit.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            codes: true,
            weigh_above: Some(200.0),
            relief: true,
            leftovers: true,
            detail: true,
            exchange: true,
            overlaps: true,
            press: None,
        }
    }
}
