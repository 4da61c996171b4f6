//! More ink than a press can dry, on average over a square.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::rules::weighed::plates_over;
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgInkAverageHigh;

/// Which inks are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Inks {
    /// Cyan, magenta, yellow and black (R0026).
    Process,
    /// All of them (R0025).
    All,
}

/// The most ink, averaged over any square of 15 mm.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// In per cent. Exactly as much is not too much.
    most: f64,
    /// Which inks are added up.
    inks: Inks,
}

/// Half a per cent: colours are written in steps of 8 bits, four of which add up.
const SLACK: f64 = 0.5;

impl Rule for GwgInkAverageHigh {
    const META: Meta = Meta {
        id: "gwg-ink-average-high",
        title: "there is more ink than the press can dry",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "All inks of one place add up. Over a large area too much of it does not dry: it rubs off on the sheet above.",
        fix: "Convert to CMYK with the profile of the printing condition, which limits total ink.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn weighs(limits: &Limits) -> Option<f64> {
        Some(limits.most + SLACK)
    }

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let limit = limits.most + SLACK;
        let mut looked = 0;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in cx.files()? {
            let mut over: Vec<(f64, Place)> = Vec::new();
            for page in &file.pages {
                looked += 1;
                let Some(plates) = plates_over((part, page), limit, &mut gaps) else {
                    continue;
                };
                let Some(averages) = plates.averages else {
                    gaps.push(format!(
                        "{} page {}: its ink was not averaged",
                        part.word(),
                        page.number
                    ));
                    continue;
                };
                let square = match limits.inks {
                    Inks::Process => averages.process,
                    Inks::All => averages.all,
                };
                let percent = f64::from(square.percent);
                if percent > limit {
                    let place = Place {
                        page: page.number,
                        area: Some(square.area),
                        what: format!("a square of 15 mm with {percent:.0} % ink on average"),
                    };
                    over.push((percent, place));
                }
            }
            over.sort_by(|a, b| b.0.total_cmp(&a.0));
            let Some(most) = over.first().map(|(percent, _)| *percent) else {
                continue;
            };
            let message = format!(
                "up to {most:.0} % ink on average over 15 mm, on {} of the {}; {:.0} % is the most",
                pages(over.iter().map(|(_, place)| place.page)),
                part.word(),
                limits.most
            );
            let measure = |percent| Measure::new(percent, MeasureUnit::Percent);
            findings.push(
                Finding::about(part, message)
                    .at_places(over.into_iter().map(|(_, place)| place).collect())
                    .measured(measure(most), measure(limits.most)),
            );
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps,
        })
    }
}
