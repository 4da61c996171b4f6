//! Pages stored turned and shown upright by a flag.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PageRotated;

impl Rule for PageRotated {
    const META: Meta = Meta {
        id: "page-rotated",
        title: "pages are stored turned",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "A page with a rotation flag looks upright on screen, but printers' software may read its coordinates as \
              stored and see the margins on the wrong sides.",
        fix: "Export the pages upright, or apply the rotation to the content with a PDF editor instead of only viewing \
              it rotated.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += file.pages.len();
            let turned: Vec<_> = file
                .pages
                .iter()
                .filter(|p| p.rotate.rem_euclid(360) != 0)
                .collect();
            if let Some(first) = turned.first() {
                let n = count(turned.len(), "page is", "pages are");
                let message = format!("{n} stored turned by {} degrees (/Rotate)", first.rotate);
                findings
                    .push(Finding::about(part, message).on_pages(turned.iter().map(|p| p.number)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
