//! The report as programs read it: its own structs, apart from everything inside.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::CodeReport;
use crate::model::finding::{Level, Measure, Part};
use crate::model::geometry::{Direction, Rect, Size};
use crate::model::job::{Binding, Ink, Paper};
use crate::model::units::round3;
use crate::profile::{Cover, Panel, Source, StockFit};

/// A word that presscheck itself writes: an id, a name.
pub type Word = Cow<'static, str>;

/// The number of the report's shape. A change that breaks a reader raises it.
pub(super) const SCHEMA: &str = "presscheck-report/1";

/// The whole report.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `presscheck-report/1`.
    pub schema: Word,
    /// The program that made it.
    pub tool: Tool,
    /// The job, with all assumptions.
    pub job: JobReport,
    /// The files.
    pub files: Vec<FileReport>,
    /// What each cover's spine tells.
    pub covers: Vec<CoverReport>,
    /// One verdict a product.
    pub verdicts: Vec<VerdictReport>,
    /// Every rule's answer.
    pub checks: Vec<CheckReport>,
    /// Every fault, product by product.
    pub findings: Vec<FindingReport>,
    /// The same faults, each once for all products, worst first.
    pub causes: Vec<CauseReport>,
    /// Every code found.
    pub codes: Vec<CodeReport>,
}

/// The program.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `presscheck`.
    pub name: Word,
    /// Its version.
    pub version: Word,
}

impl Default for Tool {
    fn default() -> Self {
        Self {
            name: "presscheck".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

/// The job as judged.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JobReport {
    /// The title as it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The finished page, in points.
    pub trim_pt: Option<Size>,
    /// The paper, stated or concluded for the first product.
    pub paper: Option<Paper>,
    /// Its weight in pounds, where the product has several.
    pub weight: Option<u32>,
    /// The ink, stated or concluded for the first product.
    pub ink: Option<Ink>,
    /// The binding.
    pub binding: Binding,
    /// The direction it is read in.
    pub direction: Direction,
    /// The pages of the book; sheets that hold two are counted twice.
    pub pages: Option<u32>,
    /// What the job left open: concluded from the files or assumed.
    pub assumed: Vec<Word>,
    /// The answers to what the job left open, with their evidence.
    pub assumptions: Vec<AssumptionReport>,
}

/// An answer to something that the job left open.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AssumptionReport {
    /// The flag or key of the job that would tell it: `trim`, `direction`, `ink`, `paper`.
    pub what: Word,
    /// The answer, for people.
    pub value: String,
    /// Its evidence, for people.
    pub evidence: String,
}

/// A file of the job.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileReport {
    /// The part it plays.
    pub role: Part,
    /// The products it is for, where a product has a file of its own.
    #[serde(rename = "for")]
    pub products: Vec<String>,
    /// Its path as given.
    pub name: String,
    /// Its size on disk.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its pages.
    pub pages: u32,
    /// The size of its most common page, in points.
    pub page_size_pt: Option<Size>,
    /// Whether it could be read.
    pub readable: bool,
    /// Why it could not be read, or what in it could not.
    pub why: Option<String>,
}

/// What a cover's size tells about the book it was made for.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoverReport {
    /// Its path as given.
    pub name: String,
    /// The products it is for.
    #[serde(rename = "for")]
    pub products: Vec<String>,
    /// Its artwork with bleed.
    pub size_pt: Size,
    /// Whether the artwork lies on a larger sheet and was found by its trim box.
    pub on_sheet: bool,
    /// The spine it has room for, given the trim.
    pub spine_pt: Option<f64>,
    /// What it may be where it is no wrap with bleed for this trim, for people.
    pub looks_like: Option<String>,
    /// The stocks and page counts that spine fits.
    pub fits: Vec<FitReport>,
}

/// A stock and page count that a spine fits.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FitReport {
    /// The product.
    pub profile: String,
    /// The stock's id.
    pub stock: String,
    /// The stock for people.
    pub title: String,
    /// The binding.
    pub binding: Binding,
    /// The trim.
    pub trim_pt: Size,
    /// The page count that comes nearest; the middle one where many have the same spine.
    pub pages: u32,
    /// The fewest and most pages that fit.
    pub pages_range: [u32; 2],
    /// The spine of that page count.
    pub spine_pt: f64,
    /// Whether the book at hand has that page count, to within a point of the spine.
    pub this_book: bool,
}

impl FitReport {
    /// A fit for a trim; whether it is the book at hand is not known here.
    pub(super) fn new(trim: Size, fit: &StockFit<'_>) -> Self {
        Self {
            profile: fit.profile.id.clone(),
            stock: fit.stock.id.clone(),
            title: fit.stock.title.clone(),
            binding: fit.profile.binding,
            trim_pt: trim,
            pages: fit.pages,
            pages_range: fit.range,
            spine_pt: round3(fit.spine.as_pt()),
            this_book: false,
        }
    }
}

/// The answer for a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No error, no warning.
    Pass,
    /// Warnings, no error.
    Warn,
    /// At least one error.
    Fail,
    /// No error, but something the verdict depends on could not be checked.
    Incomplete,
}

