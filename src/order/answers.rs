//! What is asked of a book, and what is concluded of it.

use super::ink::Press;
use super::sheet::Sheets;
use crate::model::facts::Book;
use crate::model::geometry::{Direction, Size};
use crate::model::job::{Ink, Paper};
use crate::model::units::Length;
use crate::profile::Profile;

/// One answer that nobody told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The key of the job that would tell it: `trim`, `direction`, `ink`, `paper`, `weight`.
    pub what: &'static str,
    /// The answer, for people.
    pub value: String,
    /// What it rests on, for people.
    pub evidence: String,
}

/// The book as concluded, the same for every product.
#[derive(Clone, Debug, Default)]
pub struct Conclusion {
    /// The finished size of its pages.
    pub trim: Option<Trimmed>,
    /// The direction it is read in.
    pub direction: Direction,
    /// How its pages lie on the sheets of the file.
    pub sheets: Sheets,
    /// Its pages, sheets of two counted twice; as told where there is no interior.
    pub pages: Option<u32>,
    /// The ink its pages need, where the job does not tell it and an interior shows it.
    pub press: Option<Press>,
    /// The spine that was told.
    pub(super) told_spine: Option<Length>,
    /// The ink and paper judged by.
    pub stock: Choice,
    /// Everything that was not told, with its evidence.
    pub assumptions: Vec<Assumption>,
}

/// One product asked and the files it gets.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// Its files.
    pub book: &'a Book,
}

/// The ink and paper chosen, each product then has its own stock of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The ink; none where a product's first will do.
    pub ink: Option<Ink>,
    /// The paper; none where a product's first will do.
    pub paper: Option<Paper>,
    /// How the covers bear it out.
    pub fit: Fit,
}

/// How well covers fit the choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// There was nothing to choose, or no cover to choose by.
    #[default]
    Open,
    /// A cover has the spine of this stock.
    Right,
    /// A cover has the spine of this stock, and of no likelier one.
    Unlikely,
    /// No stock that the book may be printed on has a cover's spine.
    None,
}

/// The finished size of the book, and whether somebody said so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trimmed {
    /// Width and height in points.
    pub size: Size,
    /// It was found from the files, not told.
    pub assumed: bool,
    /// It was read off sheets that hold two facing pages.
    pub facing: bool,
}
