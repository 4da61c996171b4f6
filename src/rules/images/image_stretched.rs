//! Pictures stretched more one way than the other.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Inspection, Level, MeasureUnit, Part, Skip};
use crate::rules::images::picture_faults::{PictureFaults, Worst};
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
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut broken = PictureFaults::default();
            for page in &file.pages {
                for image in cx
                    .images(part, page)
                    .filter(|i| i.pixels.iter().all(|p| *p >= SMALL))
                {
                    looked += 1;
                    let [x, y] = image.ppi.map(f64::from);
                    let stretch = (x.max(y) / x.min(y).max(1e-6) - 1.0) * 100.0;
                    if stretch > limits.above_percent + SLACK {
                        let says = format!("{x:.0} by {y:.0} ppi");
                        broken.add(page, image, (stretch, limits.above_percent), &says);
                    }
                }
            }
            let message = |n: usize, most: f64, limit: f64| {
                format!(
                    "{} by up to {most:.0} % more one way than the other; up to {limit:.0} % goes unnoticed",
                    words::count(n, "picture is stretched", "pictures are stretched"),
                )
            };
            findings.extend(broken.finding(part, Worst::Highest, MeasureUnit::Percent, message));
        }
        Ok(Inspection::looked(looked, findings))
    }
}
