//! Links, comments, stamps and form fields laid over pages.

use std::collections::BTreeMap;

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct AnnotationsPresent;

impl Rule for AnnotationsPresent {
    const META: Meta = Meta {
        id: "annotations-present",
        title: "links, comments or stamps lie over the pages",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Annotations are for screens. Platforms strip them, may count their rectangles as objects outside the \
              margins, and comments or stamps may even print.",
        fix: "Export for print: switch off hyperlinks, bookmarks and comments.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut pages = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            pages += file.pages.len();
            let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
            let mut places = Vec::new();
            for page in &file.pages {
                let sheet = Rect::new(0.0, 0.0, page.size.width, page.size.height);
                for note in &page.annotations {
                    // Outside the page nothing can print; a pop-up belongs to the comment that opens it.
                    let outside = note
                        .area
                        .is_some_and(|a| !a.overlaps(sheet) && a.width() > 0.0);
                    if note.kind == "Popup" || outside {
                        continue;
                    }
                    let kind = kind(&note.kind);
                    *kinds.entry(kind).or_default() += 1;
                    places.push(Place {
                        page: page.number,
                        area: note.area,
                        what: format!("a {kind}"),
                    });
                }
            }
            if !places.is_empty() {
                let list: Vec<String> = kinds
                    .iter()
                    .map(|(k, n)| count(*n, k, &format!("{k}s")))
                    .collect();
                let message = format!("{} on the pages of the {}", list.join(", "), part.word());
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(pages, findings))
    }
}

/// The kinds people know.
fn kind(subtype: &str) -> &'static str {
    match subtype {
        "Link" => "link",
        "Text" | "FreeText" => "comment",
        "Highlight" | "Underline" | "Squiggly" | "StrikeOut" | "Caret" => "text mark",
        "Stamp" | "Watermark" => "stamp",
        "Line" | "Square" | "Circle" | "Polygon" | "PolyLine" | "Ink" => "drawn mark",
        "Widget" => "form field",
        "FileAttachment" => "attachment",
        "PrinterMark" => "printer's mark",
        "Sound" | "Movie" | "Screen" | "3D" | "RichMedia" => "media clip",
        _ => "annotation",
    }
}
