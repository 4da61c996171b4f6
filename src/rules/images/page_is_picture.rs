//! Pages that are one picture: whatever text is on them is made of pixels.

use crate::model::facts::{Page, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::reach::covered;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Pictures that cover this much of the page are the page.
const ALL: f64 = 0.97;
/// A page with more letters than this, in real text, has its text beside the picture.
const FEW: usize = 12;

pub(super) struct PageIsPicture;

impl Rule for PageIsPicture {
    const META: Meta = Meta {
        id: "page-is-picture",
        title: "a picture is the whole page",
        level: Level::Note,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Where a page is one picture, text in it is made of pixels: it prints softer than real text, at 300 ppi visibly so \
              in small sizes, and nothing in it (sizes, fonts, margins, inks) can be checked. For a photograph or a painting \
              that is as it should be.",
        fix: "If there is text in it, export the page with real text instead of as an image.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            looked += document.pages.len();
            let area = |page: &Page| match part {
                Part::Interior => cx.resolved.placement(page).trim,
                Part::Cover => Rect::new(0.0, 0.0, page.size.width, page.size.height),
            };
            let places: Vec<Place> = document
                .pages
                .iter()
                .filter_map(|p| picture(p, area(p)))
                .collect();
            if places.is_empty() {
                continue;
            }
            let message = match part {
                Part::Cover => "the cover is a picture: text in it, if any, is made of pixels and cannot be checked".to_owned(),
                Part::Interior => format!(
                    "{} a picture as a whole: text in it, if any, is made of pixels and cannot be checked",
                    words::count(places.len(), "page is", "pages are"),
                ),
            };
            findings.push(Finding::about(part, message).at_places(places));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// The picture that is this page, or the first of its tiles, if they cover the finished page.
fn picture(page: &Page, whole: Rect) -> Option<Place> {
    let pictures: Vec<_> = page
        .images
        .iter()
        .filter(|i| i.visible && !i.is_flat_fill())
        .collect();
    if pictures.is_empty() {
        return None;
    }
    let seen = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible);
    let letters = seen
        .flat_map(|r| r.text.chars())
        .filter(|c| c.is_alphanumeric());
    if letters.take(FEW + 1).count() > FEW {
        return None;
    }
    let areas: Vec<Rect> = pictures.iter().map(|i| i.area).collect();
    let first = pictures.first()?;
    if covered(whole, &areas) < ALL {
        return None;
    }
    let others = match pictures.len() {
        1 => String::new(),
        n => format!(", the first of {n}"),
    };
    let what = format!("{}{others}", words::image(first));
    Some(Place {
        page: page.number,
        area: Some(first.area),
        what,
    })
}
