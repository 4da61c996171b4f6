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
    /// Nothing says that it is one, neither the word nor hyphens: its check digit may be right by chance.
    pub bare: bool,
    /// What it is said to be of.
    pub edition: Option<Edition>,
}
