//! A file of a newer PDF version than its standard is written for.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfVersionTooNew;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The newest version, as in `1.4`.
    at_most: String,
}

impl Rule for PdfVersionTooNew {
    const META: Meta = Meta {
        id: "pdf-version-too-new",
        title: "the PDF version is newer than the standard's",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Every PDF/X is written for one version of PDF. What came later may be unknown to the machines that the standard \
              was made for: they pass over it, and print something else.",
        fix: "Export with the preset of the standard; it sets the version.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let most = number(&limits.at_most);
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in &files {
            let Some(version) = &file.structure.version else {
                gaps.push(format!("{}: its PDF version cannot be read", part.word()));
                continue;
            };
            if number(version) > most {
                let message = format!(
                    "the {} is PDF {version}, newer than {}",
                    part.word(),
                    limits.at_most
                );
                findings.push(Finding::about(*part, message));
            }
        }
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps,
        })
    }
}

/// A version as numbers; what is no number counts as newest.
fn number(version: &str) -> Vec<u32> {
    let parts = version.split('.');
    parts.map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}
