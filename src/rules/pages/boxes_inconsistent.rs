//! Page boxes that contradict one another.

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Boxes that differ by less than this in points agree: PDF writers round.
const SAME: f64 = 0.72;

pub(super) struct BoxesInconsistent;

impl Rule for BoxesInconsistent {
    const META: Meta = Meta {
        id: "boxes-inconsistent",
        title: "the page boxes contradict one another",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "A PDF page has up to five boxes: what is shown, where the bleed ends, where it is trimmed. When they \
              disagree, your screen and the press show different pages.",
        fix: "Set the crop box equal to the media box, and the trim box inside the bleed box inside the media box; in \
              most programs an export without \"crop\" or \"marks\" does so.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += file.pages.len();
            let mut faults: Vec<(&'static str, Vec<u32>)> = Vec::new();
            for page in &file.pages {
                for fault in contradictions(page) {
                    match faults.iter_mut().find(|(f, _)| *f == fault) {
                        Some((_, pages)) => pages.push(page.number),
                        None => faults.push((fault, vec![page.number])),
                    }
                }
            }
            findings.extend(faults.into_iter().map(|(fault, pages)| {
                let message = format!("{fault} on {}", count(pages.len(), "page", "pages"));
                let places = pages.into_iter().map(|page| Place {
                    page,
                    area: None,
                    what: fault.to_owned(),
                });
                Finding::about(part, message).at_places(places.collect())
            }));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn contradictions(page: &Page) -> Vec<&'static str> {
    let boxes = &page.boxes;
    let Some(media) = boxes.media else {
        return vec!["there is no media box, which gives the page its size"];
    };
    let mut faults = Vec::new();
    let flat = |r: Rect| r.width() < 1.0 || r.height() < 1.0;
    let all = [
        (Some(media), "the media box has no width or no height"),
        (boxes.crop, "the crop box has no width or no height"),
        (boxes.bleed, "the bleed box has no width or no height"),
        (boxes.trim, "the trim box has no width or no height"),
        (boxes.art, "the art box has no width or no height"),
    ];
    faults.extend(
        all.into_iter()
            .filter(|(area, _)| area.is_some_and(flat))
            .map(|(_, fault)| fault),
    );
    if !page.inverted_boxes.is_empty() {
        faults.push("a page box names its corners in the wrong order, which readers take in different ways,");
    }
    if boxes
        .crop
        .is_some_and(|crop| !(media.contains(crop, SAME) && crop.contains(media, SAME)))
    {
        faults.push("the crop box differs from the media box and hides part of the page");
    }
    if boxes
        .bleed
        .is_some_and(|bleed| !media.contains(bleed, SAME))
    {
        faults.push("the bleed box reaches beyond the media box, the sheet itself,");
    }
    if let Some(trim) = boxes.trim {
        if !media.contains(trim, SAME) {
            faults.push("the trim box reaches beyond the media box, the sheet itself,");
        } else if boxes.bleed.is_some_and(|bleed| !bleed.contains(trim, SAME)) {
            faults.push("the trim box reaches beyond the bleed box");
        }
    }
    faults
}
