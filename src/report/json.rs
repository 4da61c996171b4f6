//! JSON: the report, facts and codes, and the schema of the report.

use schemars::JsonSchema;
use serde::Serialize;

use super::codes::{self, CodeReport, Setting, UnreadReport};
use super::cover::{CoverAnswer, CoversAnswer, FitsAnswer, Shared};
use super::known::{ProfilesAnswer, RulesAnswer, profiles_answer, rules_answer};
use super::model::Report;
use super::spine::SpineReport;
use crate::model::facts::Document;
use crate::profile::Profile;

/// The report, pretty for files or on one line for streams.
pub fn json(report: &Report, pretty: bool) -> String {
    write(report, pretty)
}

/// The schema of the report.
pub fn schema() -> String {
    schema_of::<Report>()
}

/// Spines for programs, pretty for files or on one line for streams.
pub fn spines_json(report: &SpineReport, pretty: bool) -> String {
    write(report, pretty)
}

/// The schema of [`spines_json`].
pub fn spine_schema() -> String {
    schema_of::<SpineReport>()
}

/// Covers for programs: one answer, or several with what one artwork for them has to respect.
pub fn covers_json(mut covers: Vec<CoverAnswer>, shared: Option<Shared>) -> String {
    if covers.len() == 1 {
        return covers.pop().map(|c| write(&c, true)).unwrap_or_default();
    }
    let answer = CoversAnswer {
        schema: "presscheck-covers/1",
        covers,
        shared,
    };
    write(&answer, true)
}

/// What `presscheck cover` answers: one cover, several, or what a cover fits.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum Covers {
    One(Box<CoverAnswer>),
    Several(CoversAnswer),
    Fits(FitsAnswer),
}

/// The schema of [`covers_json`] and [`fits_json`].
pub fn cover_schema() -> String {
    schema_of::<Covers>()
}

/// The rules for programs.
pub fn rules_json(known: &[Profile]) -> String {
    write(&rules_answer(known), true)
}

/// The schema of [`rules_json`].
pub fn rules_schema() -> String {
    schema_of::<RulesAnswer>()
}

/// Products for programs.
pub fn profiles_json(profiles: &[&Profile]) -> String {
    write(&profiles_answer(profiles), true)
}

/// The schema of [`profiles_json`].
pub fn profiles_schema() -> String {
    schema_of::<ProfilesAnswer>()
}

/// What a cover fits, for programs.
pub fn fits_json(answer: &FitsAnswer) -> String {
    write(answer, true)
}

/// The schema of profiles, with the limits of every rule.
pub fn profile_schema() -> String {
    let mut generator = schemars::SchemaGenerator::default();
    let mut rules = serde_json::Map::new();
    for entry in crate::rules::all() {
        let limits = (entry.limits)(&mut generator);
        let with_source = serde_json::json!({
            "description": entry.meta.title,
            "properties": {
                "source": { "type": "string", "description": "a key of [sources]" },
                "level": { "enum": ["error", "warning", "note"] }
            },
            "required": ["source"],
            "allOf": [limits],
            "unevaluatedProperties": false
        });
        rules.insert(entry.meta.id.to_owned(), with_source);
    }
    let mut schema = generator.into_root_schema_for::<crate::profile::Profile>();
    // Source and level stand beside the limits, so that closing the table is the rule's business, not theirs.
    let definitions = schema
        .get_mut("$defs")
        .and_then(serde_json::Value::as_object_mut);
    for (name, definition) in definitions.into_iter().flatten() {
        if let (true, Some(object)) = (name.contains("Limits"), definition.as_object_mut()) {
            object.remove("additionalProperties");
        }
    }
    let spine = schema
        .get_mut("$defs")
        .and_then(|d| d.get_mut("Spine"))
        .and_then(|s| s.get_mut("oneOf"))
        .and_then(serde_json::Value::as_array_mut);
    if let Some(kinds) = spine {
        // What the loader fills in before the shape counts.
        kinds.push(serde_json::json!({
            "description": "The spine of a stock that stands above it.",
            "type": "object",
            "properties": { "same-as": { "type": "string" } },
            "required": ["same-as"],
            "additionalProperties": false
        }));
        let other = serde_json::json!({
            "description": "The spine of a stock of a product that ships.",
            "type": "object",
            "properties": { "profile": { "type": "string" }, "stock": { "type": "string" } },
            "required": ["profile", "stock"],
            "additionalProperties": false
        });
        for kind in kinds {
            if let Some(of) = kind.get_mut("properties").and_then(|p| p.get_mut("of")) {
                *of = serde_json::json!({ "anyOf": [of.clone(), other] });
            }
        }
    }
    if let Some(properties) = schema
        .get_mut("properties")
        .and_then(serde_json::Value::as_object_mut)
    {
        let rules = serde_json::json!({ "type": "object", "properties": rules, "additionalProperties": false });
        properties.insert("rules".to_owned(), rules);
    }
    write(&schema, true)
}

