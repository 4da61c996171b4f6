//! Content beyond the edge of the page, cut away without a word.

use super::words;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::facts::{Beyond, BeyondKind};
use crate::finding::{Finding, Level, Outcome, Part, Place};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "content-off-page",
        title: "content lies beyond the edge of the page",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "What lies beyond the page is cut away without a word: the end of a long line, a wide table, or things left on \
              the pasteboard. Art that runs off the page in order to bleed is not meant.",
        fix: "If text is cut, break the line or narrow the table. If the things are leftovers, delete them.",
        fix_in: &[
            ("latex", "Look for \"Overfull \\hbox\" in the log: the line or table that runs off the page is named there."),
            ("word", "In Word tables too wide for the page are narrowed with Layout > AutoFit > AutoFit Window."),
        ],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in at.files()? {
            looked += document.pages.len();
            let places = |wanted: &dyn Fn(&Beyond) -> bool| {
                let pages = document.pages.iter();
                let found = pages.flat_map(|p| p.beyond.iter().map(move |b| (p.number, b)));
                let found = found.filter(|(_, b)| wanted(b));
                let place = |(page, b): (u32, &Beyond)| Place { page, area: Some(b.area), what: what(b) };
                found.map(place).collect::<Vec<Place>>()
            };
            let text = places(&|b| b.kind == BeyondKind::Text);
            let other = places(&|b| b.kind != BeyondKind::Text);
            if !text.is_empty() {
                let message = format!("text runs beyond the edge of {} and is cut off", pages(&text));
                findings.push(Finding::about(part, message).at_places(text));
            }
            if !other.is_empty() {
                let message = format!("pictures or shapes lie wholly beyond the edge of {}, where nobody will see them", pages(&other));
                findings.push(Finding::about(part, message).at_places(other));
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}

fn pages(places: &[Place]) -> String {
    let mut on: Vec<u32> = places.iter().map(|p| p.page).collect();
    on.sort_unstable();
    on.dedup();
    words::count(on.len(), "page", "pages")
}

fn what(beyond: &Beyond) -> String {
    let count = usize::try_from(beyond.count).unwrap_or(usize::MAX);
    match beyond.kind {
        BeyondKind::Text => {
            let how = if beyond.whole { "beyond the edge" } else { "cut in two" };
            let text = beyond.text.trim();
            let letters = words::count(count, "letter", "letters");
            if text.is_empty() { format!("{letters} {how}") } else { format!("{letters} {how}: \"{text}\"") }
        }
        BeyondKind::Image => words::count(count, "picture", "pictures"),
        BeyondKind::Art => words::count(count, "shape or line", "shapes or lines"),
    }
}
