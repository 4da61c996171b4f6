//! Art that reaches the edge of a page that has no bleed.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::margins::cut::{Cut, cut};
use crate::rules::page_object::Edge;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Art this near to the trim, in points, is meant to reach it.
const REACH: f64 = 0.25;

pub(super) struct BleedMissing;

impl Rule for BleedMissing {
    const META: Meta = Meta {
        id: "bleed-missing",
        title: "art reaches the edge of a page without bleed",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "Cutting is never exact. Art that ends at the edge instead of running beyond it leaves a white sliver; the \
              platform asks for pages with bleed as soon as one page has such art.",
        fix: "Make the page larger by the bleed and extend the art to its edges (do not scale it up), or pull it back inside the \
              margins.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        cx.trim()?;
        // Art that runs off this page.
        let mut falling: Option<(u32, Vec<Cut<'_>>)> = None;
        let mut places: Vec<_> = cx
            .objects(interior)
            .filter(|item| {
                !item.is_text()
                    && !item.placement.bleed
                    && item.placement.fits
                    && item.reaches_trim(REACH)
            })
            // A picture that falls off the page is not meant to bleed.
            .filter(|item| {
                if falling
                    .as_ref()
                    .is_none_or(|(page, _)| *page != item.page.number)
                {
                    falling = Some((item.page.number, cut(item.page, &item.placement)));
                }
                let cuts = falling.iter().flat_map(|(_, cuts)| cuts);
                !cuts.into_iter().any(|c| c.area.contains(item.area, 0.5))
            })
            .map(|item| item.place(interior, Edge::Left))
            .collect();
        places.sort_by_key(|p| p.page);
        let mut on: Vec<u32> = places.iter().map(|p| p.page).collect();
        on.dedup();
        let finding = (!places.is_empty()).then(|| {
            let message = format!(
                "art reaches the edge of {} without bleed",
                count(on.len(), "page", "pages"),
            );
            let advice = cx
                .resolved
                .trim
                .and_then(|t| cx.resolved.bleed_page(t))
                .map(|size| format!("With bleed every page is {}.", cx.resolved.size_words(size)));
            let mut finding = Finding::about(Part::Interior, message).at_places(places);
            finding.advice = advice;
            finding
        });
        Ok(Inspection::looked(
            interior.pages.len(),
            finding.into_iter().collect(),
        ))
    }
}
