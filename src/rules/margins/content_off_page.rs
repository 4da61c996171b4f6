//! Content beyond the edge of the page, cut away without a word.

use crate::model::facts::{Beyond, BeyondKind, Document, Page};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::units::Length;
use crate::rules::margins::cut::{Cut, cut, edge_words};
use crate::rules::page_object::Edge;
use crate::rules::words;
use crate::rules::{Context, Explains, Meta, Need, NoLimits, Rule, Scope};

/// Letters that are a line rather than a leftover.
const A_LINE: u32 = 10;

pub(super) struct ContentOffPage;

impl Rule for ContentOffPage {
    const META: Meta = Meta {
        id: "content-off-page",
        title: "content lies beyond the edge of the page",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "What lies beyond the page is cut away without a word: the end of a long line, a wide table, or things left on \
              the pasteboard. Art that runs off the page in order to bleed is not meant.",
        fix: "If text is cut, break the line or narrow the table. If the things are leftovers, delete them.",
        since: "0.1.0",
    };
    // A line that runs off the page is no margin that is set too narrow.
    const EXPLAINS: &'static [Explains] = &[
        ("margin-too-narrow", Scope::Lines),
        ("gutter-too-narrow", Scope::Lines),
    ];
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            looked += document.pages.len();
            // Only pages of an interior have figures that were laid by a program and may fall off.
            let falling: Vec<(u32, Cut<'_>)> = match part {
                Part::Interior => fallen(cx, document),
                Part::Cover => Vec::new(),
            };
            findings.extend(pictures(cx, &falling));
            let goes_with_picture = |beyond: &Beyond| {
                let lost = falling.iter().flat_map(|(_, c)| [c.text, c.rest]).flatten();
                lost.into_iter().any(|one| std::ptr::eq(one, beyond))
            };
            let found = |wanted: &dyn Fn(&Beyond) -> bool| {
                let pages = document.pages.iter();
                let found = pages.flat_map(|p| p.beyond.iter().map(move |b| (p, b)));
                found
                    .filter(|(_, b)| wanted(b) && !goes_with_picture(b))
                    .collect::<Vec<(&Page, &Beyond)>>()
            };
            let places = |found: &[(&Page, &Beyond)]| -> Vec<Place> {
                let place = |(page, b): &(&Page, &Beyond)| Place {
                    page: page.number,
                    area: Some(b.area),
                    what: what(b),
                };
                found.iter().map(place).collect()
            };
            let mut cut = found(&|b| b.kind == BeyondKind::Text && !b.whole);
            let mut lost = found(&|b| b.kind == BeyondKind::Text && b.whole);
            // What follows a letter that is cut in two is lost with it.
            let split: Vec<u32> = cut.iter().map(|(page, _)| page.number).collect();
            cut.extend(lost.extract_if(.., |(page, _)| split.contains(&page.number)));
            cut.sort_by_key(|(page, _)| page.number);
            let cut = places(&cut);
            let text = places(&lost);
            let other = places(&found(&|b| b.kind != BeyondKind::Text));
            if !cut.is_empty() {
                let message = format!("text runs over the edge of {} and is cut off", pages(&cut));
                findings.push(
                    Finding::about(part, message)
                        .at(Level::Warning)
                        .at_places(cut),
                );
            }
            if !text.is_empty() {
                let message = format!(
                    "text lies beyond the edge of {} and will not be printed",
                    pages(&text)
                );
                // A line or more is a loss; a letter or two are leftovers.
                let letters: u32 = lost.iter().map(|(_, b)| b.count).sum();
                let level = if part == Part::Interior && letters >= A_LINE {
                    Level::Warning
                } else {
                    Level::Note
                };
                findings.push(Finding::about(part, message).at(level).at_places(text));
            }
            if !other.is_empty() {
                let message = format!(
                    "pictures or shapes lie wholly beyond the edge of {}, where nobody will see them",
                    pages(&other)
                );
                findings.push(Finding::about(part, message).at_places(other));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// The pictures that fall off their page, with the number of it.
fn fallen<'d>(cx: &Context<'_>, document: &'d Document) -> Vec<(u32, Cut<'d>)> {
    let of_page = |page: &'d Page| {
        let cuts = cut(page, &cx.resolved.placement(page));
        cuts.into_iter().map(move |c| (page.number, c))
    };
    document.pages.iter().flat_map(of_page).collect()
}

/// Pictures that fall off their page, with the text that is lost with them.
fn pictures(cx: &Context<'_>, falling: &[(u32, Cut<'_>)]) -> Option<Finding> {
    let mut found: Vec<(f64, Edge, Place)> = Vec::new();
    let mut lost = false;
    let drawn = falling.iter().filter(|(_, cut)| cut.drawn).count();
    for (page, cut) in falling {
        let by = cx.resolved.words(Length::pt(cut.lost));
        let noun = if cut.drawn {
            "a drawing or table"
        } else {
            "a picture"
        };
        let mut what = format!(
            "{noun} cut by the {} edge, {by} of it lost",
            edge_words(cut.edge)
        );
        if let Some(text) = cut.text {
            lost = true;
            what = format!("{what}, with {}", self::what(text));
        }
        found.push((
            cut.lost,
            cut.edge,
            Place {
                page: *page,
                area: Some(cut.area),
                what,
            },
        ));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (most, edge) = found.first().map(|(most, edge, _)| (*most, *edge))?;
    let places: Vec<Place> = found.into_iter().map(|(.., place)| place).collect();
    let text = if lost { ", and text with it" } else { "" };
    let (one, several) = match drawn {
        0 => ("a picture", "pictures"),
        n if n == places.len() => ("a drawing or table", "drawings or tables"),
        _ => ("a picture or drawing", "pictures and drawings"),
    };
    let subject = if places.len() == 1 {
        format!(
            "{one} falls off the {} edge of the page: {} of it",
            edge_words(edge),
            cx.resolved.words(Length::pt(most))
        )
    } else {
        format!(
            "{several} fall off the edge of {}: as much as {} of one",
            pages(&places),
            cx.resolved.words(Length::pt(most)),
        )
    };
    let finding =
        Finding::about(Part::Interior, format!("{subject} is cut off{text}")).at(Level::Warning);
    Some(finding.at_places(places).advise(
        "Make it smaller or move it, so that all of it and its caption stay inside the margins.",
    ))
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
            let how = if beyond.whole {
                "beyond the edge"
            } else {
                "cut in two"
            };
            let text = beyond.text.trim();
            let letters = words::count(count, "letter", "letters");
            if text.is_empty() {
                format!("{letters} {how}")
            } else {
                format!("{letters} {how}: \"{text}\"")
            }
        }
        BeyondKind::Image => words::count(count, "picture", "pictures"),
        BeyondKind::Art => words::count(count, "shape or line", "shapes or lines"),
    }
}
