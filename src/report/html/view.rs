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
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) sheets: Vec<Sheet>,
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
    pub(super) says: &'static str,
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
    pub(super) classes: String,
    pub(super) pages: Option<String>,
    pub(super) fix: String,
    pub(super) crops: Vec<Crop>,
    pub(super) places: Vec<PlaceView>,
    pub(super) more: usize,
    pub(super) follows: String,
    pub(super) sources: Vec<usize>,
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
}

/// A page that is shown.
#[derive(Serialize)]
pub(super) struct Sheet {
    pub(super) anchor: String,
    pub(super) file: &'static str,
    pub(super) name: String,
    pub(super) page: u32,
    pub(super) level: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) data: String,
    pub(super) guides: Vec<Guide>,
    pub(super) marks: Vec<Mark>,
    pub(super) is_cover: bool,
}

#[derive(Serialize)]
pub(super) struct Mark {
    pub(super) level: &'static str,
    pub(super) area: [f64; 4],
    pub(super) message: String,
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
    pub(super) rules: String,
}

#[derive(Serialize)]
pub(super) struct SourceView {
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) checked: String,
    pub(super) note: Option<String>,
}
