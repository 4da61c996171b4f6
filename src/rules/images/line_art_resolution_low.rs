//! Line art of one bit a pixel with too few pixels.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Level, Measure, MeasureUnit, Outcome, Part, Place};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// Resolutions in pixels per inch on paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Below this, edges show steps.
    warn_below: f64,
}

/// Half a pixel an inch: placing programs round.
const SLACK: f64 = 0.5;

pub(super) struct LineArtResolutionLow;

impl Rule for LineArtResolutionLow {
    const META: Meta = Meta {
        id: "line-art-resolution-low",
        title: "black-and-white line art has too few pixels",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Line art has no greys to soften its edges, so its steps show at resolutions where a photograph is fine.",
        fix: "Scan or export line art at 600 pixels an inch or more, or place it as vectors.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in at.files()? {
            let mut places = Vec::new();
            for page in &file.pages {
                let art = at
                    .images(part, page)
                    .filter(|i| i.is_line_art() && !i.is_flat_fill());
                for image in art {
                    looked += 1;
                    let ppi = image.lowest_ppi();
                    if ppi < limits.warn_below - SLACK {
                        let place = Place {
                            page: page.number,
                            area: Some(image.area),
                            what: format!("{}, {ppi:.0} ppi", words::image(image)),
                        };
                        places.push((ppi, place));
                    }
                }
            }
            places.sort_by(|a: &(f64, Place), b| a.0.total_cmp(&b.0));
            if let Some((lowest, _)) = places.first() {
                let (lowest, n) = (*lowest, places.len());
                let down = if n == 1 { "" } else { "as little as " };
                let message = format!(
                    "{} {down}{lowest:.0} ppi at the printed size; {:.0} ppi recommended",
                    words::count(
                        n,
                        "picture in pure black and white has",
                        "pictures in pure black and white have"
                    ),
                    limits.warn_below,
                );
                let measure = |v| Measure::new(v, MeasureUnit::Ppi);
                findings.push(
                    Finding::about(part, message)
                        .at_places(places.into_iter().map(|(_, p)| p).collect())
                        .measured(measure(lowest), measure(limits.warn_below)),
                );
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}
