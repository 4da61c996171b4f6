//! QR codes with too little white around them.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::model::units::Length;
use crate::rules::scan;
use crate::rules::words::{also, count, wanted};
use crate::rules::{Context, Meta, Need, Rule};

/// Clear modules on every side.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// With fewer, phones fail.
    error_below: f64,
    /// With fewer, some will.
    warn_below: f64,
}

/// Rings are one pixel apart, of which a module has twelve; edges are spread over two.
const SLACK: f64 = 0.25;

pub(super) struct QrQuietZoneShort;

impl Rule for QrQuietZoneShort {
    const META: Meta = Meta {
        id: "qr-quiet-zone-short",
        title: "a QR code has too little white around it",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A phone finds a code by the clear band around it. Text, a frame or art nearer than four modules hides it.",
        fix: "Leave a clear band of four modules on every side of the code.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let measured = scan::qr(file).filter_map(|c| Some((c.quiet_zone_modules?, c)));
            looked += measured.clone().count();
            let below = |modules: f64, limit: f64| modules < limit - SLACK;
            for (codes, limit, level) in
                scan::graded(measured, [limits.error_below, limits.warn_below], below)
            {
                let Some((least, code)) = codes.first() else {
                    continue;
                };
                let wide = |modules: f64| cx.resolved.words(Length::mm(modules * code.module_mm));
                let message = format!(
                    "{} {} of clear space around; {} {}",
                    count(
                        codes.len(),
                        "QR code has only",
                        "QR codes have as little as"
                    ),
                    also(&wide(*least), &format!("{least:.1} modules")),
                    also(&wide(limit), &format!("{limit:.0} modules")),
                    wanted(level),
                );
                let modules = |v| Measure::new(v, MeasureUnit::Modules);
                let finding = Finding::about(part, message)
                    .at(level)
                    .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                    .measured(modules(*least), modules(limit))
                    .advise(format!("Keep {} free on all sides of the code.", wide(4.0)));
                findings.push(finding);
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
