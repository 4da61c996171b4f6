//! The outcome of a check: its findings with level and places, or why it could not run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::geometry::Rect;

/// How bad, defined by consequence.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    bitcode::Encode,
    bitcode::Decode,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The platform refuses the file, or the book is unusable.
    Error,
    /// It prints, perhaps badly, or a reviewer may hold it.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The part of a book a file is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The book block.
    Interior,
    /// The cover.
    Cover,
}

impl Part {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Interior => "interior",
            Self::Cover => "cover",
        }
    }

    /// The other file of a book.
    pub fn other(self) -> Self {
        match self {
            Self::Interior => Self::Cover,
            Self::Cover => Self::Interior,
        }
    }
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// From 1.
    pub page: u32,
    /// Where on the page as seen, unless the whole page is meant.
    pub area: Option<Rect>,
    /// The object, named for people: `text "f" in Garamond-Italic 10.5 pt`.
    pub what: String,
}

/// How far places may be apart and still meet, in points.
const MEET: f64 = 1.0;

impl Place {
    /// Whether another place lies on this one or touches it.
    pub fn meets(&self, other: &Self) -> bool {
        self.page == other.page
            && self
                .area
                .zip(other.area)
                .is_some_and(|(a, b)| a.inflate(MEET).overlaps(b))
    }

    /// Whether another place lies beside this one on a line of text, or above or below it.
    pub fn is_level_with(&self, other: &Self) -> bool {
        let level = |(a, b): (Rect, Rect)| {
            let across = a.y0 < b.y1 && b.y0 < a.y1;
            let down = a.x0 < b.x1 && b.x0 < a.x1;
            across || down
        };
        self.page == other.page && self.area.zip(other.area).is_some_and(level)
    }
}

/// The unit of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub enum MeasureUnit {
    /// Inches.
    #[serde(rename = "in")]
    Inches,
    /// Pixels per inch.
    #[serde(rename = "ppi")]
    Ppi,
    /// Pages.
    #[serde(rename = "pages")]
    Pages,
    /// Modules of a code.
    #[serde(rename = "modules")]
    Modules,
    /// Megabytes (10^6 bytes).
    #[serde(rename = "MB")]
    Megabytes,
    /// Pixels a module of a code.
    #[serde(rename = "px/module")]
    PixelsPerModule,
    /// Per cent.
    #[serde(rename = "%")]
    Percent,
    /// Points (1/72 in).
    #[serde(rename = "pt")]
    Points,
    /// A verifier's grade, from 4 (A) to 0 (F).
    #[serde(rename = "grade")]
    Grade,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// The number, rounded to a thousandth.
    pub value: f64,
    /// Its unit.
    pub unit: MeasureUnit,
}

impl Measure {
    /// A length, in inches.
    pub fn length(length: crate::model::units::Length) -> Self {
        Self::new(length.as_inches(), MeasureUnit::Inches)
    }

    /// A number with its unit.
    pub fn new(value: f64, unit: MeasureUnit) -> Self {
        Self {
            value: crate::model::units::round3(value),
            unit,
        }
    }
}

/// One fault with one cause, wherever it shows. A rule makes one whose level may be open; in an outcome it is settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<L = Option<Level>> {
    /// As a rule makes it: a level of its own, for rules with two limits, otherwise the rule's. In an outcome: the level.
    pub level: L,
    /// What is wrong: lower-case, no full stop, measured value then limit.
    pub message: String,
    /// The file it is in.
    pub part: Part,
    /// Every page it is on, sorted; empty when it is about the file as a whole.
    pub pages: Vec<u32>,
    /// Where exactly, worst first; the report may cap them.
    pub places: Vec<Place>,
    /// The worst value measured.
    pub measured: Option<Measure>,
    /// The limit it breaks.
    pub limit: Option<Measure>,
    /// Advice for this very case, before the rule's general advice.
    pub advice: Option<String>,
    /// The rule whose finding this one follows from; it then counts for nothing.
    pub explained_by: Option<&'static str>,
    /// Whether that is all there is to do, and the rule's general advice would mislead.
    pub advice_is_all: bool,
}

