//! The report as the template of the page reads it: words and shapes, nothing left to reckon.

use serde::Serialize;

use super::guides::Guide;

/// The whole page.
#[derive(Serialize)]
pub(super) struct View {
    pub(super) title: String,
    pub(super) version: String,
    pub(super) files: Vec<File>,
    pub(super) verdicts: Vec<VerdictView>,
    pub(super) assumptions: Vec<AssumptionView>,
    pub(super) products: Vec<Named>,
    pub(super) causes: Vec<CauseView>,
    pub(super) is_wrong: bool,
    /// The styles that filter.
    pub(super) filters: String,
    /// How many causes a level has, all together and at each product.
    pub(super) counts: Vec<LevelCount>,
    /// The pages that something was found on.
    pub(super) pages: Vec<FilePages>,
    pub(super) sheets: Vec<Sheet>,
    /// Why some pages are shown small or not at all.
    pub(super) small: Option<String>,
    pub(super) missing: Option<String>,
    pub(super) legend: Vec<LegendEntry>,
    pub(super) codes: Vec<CodeView>,
    pub(super) gaps: Vec<GapView>,
    pub(super) sources: Vec<SourceView>,
}

#[derive(Serialize)]
pub(super) struct File {
    pub(super) role: &'static str,
    pub(super) name: String,
    pub(super) facts: String,
    pub(super) products: String,
}

#[derive(Serialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Serialize)]
pub(super) struct VerdictView {
    pub(super) title: String,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
    pub(super) says: String,
    pub(super) stops: Vec<Link>,
    pub(super) counts: String,
    pub(super) wants: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) anchor: String,
}

#[derive(Serialize)]
pub(super) struct AssumptionView {
    pub(super) what: String,
    pub(super) value: String,
    pub(super) evidence: String,
}

#[derive(Serialize)]
pub(super) struct CauseView {
    pub(super) anchor: String,
    pub(super) rule: String,
    pub(super) level: &'static str,
    pub(super) file: String,
    pub(super) message: String,
    pub(super) others: Vec<Other>,
    pub(super) products: Vec<ProductLevel>,
    /// Its level by product, where that is not the same at all of them.
    pub(super) levels: Vec<LevelAt>,
    pub(super) classes: String,
    pub(super) pages: Option<String>,
    pub(super) fix: String,
    pub(super) crops: Vec<Crop>,
    /// What is drawn into its crops.
    pub(super) key: Vec<LegendEntry>,
    /// The separations of its worst page, where it is about ink.
    pub(super) plates: Option<InksView>,
    pub(super) places: Vec<PlaceView>,
    pub(super) more: usize,
    pub(super) follows: Option<String>,
    pub(super) sources: Vec<usize>,
}

#[derive(Serialize)]
pub(super) struct InksView {
    pub(super) page: u32,
    /// All inks together.
    pub(super) total: InkView,
    /// Ink by ink.
    pub(super) separations: Vec<InkView>,
}

#[derive(Serialize)]
pub(super) struct InkView {
    pub(super) caption: String,
    pub(super) data: String,
}

#[derive(Serialize)]
pub(super) struct Other {
    pub(super) products: String,
    pub(super) message: String,
}

#[derive(Serialize)]
pub(super) struct ProductLevel {
    pub(super) title: String,
    pub(super) level: &'static str,
}

#[derive(Serialize)]
pub(super) struct PlaceView {
    pub(super) page: u32,
    pub(super) what: String,
    pub(super) at: String,
    pub(super) anchor: Option<String>,
}

/// A part of a page with the place outlined.
#[derive(Serialize)]
pub(super) struct Crop {
    pub(super) caption: String,
    pub(super) alt: String,
    pub(super) anchor: String,
    pub(super) view: [f64; 4],
    /// A picture of its own, or the number of the page's.
    pub(super) data: Option<String>,
    pub(super) sheet: Option<usize>,
    pub(super) mark: Option<[f64; 4]>,
    pub(super) level: &'static str,
    pub(super) guides: Vec<Guide>,
    /// The page's number among the choices of the filter.
    pub(super) choice: usize,
}

/// A level of a cause, at the products of these classes.
#[derive(Serialize)]
pub(super) struct LevelAt {
    pub(super) level: &'static str,
    pub(super) classes: String,
}

/// How many causes have a level, at the products of these classes.
#[derive(Serialize)]
pub(super) struct LevelCount {
    pub(super) level: &'static str,
    pub(super) noun: &'static str,
    pub(super) numbers: Vec<NumberAt>,
}

#[derive(Serialize)]
pub(super) struct NumberAt {
    pub(super) number: usize,
    pub(super) class: String,
}

/// The pages of a file that something was found on.
#[derive(Serialize)]
pub(super) struct FilePages {
    pub(super) title: String,
    pub(super) pages: Vec<PageChoice>,
}

/// A page that something was found on: a choice of the filter, and a mark in the strip.
#[derive(Serialize)]
pub(super) struct PageChoice {
    pub(super) choice: usize,
    pub(super) title: String,
    pub(super) level: &'static str,
    /// The classes of its causes.
    pub(super) causes: String,
    pub(super) anchor: String,
    /// Its number among the pages that are shown, and their size.
    pub(super) sheet: Option<usize>,
    pub(super) size: [f64; 2],
}

/// A kind of line over a page, and whose it is.
#[derive(Clone, PartialEq, Serialize)]
pub(super) struct LegendEntry {
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) owner: String,
    pub(super) classes: String,
}

/// The guides of some products on a page.
#[derive(Serialize)]
pub(super) struct GuideSet {
    pub(super) classes: String,
    pub(super) guides: Vec<Guide>,
}

/// A page that is shown.
#[derive(Serialize)]
pub(super) struct Sheet {
    pub(super) anchor: String,
    pub(super) choice: usize,
    /// Its number among the pages that are shown.
    pub(super) number: usize,
    pub(super) file: &'static str,
    /// The file's name, where others play the same part.
    pub(super) name: String,
    pub(super) page: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) data: String,
    pub(super) guides: Vec<GuideSet>,
    pub(super) marks: Vec<MarkGroup>,
    pub(super) causes: Vec<CauseLink>,
    pub(super) is_cover: bool,
    pub(super) is_small: bool,
}

/// The places of a cause on a page.
#[derive(Serialize)]
pub(super) struct MarkGroup {
    pub(super) level: &'static str,
    pub(super) areas: Vec<[f64; 4]>,
    pub(super) message: String,
    pub(super) anchor: String,
}

/// A cause that a page has.
#[derive(Serialize)]
pub(super) struct CauseLink {
    pub(super) level: &'static str,
    pub(super) text: String,
    pub(super) anchor: String,
}

#[derive(Serialize)]
pub(super) struct CodeView {
    pub(super) kind: &'static str,
    pub(super) text: String,
    pub(super) place: String,
    pub(super) size: String,
    pub(super) grade: Option<String>,
}

#[derive(Serialize)]
pub(super) struct GapView {
    pub(super) why: String,
    pub(super) rules: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct SourceView {
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) checked: String,
    pub(super) note: Option<String>,
}
