//! ISBN bar codes with too little white before or after the bars.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::model::units::Length;
use crate::rules::scan;
use crate::rules::words::also;
use crate::rules::{Context, Meta, Need, Rule};

/// Clear modules beside the bars.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Before the first bar.
    before: f64,
    /// After the last bar.
    after: f64,
    /// After the last bar of an add-on.
    after_add_on: f64,
}

/// Edges are found to a pixel, of which a module has five.
const SLACK: f64 = 0.45;

pub(super) struct IsbnBarcodeQuietZone;

impl Rule for IsbnBarcodeQuietZone {
    const META: Meta = Meta {
        id: "isbn-barcode-quiet-zone",
        title: "the ISBN bar code has too little white beside it",
        level: Level::Warning,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "A scanner tells the first and the last bar by the white beside them. Art or the edge of the white box nearer \
              than that makes the code hard to read.",
        fix: "Give the bar code a white box with eleven modules of white before the bars and seven after them.",
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
        let findings = codes.iter().filter_map(|code| {
            let [before, after] = <[f64; 2]>::try_from(code.quiet_sides_modules.as_slice()).ok()?;
            let wanted_after = if code.add_on.is_some() {
                limits.after_add_on
            } else {
                limits.after
            };
            let sides = [
                ("before", before, limits.before),
                ("after", after, wanted_after),
            ];
            let (side, clear, wanted) = sides
                .into_iter()
                .filter(|(_, clear, wanted)| *clear < wanted - SLACK)
                .max_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)))?;
            let wide = |modules: f64| cx.resolved.words(Length::mm(modules * code.module_mm));
            let message = format!(
                "the ISBN bar code has {} of clear space {side} its bars; {} needed",
                also(&wide(clear), &format!("{clear:.1} modules")),
                also(&wide(wanted), &format!("{wanted:.0} modules")),
            );
            let modules = |v| Measure::new(v, MeasureUnit::Modules);
            Some(
                Finding::about(Part::Cover, message)
                    .at_places(vec![scan::place(code)])
                    .measured(modules(clear), modules(wanted))
                    .advise(format!("Keep {} free {side} the bars.", wide(wanted))),
            )
        });
        let findings = findings.collect();
        Ok(Inspection::looked(codes.len(), findings))
    }
}
