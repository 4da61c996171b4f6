//! An output intent that is missing or does not do for PDF/X.

use schemars::JsonSchema;
use serde::Deserialize;

use super::measured::exchange;
use crate::model::facts::{DestProfile, Document, OutputIntent, SpaceKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::list;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfxOutputIntentWrong;

/// When the profile of the printing condition has to be in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Embedding {
    /// Where the condition is not one of the ICC's registry.
    Unregistered,
    /// Then, and where the file has colours that only a profile defines.
    Managed,
    /// Always.
    Always,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The colour spaces that the profile may be for, as ICC profiles name them.
    spaces: Vec<String>,
    /// When the profile has to be in the file.
    embedded: Embedding,
}

/// The registry of printing conditions.
const REGISTRY: &str = "www.color.org";

impl Rule for PdfxOutputIntentWrong {
    const META: Meta = Meta {
        id: "pdfx-output-intent-wrong",
        title: "the output intent is missing or unfit",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "The same CMYK figures are another colour on another press and paper. The output intent says which printing \
              condition your colours were made for; without it the printer has to guess.",
        fix: "Choose the printer's output intent when you export (for Ingram any coated CMYK condition will do, such as \
              GRACoL2006_Coated1v2 or FOGRA39).",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let exchange = exchange(file)?;
            let intents: Vec<&OutputIntent> = exchange.pdfx_intents().collect();
            let faults = match intents.as_slice() {
                [] if exchange.output_intents.is_empty() => vec!["it has none".to_owned()],
                [] => vec!["it has none for PDF/X (GTS_PDFX), only for other standards".to_owned()],
                [intent] => faults(limits, intent, file),
                more => vec![format!("it has {} for PDF/X; one is allowed", more.len())],
            };
            if !faults.is_empty() {
                let faults: Vec<&str> = faults.iter().map(String::as_str).collect();
                let message = format!("output intent of the {}: {}", part.word(), list(&faults));
                findings.push(Finding::about(*part, message));
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}

/// What is wrong with an output intent, for people.
fn faults(limits: &Limits, intent: &OutputIntent, file: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    if intent.condition.is_none() {
        faults.push("it names no printing condition (OutputConditionIdentifier)".to_owned());
    }
    let registry = intent.registry.as_deref().unwrap_or_default();
    // The ICC registers no condition of this name: writers put it where none of its own applies.
    let is_named = intent
        .condition
        .as_deref()
        .is_some_and(|name| name != "Custom");
    let host = registry
        .split("//")
        .last()
        .and_then(|rest| rest.split('/').next());
    let is_registered = host == Some(REGISTRY) && is_named;
    match &intent.profile {
        DestProfile::Embedded(icc) => {
            if icc.class != "prtr" {
                let class = &icc.class;
                faults.push(format!("its profile is of class {class}, not an output profile (prtr)"));
            }
            if !limits.spaces.contains(&icc.space) {
                let allowed: Vec<&str> = limits.spaces.iter().map(String::as_str).collect();
                let (space, allowed) = (&icc.space, list(&allowed));
                faults.push(format!("its profile is for {space}; allowed is {allowed}"));
            }
        }
        DestProfile::Unreadable => {
            faults.push("its profile (DestOutputProfile) is no ICC profile".to_owned());
        }
        DestProfile::Referenced => {
            faults.push("its profile is in another file (DestOutputProfileRef)".to_owned());
        }
        DestProfile::None => match limits.embedded {
            Embedding::Always => {
                faults.push("its profile (DestOutputProfile) is not in the file".to_owned());
            }
            Embedding::Managed if has_managed_colour(file) => faults.push(
                "its profile (DestOutputProfile) is not in the file, which has ICC or Lab colours"
                    .to_owned(),
            ),
            Embedding::Managed | Embedding::Unregistered if !is_registered => faults.push(
                "it has neither a profile (DestOutputProfile) nor a condition of the ICC's registry"
                    .to_owned(),
            ),
            Embedding::Managed | Embedding::Unregistered => {}
        },
    }
    if !is_registered && intent.info.is_none() && intent.condition.is_some() {
        faults
            .push("its condition is not of the ICC's registry and not described (Info)".to_owned());
    }
    faults
}

/// Whether colours of the file depend on a profile or on measurement.
fn has_managed_colour(file: &Document) -> bool {
    file.colours.iter().any(|colour| {
        let kinds = [Some(colour.space), colour.alternate];
        let mut kinds = kinds.into_iter().flatten();
        kinds.any(|kind| {
            kind.is_icc()
                || matches!(
                    kind,
                    SpaceKind::Lab | SpaceKind::CalRgb | SpaceKind::CalGray
                )
        })
    })
}
