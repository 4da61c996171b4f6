//! Compares the stated title with running heads that go through the whole book.

use crate::model::facts::{Document, Page};
use crate::model::finding::{Level, Place};
use crate::rules::across::metadata::{BookMetadata, Of, TitleScan, Wrong, short};
use crate::rules::heads::Head;
use crate::rules::page_text::PageText;
use crate::wording::{Folded, distance};

/// Holds the title against running heads. `front` are the first pages by their numbers.
pub(super) fn running(
    file: &Document,
    front: &[(u32, &PageText)],
    heads: &[Head],
    listed: &BookMetadata,
    seen: &mut TitleScan,
) {
    let Some(title) = &listed.title else {
        return;
    };
    // Where the title runs through the book, other heads are those of parts and chapters.
    let settled = heads
        .iter()
        .any(|head| title.is(&listed.beside_author(&head.folded)));
    for head in heads {
        seen.looked += 1;
        let text = &listed.beside_author(&head.folded);
        let is_titles = title.is_in(text) || title.is(text) || title.shortens_to(text);
        let authors = listed.authors.as_ref();
        let is_name = authors.is_some_and(|a| a.is(&head.folded));
        if is_titles || is_name || text.is_empty() || title.rtl {
            continue;
        }
        let Some((page, area)) = head.on.first().copied() else {
            continue;
        };
        let at = format!("in the running heads of {} pages", head.on.len());
        let place = Place {
            page,
            area: Some(area),
            what: format!("\"{}\"", short(&head.text)),
        };
        let mut wrong = Wrong::title(short(&head.text), at, place, None);
        if authors.is_some_and(|a| a.nearly(text)) {
            wrong.of = Of::Author;
            seen.wrong.push(wrong);
            continue;
        }
        let is_same = |w: &Wrong| w.of == Of::Title && Folded::of(&w.shown).holds(text);
        let slip = title.forms().any(|form| {
            let far = distance(form.letters(), text.letters());
            far.is_some_and(|n| n <= (form.len() / 7).max(1))
        });
        if slip || seen.wrong.iter().any(is_same) {
            seen.wrong.push(wrong);
            continue;
        }
        // Whoever publishes it, a series, a part or a chapter is named elsewhere as well.
        let is_here = |number: u32| head.on.iter().any(|(page, _)| *page == number);
        let mut others = front.iter().filter(|(number, _)| !is_here(*number));
        let known = others.any(|(_, sheet)| sheet.readings(false).iter().any(|r| r.holds(text)));
        let alone = seen.wrong.is_empty() && seen.gaps.is_empty() && !settled;
        if alone
            && !known
            && !is_part(&head.text)
            && text.words().len() > 1
            && !is_heading(file, head)
        {
            wrong.level = Some(Level::Warning);
            seen.wrong.push(wrong);
        }
    }
}

/// Words with which the names of parts and chapters begin.
const PARTS: [&str; 12] = [
    "part",
    "chapter",
    "book",
    "volume",
    "section",
    "appendix",
    "teil",
    "kapitel",
    "partie",
    "chapitre",
    "parte",
    "capítulo",
];

/// Whether a running head names itself a part or a chapter.
fn is_part(text: &str) -> bool {
    let first = text
        .split(|c: char| !c.is_alphabetic())
        .find(|w| !w.is_empty());
    first.is_some_and(|word| PARTS.contains(&word.to_lowercase().as_str()))
}

/// Whether a running head is also a heading in the book: then it is that of a part or a chapter.
fn is_heading(file: &Document, head: &Head) -> bool {
    let stands_on = |page: &Page| {
        let sheet = PageText::of(page);
        sheet.windows(3).any(|row| {
            let at = sheet.lines.get(row.start).map(|l| l.area);
            let mut places = head.on.iter();
            let is_head = places.any(|(n, area)| *n == page.number && Some(*area) == at);
            !is_head && sheet.folded(&row).without_figures().is(&head.folded)
        })
    };
    file.pages.iter().any(stands_on)
}
