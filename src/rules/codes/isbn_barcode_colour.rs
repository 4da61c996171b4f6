//! ISBN bar codes whose bars are not one dark ink, or whose ground is not light.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::codes::inked::{self, Inked};
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, Rule};

/// Reflectances in red light, from 0 to 1.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The least difference between ground and bars.
    contrast_least: f64,
    /// The least the ground reflects.
    ground_least: f64,
    /// The least amount of black in bars that are black.
    black_least: f64,
}

/// Pictures in RGB are converted as a whole, black often to black alone; drawn bars are what the platforms mean.
fn about_light(pictured: bool, finding: Finding) -> Finding {
    if pictured {
        finding.at(Level::Warning)
    } else {
        finding
    }
}

/// A step of 8 bits.
const SLACK: f64 = 1.0 / 255.0;

pub(super) struct IsbnBarcodeColour;

impl Rule for IsbnBarcodeColour {
    const META: Meta = Meta {
        id: "isbn-barcode-colour",
        title: "the ISBN bar code has the wrong colours",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "Scanners look with red light: red, orange and brown bars are white to them. Bars of several inks get coloured rims, \
              and a tinted ground takes the contrast away.",
        fix: "Draw the bars in 100 % black, nothing else, on a white box.",
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
        let percent = |v: f64| Measure::new(v * 100.0, MeasureUnit::Percent);
        for code in &codes {
            let about = |message: String| {
                Finding::about(Part::Cover, message).at_places(vec![scan::place(code)])
            };
            let pale = code.inks.as_deref().and_then(|inks| match inks {
                [one]
                    if one.ink == "Black"
                        && f64::from(one.percent) / 100.0 < limits.black_least - SLACK =>
                {
                    Some(f64::from(one.percent) / 100.0)
                }
                _ => None,
            });
            match inked::of(code) {
                Inked::Several => findings.push(about(format!(
                    "the bars of the ISBN bar code are drawn in several inks: {}; 100 % black alone is needed",
                    inked::words(code)
                ))),
                Inked::Light => findings.push(about_light(code.pixels_per_module.is_some(), about(
                    "the bars of the ISBN bar code are in RGB, which the press turns into several inks; 100 % black alone is needed".to_owned(),
                ))),
                Inked::Other => findings.push(about(format!(
                    "the bars of the ISBN bar code are drawn in {}; 100 % black is needed",
                    inked::words(code)
                ))),
                Inked::Black | Inked::Unknown => {}
            }
            if let Some(amount) = pale {
                let message = format!(
                    "the bars of the ISBN bar code are {:.0} % black; 100 % is needed",
                    amount * 100.0
                );
                findings
                    .push(about(message).measured(percent(amount), percent(limits.black_least)));
            }
            let Some(grade) = code.grade else {
                continue;
            };
            if grade.lightest < limits.ground_least - SLACK {
                let message = format!(
                    "the ground of the ISBN bar code reflects {:.0} % of red light; {:.0} % is needed",
                    grade.lightest * 100.0,
                    limits.ground_least * 100.0
                );
                findings.push(
                    about(message).measured(percent(grade.lightest), percent(limits.ground_least)),
                );
            } else if grade.symbol_contrast < limits.contrast_least - SLACK {
                let message = format!(
                    "the ISBN bar code has a contrast of {:.0} % in red light; {:.0} % is needed",
                    grade.symbol_contrast * 100.0,
                    limits.contrast_least * 100.0
                );
                findings.push(about(message).measured(
                    percent(grade.symbol_contrast),
                    percent(limits.contrast_least),
                ));
            }
        }
        Ok(Inspection::looked(codes.len(), findings))
    }
}
