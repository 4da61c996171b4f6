//! Text in the file that no reader of the book will see.

use crate::model::facts::{Document, Page, TextRun, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::reach::covered;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// A page is a scan with text behind it if pictures cover this much of it, or of the text.
const SCANNED: f64 = 0.8;

pub(super) struct HiddenContent;

impl Rule for HiddenContent {
    const META: Meta = Meta {
        id: "hidden-content",
        title: "the file holds text that cannot be seen",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Text in white on white, invisible text, text cut away by a frame and text covered by something else leaves no ink, \
              but a platform's machine reads it: it may be reported as outside the margins, or come to light when the file is flattened. Behind scanned pages \
              invisible text is what a text recognition left, and harmless.",
        fix: "Delete it, unless it is meant to be there.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            looked += document.pages.iter().map(|p| p.text.len()).sum::<usize>();
            let mut scans: Vec<&Page> = document.pages.iter().filter(|p| is_scan(p)).collect();
            // A picture that covers visible text is a scan in a book of scans only; elsewhere it hides what was to be read.
            let of_scans = part == Part::Interior && scans.len() * 2 > document.pages.len();
            scans.retain(|p| of_scans || has(p, Visibility::Invisible));
            let scans: Vec<u32> = scans.into_iter().map(|p| p.number).collect();
            for (kind, how) in [
                (Visibility::White, "white on white paper"),
                (Visibility::Invisible, "invisible"),
                (Visibility::ClippedAway, "cut away by a frame"),
                (Visibility::Covered, "covered by what lies over it"),
            ] {
                let places = places(document, |page, run| {
                    let behind =
                        kind == Visibility::Invisible || (kind == Visibility::Covered && of_scans);
                    let behind_scan = behind && scans.contains(&page.number);
                    run.visibility == kind && !behind_scan && is_on(page, run)
                });
                if !places.is_empty() {
                    let message = format!(
                        "{} {how}",
                        words::count(places.len(), "piece of text is", "pieces of text are")
                    );
                    let finding = Finding::about(part, message).at_places(places);
                    findings.push(if kind == Visibility::Covered {
                        finding.advise_alone(
                            "If it is to be read, move away what lies over it; if not, delete it.",
                        )
                    } else {
                        finding
                    });
                }
            }
            if !scans.is_empty() {
                let message = format!(
                    "an invisible layer of recognised text lies behind the scan of {}",
                    words::count(scans.len(), "page", "pages"),
                );
                findings.push(
                    Finding::about(part, message)
                        .on_pages(scans)
                        .advise("It does no harm in print; nothing needs to be done."),
                );
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn places(document: &Document, wanted: impl Fn(&Page, &TextRun) -> bool) -> Vec<Place> {
    let mut places = Vec::new();
    for page in &document.pages {
        for run in page.text.iter().filter(|r| wanted(page, r)) {
            let what = words::text(document, run, None);
            places.push(Place {
                page: page.number,
                area: Some(run.area),
                what,
            });
        }
    }
    places
}

/// Whether any of a run lies on the page: what lies beyond is another rule's business.
fn is_on(page: &Page, run: &TextRun) -> bool {
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let says = !run.text.trim().is_empty() || run.area.width() * run.area.height() > 1.0;
    says && run.area.overlaps(whole)
}

/// Whether a page has text that is seen so.
fn has(page: &Page, visibility: Visibility) -> bool {
    page.text.iter().any(|run| run.visibility == visibility)
}

/// Whether a page is a picture with invisible text over it.
fn is_scan(page: &Page) -> bool {
    let behind = [Visibility::Invisible, Visibility::Covered];
    let hidden = |r: &&TextRun| behind.contains(&r.visibility);
    let Some(text) = page
        .text
        .iter()
        .filter(hidden)
        .map(|r| r.area)
        .reduce(Rect::union)
    else {
        return false;
    };
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let pictures: Vec<Rect> = page
        .images
        .iter()
        .filter(|i| i.visible)
        .map(|i| i.area)
        .collect();
    covered(whole, &pictures) >= SCANNED || covered(text, &pictures) >= SCANNED
}
