//! Phrases found on a page that templates leave behind.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What has to stand around a phrase before it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Nothing: no book has it in its text.
    Anywhere,
    /// A line has these words and no others.
    Line,
    /// A line has these words and no others, on a title page or a cover.
    Front,
    /// Square, angle or curly brackets around it.
    Brackets,
    /// The same, on a title page or a cover.
    FrontBrackets,
    /// It begins a sentence or a line.
    Opens,
    /// Only that a book is about it.
    Mention,
}

/// A phrase that templates and word processors leave behind. Whether it is one here depends on what it takes to count, and on
/// the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Leftover {
    /// The phrase, in small letters.
    pub phrase: String,
    /// What it takes to count.
    pub evidence: Evidence,
    /// The first run of its line: a place in the page's text.
    pub run: u32,
    /// It has a line of its own, numbers aside.
    pub line: bool,
    /// Brackets stand around it.
    pub brackets: bool,
    /// Quotation marks open before it.
    pub quoted: bool,
    /// The words around it are filler, too, rather than a sentence about it.
    pub among_filler: bool,
}
