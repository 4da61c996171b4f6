//! What is asked of a file: some facts cost more than a rule that does not read them is worth.

use bitcode::{Decode, Encode};

/// What to measure beyond the pages' marks, which are always measured.
#[derive(Clone, Copy, Debug, Default, Encode, Decode)]
pub struct Wanted {
    /// Find and read codes.
    pub codes: bool,
    /// Make plates of pages whose colours may add up to more ink than this, in per cent; of none unless it is told.
    pub weigh_above: Option<f64>,
    /// Look at covers as pictures: at their edges, at their folds, at a spine whose lettering may be part of a picture.
    pub relief: bool,
    /// Search text for what programs and templates leave standing.
    pub leftovers: bool,
    /// Look into pictures for whether they were enlarged from fewer pixels.
    pub detail: bool,
}

impl Wanted {
    /// All that any rule asks for; no platform known has a lower limit of ink.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            codes: true,
            weigh_above: Some(200.0),
            relief: true,
            leftovers: true,
            detail: true,
        }
    }
}
