//! QR codes too small to be scanned for as long as the book lives.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Skip};
use crate::model::units::Length;
use crate::rules::scan;
use crate::rules::words::{count, wanted};
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// Printed sides without the quiet zone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Below this, phones fail.
    error_below: Length,
    /// Below this, some will.
    warn_below: Length,
}

pub(super) struct QrTooSmall;

impl Rule for QrTooSmall {
    const META: Meta = Meta {
        id: "qr-too-small",
        title: "a QR code is too small",
        level: Level::Error,
        parts: &[
            crate::model::finding::Part::Interior,
            crate::model::finding::Part::Cover,
        ],
        needs: &[Need::Codes],
        why: "A book is scanned for ten years, by old phones, in bad light, on a page that bends. Below half an inch \
              phones fail; from three quarters of an inch they do not.",
        fix: "Print the code at least 0.75 in (19 mm) wide, not counting the white around it; a shorter link makes \
              coarser, safer modules.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("qr-module-too-small", Scope::Places)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += scan::qr(file).count();
            let measured = scan::qr(file).map(|c| (c.side_mm, c));
            for (codes, limit, level) in scan::graded(
                measured,
                [limits.error_below, limits.warn_below],
                scan::is_short,
            ) {
                let Some(smallest) = codes.first().map(|(mm, _)| Length::mm(*mm)) else {
                    continue;
                };
                let message = format!(
                    "{} {} wide; {} {}",
                    count(codes.len(), "QR code is", "QR codes are as little as"),
                    cx.resolved.words(smallest),
                    cx.resolved.words(limit),
                    wanted(level),
                );
                findings.push(
                    Finding::about(part, message)
                        .at(level)
                        .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                        .measured(Measure::length(smallest), Measure::length(limit)),
                );
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
