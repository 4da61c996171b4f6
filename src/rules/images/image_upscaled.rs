//! Pictures that were enlarged: many pixels, little detail.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// A resolution in pixels per inch on paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// What the platform asks for: a picture that has it in pixels but not in detail is told.
    below: f64,
}

/// Half a pixel an inch: placing programs round.
const SLACK: f64 = 0.5;
/// The factor of an enlargement is found to a part in a few hundreds.
const ABOUT: f64 = 1.01;

pub(super) struct ImageUpscaled;

impl Rule for ImageUpscaled {
    const META: Meta = Meta {
        id: "image-upscaled",
        title: "pictures were enlarged and have less detail than pixels",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Detail],
        why: "A picture that a program enlarged has enough pixels for any check, but no more to show than before: most were \
              made up between the old ones. It prints as soft as the small picture would.",
        fix: "Go back to the camera's original or the largest copy there is and place that: enlarging adds no detail. Without one, \
              print the picture smaller.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut places = Vec::new();
            for page in &file.pages {
                for image in cx.images(part, page) {
                    let Some(share) = image.detail.map(f64::from) else {
                        continue;
                    };
                    looked += 1;
                    let ppi = image.lowest_ppi();
                    let detail = ppi * share;
                    // Too few pixels are another rule's.
                    if ppi < limits.below - SLACK || detail * ABOUT >= limits.below - SLACK {
                        continue;
                    }
                    let what = format!(
                        "{}, {ppi:.0} ppi in number, the detail of about {detail:.0} ppi",
                        words::image(image)
                    );
                    let place = Place {
                        page: page.number,
                        area: Some(image.area),
                        what,
                    };
                    places.push((detail, ppi, place));
                }
            }
            places.sort_by(|a: &(f64, f64, Place), b| a.0.total_cmp(&b.0));
            if let Some((detail, ppi, _)) = places.first() {
                let (detail, ppi, n) = (*detail, *ppi, places.len());
                let least = if n == 1 { "it has" } else { "the worst has" };
                let message = format!(
                    "{}: {least} {ppi:.0} ppi in number but the detail of about {detail:.0} ppi at the printed size; {:.0} ppi \
                     is recommended",
                    words::count(n, "picture was enlarged", "pictures were enlarged"),
                    limits.below,
                );
                let measure = |v| Measure::new(v, MeasureUnit::Ppi);
                findings.push(
                    Finding::about(part, message)
                        .at_places(places.into_iter().map(|(_, _, p)| p).collect())
                        .measured(measure(detail.round()), measure(limits.below)),
                );
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