/// The codes of a file, for programs.
#[derive(Serialize, JsonSchema)]
struct CodesAnswer {
    /// `presscheck-codes/1`.
    schema: String,
    /// The file.
    file: CodesFile,
    /// What was read.
    codes: Vec<CodeReport>,
    /// What stands like a code and cannot be read.
    unread: Vec<UnreadReport>,
}

/// The file searched for codes.
#[derive(Serialize, JsonSchema)]
struct CodesFile {
    /// As given.
    name: String,
    /// How many pages it has.
    pages: u32,
    /// What its pages are taken for: `sheets`, `interior` or `cover`.
    taken_for: String,
    /// Whether it could be read.
    readable: bool,
    /// Why it could not be read, or searched in whole.
    why: Option<String>,
}

/// Codes of several files.
#[derive(Serialize, JsonSchema)]
struct CodesOfFiles {
    /// `presscheck-codes-of-files/1`.
    schema: &'static str,
    /// One answer for each file, in the order given.
    files: Vec<CodesAnswer>,
}

/// Codes of one file, or of several.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum Codes {
    One(Box<CodesAnswer>),
    Several(CodesOfFiles),
}

/// The schema of [`codes_json`].
pub fn codes_schema() -> String {
    schema_of::<Codes>()
}

/// The codes of files, each measured from what its pages are: one answer, or several together.
pub fn codes_json(files: &[(&Document, Setting<'_>)]) -> String {
    let mut answers: Vec<CodesAnswer> = files
        .iter()
        .map(|(file, setting)| codes_answer(file, *setting))
        .collect();
    if answers.len() == 1 {
        return answers.pop().map(|a| write(&a, true)).unwrap_or_default();
    }
    write(
        &CodesOfFiles {
            schema: "presscheck-codes-of-files/1",
            files: answers,
        },
        true,
    )
}

/// The same, an answer a line.
pub fn codes_lines(files: &[(&Document, Setting<'_>)]) -> String {
    files
        .iter()
        .map(|(file, setting)| write(&codes_answer(file, *setting), false))
        .collect()
}

fn codes_answer(document: &Document, setting: Setting<'_>) -> CodesAnswer {
    let gap = |gap: &crate::model::facts::Gap| match gap.page {
        Some(page) => format!("page {page}: {}", gap.why),
        None => gap.why.clone(),
    };
    let gaps: Vec<String> = document.gaps.iter().map(gap).collect();
    let taken_for = match setting {
        Setting::Sheets(_) => "sheets",
        Setting::Interior(_) => "interior",
        Setting::Cover(_) => "cover",
    };
    CodesAnswer {
        schema: "presscheck-codes/1".to_owned(),
        file: CodesFile {
            name: document.name.clone(),
            pages: document.page_count(),
            taken_for: taken_for.to_owned(),
            readable: document.unreadable.is_none(),
            why: document
                .unreadable
                .clone()
                .or_else(|| (!gaps.is_empty()).then(|| gaps.join("; "))),
        },
        codes: codes::of_file(document, setting),
        unread: codes::unread(document),
    }
}

/// The schema of an answer: what may be left out of it is not required.
pub(super) fn answer_schema<T: JsonSchema>() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// The same as text.
pub(super) fn schema_of<T: JsonSchema>() -> String {
    write(&answer_schema::<T>(), true)
}

pub(super) fn write(value: &impl Serialize, pretty: bool) -> String {
    let text = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    // Our own structs hold no map with keys that JSON could refuse.
    text.unwrap_or_default() + "\n"
}
