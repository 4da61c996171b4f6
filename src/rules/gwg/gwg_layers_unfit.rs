//! Layers that show in more than one way, or not at once.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Construct;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::exchange;
use crate::rules::words::some_of;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgLayersUnfit;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// How bad further configurations of layers are (R0034); nothing of them is said if not told.
    #[serde(default)]
    configurations: Option<Level>,
    /// How bad layers are that are off at first (R0036); nothing of them is said if not told.
    #[serde(default)]
    off: Option<Level>,
}

impl Rule for GwgLayersUnfit {
    const META: Meta = Meta {
        id: "gwg-layers-unfit",
        title: "layers show in several ways, or are off",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "Which layers print has to be clear. Further configurations let every reader choose; a layer that is off at first is \
              printed by some and not by others.",
        fix: "Flatten the layers, or export only those that are to be printed, all of them on.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut findings = Vec::new();
        let files = cx.files()?;
        for (part, file) in &files {
            let constructs = &exchange(file)?.constructs;
            let has_more = constructs
                .iter()
                .any(|one| one.construct == Construct::LayerConfigurations);
            if let (Some(level), true) = (limits.configurations, has_more) {
                let message = format!(
                    "the layers of the {} have further configurations (Configs)",
                    part.word()
                );
                findings.push(Finding::about(*part, message).at(level));
            }
            let off = file.structure.layers.iter().filter(|layer| layer.off);
            let off: Vec<String> = off.map(|layer| format!("\"{}\"", layer.name)).collect();
            if let (Some(level), false) = (limits.off, off.is_empty()) {
                let message = format!(
                    "layers of the {} are off at first: {}",
                    part.word(),
                    some_of(off.into_iter(), 8)
                );
                findings.push(Finding::about(*part, message).at(level));
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}
