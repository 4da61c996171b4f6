//! Pictures with fewer pixels an inch than a variant asks for.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Page, PlacedImage};
use crate::model::finding::{Finding, Inspection, Level, MeasureUnit, Part, Skip};
use crate::rules::images::{PictureFaults, Worst, down_to};
use crate::rules::words::{count, wanted};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgResolutionLow;

/// Two resolutions in pixels an inch: pictures have to have more than the first, or they are refused, and should have more than
/// the second.
type Steps = [f64; 2];

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Of pictures of more than one bit (R0031).
    pictures: Steps,
    /// Of pictures of one bit (R0032).
    line_art: Steps,
    /// Of a picture that is all there is on a page (R0033); as of other pictures if not told.
    #[serde(default)]
    whole_pages: Option<Steps>,
}

/// Resolutions are computed from matrices.
const ROUNDED: f64 = 0.01;
/// Pictures of at most so many pixels either way may be as coarse as they like.
const SMALL: u32 = 16;

impl Rule for GwgResolutionLow {
    const META: Meta = Meta {
        id: "gwg-resolution-low",
        title: "pictures have too few pixels for their printed size",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "A picture with too few pixels is printed blurred or in steps; line art of one bit shows its steps soonest.",
        fix: "Place the picture smaller, or go back to the original with more pixels. Enlarging the pixels in an editor adds none.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let kinds = [
                (Some(limits.pictures), "picture has", "pictures have"),
                (
                    Some(limits.line_art),
                    "picture of one bit has",
                    "pictures of one bit have",
                ),
                (
                    limits.whole_pages,
                    "page that is a picture has",
                    "pages that are pictures have",
                ),
            ];
            let mut found: [[PictureFaults; 2]; 3] = Default::default();
            for page in &file.pages {
                for image in page.images.iter().filter(|image| image.visible) {
                    looked += 1;
                    let kind = match image {
                        image if own(image).iter().all(|side| *side <= SMALL) => continue,
                        image if image.is_line_art() => 1,
                        _ if limits.whole_pages.is_some() && is_all_of(page, image) => 2,
                        _ => 0,
                    };
                    let steps = kinds.get(kind).and_then(|(steps, ..)| *steps);
                    let ppi = own_ppi(image);
                    let steps = steps.into_iter().flatten();
                    let levels = found.get_mut(kind).into_iter().flatten();
                    let mut levels = levels.zip(steps);
                    if let Some((faults, limit)) = levels.find(|(_, limit)| ppi <= *limit + ROUNDED)
                    {
                        faults.add(page, image, (ppi, limit), &format!("{} ppi", tenth(ppi)));
                    }
                }
            }
            for (levels, (_, one, many)) in found.into_iter().zip(kinds) {
                for (faults, level) in levels.into_iter().zip([Level::Error, Level::Warning]) {
                    let message = |n: usize, lowest: f64, limit: f64| {
                        let wanted = wanted(level);
                        format!(
                            "{} {}{} ppi in the {}; more than {limit:.0} ppi {wanted}",
                            count(n, one, many),
                            down_to(n),
                            tenth(lowest),
                            part.word()
                        )
                    };
                    let finding = faults.finding(part, Worst::Lowest, MeasureUnit::Ppi, message);
                    findings.extend(finding.map(|finding: Finding| finding.at(level)));
                }
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// A picture's own pixels, whatever its mask has.
fn own(image: &PlacedImage) -> [u32; 2] {
    image.own_pixels.unwrap_or(image.pixels)
}

/// The lower of the two resolutions of its own pixels.
fn own_ppi(image: &PlacedImage) -> f64 {
    let sides = own(image).into_iter().zip(image.pixels).zip(image.ppi);
    let ppi = |((own, told), ppi): ((u32, u32), f32)| {
        f64::from(ppi) * f64::from(own) / f64::from(told.max(1))
    };
    sides.map(ppi).fold(f64::INFINITY, f64::min)
}

fn tenth(ppi: f64) -> f64 {
    (ppi * 10.0).round() / 10.0
}

/// Whether a picture is the only thing on a page and covers its trim box.
fn is_all_of(page: &Page, image: &PlacedImage) -> bool {
    let alone = page.objects.iter().map(|object| object.count).sum::<u32>() == 1;
    alone && page.trim.is_some_and(|trim| image.area.contains(trim, 0.1))
}
