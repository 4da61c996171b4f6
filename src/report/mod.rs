//! From a run to bytes: one renderer a file, pure functions.

mod book_toml;
mod build;
mod causes;
mod changes;
mod codes;
mod comments;
mod cover;
mod covers;
pub(crate) mod escape;
mod explain;
mod facts;
mod github;
#[cfg(feature = "formats")]
mod html;
mod json;
#[cfg(feature = "formats")]
mod junit;
mod known;
mod markdown;
mod model;
#[cfg(any(feature = "formats", feature = "batch"))]
pub(crate) mod page_templates;
mod profiles;
mod queries;
#[cfg(feature = "formats")]
mod sarif;
mod spine;
mod tables;
mod template;
mod text;
mod text_codes;
mod text_head;
mod text_places;
mod text_verdicts;

pub use book_toml::book_toml;
pub use build::{report, report_with_all_places};
pub use changes::{Changed, Changes, VerdictChange, changes};
pub use codes::{CodeReport, Setting, UnreadReport};
pub use comments::comments;
pub use cover::{
    CoverAnswer, CoversAnswer, FitsAnswer, Shared, cover_answer, covers_text, fits_answer,
    fits_text, shared,
};
pub use explain::{explain, rule_page, rules_table};
pub use facts::{FactsAsked, facts_json, facts_schema};
pub use github::github;
#[cfg(feature = "formats")]
pub use html::{
    Picture, Pictures, PlateSet, PlateShot, Separation, Shot, html, plate_shots, shots,
    style_digest,
};
pub use json::{
    codes_json, codes_lines, codes_schema, cover_schema, covers_json, fits_json, json,
    profile_schema, profiles_json, profiles_schema, rules_json, rules_schema, schema, spine_schema,
    spines_json,
};
#[cfg(feature = "formats")]
pub use junit::junit;
pub use markdown::markdown;
pub use model::{
    AssumptionReport, CauseReport, CheckReport, CoverReport, CoverShape, Expected, FileReport,
    FindingReport, FitReport, JobReport, OutcomeWord, PanelReport, PlaceReport, Report, SafeReport,
    Tool, Verdict, VerdictReport, Word,
};
pub use profiles::{profile_page, profiles_table};
#[cfg(feature = "formats")]
pub use sarif::sarif;
pub use spine::{SpineReport, SpineRow, spines, spines_text};
pub use template::{guides, svg};
pub use text::{Style, text};
pub use text_codes::codes_text;
