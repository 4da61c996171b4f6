//! The press that colours are weighed for where a file does not say for which it was made.

use bitcode::{Decode, Encode};

/// A printing condition: its name and its ICC profile.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Press {
    /// Its name, for people.
    pub name: String,
    /// The bytes of its profile, of CMYK.
    pub icc: Vec<u8>,
}
