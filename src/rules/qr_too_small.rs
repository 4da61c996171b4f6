//! QR codes too small to be scanned for as long as the book lives.

use schemars::JsonSchema;
use serde::Deserialize;

use super::scan;
use super::words::count;
use super::{Context, Meta, Need, Rule};
use crate::facts::{Code, CodeKind};
use crate::finding::{Finding, Level, Measure, Outcome};
use crate::units::Length;

/// Printed sides without the quiet zone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Below this, phones fail.
    error_below: Length,
    /// Below this, some will.
    warn_below: Length,
}

/// Corners are found to a part in some hundreds, so a code drawn exactly at its limit may measure a little less.
const SLACK: f64 = 0.004;

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "qr-too-small",
        title: "a QR code is too small",
        level: Level::Error,
        parts: &[crate::finding::Part::Interior, crate::finding::Part::Cover],
        needs: &[Need::Codes],
        why: "A book is scanned for ten years, by old phones, in bad light, on a page that bends. Below half an inch \
              phones fail; from three quarters of an inch they do not.",
        fix: "Print the code at least 0.75 in (19 mm) wide, not counting the white around it; a shorter link makes \
              coarser, safer modules.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in at.files()? {
            looked += file.codes.iter().filter(|c| c.kind == CodeKind::Qr).count();
            let side = |c: &Code| Length::mm(c.side_mm);
            let small = |limit: Length, c: &Code| side(c).as_pt() < limit.as_pt() * (1.0 - SLACK);
            let codes = || file.codes.iter().filter(|c| c.kind == CodeKind::Qr);
            let refused: Vec<&Code> = codes().filter(|c| small(limits.error_below, c)).collect();
            let doubtful: Vec<&Code> = codes()
                .filter(|c| small(limits.warn_below, c) && !small(limits.error_below, c))
                .collect();
            for (mut codes, limit, level) in [
                (refused, limits.error_below, Level::Error),
                (doubtful, limits.warn_below, Level::Warning),
            ] {
                codes.sort_by(|a, b| a.side_mm.total_cmp(&b.side_mm));
                let Some(smallest) = codes.first().map(|c| side(c)) else {
                    continue;
                };
                let message = format!(
                    "{} {} wide; {} needed",
                    count(codes.len(), "QR code is", "QR codes are"),
                    at.order.words(smallest),
                    at.order.words(limit),
                );
                let places = codes.iter().map(|c| scan::place(c));
                findings.push(
                    Finding::about(part, message)
                        .at(level)
                        .at_places(places.collect())
                        .measured(Measure::length(smallest), Measure::length(limit)),
                );
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}
