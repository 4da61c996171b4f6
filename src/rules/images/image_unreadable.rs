//! Pictures whose data are damaged.

use crate::model::facts::ImageFlaw;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct ImageUnreadable;

impl Rule for ImageUnreadable {
    const META: Meta = Meta {
        id: "image-unreadable",
        title: "pictures are damaged",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "The data of a picture cannot be unpacked, or end before the picture does. One program shows half of it, \
              another a grey box, the printer's perhaps nothing.",
        fix: "Open the picture's original in an image editor, save it anew, place it again, and export the PDF again; \
              copy files whole, not over a connection that breaks off.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in cx.files()? {
            let mut damaged = Vec::new();
            let mut objects: Vec<&str> = Vec::new();
            for page in &file.pages {
                for image in page.images.iter().filter(|image| image.visible) {
                    looked += 1;
                    let what = match image.flaw {
                        None => continue,
                        Some(ImageFlaw::NotChecked) => {
                            let image = words::image(image);
                            gaps.push(format!(
                                "{} page {}: {image} is too large to be unpacked",
                                part.word(),
                                page.number
                            ));
                            continue;
                        }
                        Some(ImageFlaw::Undecodable) => "which cannot be unpacked",
                        Some(ImageFlaw::Damaged) => "whose data are damaged",
                        Some(ImageFlaw::CutShort) => "which breaks off before its end",
                    };
                    objects.push(&image.object);
                    damaged.push(Place {
                        page: page.number,
                        area: Some(image.area),
                        what: format!("{}, {what}", words::image(image)),
                    });
                }
            }
            let Some(first) = damaged.first() else {
                continue;
            };
            objects.sort_unstable();
            objects.dedup();
            let message = match objects.len() {
                1 => format!("damaged in the {}: {}", part.word(), first.what),
                n => format!(
                    "{n} pictures in the {} are damaged, such as {}",
                    part.word(),
                    first.what
                ),
            };
            findings.push(Finding::about(part, message).at_places(damaged));
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps,
        })
    }
}
