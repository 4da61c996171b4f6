//! Line art of one bit a pixel with too few pixels.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Inspection, Level, MeasureUnit, Part, Skip};
use crate::rules::images::picture_faults::{PictureFaults, Worst, down_to};
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
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut broken = PictureFaults::default();
            for page in &file.pages {
                let art = cx
                    .images(part, page)
                    .filter(|i| i.is_line_art() && !i.is_flat_fill());
                for image in art {
                    looked += 1;
                    let ppi = image.lowest_ppi();
                    if ppi < limits.warn_below - SLACK {
                        let says = format!("{ppi:.0} ppi");
                        broken.add(page, image, (ppi, limits.warn_below), &says);
                    }
                }
            }
            let message = |n: usize, lowest: f64, limit: f64| {
                format!(
                    "{} {}{lowest:.0} ppi at the printed size; {limit:.0} ppi recommended",
                    words::count(
                        n,
                        "picture in pure black and white has",
                        "pictures in pure black and white have"
                    ),
                    down_to(n),
                )
            };
            findings.extend(broken.finding(part, Worst::Lowest, MeasureUnit::Ppi, message));
        }
        Ok(Inspection::looked(looked, findings))
    }
}
