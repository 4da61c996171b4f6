//! Live content too near to the outside, top or bottom edge.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::geometry::Side;
use crate::model::units::{Length, SLACK_PT};
use crate::rules::margins::setting::{Setting, is_exception};
use crate::rules::page_object::{Edge, PageObject};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, Rule};

/// The least margins, measured from the trim, and how exactly they are meant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// On pages without bleed.
    without_bleed: Length,
    /// On pages with bleed.
    with_bleed: Length,
    /// Short by this or more is refused; absent where the platform only recommends.
    error_beyond: Option<Length>,
    /// Short by less than this is not spoken of.
    ignore_below: Length,
}

pub(super) struct MarginTooNarrow;

impl Rule for MarginTooNarrow {
    const META: Meta = Meta {
        id: "margin-too-narrow",
        title: "content comes too near to the outside, top or bottom edge",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "Paper moves in the cutter. What stands too near to the edge may be cut off, and the platform's previewer \
              refuses it: page numbers and running heads count, too.",
        fix: "Move the text, page numbers and running heads inwards, or make the text area smaller.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let mut groups: Vec<Group<'_>> = Vec::new();
        for item in cx.objects(interior) {
            // Art that runs off the page is meant to.
            if !item.is_text() && item.reaches_trim(SLACK_PT) {
                continue;
            }
            let placement = item.placement;
            let wanted = if placement.bleed {
                limits.with_bleed
            } else {
                limits.without_bleed
            };
            for (side, gap) in [
                (Margin::Outside, placement.from_outside(item.area)),
                (Margin::Top, placement.from_top(item.area)),
                (Margin::Bottom, placement.from_bottom(item.area)),
            ] {
                let short = wanted - gap;
                if !short.is_above(limits.ignore_below) {
                    continue;
                }
                match groups
                    .iter_mut()
                    .find(|g| g.side == side && g.wanted == wanted)
                {
                    Some(group) => group.items.push((gap, item.clone())),
                    None => groups.push(Group {
                        side,
                        wanted,
                        items: vec![(gap, item.clone())],
                    }),
                }
            }
        }
        let findings = groups
            .into_iter()
            .filter_map(|g| g.report(cx, limits))
            .collect();
        Ok(Inspection::looked(interior.pages.len(), findings))
    }
}

/// A margin that is not at the spine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Margin {
    Outside,
    Top,
    Bottom,
}

impl Margin {
    fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }
}

/// Intrusions along one edge: one cause.
struct Group<'a> {
    side: Margin,
    wanted: Length,
    items: Vec<(Length, PageObject<'a>)>,
}

impl Group<'_> {
    fn report(mut self, cx: &Context<'_>, limits: &Limits) -> Option<Finding> {
        self.items
            .sort_by(|(a, _), (b, _)| a.as_pt().total_cmp(&b.as_pt()));
        let least = self.items.first()?.0;
        let interior = cx.book.interior.as_deref()?;
        let places: Vec<_> = self
            .items
            .iter()
            .map(|(_, item)| {
                let edge = match (self.side, item.placement.side) {
                    (Margin::Top, _) => Edge::Top,
                    (Margin::Bottom, _) => Edge::Bottom,
                    (Margin::Outside, Side::Right) => Edge::Right,
                    (Margin::Outside, Side::Left) => Edge::Left,
                };
                item.place(interior, edge)
            })
            .collect();
        let mut on: Vec<u32> = places.iter().map(|p| p.page).collect();
        on.sort_unstable();
        on.dedup();
        let subject = if self.items.iter().all(|(_, i)| i.is_text()) {
            "text"
        } else {
            "content"
        };
        let gap = if least.as_pt() < 0.0 {
            format!("runs {} beyond", cx.resolved.words(-least))
        } else {
            format!("comes within {} of", cx.resolved.words(least))
        };
        let verb = if limits.error_beyond.is_some() {
            "needed"
        } else {
            "recommended"
        };
        let message = format!(
            "{subject} {gap} the {} edge on {}; {} {verb}",
            self.side.word(),
            count(on.len(), "page", "pages"),
            cx.resolved.words(self.wanted),
        );
        let worst = cx.resolved.words(self.wanted - least);
        let finding = Finding::about(Part::Interior, message)
            .at_places(places)
            .measured(Measure::length(least), Measure::length(self.wanted));
        let mut finding =
            if self.side == Margin::Outside && is_exception(on.len(), cx.pages().unwrap_or(0)) {
                let near = self.items.iter().map(|(_, item)| item);
                let setting = Setting::of(cx.objects(interior), near);
                finding.advise_alone(setting.exception(self.side.word(), &on, &worst))
            } else {
                finding.advise(format!(
                    "Move it inwards from the {} edge by {worst} or more.",
                    self.side.word()
                ))
            };
        // The platform's own level if it refuses the worst place; a warning for what lies within its previewer's blind spot.
        let refused = limits
            .error_beyond
            .is_none_or(|e| !(self.wanted - least).is_below(e));
        finding.level = (!refused).then_some(Level::Warning);
        Some(finding)
    }
}
