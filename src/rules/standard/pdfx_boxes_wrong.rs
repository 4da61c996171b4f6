//! Page boxes that PDF/X requires, forbids, or wants within each other.

use std::collections::BTreeMap;

use crate::model::facts::{Boxes, Exchange};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Rect;
use crate::rules::standard::measured::exchange;
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PdfxBoxesWrong;

/// Writers round to hundredths of a point.
const ROUNDED_PT: f64 = 0.02;

impl Rule for PdfxBoxesWrong {
    const META: Meta = Meta {
        id: "pdfx-boxes-wrong",
        title: "page boxes are not as PDF/X has them",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "The trim box says where the page is cut, the bleed box how far its art goes beyond. Imposition programs place \
              pages by them: where one is missing or they contradict each other, the book is cut in the wrong place.",
        fix: "Set the trim size and the bleed as page size in the layout and export with the preset of the standard, which \
              writes the boxes.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in &files {
            looked += file.pages.len();
            let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for page in &file.pages {
                for fault in faults(&page.boxes) {
                    found.entry(fault).or_default().push(page.number);
                }
            }
            for (fault, on) in found {
                let message = format!(
                    "{fault} on {} of the {}",
                    pages(on.iter().copied()),
                    part.word()
                );
                findings.push(Finding::about(*part, message).on_pages(on));
            }
            findings.extend(
                viewer_boxes(exchange(file)?).map(|message| Finding::about(*part, message)),
            );
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// What is wrong with the boxes of a page, for people.
fn faults(boxes: &Boxes) -> Vec<String> {
    let mut faults = Vec::new();
    if boxes.media.is_none() {
        faults.push("there is no media box".to_owned());
    }
    match (boxes.trim, boxes.art) {
        (None, None) => faults.push("there is neither a trim box nor an art box".to_owned()),
        (Some(_), Some(_)) => {
            faults.push("there are both a trim box and an art box; one is allowed".to_owned());
        }
        _ => {}
    }
    let boxes_of_page = [
        (boxes.trim, "trim"),
        (boxes.art, "art"),
        (boxes.bleed, "bleed"),
    ];
    for (area, name) in boxes_of_page {
        if area.is_some_and(|area| area.width() <= 0.0 || area.height() <= 0.0) {
            faults.push(format!("the {name} box has no area"));
        }
    }
    let (trim, name) = match boxes.trim {
        Some(trim) => (Some(trim), "trim"),
        None => (boxes.art, "art"),
    };
    for (inner, inner_name, outer, outer_name) in [
        (trim, name, boxes.bleed, "bleed"),
        (trim, name, boxes.crop, "crop"),
        (trim, name, boxes.media, "media"),
        (boxes.bleed, "bleed", boxes.media, "media"),
    ] {
        if let (Some(inner), Some(outer)) = (inner, outer)
            && !is_within(inner, outer)
        {
            faults.push(format!(
                "the {inner_name} box reaches beyond the {outer_name} box"
            ));
        }
    }
    faults
}

fn is_within(inner: Rect, outer: Rect) -> bool {
    outer.contains(inner, ROUNDED_PT)
}

/// Settings of the viewer that name another box than the media box or the bleed box.
fn viewer_boxes(exchange: &Exchange) -> impl Iterator<Item = String> {
    let wrong = exchange
        .viewer_boxes
        .iter()
        .filter(|one| !matches!(one.page_box.as_str(), "MediaBox" | "BleedBox"));
    wrong.map(|one| {
        format!(
            "the viewer preference {} is {}; allowed are MediaBox and BleedBox",
            one.setting, one.page_box
        )
    })
}