/// The verdict for one product.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerdictReport {
    /// The product or standard.
    pub profile: String,
    /// Whether it is a standard that files are held to, and no product.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standard: bool,
    /// The answer.
    pub verdict: Verdict,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// Checks that could not cover everything they are about.
    pub not_checked: usize,
    /// What the product wants of this book.
    pub expected: Expected,
}

/// What a product wants of the book.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Expected {
    /// Pages printed.
    pub pages: Option<u32>,
    /// An interior page without bleed.
    pub interior_size_pt: Option<Size>,
    /// An interior page with bleed.
    pub interior_bleed_size_pt: Option<Size>,
    /// The stock judged by.
    pub stock: Option<String>,
    /// What of it was assumed.
    pub assumed: Vec<Word>,
    /// The spine.
    pub spine_pt: Option<f64>,
    /// The cover with bleed.
    pub cover_size_pt: Option<Size>,
    /// Where the parts of that cover lie.
    pub cover: Option<CoverShape>,
}

/// Where the parts of a cover lie, from the top-left corner of the file with its bleed or wrap.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoverShape {
    /// Every part, from left to right.
    pub panels: Vec<PanelReport>,
    /// Where it folds, from the left.
    pub folds_pt: Vec<f64>,
    /// Where text may stand, by panel.
    pub safe_areas: Vec<SafeReport>,
    /// The box of the bar code.
    pub barcode_area_pt: Option<Rect>,
}

/// A part of a cover.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PanelReport {
    /// `back`, `spine`, `front`, `back-hinge`, `front-flap` and so on.
    pub name: Word,
    /// From the top-left corner of the file.
    pub area_pt: Rect,
}

/// Where text may stand on a panel.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SafeReport {
    /// The panel.
    pub panel: Word,
    /// From the top-left corner of the file.
    pub area_pt: Rect,
}

impl From<&Cover> for CoverShape {
    fn from(cover: &Cover) -> Self {
        let panel = |p: &Panel| PanelReport {
            name: p.kind.word().into(),
            area_pt: p.area,
        };
        let safe = |p: &Panel| SafeReport {
            panel: p.kind.word().into(),
            area_pt: p.area,
        };
        Self {
            panels: cover.panels.iter().map(panel).collect(),
            folds_pt: cover.folds.iter().map(|x| round3(*x)).collect(),
            safe_areas: cover.safe.iter().map(safe).collect(),
            barcode_area_pt: cover.barcode,
        }
    }
}

/// How one rule ended for one product.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CheckReport {
    /// The product.
    pub profile: String,
    /// The rule.
    pub rule: Word,
    /// How it ended.
    pub outcome: OutcomeWord,
    /// How many things it checked.
    pub looked_at: usize,
    /// Why it could not look, or not at everything.
    pub why: Option<String>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeWord {
    /// Looked at everything, found nothing.
    Passed,
    /// Found something.
    Failed,
    /// The book has nothing that it is about.
    NotApplicable,
    /// Could not look at everything, and found nothing in the rest.
    NotChecked,
}

/// A fault.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FindingReport {
    /// The same in every format, and after a new export of the files while the fault is there:
    /// `kdp/paperback:gutter-too-narrow:interior`, with `:2` for the second of its kind.
    pub id: String,
    /// The rule.
    pub rule: Word,
    /// The product.
    pub profile: String,
    /// How bad.
    pub level: Level,
    /// The rule whose finding explains this one; it then counts for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained_by: Option<Word>,
    /// What is wrong.
    pub message: String,
    /// The file it is in.
    pub file: Part,
    /// The name of that file, as in `files`: products may have covers of their own.
    pub name: String,
    /// Every page it is on, sorted.
    pub pages: Vec<u32>,
    /// How many places there are.
    pub places_total: usize,
    /// The worst places.
    pub places: Vec<PlaceReport>,
    /// The worst value.
    pub measured: Option<Measure>,
    /// The limit.
    pub limit: Option<Measure>,
    /// Who states it.
    pub source: Source,
    /// What to do.
    pub fix: String,
}

/// What findings of one rule have in common: they are about the same things, at several products or levels.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CauseReport {
    /// The rule.
    pub rule: Word,
    /// The worst level among its findings.
    pub level: Level,
    /// The file it is in.
    pub file: Part,
    /// The name of that file, as in `files`.
    pub name: String,
    /// Every page it is on, sorted.
    pub pages: Vec<u32>,
    /// How many places there are.
    pub places_total: usize,
    /// The worst places.
    pub places: Vec<PlaceReport>,
    /// What is wrong, in the words of the most serious finding.
    pub message: String,
    /// What to do.
    pub fix: String,
    /// Its findings: places in `findings`.
    pub findings: Vec<usize>,
    /// Findings that follow from it and are not counted: places in `findings`.
    pub explains: Vec<usize>,
}

/// A place.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlaceReport {
    /// The page, from 1.
    pub page: u32,
    /// Where on the page as seen; none for the page as a whole.
    pub area_pt: Option<Rect>,
    /// The same in millimetres.
    pub area_mm: Option<[f64; 4]>,
    /// The object.
    pub what: String,
}
