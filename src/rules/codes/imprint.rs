//! What rules about ISBNs share: which of those printed are the book's own, and which are of its binding.

use crate::isbn::Edition;
use crate::model::facts::{Document, PrintedIsbn};
use crate::model::finding::{Part, Place};
use crate::model::job::Binding;

/// Pages at the beginning and at the end where an imprint may be.
const FRONT: u32 = 12;
const BACK: u32 = 4;

/// A page without an imprint's words that has more ISBNs than this lists other books.
const MOST: usize = 2;

/// An ISBN with its page.
pub(super) type OnPage<'f> = (u32, &'f PrintedIsbn);

/// The ISBNs printed in a file: its own, and those it cites.
pub(super) fn printed(part: Part, file: &Document) -> (Vec<OnPage<'_>>, Vec<OnPage<'_>>) {
    let all = file
        .pages
        .iter()
        .flat_map(|p| p.isbns.iter().map(|i| (p.number, i)));
    if part == Part::Cover {
        return (all.collect(), Vec::new());
    }
    // Bare digits are many things, but on an imprint.
    let all: Vec<OnPage<'_>> = all.filter(|(_, i)| !i.bare || i.imprint).collect();
    let speaks = speaking(file, &all);
    all.into_iter().partition(|(page, _)| speaks.contains(page))
}

/// Whether a page is where an imprint may be.
pub(super) fn is_outer(file: &Document, page: u32) -> bool {
    page <= FRONT || page + BACK > file.page_count()
}

/// Whether an ISBN on a page counts.
type Take<'t> = &'t dyn Fn(u32, &PrintedIsbn) -> bool;

/// The pages on which an interior speaks of its own ISBN: imprints at its beginning or end; without one, an imprint
/// elsewhere; without any, the first page that names one and lists no books.
fn speaking(file: &Document, all: &[OnPage<'_>]) -> Vec<u32> {
    let is_outer = |page: u32| is_outer(file, page);
    let pages = |take: Take<'_>| {
        let mut pages: Vec<u32> = all
            .iter()
            .filter(|(page, i)| take(*page, i))
            .map(|(page, _)| *page)
            .collect();
        pages.dedup();
        pages
    };
    let tries: [Take<'_>; 3] = [
        &|page, i| is_outer(page) && i.imprint && !i.list,
        &|page, i| is_outer(page) && i.imprint,
        &|_, i| i.imprint && !i.list,
    ];
    if let Some(found) = tries.into_iter().map(pages).find(|found| !found.is_empty()) {
        return found;
    }
    let few = |page: u32| {
        let mut numbers: Vec<&str> = all
            .iter()
            .filter(|(p, _)| *p == page)
            .map(|(_, i)| i.text.as_str())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() <= MOST
    };
    let mut first = pages(&|page, i| is_outer(page) && !i.list && few(page));
    first.truncate(1);
    first
}

/// Whether an ISBN may be this book's, by the edition named for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// It names this binding.
    Own,
    /// It names no edition.
    Open,
    /// It names another edition.
    Other(Edition),
}

/// What an ISBN is of for a book in this binding.
pub(super) fn meant(one: &PrintedIsbn, binding: Binding) -> Meant {
    match (one.edition, binding == Binding::Paperback) {
        (None | Some(Edition::Print | Edition::Set), _) => Meant::Open,
        (Some(Edition::Paperback), true) | (Some(Edition::Hardcover), false) => Meant::Own,
        (Some(other), _) => Meant::Other(other),
    }
}

/// An ISBN as a place.
pub(super) fn place((page, one): OnPage<'_>) -> Place {
    Place {
        page,
        area: Some(one.area),
        what: format!("ISBN {}", one.text),
    }
}
