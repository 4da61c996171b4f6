//! A comment to be put on a page of a copy of a file.

use bitcode::{Decode, Encode};

use crate::model::finding::Level;
use crate::model::geometry::Rect;

/// A comment on a page.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Comment {
    /// A name of its own within the file.
    pub id: String,
    /// The page, from 1.
    pub page: u32,
    /// Where on the page as seen, in points; none for the page as a whole.
    pub area: Option<Rect>,
    /// How bad it is, which decides its colour.
    pub level: Level,
    /// What it is about, in a few words.
    pub subject: String,
    /// What it says.
    pub text: String,
}
