//! The facts of a file as JSON: all of them, or selected pages and members.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::json::{answer_schema, schema_of, write};
use crate::model::facts::{Document, Page};

/// Everything measured of a file.
#[derive(Serialize, JsonSchema)]
struct Facts<'a> {
    /// `presscheck-facts/1`.
    schema: &'static str,
    #[serde(flatten)]
    document: &'a Document,
}

/// Which of the facts to write.
#[derive(Clone, Debug, Default)]
pub struct FactsAsked {
    /// Pages, from 1; all where none is named.
    pub pages: Vec<RangeInclusive<u32>>,
    /// Members of the document and of its pages, besides those that say which file and which page; all where none is named.
    pub members: Vec<String>,
}

/// Members that say which file and which page, and what could not be measured: they are always there.
const ALWAYS: [&str; 7] = [
    "schema",
    "name",
    "sha256",
    "unreadable",
    "pages",
    "number",
    "gaps",
];

/// The facts of a file, on one line; an error names a page or member that there is not.
pub fn facts_json(document: &Document, asked: &FactsAsked) -> Result<String, String> {
    let facts = Facts {
        schema: "presscheck-facts/1",
        document,
    };
    if asked.pages.is_empty() && asked.members.is_empty() {
        return Ok(write(&facts, false));
    }
    let most = document.page_count();
    if let Some(beyond) = asked.pages.iter().find(|r| *r.end() > most) {
        return Err(format!(
            "there is no page {}: the file has {most}",
            beyond.end()
        ));
    }
    let known = members();
    if let Some(unknown) = asked.members.iter().find(|m| !known.contains(*m)) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return Err(format!(
            "facts have no member \"{unknown}\"; they have {}",
            known.join(", ")
        ));
    }
    let mut value = serde_json::to_value(&facts).map_err(|e| e.to_string())?;
    asked.keep(&mut value);
    Ok(write(&value, false))
}

/// The schema of [`facts_json`] with all facts.
pub fn facts_schema() -> String {
    schema_of::<Facts<'_>>()
}

impl FactsAsked {
    fn has_page(&self, page: &Value) -> bool {
        let number = page.as_u64().and_then(|n| u32::try_from(n).ok());
        self.pages.is_empty()
            || number.is_none_or(|n| self.pages.iter().any(|range| range.contains(&n)))
    }

    fn has_member(&self, name: &str) -> bool {
        self.members.is_empty() || ALWAYS.contains(&name) || self.members.iter().any(|m| m == name)
    }

    fn keep(&self, facts: &mut Value) {
        let Some(document) = facts.as_object_mut() else {
            return;
        };
        document.retain(|name, _| self.has_member(name));
        for (list, number) in [
            ("pages", "number"),
            ("codes", "page"),
            ("unread", "page"),
            ("gaps", "page"),
        ] {
            if let Some(list) = document.get_mut(list).and_then(Value::as_array_mut) {
                list.retain(|one| one.get(number).is_none_or(|page| self.has_page(page)));
            }
        }
        let pages = document.get_mut("pages").and_then(Value::as_array_mut);
        for page in pages.into_iter().flatten().filter_map(Value::as_object_mut) {
            page.retain(|name, _| self.has_member(name));
        }
    }
}

/// The names of all members of a document and its pages.
fn members() -> BTreeSet<String> {
    let names = |schema: schemars::Schema| -> Vec<String> {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(|p| p.keys().cloned())
            .collect()
    };
    let document = names(answer_schema::<Document>());
    let page = names(answer_schema::<Page>());
    document.into_iter().chain(page).collect()
}
