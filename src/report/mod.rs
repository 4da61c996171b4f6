//! From a run to bytes: one renderer a file, pure functions.

mod build;
mod causes;
mod codes;
mod cover;
mod covers;
mod explain;
mod facts;
mod json;
mod known;
mod model;
mod profiles;
mod spine;
mod tables;
mod template;
mod text;
mod text_codes;
mod text_head;
mod text_places;

pub use build::{report, report_with_all_places};
pub use codes::{CodeReport, Setting, UnreadReport};
pub use cover::{
    CoverAnswer, CoversAnswer, FitsAnswer, PanelReport, SafeReport, Shared, cover_answer,
    covers_text, fits_answer, fits_text, shared,
};
pub use explain::{explain, rule_page, rules_table};
pub use facts::{FactsAsked, facts_json, facts_schema};
pub use json::{
    codes_json, codes_lines, codes_schema, cover_schema, covers_json, fits_json, json,
    profile_schema, profiles_json, profiles_schema, rules_json, rules_schema, schema, spine_schema,
    spines_json,
};
pub use model::{
    AssumptionReport, CauseReport, CheckReport, CoverReport, Expected, FileReport, FindingReport,
    FitReport, JobReport, OutcomeWord, PlaceReport, Report, Tool, Verdict, VerdictReport, Word,
};
pub use profiles::{profile_page, profiles_table};
pub use spine::{SpineReport, SpineRow, spines, spines_text};
pub use template::{guides, svg};
pub use text::{Style, text};
pub use text_codes::codes_text;
