//! QR codes whose modules are too fine, however large the code.

use schemars::JsonSchema;
use serde::Deserialize;

use super::scan;
use super::words::count;
use super::{Context, Meta, Need, Rule};
use crate::facts::Code;
use crate::finding::{Finding, Level, Measure, Outcome, Part};
use crate::units::Length;

/// Printed modules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Below this, phones fail.
    error_below: Length,
    /// Below this, some will.
    warn_below: Length,
}

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "qr-module-too-small",
        title: "a QR code's modules are too fine",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A phone has to see every single square. A long text packs so many into the code that each is finer than ink on \
              paper holds.",
        fix: "Shorten the link, or print the code larger.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in at.files()? {
            looked += scan::qr(file).count();
            let measured = scan::qr(file).map(|c| (c.module_mm, c));
            for (codes, limit, level) in scan::graded(measured, [limits.error_below, limits.warn_below], scan::is_short) {
                let Some((mm, finest)) = codes.first() else {
                    continue;
                };
                let message = format!(
                    "{} {mm:.2} mm; {:.2} mm needed",
                    count(codes.len(), "QR code has modules of", "QR codes have modules down to"),
                    limit.as_mm(),
                );
                let finding = Finding::about(part, message)
                    .at(level)
                    .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                    .measured(Measure::length(Length::mm(*mm)), Measure::length(limit))
                    .advise(shorten(finest));
                findings.push(finding);
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}

/// Bytes that fit each version at the correction level M, which most generators use.
const CAPACITY: [usize; 15] = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412];

/// By how much a link has to be shorter for the code to drop a version, and what that gains.
fn shorten(code: &Code) -> String {
    let version = usize::try_from(code.modules.saturating_sub(17) / 4).unwrap_or(1);
    let room = version.checked_sub(2).and_then(|v| CAPACITY.get(v)).copied();
    match room {
        Some(room) if code.text.len() > room => {
            let modules = code.modules - 4;
            format!(
                "Shorten the text by {} bytes and the code drops from version {version} to {}: modules grow from {:.2} to {:.2} mm at this size.",
                code.text.len() - room,
                version - 1,
                code.module_mm,
                code.side_mm / f64::from(modules),
            )
        }
        _ => "Use a lower error correction, or print the code larger.".to_owned(),
    }
}
