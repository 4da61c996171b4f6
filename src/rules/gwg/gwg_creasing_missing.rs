//! Packaging without the lines along which it is folded.

use crate::model::facts::ProcessingStep;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::exchange;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgCreasingMissing;

impl Rule for GwgCreasingMissing {
    const META: Meta = Meta {
        id: "gwg-creasing-missing",
        title: "the creasing lines of a package are missing",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "Cutting, creasing and varnish lie on layers that say what they are (ISO 19593-1), so that the printer finds them \
              and does not print them. A box without creasing lines cannot be folded.",
        fix: "Put the creasing lines on a layer that is marked as processing step Structural, Creasing.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            exchange(file)?;
            let layers = file.structure.layers.iter();
            let mut steps = layers.filter_map(|layer| layer.step.as_ref());
            if !steps.any(is_creasing) {
                let message = format!(
                    "no layer of the {} is the processing step Creasing",
                    part.word()
                );
                findings.push(Finding::about(*part, message));
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}

fn is_creasing(step: &ProcessingStep) -> bool {
    step.group == "Structural" && matches!(step.kind.as_str(), "Creasing" | "ReverseCreasing")
}
