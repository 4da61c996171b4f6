//! Pages that have bleed on the bind edge as well.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Size;
use crate::profile::{BleedEdges, SAME_TRIM_PT};
use crate::rules::words::count;
use crate::rules::{Context, Explains, Meta, Need, NoLimits, Rule, Scope};

pub(super) struct BleedOnBindEdge;

impl Rule for BleedOnBindEdge {
    const META: Meta = Meta {
        id: "bleed-on-bind-edge",
        title: "pages have bleed on the bind edge as well",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Pages are bound at one edge, so there is nothing to cut there. Bleed on the bind edge shifts every page \
              outwards.",
        fix: "Give pages bleed on the outside, top and bottom only; bleed inside is zero.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("page-size-wrong", Scope::Pages)];
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let trim = cx.trim()?;
        let (bleed, with_bleed) = match (cx.resolved.interior_bleed(), cx.resolved.bleed_page(trim))
        {
            (Some((_, BleedEdges::All)), _) => {
                return Err(Skip::NotApplicable(
                    "the platform wants bleed on all four edges".to_owned(),
                ));
            }
            (Some((bleed, BleedEdges::Outer)), Some(page)) => (bleed, page),
            _ => {
                return Err(Skip::NotApplicable(
                    "nothing is known of the platform's bleed".to_owned(),
                ));
            }
        };
        let around = Size::new(trim.width + 2.0 * bleed, trim.height + 2.0 * bleed);
        let wide: Vec<_> = interior
            .pages
            .iter()
            .filter(|p| p.size.is_near(around, SAME_TRIM_PT))
            .collect();
        let finding = wide.first().map(|first| {
            let message = format!(
                "{} {}, with bleed on all four sides; without bleed on the bind edge {} is needed",
                count(wide.len(), "page measures", "pages measure"),
                cx.resolved.size_words(first.size),
                cx.resolved.size_words(with_bleed),
            );
            Finding::about(Part::Interior, message).on_pages(wide.iter().map(|p| p.number))
        });
        Ok(Inspection::looked(
            interior.pages.len(),
            finding.into_iter().collect(),
        ))
    }
}
