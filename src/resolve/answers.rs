//! The types of a conclusion: the products asked, and the answers that hold for all of them.

use super::ink::PressKind;
use super::sheet::Sheets;
use crate::model::facts::Book;
use crate::model::geometry::{Direction, Size};
use crate::model::job::{Ink, Paper, Setting};
use crate::model::units::Length;
use crate::profile::Profile;

/// One answer that the job leaves open and the files gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What would state it.
    pub what: Setting,
    /// The answer, for people.
    pub value: String,
    /// What it rests on, for people.
    pub evidence: String,
}

/// The book as concluded, the same for every product.
#[derive(Clone, Debug, Default)]
pub struct Conclusion {
    /// The finished size of its pages.
    pub trim: Option<ResolvedTrim>,
    /// The direction it is read in.
    pub direction: Direction,
    /// How its pages lie on the sheets of the file.
    pub sheets: Sheets,
    /// Its pages, sheets of two counted twice; as the job states where there is no interior.
    pub pages: Option<u32>,
    /// The press its pages need, where the job leaves the ink open and there is an interior.
    pub press: Option<PressKind>,
    /// The spine that the job states.
    pub(super) stated_spine: Option<Length>,
    /// The ink and paper that the rules assume.
    pub stock: Choice,
    /// Every answer that the job left open, with its evidence.
    pub assumptions: Vec<Assumption>,
}

/// One product and the files it gets.
#[derive(Clone, Copy, Debug)]
pub struct ProductFiles<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// Its files.
    pub book: &'a Book,
}

/// The ink and paper chosen for the book; each product then takes its own stock of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The ink; `None` where each product's first will do.
    pub ink: Option<Ink>,
    /// The paper; `None` where each product's first will do.
    pub paper: Option<Paper>,
    /// Whether a cover's spine supports it.
    pub fit: SpineEvidence,
}

/// Whether the spine of a cover supports the chosen stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpineEvidence {
    /// There is nothing to choose, or no cover to choose by.
    #[default]
    Open,
    /// A cover has the spine of this stock.
    Right,
    /// A cover has the spine of this uncommon stock, and of no likelier one.
    Unlikely,
    /// No cover has the spine of any stock that the book may be printed on.
    None,
}

/// The finished size of the book, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResolvedTrim {
    /// Width and height in points.
    pub size: Size,
    /// It was read off the files; the job does not state it.
    pub assumed: bool,
    /// It was read off sheets that hold two facing pages.
    pub facing: bool,
}
