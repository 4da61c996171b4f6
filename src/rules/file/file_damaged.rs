//! A file that had to be repaired to be read.

use crate::model::facts::Document;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule, words};

pub(super) struct FileDamaged;

impl Rule for FileDamaged {
    const META: Meta = Meta {
        id: "file-damaged",
        title: "the file is damaged and had to be repaired to be read",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Readers repair a damaged file each in their own way. What you see may not be what the printer's \
              software sees, and some refuse the file.",
        fix: "Export the PDF anew from the layout program rather than saving over an old copy; send it as an \
              attachment or archive, not through a tool that rewrites it.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            if !file.structure.repairs.is_empty() {
                findings.push(Finding::about(*part, file.structure.repairs.join("; ")));
            }
            findings.extend(skipped(*part, file));
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}

/// What was passed over in the content of pages. The pages were read on behind it, as viewers do.
fn skipped(part: Part, file: &Document) -> Option<Finding> {
    let damaged = file.pages.iter().filter(|p| !p.skipped.is_empty());
    let places: Vec<Place> = damaged
        .map(|page| Place {
            page: page.number,
            area: None,
            what: format!("{} was passed over", page.skipped.join(", ")),
        })
        .collect();
    let first = places.first()?;
    let message = format!(
        "the content of {} has damaged places, which were passed over as viewers do: {}",
        words::pages(places.iter().map(|p| p.page)),
        first.what.trim_end_matches(" was passed over"),
    );
    Some(Finding::about(part, message).at_places(places))
}
