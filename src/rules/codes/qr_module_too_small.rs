//! QR codes whose modules are too fine, however large the code.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Code;
use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::units::Length;
use crate::rules::scan;
use crate::rules::words::{count, wanted};
use crate::rules::{Context, Meta, Need, Rule};

/// Printed modules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Below this, phones fail.
    error_below: Length,
    /// Below this, some will.
    warn_below: Length,
}

pub(super) struct QrModuleTooSmall;

impl Rule for QrModuleTooSmall {
    const META: Meta = Meta {
        id: "qr-module-too-small",
        title: "a QR code's modules are too fine",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A phone has to see every single square. A long text packs so many into the code that each is finer than ink on \
              paper holds.",
        fix: "Shorten the link, or print the code larger.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += scan::qr(file).count();
            let measured = scan::qr(file).map(|c| (c.module_mm, c));
            for (codes, limit, level) in scan::graded(
                measured,
                [limits.error_below, limits.warn_below],
                scan::is_short,
            ) {
                let Some((mm, finest)) = codes.first() else {
                    continue;
                };
                let message = format!(
                    "{} {mm:.2} mm; {:.2} mm {}",
                    count(
                        codes.len(),
                        "QR code has modules of",
                        "QR codes have modules down to"
                    ),
                    limit.as_mm(),
                    wanted(level),
                );
                let finding = Finding::about(part, message)
                    .at(level)
                    .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                    .measured(Measure::length(Length::mm(*mm)), Measure::length(limit))
                    .advise(shorten(finest));
                findings.push(finding);
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// By how much a link has to be shorter for the code to drop a version, and what that gains.
fn shorten(code: &Code) -> String {
    let version = code.modules.saturating_sub(17) / 4;
    let gain = |times: &str| {
        format!(
            "{times} and the code drops from version {version} to {}: modules grow from {:.2} to {:.2} mm at this size.",
            version.saturating_sub(1),
            code.module_mm,
            code.side_mm / f64::from(code.modules.saturating_sub(4).max(21)),
        )
    };
    match code.bytes_over {
        Some(0) => gain("Have the code made anew in the smallest version that holds its text"),
        Some(1) => gain("Shorten the text by 1 byte"),
        Some(over) => gain(&format!("Shorten the text by {over} bytes")),
        None if version > 1 => "Shorten the text, or print the code larger.".to_owned(),
        None => "Print the code larger: there is no coarser one.".to_owned(),
    }
}
