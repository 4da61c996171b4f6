//! Pictures with too few pixels for their printed size.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Document, Page, PlacedImage};
use crate::model::finding::{Finding, Inspection, Level, MeasureUnit, Part, Skip};
use crate::rules::images::picture_faults::{PictureFaults, Worst, down_to};
use crate::rules::words;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// Resolutions in pixels per inch on paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Interior pictures below this are refused.
    interior_error_below: f64,
    /// Interior pictures below this are doubtful.
    interior_warn_below: f64,
    /// Cover pictures below this are refused.
    cover_error_below: f64,
    /// Cover pictures below this are doubtful.
    cover_warn_below: f64,
}

/// Half a pixel an inch: placing programs round.
const SLACK: f64 = 0.5;

pub(super) struct ImageResolutionLow;

impl Rule for ImageResolutionLow {
    const META: Meta = Meta {
        id: "image-resolution-low",
        title: "pictures have too few pixels for their printed size",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Codes],
        why: "A picture that looks sharp on screen is printed from three times as many dots. With too few pixels it \
              comes out blurred or in steps.",
        fix: "Place the picture smaller, or go back to the original file and place it with at least 300 pixels for every \
              printed inch. Enlarging the pixels in an editor adds none.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[
        ("line-art-resolution-low", Scope::Places),
        ("qr-pixels-coarse", Scope::Places),
    ];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let (refuse, doubt) = match part {
                Part::Interior => (limits.interior_error_below, limits.interior_warn_below),
                Part::Cover => (limits.cover_error_below, limits.cover_warn_below),
            };
            let graded = [(refuse, Level::Error), (doubt, Level::Warning)];
            // Codes are mended in another way than other pictures.
            let mut pictures: [PictureFaults; 2] = Default::default();
            let mut codes: [PictureFaults; 2] = Default::default();
            for page in &file.pages {
                for image in cx.images(part, page).filter(|i| !i.is_flat_fill()) {
                    looked += 1;
                    let ppi = image.lowest_ppi();
                    let broken = if is_code(file, page, image) {
                        &mut codes
                    } else {
                        &mut pictures
                    };
                    let mut levels = broken.iter_mut().zip(graded);
                    let first = levels.find(|(_, (limit, _))| ppi < limit - SLACK);
                    if let Some((broken, (limit, _))) = first {
                        broken.add(page, image, (ppi, limit), &format!("{ppi:.0} ppi"));
                    }
                }
            }
            for (broken, (_, level)) in pictures.into_iter().zip(graded) {
                let found = ("picture has", "pictures have");
                findings.extend(report(part, found, broken, level));
            }
            for (broken, (_, level)) in codes.into_iter().zip(graded) {
                let found = ("picture of a code has", "pictures of codes have");
                let finding = report(part, found, broken, level);
                findings.extend(finding.map(|f| f.advise_alone(FOR_CODES)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// What to do about a code, which has no original with more pixels.
const FOR_CODES: &str = "Place the code as vector art (SVG, EPS or PDF from the program that makes it), or have that \
                         program make it larger, with at least 300 pixels for every printed inch. Scaling up the picture \
                         of a code only blurs its edges.";

/// How much of a picture a code fills, quiet zone and figures aside, where it is the picture of a code.
const FILLED: f64 = 0.4;

/// Whether a picture shows a code and little else.
fn is_code(file: &Document, page: &Page, image: &PlacedImage) -> bool {
    file.codes
        .iter()
        .filter(|c| c.page == page.number)
        .any(|code| {
            let (code, whole) = (code.area, image.area);
            whole.inflate(1.0).contains(code, 0.0)
                && code.width() * code.height() >= FILLED * whole.width() * whole.height()
        })
}

fn report(
    part: Part,
    (one, many): (&str, &str),
    broken: PictureFaults,
    level: Level,
) -> Option<Finding> {
    let message = |n: usize, lowest: f64, limit: f64| {
        let wanted = match level {
            Level::Error => format!("minimum {limit:.0} ppi"),
            Level::Warning | Level::Note => format!("{limit:.0} ppi recommended"),
        };
        format!(
            "{} {}{lowest:.0} ppi at the printed size; {wanted}",
            words::count(n, one, many),
            down_to(n),
        )
    };
    let finding = broken.finding(part, Worst::Lowest, MeasureUnit::Ppi, message)?;
    Some(finding.at(level))
}
