//! ISBN bar codes whose artwork a verifier would not pass.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Grade, letter};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, Rule};

/// Grades of ISO/IEC 15416.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The least mean of ten lines: 4 is A, 3 is B, 2 is C, 1 is D.
    least: f64,
    /// With less contrast it is the colours that are wrong, which `isbn-barcode-colour` tells.
    contrast_least: f64,
}

/// A grade is a mean of ten whole numbers.
const SLACK: f64 = 0.01;

pub(super) struct IsbnBarcodeGradeLow;

impl Rule for IsbnBarcodeGradeLow {
    const META: Meta = Meta {
        id: "isbn-barcode-grade-low",
        title: "the ISBN bar code is drawn badly",
        level: Level::Warning,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "A verifier draws ten lines across the bars and grades what each of them meets: specks and gaps, edges that are soft, bars \
              too wide or too narrow. Press and paper take more away, and shops send back what their scanners refuse.",
        fix: "Make the bar code anew from the ISBN, place it whole as vector and keep everything else off it.",
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
        let low = |grade: &Grade| {
            grade.overall < limits.least - SLACK && grade.symbol_contrast >= limits.contrast_least
        };
        let graded = codes.iter().filter_map(|c| Some((c, c.grade.filter(low)?)));
        let findings = graded.map(|(code, grade)| {
            let of = |v: f64| Measure::new(v, MeasureUnit::Grade);
            let message = format!(
                "the ISBN bar code has an artwork grade of {} ({:.1}); {} ({:.1}) needed: {}",
                letter(grade.overall),
                grade.overall,
                letter(limits.least),
                limits.least,
                words(&grade),
            );
            Finding::about(Part::Cover, message)
                .at_places(vec![scan::place(code)])
                .measured(of(grade.overall), of(limits.least))
        });
        let findings = findings.collect();
        Ok(Inspection::looked(codes.len(), findings))
    }
}

/// What a grade was made of.
fn words(grade: &Grade) -> String {
    let measures = [
        ("modulation", Some(grade.modulation)),
        ("defects", grade.defects),
        ("decodability", grade.decodability),
    ];
    let shares = measures
        .iter()
        .filter_map(|(name, share)| Some(format!("{name} {:.0} %", share.as_ref()? * 100.0)));
    let mut all: Vec<String> = grade
        .lines_read
        .iter()
        .map(|n| format!("{n} of 10 lines read"))
        .collect();
    all.extend(shares);
    all.join(", ")
}
