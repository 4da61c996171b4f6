//! Two readers that see different pages in one file.

use crate::model::facts::Document;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct ReadersDisagree;

impl Rule for ReadersDisagree {
    const META: Meta = Meta {
        id: "readers-disagree",
        title: "two PDF readers see different page counts or sizes",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "The page count decides the spine, the size decides the trim. If two programs read them differently from \
              one file, nobody knows which the printer's will be.",
        fix: "Export the PDF anew from the program it was made in, rather than mending this copy; or print the pages \
              into a new file with a PDF editor and check that.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let looked = files.len();
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in files {
            if file.structure.second_count.is_none() {
                gaps.push(format!(
                    "{}: the second reader cannot count its pages",
                    part.word()
                ));
            }
            findings.extend(counts(part, file));
            findings.extend(sizes(part, file, cx));
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps,
        })
    }
}

/// Page counts: pages walked, pages that the second reader finds, and the file's own `/Count`.
fn counts(part: Part, file: &Document) -> Option<Finding> {
    let found = file.page_count();
    let second = file.structure.second_count.filter(|n| *n != found);
    let declared = file.structure.declared_count.filter(|n| *n != found);
    let mut others = Vec::new();
    others.extend(second.map(|n| format!("a second reader finds {n}")));
    others.extend(declared.map(|n| format!("the file itself says {n}")));
    if others.is_empty() {
        return None;
    }
    let pages = words::count(file.pages.len(), "page", "pages");
    let message = format!(
        "the {} has {pages}, but {}",
        part.word(),
        others.join(", and ")
    );
    Some(Finding::about(part, message))
}

fn sizes(part: Part, file: &Document, cx: &Context<'_>) -> Option<Finding> {
    let apart = &file.structure.sizes_apart;
    let first = apart.first()?;
    let places = apart.iter().map(|other| Place {
        page: other.page,
        area: None,
        what: format!("{} to a second reader", cx.resolved.size_words(other.size)),
    });
    let places: Vec<Place> = places.collect();
    let seen = file.pages.iter().find(|p| p.number == first.page)?;
    let message = format!(
        "two readers see different sizes on {}: page {} is {} to one and {} to the other",
        words::count(apart.len(), "page", "pages"),
        first.page,
        cx.resolved.size_words(seen.size),
        cx.resolved.size_words(first.size)
    );
    Some(Finding::about(part, message).at_places(places))
}
