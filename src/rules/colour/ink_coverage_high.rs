//! More ink than paper can take.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Patch, Plates};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::model::units::Length;
use crate::rules::weighed::plates_over;
use crate::rules::{Context, Meta, Need, Rule, words};

/// All inks together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The most ink taken, in per cent. Exactly as much is not too much.
    most: f64,
    /// The side of the square that ink is averaged over; less than 3 mm is as much as 3 mm.
    #[serde(default = "three_millimetres")]
    window: Length,
}

fn three_millimetres() -> Length {
    Length::mm(3.0)
}

/// Half a per cent: colours are written in steps of 8 bits, four of which add up.
const SLACK: f64 = 0.5;

pub(super) struct InkCoverageHigh;

impl Rule for InkCoverageHigh {
    const META: Meta = Meta {
        id: "ink-coverage-high",
        title: "there is more ink than the paper can take",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "All inks of one place add up. Too much does not dry: it rubs off on the facing page, cracks in the fold, and \
              the printer may refuse the file.",
        fix: "Convert to CMYK with a profile that limits total ink, and mix deep blacks from less: 60/40/40/100 makes 240 %.",
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
            let mut worst: Option<(f64, &Plates)> = None;
            let mut places: Vec<(f64, Place)> = Vec::new();
            let mut area = 0.0;
            for page in &file.pages {
                looked += 1;
                let Some(plates) = plates_over((part, page), limit, &mut gaps) else {
                    continue;
                };
                let patches = plates.patches(limit, limits.window.as_pt());
                let Some(most) = patches.iter().map(|p| f64::from(p.most)).reduce(f64::max) else {
                    continue;
                };
                area += plates.area_over(limit);
                if worst.is_none_or(|(known, _)| most > known) {
                    worst = Some((most, plates));
                }
                places.extend(patches.iter().map(|p| {
                    let place = Place {
                        page: page.number,
                        area: Some(p.area),
                        what: named(p),
                    };
                    (f64::from(p.most), place)
                }));
            }
            let Some((most, plates)) = worst else {
                continue;
            };
            places.sort_by(|a, b| b.0.total_cmp(&a.0));
            let inks: Vec<String> = plates
                .inks
                .iter()
                .map(|i| format!("{} {:.0}", i.ink, i.percent))
                .collect();
            let through = plates
                .through
                .as_ref()
                .map_or_else(String::new, |t| format!("; RGB weighed through {t}"));
            let pages = words::pages(places.iter().map(|(_, p)| p.page));
            let message = format!(
                "up to {most:.0} % ink on {pages}, {} over the limit ({:.0} % at the darkest point: {}{through}); {:.0} % is the most",
                square(area),
                plates.most,
                inks.join(", "),
                limits.most
            );
            let measure = |v| Measure::new(v, MeasureUnit::Percent);
            findings.push(
                Finding::about(part, message)
                    .at_places(places.into_iter().map(|(_, p)| p).collect())
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

fn named(patch: &Patch) -> String {
    format!("an area with up to {:.0} % ink", patch.most)
}

/// An area for people.
fn square(mm2: f64) -> String {
    if mm2 < 100.0 {
        format!("{mm2:.0} mm²")
    } else {
        format!("{:.0} cm²", mm2 / 100.0)
    }
}
