//! What is for screens in a file for print: actions, annotations within the printed area, attachments, fields.

use std::collections::BTreeMap;

use super::measured::exchange;
use crate::model::facts::{Action, Annotation, Document, Page};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::words::{count, pages, some_of};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PdfxInteractiveForbidden;

impl Rule for PdfxInteractiveForbidden {
    const META: Meta = Meta {
        id: "pdfx-interactive-forbidden",
        title: "actions, attachments, or annotations on the printed area",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure, Need::Exchange],
        why: "Links, comments, scripts and attached files are for screens. PDF/X allows none that could print or change what \
              prints: annotations only beyond the bleed, actions and attachments nowhere.",
        fix: "Export for print, with links, bookmarks, form fields, comments and attachments switched off.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let exchange = exchange(file)?;
            let all: Vec<&Action> = file
                .structure
                .actions
                .iter()
                .chain(&exchange.navigation)
                .collect();
            findings.extend(actions(*part, &all));
            findings.extend(annotations(*part, file));
            findings.extend(attachments(*part, file));
            if file.structure.form.as_ref().is_some_and(|form| form.xfa) {
                let message = format!("an XFA form in the {}", part.word());
                findings.push(Finding::about(*part, message));
            }
        }
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}

fn actions(part: Part, all: &[&Action]) -> Option<Finding> {
    let first = all.first()?;
    let message = format!(
        "{} in the {}, the first a {} of {}",
        count(all.len(), "action", "actions"),
        part.word(),
        first.kind,
        first.when
    );
    let places = all.iter().filter_map(|action| {
        Some(Place {
            page: action.page?,
            area: action.area,
            what: format!("an action ({})", action.kind),
        })
    });
    Some(Finding::about(part, message).at_places(places.collect()))
}

fn annotations(part: Part, file: &Document) -> Option<Finding> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for page in &file.pages {
        for note in page
            .annotations
            .iter()
            .filter(|note| is_forbidden(page, note))
        {
            *kinds.entry(&note.kind).or_default() += 1;
            places.push(Place {
                page: page.number,
                area: note.area,
                what: format!("an annotation ({})", note.kind),
            });
        }
    }
    if places.is_empty() {
        return None;
    }
    let kinds = kinds.iter().map(|(kind, n)| format!("{n} {kind}"));
    let message = format!(
        "annotations on the printed area of {} of the {}: {}",
        pages(places.iter().map(|place| place.page)),
        part.word(),
        some_of(kinds, 6)
    );
    Some(Finding::about(part, message).at_places(places))
}

/// Traps lie on the page, printers' marks around it; all else has to lie beyond the bleed.
fn is_forbidden(page: &Page, note: &Annotation) -> bool {
    let sheet = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let printed = page.bleed.unwrap_or(sheet);
    // Where it lies, nobody knows of one without a rectangle.
    let is_on = note.area.is_none_or(|area| area.overlaps(printed));
    note.kind != "TrapNet" && is_on
}

fn attachments(part: Part, file: &Document) -> Option<Finding> {
    let all = &file.structure.attachments;
    let names = some_of(all.iter().map(|file| format!("\"{}\"", file.name)), 3);
    let message = format!(
        "{} in the {}: {names}",
        count(all.len(), "attached file", "attached files"),
        part.word()
    );
    (!all.is_empty())
        .then(|| Finding::about(part, message).on_pages(all.iter().filter_map(|a| a.page)))
}
