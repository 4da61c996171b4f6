//! Words in a title that name a product the platform does not make.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Document, Page};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::profile::PanelKind;
use crate::rules::across::metadata::{BookMetadata, short};
use crate::rules::page_text::PageText;
use crate::rules::{Context, Meta, Need, Rule};
use crate::wording::Folded;

/// The words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Words that have other meanings as well.
    words: Vec<String>,
    /// Phrases that have none.
    phrases: Vec<String>,
}

/// Pages among which the title page is, and how many letters it has at most.
const FRONT: usize = 6;
const LETTERS: usize = 350;
/// Letters of a title are at least so large, in points.
const TITLE: f32 = 14.0;

pub(super) struct TitleWordRefused;

impl Rule for TitleWordRefused {
    const META: Meta = Meta {
        id: "title-word-refused",
        title: "the title names a product the platform does not make",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "A book that calls itself a calendar, a boxed set, or spiral, hard or leather bound promises what a print-on-demand \
              paperback is not. Reviewers refuse books for these words, and hold innocent ones (a novel called \"The Spiral \
              Staircase\") until somebody has looked.",
        fix: "If the word describes the product, change the title, or call it a planner or a collection. If it belongs to the story, \
              leave it and be ready to explain it.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let listed = BookMetadata {
            title: None,
            authors: cx
                .resolved
                .author
                .as_deref()
                .and_then(crate::wording::Authors::of),
        };
        let mut titles: Vec<Shown> = Vec::new();
        let first = if cx.cover().is_ok() {
            Part::Cover
        } else {
            Part::Interior
        };
        if let Some(title) = &cx.resolved.title {
            titles.push(Shown {
                text: title.clone(),
                at: "told".to_owned(),
                part: first,
                place: None,
            });
        }
        if let Ok(cover) = cx.cover() {
            titles.extend(on_front(cx, cover, &listed));
        }
        if let Ok(interior) = cx.interior() {
            titles.extend(
                interior
                    .pages
                    .iter()
                    .take(FRONT)
                    .find_map(|page| on_page(page, &listed)),
            );
        }
        if titles.is_empty() {
            return Err(Skip::NotApplicable("no title was told or found".to_owned()));
        }
        let looked = titles.len();
        let mut found: Option<(Level, String, Finding)> = None;
        for shown in titles {
            let folded = Folded::of(&shown.text);
            let has =
                |words: &[String]| words.iter().find(|w| folded.holds(&Folded::of(w))).cloned();
            let hit = has(&limits.phrases)
                .map(|w| (Level::Warning, w))
                .or_else(|| Some((Level::Note, has(&limits.words)?)));
            let Some((level, word)) = hit else {
                continue;
            };
            match &mut found {
                Some((known, same, finding)) if *same == word && *known == level => {
                    finding
                        .places
                        .extend(shown.place.filter(|_| finding.part == shown.part));
                }
                Some((known, ..)) if *known <= level => {}
                _ => {
                    let message = format!(
                        "the title {}, \"{}\", says \"{word}\"; {} may refuse books that do",
                        shown.at,
                        short(&shown.text),
                        cx.resolved.profile.title,
                    );
                    let finding = Finding::about(shown.part, message)
                        .at(level)
                        .at_places(shown.place.into_iter().collect());
                    found = Some((level, word, finding));
                }
            }
        }
        Ok(Inspection::looked(
            looked,
            found.into_iter().map(|(.., finding)| finding).collect(),
        ))
    }
}

/// A title, stated or printed.
struct Shown {
    text: String,
    at: String,
    part: Part,
    place: Option<Place>,
}

/// The largest words of the front cover.
fn on_front(cx: &Context<'_>, cover: &Document, listed: &BookMetadata) -> Option<Shown> {
    let page = cover.pages.first()?;
    let front = cx.wrap().ok().and_then(|w| w.panel(PanelKind::Front));
    let sheet = front.map_or_else(|| PageText::of(page), |area| PageText::within(page, area));
    shown(page, &sheet, listed, "on the front cover", Part::Cover)
}

/// The largest words of a page that may be a title page.
fn on_page(page: &Page, listed: &BookMetadata) -> Option<Shown> {
    let sheet = PageText::of(page);
    let few = sheet.letters() <= LETTERS;
    shown(
        page,
        &sheet,
        listed,
        &format!("on page {}", page.number),
        Part::Interior,
    )
    .filter(|_| few)
}

fn shown(
    page: &Page,
    sheet: &PageText,
    listed: &BookMetadata,
    at: &str,
    part: Part,
) -> Option<Shown> {
    let (text, line) = listed
        .largest(sheet)
        .filter(|(_, line)| line.size >= TITLE)?;
    let place = Place {
        page: page.number,
        area: Some(line.area),
        what: format!("\"{}\"", short(&line.text)),
    };
    Some(Shown {
        text,
        at: at.to_owned(),
        part,
        place: Some(place),
    })
}
