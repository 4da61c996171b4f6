//! QR codes whose error correction is used up before they are printed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::scan;
use crate::rules::words::{count, wanted};
use crate::rules::{Context, Meta, Need, Rule};

/// Shares of the error correction that the artwork leaves, in the worst block of a code.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// With less, a speck or a crease is one too many.
    error_below: f64,
    /// With less, paper and ink have little to spare.
    warn_below: f64,
}

/// A share, written to a tenth of a percent.
const SLACK: f64 = 0.0005;

pub(super) struct QrCorrectionLow;

impl Rule for QrCorrectionLow {
    const META: Meta = Meta {
        id: "qr-correction-low",
        title: "a QR code has little error correction left",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A logo over a code, or a module that is wrong, is paid from the same error correction that later has to cope with ink, \
              paper, dirt and wear. It reads on a screen today and fails on the shelf.",
        fix: "Make the logo smaller or leave it out, or make the code anew at the highest level of error correction.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let left = scan::qr(file).filter_map(|c| Some((c.grade?.unused_error_correction?, c)));
            looked += left.clone().count();
            let below = |share: f64, limit: f64| share < limit - SLACK;
            for (codes, limit, level) in
                scan::graded(left, [limits.error_below, limits.warn_below], below)
            {
                let Some((least, code)) = codes.first() else {
                    continue;
                };
                let message = format!(
                    "{} {:.0} % of its error correction left; {:.0} % {}",
                    count(
                        codes.len(),
                        "QR code has only",
                        "QR codes have little left, the worst"
                    ),
                    least * 100.0,
                    limit * 100.0,
                    wanted(level),
                );
                let percent = |v: f64| Measure::new(v * 100.0, MeasureUnit::Percent);
                let mut finding = Finding::about(part, message)
                    .at(level)
                    .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                    .measured(percent(*least), percent(limit));
                if let Some(has) = code.correction.filter(|has| *has != 'H') {
                    finding = finding.advise(format!(
                        "It was made with error correction {has}; H copes with most."
                    ));
                }
                findings.push(finding);
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
