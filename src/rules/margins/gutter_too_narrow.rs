//! Ink nearer to the bind edge than the page count allows.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::geometry::Side;
use crate::model::units::{Length, SLACK_PT};
use crate::rules::margins::setting::{Setting, is_exception};
use crate::rules::page_object::{Edge, ObjectKind, PageObject};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, Rule};

/// The inside margin by page count, and how exactly it is meant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Bands of page counts, rising; the last one serves all beyond it.
    bands: Vec<Band>,
    /// Short by this or more is refused; absent where the platform only recommends.
    error_beyond: Option<Length>,
    /// Short by less than this is not spoken of.
    ignore_below: Length,
    /// A strip along the bind edge that must be free of ink.
    strip: Option<Length>,
}

/// One band of page counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Band {
    /// Up to and including this many pages.
    up_to_pages: u32,
    /// The least inside margin.
    inside: Length,
}

pub(super) struct GutterTooNarrow;

impl Rule for GutterTooNarrow {
    const META: Meta = Meta {
        id: "gutter-too-narrow",
        title: "ink comes too near to the bind edge",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "The thicker the book, the more of each page disappears into the spine. Text in the gutter cannot be read \
              without breaking the book's back.",
        fix: "Widen the inside margin (mirror margins), keep the outside one, and let the text reflow; then check the \
              page count again, as it may have grown into the next band.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let pages = cx.pages()?;
        let band = limits
            .bands
            .iter()
            .find(|b| pages <= b.up_to_pages)
            .or(limits.bands.last())
            .ok_or_else(|| Skip::NotChecked("the profile gives no inside margin".to_owned()))?;
        let mut items: Vec<(Length, PageObject<'_>)> = Vec::new();
        for item in cx.objects(interior) {
            // Pictures that run off the page run through the gutter as well; letters never should.
            if !item.is_text() && item.reaches_trim(SLACK_PT) {
                continue;
            }
            let gap = item.placement.from_bind(item.area);
            let short = band.inside - gap;
            if !short.is_above(limits.ignore_below) {
                continue;
            }
            items.push((gap, item));
        }
        Ok(Inspection::looked(
            interior.pages.len(),
            report(cx, limits, band, pages, items).into_iter().collect(),
        ))
    }
}

fn report(
    cx: &Context<'_>,
    limits: &Limits,
    band: &Band,
    pages: u32,
    mut items: Vec<(Length, PageObject<'_>)>,
) -> Option<Finding> {
    items.sort_by(|(a, _), (b, _)| a.as_pt().total_cmp(&b.as_pt()));
    let (least, _) = *items.first().map(|(l, i)| (l, i)).as_ref()?;
    let least = *least;
    let interior = cx.book.interior.as_deref()?;
    let places: Vec<_> = items
        .iter()
        .map(|(_, item)| item.place(interior, bind_edge(item)))
        .collect();
    let mut on: Vec<u32> = places.iter().map(|p| p.page).collect();
    on.sort_unstable();
    on.dedup();
    let all_text = items.iter().all(|(_, i)| i.is_text());
    let subject = if all_text { "text" } else { "content" };
    let strip = limits
        .strip
        .filter(|s| least.is_below(*s))
        .map_or_else(String::new, |s| {
            format!(
                "; that is within the strip of {} that must stay free of ink",
                cx.resolved.words(s)
            )
        });
    // The platform's own level if it refuses the worst place; a warning for what lies within its previewer's blind spot.
    let refused = limits
        .error_beyond
        .is_none_or(|e| !(band.inside - least).is_below(e));
    let level = (!refused).then_some(Level::Warning);
    let needs = if level == Some(Level::Warning) || limits.error_beyond.is_some() {
        "need"
    } else {
        "should have"
    };
    let needs = if pages == 1 && needs == "need" {
        "needs"
    } else {
        needs
    };
    let message = format!(
        "{subject} comes within {} of the bind edge on {}; {} {needs} {}{strip}",
        cx.resolved.words(least),
        count(on.len(), "page", "pages"),
        count(
            usize::try_from(pages).unwrap_or(usize::MAX),
            "page",
            "pages"
        ),
        cx.resolved.words(band.inside),
    );
    let worst = cx.resolved.words(band.inside - least);
    let finding = Finding::about(Part::Interior, message)
        .at_places(places)
        .measured(Measure::length(least), Measure::length(band.inside));
    // A line that sticks out on a page or two is no fault of the margin.
    let few = is_exception(on.len(), pages);
    let first = match interior
        .pages
        .first()
        .map(|page| cx.resolved.placement(page).side)
    {
        Some(Side::Left) => "left",
        _ => "right",
    };
    let setting = Setting::of(cx.objects(interior), items.iter().map(|(_, item)| item));
    let outside = setting.outside.filter(|_| setting.is_swapped());
    let mut finding = if few {
        finding.advise_alone(setting.exception("inside", &on, &worst))
    } else if let Some(outside) =
        outside.filter(|o| !(band.inside - *o).is_above(limits.ignore_below))
    {
        finding.advise_alone(format!(
            "The outside margin is {} throughout: inside and outside margins seem to have changed places. Swap them, or begin \
             with a {} page.",
            cx.resolved.words(outside),
            first,
        ))
    } else if items
        .iter()
        .all(|(gap, item)| hangs(item, band.inside - *gap))
    {
        finding.advise_alone(format!(
            "It is punctuation at the ends of lines that hangs out of the text; the letters keep away. Turn that off (in Typst \
             #set text(overhang: false), in LaTeX microtype with protrusion=false, in InDesign Optical Margin Alignment), or \
             make the inside margin {worst} wider."
        ))
    } else if all_text && setting.is_of_single_lines(&on) {
        finding.advise_alone(format!(
            "It is a line or two of each page, as running heads and page numbers are; the rest of the text keeps away. Set \
             them {worst} or more further from the bind edge."
        ))
    } else if let Some(side) = setting.only_side(&on).filter(|_| all_text) {
        finding.advise_alone(format!(
            "It is only {side}-hand pages: the others keep away from the bind edge. Mirror their margins, so that the inside \
             margin of {side}-hand pages is {} or more as well.",
            cx.resolved.words(band.inside),
        ))
    } else {
        finding.advise(format!(
            "Set the inside margin to {} or more: the worst place is short by {worst}.",
            cx.resolved.words(band.inside),
        ))
    };
    finding.level = level;
    Some(finding)
}

/// The bind edge of the page that something is on.
fn bind_edge(item: &PageObject<'_>) -> Edge {
    match item.placement.side {
        Side::Right => Edge::Left,
        Side::Left => Edge::Right,
    }
}

/// Whether it is text that is too near by so much for a mark of punctuation alone, as typesetters let them hang.
fn hangs(item: &PageObject<'_>, short: Length) -> bool {
    let ObjectKind::Text(run) = item.kind else {
        return false;
    };
    let tip = run.tips.get(bind_edge(item) as usize);
    tip.is_some_and(|tip| {
        let is_mark = |c: char| "-\u{ad}\u{2010}\u{2011}–—.,;:!?'\"‘’“”‚„«»‹›…()".contains(c);
        !tip.text.is_empty() && tip.text.chars().all(is_mark) && short.as_pt() <= tip.area.width()
    })
}
