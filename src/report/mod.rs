//! From a run to bytes: one renderer a file, pure functions.

mod build;
mod explain;
mod json;
mod model;
mod profiles;
mod text;
mod text_head;

pub use build::report;
pub use explain::{explain, rule_page, rules_table};
pub use json::{codes_json, facts_json, json, profile_schema, schema};
pub use model::{CodeReport, CoverReport, FileReport, FitReport, Report, Verdict, VerdictReport};
pub use profiles::{profile_page, profiles_table};
pub use text::{Style, codes_text, text};
