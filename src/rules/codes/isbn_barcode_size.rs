//! ISBN bar codes printed smaller or larger than the standard allows, or cut low.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::units::Length;
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, Rule};

/// The standard's sizes, on paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The least width of a module (80 %).
    module_least: Length,
    /// The greatest width of a module (200 %).
    module_most: Length,
    /// The height of the bars in modules; lower ones are harder to hit.
    height_modules: f64,
}

/// What measuring may be off by.
const SLACK: f64 = 0.01;
/// The share of the standard's height that is still taken as such: makers round, and cut a little.
const LOW: f64 = 0.75;

pub(super) struct IsbnBarcodeSize;

impl Rule for IsbnBarcodeSize {
    const META: Meta = Meta {
        id: "isbn-barcode-size",
        title: "the ISBN bar code has the wrong size",
        level: Level::Warning,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "Scanners are made for bar codes between 80 and 200 % of the standard's size. Finer bars run together in print; \
              low ones are missed by a beam that is held a little askew.",
        fix: "Have the bar code made at 80 to 200 % of its nominal size and place it at exactly that size.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let codes = scan::isbns(cx.cover()?);
        if codes.is_empty() {
            return Err(Skip::NotApplicable(
                "no ISBN bar code was found on the cover".to_owned(),
            ));
        }
        let mut findings = Vec::new();
        for code in &codes {
            let module = Length::mm(code.module_mm);
            let (least, most) = (limits.module_least.as_mm(), limits.module_most.as_mm());
            let wrong = if code.module_mm < least * (1.0 - SLACK) {
                Some(limits.module_least)
            } else if code.module_mm > most * (1.0 + SLACK) {
                Some(limits.module_most)
            } else {
                None
            };
            if let Some(limit) = wrong {
                let message = format!(
                    "the ISBN bar code has modules of {:.3} mm ({:.0} % of nominal); {least:.3} to {most:.3} mm are allowed",
                    code.module_mm,
                    code.module_mm / NOMINAL_MM * 100.0,
                );
                let finding =
                    Finding::about(Part::Cover, message).at_places(vec![scan::place(code)]);
                findings.push(finding.measured(Measure::length(module), Measure::length(limit)));
            }
            let wanted = Length::mm(limits.height_modules * code.module_mm);
            let height = code.bar_height_mm.map(Length::mm);
            if let Some(height) = height.filter(|h| h.as_pt() < wanted.as_pt() * LOW) {
                let message = format!(
                    "the bars of the ISBN bar code are {} high; at this width the standard has {}",
                    cx.resolved.words(height),
                    cx.resolved.words(wanted),
                );
                let finding = Finding::about(Part::Cover, message)
                    .at(Level::Note)
                    .at_places(vec![scan::place(code)]);
                findings.push(finding.measured(Measure::length(height), Measure::length(wanted)));
            }
        }
        Ok(Inspection::looked(codes.len(), findings))
    }
}

/// The nominal X-dimension of EAN-13.
const NOMINAL_MM: f64 = 0.33;
