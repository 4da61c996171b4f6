//! Pictures with more pixels than any press can use.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Inspection, Level, MeasureUnit, Part, Skip};
use crate::rules::images::picture_faults::{PictureFaults, Worst};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// Resolutions in pixels per inch on paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Above this, a picture gains nothing.
    above: f64,
    /// Above this, line art of one bit gains nothing.
    line_art_above: Option<f64>,
}

/// Half a pixel an inch: placing programs round.
const SLACK: f64 = 0.5;
/// Pictures with fewer pixels cost nothing worth a word: an icon, a scanned signature.
const SMALL: u64 = 250_000;

pub(super) struct ImageResolutionExcessive;

impl Rule for ImageResolutionExcessive {
    const META: Meta = Meta {
        id: "image-resolution-excessive",
        title: "pictures have more pixels than the press can use",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "The press cannot show more detail, but the file grows, uploads slowly and may hit the size limit.",
        fix: "Export with pictures brought down to 300 to 600 pixels an inch.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut broken = PictureFaults::default();
            for page in &file.pages {
                for image in cx.images(part, page).filter(|i| !i.is_flat_fill()) {
                    looked += 1;
                    let limit = match limits.line_art_above {
                        Some(limit) if image.is_line_art() => limit,
                        // A platform that gives no limit for line art means continuous-tone pictures.
                        None if image.is_line_art() => continue,
                        _ => limits.above,
                    };
                    let [w, h] = image.pixels;
                    let ppi = image.lowest_ppi();
                    if ppi > limit + SLACK && u64::from(w) * u64::from(h) >= SMALL {
                        let says = format!("{ppi:.0} ppi");
                        broken.add(page, image, (ppi, limit), &says);
                    }
                }
            }
            let message = |n: usize, highest: f64, limit: f64| {
                format!(
                    "{} up to {highest:.0} ppi at the printed size; more than {limit:.0} ppi is wasted",
                    words::count(n, "picture goes", "pictures go"),
                )
            };
            findings.extend(broken.finding(part, Worst::Highest, MeasureUnit::Ppi, message));
        }
        Ok(Inspection::looked(looked, findings))
    }
}
