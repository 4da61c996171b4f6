//! An ISBN as it is written somewhere.

use std::ops::Range;

use super::edition::Edition;

/// An ISBN as it is written somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// As written; over two lines with a space between.
    pub text: String,
    /// Its thirteen digits, if its check digit is right; an ISBN of ten digits is given its thirteen.
    pub digits: Option<String>,
    /// Neither the word `ISBN` nor hyphens mark it as one: its check digit may be right by chance.
    pub bare: bool,
    /// The edition named for it.
    pub edition: Option<Edition>,
}
