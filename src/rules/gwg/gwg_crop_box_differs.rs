//! Crop boxes that are not the media box.

use crate::model::facts::Boxes;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgCropBoxDiffers;

/// Writers round to hundredths of a point.
const ROUNDED_PT: f64 = 0.02;

impl Rule for GwgCropBoxDiffers {
    const META: Meta = Meta {
        id: "gwg-crop-box-differs",
        title: "the crop box is not the media box",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Whoever opens the file sees only what lies within the crop box, and approves a page without its bleed and marks.",
        fix: "Leave the crop box out, or make it the media box.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.pages.len();
            let cropped = file.pages.iter().filter(|page| is_cropped(&page.boxes));
            let on: Vec<u32> = cropped.map(|page| page.number).collect();
            if !on.is_empty() {
                let message = format!(
                    "the crop box differs from the media box on {} of the {}",
                    pages(on.iter().copied()),
                    part.word()
                );
                findings.push(Finding::about(part, message).on_pages(on));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn is_cropped(boxes: &Boxes) -> bool {
    boxes.crop.zip(boxes.media).is_some_and(|(crop, media)| {
        !crop.contains(media, ROUNDED_PT) || !media.contains(crop, ROUNDED_PT)
    })
}
