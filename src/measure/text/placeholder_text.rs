//! Finds placeholder text that templates leave behind, once for all products.

use std::cmp::Reverse;

use crate::model::facts::{Evidence, Leftover, Page};
use crate::phrases::{Find, Script, leftovers};

/// Those that stand as they have to before they count, in the order of the text, the longest first where several begin.
pub(in crate::measure) fn find(page: &Page) -> Vec<Leftover> {
    if page.text.is_empty() {
        return Vec::new();
    }
    let script = Script::of(page);
    let mut finds = leftovers().find(&script);
    finds.sort_by_key(|find| (find.at.start, Reverse(find.at.end)));
    finds
        .iter()
        .filter_map(|find| leftover(&script, find))
        .collect()
}

fn leftover(script: &Script<'_>, find: &Find<'_>) -> Option<Leftover> {
    let line = script.is_line(&find.at);
    let brackets = script.is_bracketed(&find.at);
    let stands = match find.evidence {
        Evidence::Line | Evidence::Front => line,
        Evidence::Brackets => brackets,
        Evidence::FrontBrackets => line && brackets,
        Evidence::Opens => script.opens(find.at.start),
        Evidence::Anywhere | Evidence::Mention => true,
    };
    let run = script.place(find.at.start).filter(|_| stands)?;
    Some(Leftover {
        phrase: find.phrase.to_owned(),
        evidence: find.evidence,
        run: u32::try_from(run).ok()?,
        line,
        brackets,
        quoted: script.is_quoted(find.at.start),
        among_filler: is_among_filler(script, find),
    })
}

/// Whether the words around a find are filler, too.
fn is_among_filler(script: &Script<'_>, find: &Find<'_>) -> bool {
    const AROUND: usize = 5;
    let before = find.at.start.saturating_sub(AROUND)..find.at.start;
    let after = find.at.end..find.at.end + AROUND;
    before
        .chain(after)
        .filter(|at| FILLER.contains(&script.word(*at)))
        .count()
        > 2
}

/// The commonest words of filler that are rare in sentences of any language.
const FILLER: &[&str] = &[
    "dolor",
    "amet",
    "sit",
    "elit",
    "adipiscing",
    "consectetur",
    "consectetuer",
    "eiusmod",
    "tempor",
    "incididunt",
    "labore",
    "nulla",
    "vitae",
    "mauris",
    "eget",
    "quis",
    "nec",
    "vel",
    "ac",
    "ut",
    "sed",
    "primis",
    "faucibus",
    "vestibulum",
    "nunc",
];
