//! Page numbers at the bind edge of every page.

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Side;
use crate::rules::heads::folios;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// The share of the numbers of left pages, and of right pages, that are there.
const SHARE: f64 = 0.8;
/// A number is at an edge if its middle is within this share of the page's width.
const NEAR: f64 = 0.3;
/// Fewer numbers on either side are no pattern.
const FEWEST: usize = 4;

pub(super) struct FolioAtBindEdge;

impl Rule for FolioAtBindEdge {
    const META: Meta = Meta {
        id: "folio-at-bind-edge",
        title: "page numbers stand at the bind edge",
        level: Level::Note,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "Page numbers usually stand in the middle or at the outside edge, where a thumb finds them. When they stand at the \
              bind edge of every page, left and right pages have mostly been swapped somewhere: then the margins are swapped as \
              well, the narrow one lies in the fold, and text runs into it.",
        fix: "See whether left and right pages have been exchanged (a page missing at the front is enough). Swap the inside and the \
              outside margin, or set headers and footers for odd and even pages the other way round.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let folios = folios(interior);
        if folios.is_empty() {
            return Err(Skip::NotApplicable(
                "the pages bear no numbers that go up by one a page".to_owned(),
            ));
        }
        let mut sides = [[0usize; 2]; 2];
        let mut places = Vec::new();
        for folio in &folios {
            let placement = cx.resolved.placement(folio.page);
            let [x0, _, x1, _] = placement.trim.to_f64();
            let [f0, _, f1, _] = folio.area.to_f64();
            let from_left = (f0.midpoint(f1) - x0) / (x1 - x0).max(1.0);
            let from_bind = if placement.side == Side::Right {
                from_left
            } else {
                1.0 - from_left
            };
            let side = usize::from(placement.side == Side::Right);
            if let Some([all, near]) = sides.get_mut(side) {
                *all += 1;
                if from_bind < NEAR {
                    *near += 1;
                    let what = format!("page number {}", folio.number);
                    places.push(Place {
                        page: folio.page.number,
                        area: Some(folio.area),
                        what,
                    });
                }
            }
        }
        let swapped = sides
            .iter()
            .all(|[all, near]| *all >= FEWEST && *near as f64 >= SHARE * *all as f64);
        let finding = swapped.then(|| {
            let message = format!(
                "page numbers stand at the bind edge on {} of {} pages that have one: margins or sides may be swapped",
                places.len(),
                folios.len(),
            );
            Finding::about(Part::Interior, message).at_places(places)
        });
        Ok(Inspection::looked(
            folios.len(),
            finding.into_iter().collect(),
        ))
    }
}
