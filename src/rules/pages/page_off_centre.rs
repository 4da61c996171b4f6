//! A whole book whose content sits off the finished page.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::geometry::{Rect, Side, Size};
use crate::model::units::{Length, SLACK_PT};
use crate::rules::page_object::PageObject;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// Where content has to stay, and how far off its middle may be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// From the trim.
    margin: Length,
    /// How far the content of all pages may be shifted one way before a narrow margin is laid to that; twice as much
    /// from top to bottom, where running heads and sinkage are designed.
    shift: Length,
}

/// Fewer pages with content than this are no pattern.
const FEWEST: usize = 3;
/// A page counts if its content is at least so high, as a share of the trim: title pages and half-empty ones do not.
const FULL: f64 = 0.4;
/// A page this much larger than the trim, in points, was set for another size.
const LARGER: f64 = 24.0;

pub(super) struct PageOffCentre;

impl Rule for PageOffCentre {
    const META: Meta = Meta {
        id: "page-off-centre",
        title: "the content of the whole book sits off the page",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "Pages of another size are laid with their middle on the middle of the book's page. Text that was set for letter \
              paper then runs into the margins of a 6 x 9 in book or beyond its edge; the file is refused as outside the safety \
              area or not centred.",
        fix: "Set the document's page to the trim size (or trim and bleed) and let the text flow anew; do not print one size onto \
              another.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[
        ("margin-too-narrow", Scope::Pages),
        ("gutter-too-narrow", Scope::Pages),
    ];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let trim = cx.trim()?;
        let mut blocks: Vec<TypeArea> = Vec::new();
        let mut current: Option<(u32, TypeArea)> = None;
        for item in cx.objects(interior) {
            let Some(frame) = frame(&item, trim) else {
                continue;
            };
            if !item.is_text() && item.reaches_trim(SLACK_PT) {
                continue;
            }
            match &mut current {
                Some((number, block)) if *number == item.page.number => {
                    block.area = block.area.union(item.area)
                }
                _ => {
                    blocks.extend(current.take().map(|(_, block)| block));
                    let (side, fits) = (item.placement.side, item.placement.fits);
                    current = Some((
                        item.page.number,
                        TypeArea {
                            page: item.page.number,
                            area: item.area,
                            frame,
                            side,
                            fits,
                        },
                    ));
                }
            }
        }
        blocks.extend(current.map(|(_, block)| block));
        let looked = blocks.len();
        let (mut fitting, mut foreign): (Vec<TypeArea>, Vec<TypeArea>) =
            blocks.into_iter().partition(|b| b.fits);
        let is_full = |b: &TypeArea| b.area.height() >= FULL * trim.height;
        fitting.retain(is_full);
        if foreign.iter().filter(|b| is_full(b)).count() >= FEWEST {
            foreign.retain(is_full);
        }
        let finding = if foreign.len() > fitting.len() {
            misplaced(&foreign, limits, cx, trim)
        } else if fitting.len() >= FEWEST {
            shifted(&fitting, limits, cx)
        } else {
            None
        };
        Ok(Inspection::looked(looked, finding.into_iter().collect()))
    }
}

/// All content of one page within the finished page.
struct TypeArea {
    page: u32,
    area: Rect,
    frame: Rect,
    side: Side,
    fits: bool,
}

impl TypeArea {
    /// From the left, top, right and bottom of the finished page, in points.
    fn gaps(&self) -> [f64; 4] {
        let ([a0, b0, a1, b1], [x0, y0, x1, y1]) = (self.area.to_f64(), self.frame.to_f64());
        [a0 - x0, b0 - y0, x1 - a1, y1 - b1]
    }
}

