//! Findings of keys and values that a standard does not allow.

use schemars::JsonSchema;
use serde::Deserialize;

use super::measured::{exchange, gaps};
use crate::model::facts::{Construct, ConstructUse};
use crate::model::finding::{Finding, Inspection, Level, Place, Skip};
use crate::rules::Context;
use crate::rules::words::count;

/// What a standard does not allow.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Forbidden {
    /// The keys and values, by name.
    forbidden: Vec<Construct>,
    /// Those of which sources differ; they are warned of.
    #[serde(default)]
    doubtful: Vec<Construct>,
}

/// Looks for what is not allowed, among kinds with their words.
pub(super) fn find(
    limits: &Forbidden,
    kinds: &[(Construct, &str)],
    cx: &Context<'_>,
) -> Result<Inspection, Skip> {
    let files = cx.files()?;
    let mut looked = 0;
    let mut findings = Vec::new();
    for (part, file) in &files {
        let constructs = &exchange(file)?.constructs;
        looked += file.pages.len();
        let is_told =
            |kind: &Construct| limits.forbidden.contains(kind) || limits.doubtful.contains(kind);
        for (kind, words) in kinds.iter().filter(|(kind, _)| is_told(kind)) {
            let uses: Vec<&ConstructUse> =
                constructs.iter().filter(|u| u.construct == *kind).collect();
            let Some(first) = uses.first() else {
                continue;
            };
            let value = first
                .value
                .as_ref()
                .map_or_else(String::new, |v| format!(" ({v})"));
            let times = match uses.len() {
                1 => String::new(),
                n => format!(", {}", count(n, "time", "times")),
            };
            let at = match (first.page, &first.object) {
                (Some(page), Some(object)) => format!("page {page}, object {object}"),
                (Some(page), None) => format!("page {page}"),
                (None, Some(object)) => format!("object {object}"),
                (None, None) => "the file as a whole".to_owned(),
            };
            let message = format!("{words}{value}{times} in the {}: {at}", part.word());
            let places = uses.iter().filter_map(|one| {
                Some(Place {
                    page: one.page?,
                    area: None,
                    what: (*words).to_owned(),
                })
            });
            let finding = Finding::about(*part, message).at_places(places.collect());
            let is_doubtful = limits.doubtful.contains(kind);
            findings.push(if is_doubtful {
                finding.at(Level::Warning)
            } else {
                finding
            });
        }
    }
    Ok(Inspection {
        at: looked,
        findings,
        gaps: gaps(&files),
    })
}
