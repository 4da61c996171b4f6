//! Pictures stretched more one way than the other.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Level, Measure, MeasureUnit, Outcome, Part, Place};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// How far the axes may differ.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// In per cent of the smaller.
    above_percent: f64,
}

/// Rounding of sizes in placing programs, in per cent.
const SLACK: f64 = 0.01;
/// Pictures with fewer pixels along a side are ornaments or tints, which are stretched on purpose.
const SMALL: u32 = 32;

pub(super) struct ImageStretched;

impl Rule for ImageStretched {
    const META: Meta = Meta {
        id: "image-stretched",
        title: "pictures are stretched out of proportion",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A picture pulled wider or higher than it was taken makes faces broad and circles oval, mostly by accident.",
        fix: "Scale pictures by a corner handle with proportions locked, and crop to fit.",
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
                for image in at
                    .images(part, page)
                    .filter(|i| i.pixels.iter().all(|p| *p >= SMALL))
                {
                    looked += 1;
                    let [x, y] = image.ppi.map(f64::from);
                    let stretch = (x.max(y) / x.min(y).max(1e-6) - 1.0) * 100.0;
                    if stretch > limits.above_percent + SLACK {
                        let place = Place {
                            page: page.number,
                            area: Some(image.area),
                            what: format!("{}, {x:.0} by {y:.0} ppi", words::image(image)),
                        };
                        places.push((stretch, place));
                    }
                }
            }
            places.sort_by(|a: &(f64, Place), b| b.0.total_cmp(&a.0));
            if let Some((most, _)) = places.first() {
                let (most, n) = (*most, places.len());
                let message = format!(
                    "{} by up to {most:.0} % more one way than the other; up to {:.0} % goes unnoticed",
                    words::count(n, "picture is stretched", "pictures are stretched"),
                    limits.above_percent,
                );
                let measure = |v| Measure::new(v, MeasureUnit::Percent);
                findings.push(
                    Finding::about(part, message)
                        .at_places(places.into_iter().map(|(_, p)| p).collect())
                        .measured(measure(most), measure(limits.above_percent)),
                );
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}