impl Finding {
    /// A finding about a file as a whole.
    pub fn about(part: Part, message: impl Into<String>) -> Self {
        Self {
            level: None,
            message: message.into(),
            part,
            pages: Vec::new(),
            places: Vec::new(),
            measured: None,
            limit: None,
            advice: None,
            explained_by: None,
            advice_is_all: false,
        }
    }

    /// With a level of its own.
    #[must_use]
    pub fn at(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// On these pages (sorted and made unique here).
    #[must_use]
    pub fn on_pages(mut self, pages: impl IntoIterator<Item = u32>) -> Self {
        self.pages.extend(pages);
        self.pages.sort_unstable();
        self.pages.dedup();
        self
    }

    /// At these places, whose pages are taken over.
    #[must_use]
    pub fn at_places(mut self, places: Vec<Place>) -> Self {
        let pages: Vec<u32> = places.iter().map(|p| p.page).collect();
        self.places = places;
        self.on_pages(pages)
    }

    /// With what was measured and the limit.
    #[must_use]
    pub fn measured(mut self, value: Measure, limit: Measure) -> Self {
        self.measured = Some(value);
        self.limit = Some(limit);
        self
    }

    /// With advice for this case, in place of the rule's general advice.
    #[must_use]
    pub fn advise_alone(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self.advice_is_all = true;
        self
    }

    /// With advice for this case.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The same with its level settled.
    pub fn settled(self, level: Level) -> Finding<Level> {
        Finding {
            level,
            message: self.message,
            part: self.part,
            pages: self.pages,
            places: self.places,
            measured: self.measured,
            limit: self.limit,
            advice: self.advice,
            explained_by: self.explained_by,
            advice_is_all: self.advice_is_all,
        }
    }
}

/// How a check of one rule for one profile ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Looked, and (if the list is empty) found nothing.
    Looked {
        /// How many things were checked.
        at: usize,
        /// What was found, worst first.
        findings: Vec<Finding<Level>>,
        /// What could not be checked though it should have been.
        gaps: Vec<String>,
    },
    /// The book has nothing that the rule is about.
    NotApplicable(String),
    /// Nothing could be said, and why.
    NotChecked(String),
}

/// What a look gave.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// How many things were checked.
    pub at: usize,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What could not be checked though it should have been.
    pub gaps: Vec<String>,
}

impl Inspection {
    /// Looked at everything there was.
    pub fn looked(at: usize, findings: Vec<Finding>) -> Self {
        Self {
            at,
            findings,
            gaps: Vec::new(),
        }
    }

    /// Looked at one thing and found at most one fault.
    pub fn one(finding: Option<Finding>) -> Self {
        Self::looked(1, finding.into_iter().collect())
    }
}

/// Why a rule did not look.
#[derive(Clone, Debug)]
pub enum Skip {
    /// The book has nothing that the rule is about.
    NotApplicable(String),
    /// Nothing could be said, and why.
    NotChecked(String),
}

impl Outcome {
    /// How a rule ended, with the level that each finding has in place of its own.
    pub fn settled(
        ended: Result<Inspection, Skip>,
        level: impl Fn(Option<Level>) -> Level,
    ) -> Self {
        match ended {
            Ok(Inspection { at, findings, gaps }) => {
                let settled = |finding: Finding| {
                    let level = level(finding.level);
                    finding.settled(level)
                };
                let mut findings: Vec<Finding<Level>> = findings.into_iter().map(settled).collect();
                findings.sort_by_key(|finding| finding.level);
                Self::Looked { at, findings, gaps }
            }
            Err(Skip::NotApplicable(why)) => Self::NotApplicable(why),
            Err(Skip::NotChecked(why)) => Self::NotChecked(why),
        }
    }
}
