//! Trim boxes of different sizes, and turned pages.

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Size;
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgPagesUnlike;

/// Writers round to hundredths of a point.
const ROUNDED_PT: f64 = 0.05;

impl Rule for GwgPagesUnlike {
    const META: Meta = Meta {
        id: "gwg-pages-unlike",
        title: "pages differ in trim size, or are turned",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Pages are imposed on sheets by their trim box, all alike. One of another size, or turned by a key that imposition \
              programs may pass over, lies wrong on the sheet.",
        fix: "Give all pages one trim size and export them upright; turn wide tables within the page.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.pages.len();
            let first = file.pages.iter().find_map(trim);
            let is_other = |page: &&Page| {
                trim(page)
                    .zip(first)
                    .is_some_and(|(own, first)| !own.is_near(first, ROUNDED_PT))
            };
            let others = file.pages.iter().filter(is_other);
            let turned = file.pages.iter().filter(|page| page.rotate % 360 != 0);
            for (on, says) in [
                (
                    numbers(others),
                    "the trim box differs in size from that of the first page",
                ),
                (numbers(turned), "the page is turned (Rotate)"),
            ] {
                if !on.is_empty() {
                    let of = pages(on.iter().copied());
                    let message = format!("{says} on {of} of the {}", part.word());
                    findings.push(Finding::about(part, message).on_pages(on));
                }
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn numbers<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<u32> {
    pages.map(|page| page.number).collect()
}

/// The size of a page's trim box as written; of its art box where there is none.
fn trim(page: &Page) -> Option<Size> {
    let area = page.boxes.trim.or(page.boxes.art)?;
    Some(Size::new(area.width(), area.height()))
}