/// The finished page on a page: where it is if the page fits, in the middle of a larger one.
fn frame(item: &PageObject<'_>, trim: Size) -> Option<Rect> {
    if item.placement.fits {
        return Some(item.placement.trim);
    }
    let size = item.page.size;
    let (dx, dy) = (
        (size.width - trim.width) / 2.0,
        (size.height - trim.height) / 2.0,
    );
    let larger = dx.max(dy) * 2.0 > LARGER && dx.min(dy) > -1.0;
    // A spread or a sheet with its trim marked is another matter.
    let marked = item.page.crop_marks.is_some_and(|m| m.stand_apart());
    let sheet = marked
        || item
            .page
            .trim
            .is_some_and(|t| Size::new(t.width(), t.height()).is_near(trim, 2.0));
    let upright = (size.width > size.height) == (trim.width > trim.height);
    (larger && upright && !sheet).then(|| Rect::new(dx, dy, dx + trim.width, dy + trim.height))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Pages of another size whose content does not fit the finished page.
fn misplaced(
    blocks: &[TypeArea],
    limits: &Limits,
    cx: &Context<'_>,
    trim: Size,
) -> Option<Finding> {
    let least = |b: &TypeArea| b.gaps().into_iter().fold(f64::INFINITY, f64::min);
    let gap = Length::pt(median(blocks.iter().map(least).collect())?);
    if !gap.is_below(limits.margin) {
        return None;
    }
    let reach = if gap.as_pt() < 0.0 {
        format!("runs {} beyond", cx.resolved.words(-gap))
    } else {
        format!("comes within {} of", cx.resolved.words(gap))
    };
    let message = format!(
        "laid on the middle of a {} page, the content {reach} its edge throughout the book; {} needed",
        cx.resolved.size_words(trim),
        cx.resolved.words(limits.margin),
    );
    Some(report(message, gap, limits.margin, blocks))
}

/// Pages of the right size with their content pushed to one side, the same on left and right pages.
fn shifted(blocks: &[TypeArea], limits: &Limits, cx: &Context<'_>) -> Option<Finding> {
    let of = |side: Side, measure: &dyn Fn(&TypeArea) -> f64| {
        median(
            blocks
                .iter()
                .filter(|b| b.side == side)
                .map(measure)
                .collect(),
        )
    };
    let gap = |edge: usize| move |b: &TypeArea| b.gaps().get(edge).copied().unwrap_or_default();
    let apart = |a: usize, b: usize| move |block: &TypeArea| (gap(a)(block) - gap(b)(block)) / 2.0;
    // A wide gutter lies left on one page and right on the next, and cancels out.
    let across = (of(Side::Right, &apart(0, 2))? + of(Side::Left, &apart(0, 2))?) / 2.0;
    let down = (of(Side::Right, &apart(1, 3))? + of(Side::Left, &apart(1, 3))?) / 2.0;
    let [to_side, to_end] = [
        across.abs() / limits.shift.as_pt(),
        down.abs() / (2.0 * limits.shift.as_pt()),
    ];
    let (edge, name, shift) = match (to_side >= to_end, across > 0.0, down > 0.0) {
        (true, true, _) => (2, "right", across),
        (true, false, _) => (0, "left", -across),
        (false, _, true) => (3, "bottom", down),
        (false, _, false) => (1, "top", -down),
    };
    let narrow = Length::pt(median(blocks.iter().map(gap(edge)).collect())?);
    let shift = Length::pt(shift);
    let allowed = if edge % 2 == 0 {
        limits.shift
    } else {
        limits.shift * 2.0
    };
    if !shift.is_above(allowed) || !narrow.is_below(limits.margin) {
        return None;
    }
    let message = format!(
        "the content of the whole book sits {} off the middle, {} from the {name} edge; {} from every edge recommended",
        cx.resolved.words(shift),
        cx.resolved.words(narrow),
        cx.resolved.words(limits.margin),
    );
    // It prints, if with narrow margins, unless it runs into the knife.
    let level = if narrow.is_above(Length::default()) {
        Level::Warning
    } else {
        Level::Error
    };
    Some(report(message, narrow, limits.margin, blocks).at(level))
}

fn report(message: String, gap: Length, margin: Length, blocks: &[TypeArea]) -> Finding {
    Finding::about(Part::Interior, message)
        .on_pages(blocks.iter().map(|b| b.page))
        .measured(Measure::length(gap), Measure::length(margin))
}
