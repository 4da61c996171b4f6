//! A spine that reads from bottom to top where its readers expect it the other way.

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::page_text::PageText;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};
use crate::wording::{Language, is_rtl, language};

pub(super) struct SpineTextUpward;

impl Rule for SpineTextUpward {
    const META: Meta = Meta {
        id: "spine-text-upward",
        title: "the spine reads from bottom to top",
        level: Level::Note,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "In English, Dutch and the languages of Scandinavia spines read from top to bottom, so that the title stands upright \
              when the book lies face up. A spine that reads upwards, as is usual in French, Spanish, Italian and German, stands \
              on its head beside the others on the shelf.",
        fix: "Turn the spine text by half a turn, so that its first letter is at the top, unless it is meant so.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        let runs = wrap.spine_text();
        let turned: Vec<_> = runs
            .iter()
            .filter(|r| !is_rtl(&r.text) && (is_near(r.angle, 90) || is_near(r.angle, 270)))
            .collect();
        let letters = |angle: u16| -> usize {
            let runs = turned.iter().filter(|r| is_near(r.angle, angle));
            runs.map(|r| r.text.chars().filter(|c| c.is_alphabetic()).count())
                .sum()
        };
        let [down, up] = [90, 270].map(letters);
        if down + up == 0 {
            return Err(Skip::NotApplicable(
                "there is no turned text on the spine".to_owned(),
            ));
        }
        let spoken = spoken(cx);
        let habit = match spoken {
            Some(
                Language::French
                | Language::Spanish
                | Language::Italian
                | Language::Portuguese
                | Language::German,
            ) => None,
            Some(Language::English | Language::Dutch | Language::Scandinavian) => {
                Some("spines of books in this language read from top to bottom")
            }
            None => Some("English and many other spines read from top to bottom"),
        };
        let finding = habit.filter(|_| up > down).map(|habit| {
            let upward = turned.iter().filter(|r| is_near(r.angle, 270));
            let places = upward.map(|r| Place {
                page: wrap.page.number,
                area: Some(r.area),
                what: words::text(wrap.document, r, None),
            });
            Finding::about(
                Part::Cover,
                format!("the spine reads from bottom to top; {habit}"),
            )
            .at_places(places.collect())
        });
        Ok(Inspection::looked(
            turned.len(),
            finding.into_iter().collect(),
        ))
    }
}

/// A line drawn by hand may be some degrees off.
fn is_near(angle: u16, wanted: u16) -> bool {
    angle.abs_diff(wanted) <= 10
}

/// Pages of the interior that are read for their language.
const PAGES: usize = 24;

/// The language of the book: of its interior, else of the cover's own text.
fn spoken(cx: &Context<'_>) -> Option<Language> {
    let pages = |part: Part| cx.file(part).map_or(&[][..], |file| file.pages.as_slice());
    let read = |pages: &[crate::model::facts::Page]| {
        let said: Vec<String> = pages
            .iter()
            .flat_map(|p| PageText::of(p).lines)
            .flat_map(|l| l.folded.words())
            .collect();
        language(said.iter().map(String::as_str))
    };
    let inside: &[crate::model::facts::Page] = pages(Part::Interior);
    let middle = inside.len() / 2;
    let from = middle.saturating_sub(PAGES / 2);
    let some = inside
        .get(from..(from + PAGES).min(inside.len()))
        .unwrap_or_default();
    // The file's language entry is often a mere default of the program that wrote it.
    let tags = || {
        [Part::Interior, Part::Cover]
            .into_iter()
            .filter_map(|part| cx.file(part).ok()?.structure.lang.as_deref())
    };
    read(some)
        .or_else(|| read(pages(Part::Cover)))
        .or_else(|| tags().find_map(Language::of_tag))
}
