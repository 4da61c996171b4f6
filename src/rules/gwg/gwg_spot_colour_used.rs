//! Named inks in a variant that has none.

use schemars::JsonSchema;
use serde::Deserialize;

use super::spots::active;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::exchange;
use crate::rules::words::{count, some_of};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgSpotColourUsed;

/// How many named inks there may be (R0020).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// At most.
    most: usize,
}

impl Rule for GwgSpotColourUsed {
    const META: Meta = Meta {
        id: "gwg-spot-colour-used",
        title: "spot colours are used",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "Every named ink is a plate of its own, or is mixed from the four others in a way that nobody looked at.",
        fix: "Convert spot colours to CMYK, unless the printer was asked for just these inks.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            exchange(file)?;
            let active = active(file);
            looked += file.pages.len();
            if active.len() > limits.most {
                let names = some_of(active.keys().map(|name| format!("\"{name}\"")), 8);
                let message = format!(
                    "{} in the {}: {names}",
                    count(active.len(), "spot colour", "spot colours"),
                    part.word(),
                );
                let pages = active.into_values().flatten();
                findings.push(Finding::about(part, message).on_pages(pages));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
