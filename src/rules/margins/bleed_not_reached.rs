//! Art that crosses the trim but stops before the bleed does.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::geometry::{Rect, Side};
use crate::model::units::Length;
use crate::profile::BleedEdges;
use crate::resolve::PagePlacement;
use crate::rules::page_object::Edge;
use crate::rules::reach::{Short, short};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, Rule};

/// How exactly the bleed is meant. The bleed itself belongs to the interior's geometry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Short by less than this is not spoken of.
    ignore_below: Length,
}

pub(super) struct BleedNotReached;

impl Rule for BleedNotReached {
    const META: Meta = Meta {
        id: "bleed-not-reached",
        title: "art that should bleed stops before the edge of the page",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "The page has bleed, but this art ends on the trim line or between it and the edge of the bleed. Cutting drifts by \
              up to a sixteenth of an inch, and then a white sliver shows. Platforms look for it and refuse the file.",
        fix: "Drag the picture or shape out to the edge of the bleed on every side where it reaches the trim; enlarge or crop \
              it rather than stretching it. Or pull it back inside the margins.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        cx.trim()?;
        let Some((width, edges)) = cx.resolved.interior_bleed() else {
            return Err(Skip::NotApplicable(
                "the platform's bleed is not known".to_owned(),
            ));
        };
        let mut looked = 0;
        let mut found: Vec<(f64, Place)> = Vec::new();
        for page in &interior.pages {
            let placement = cx.resolved.placement(page);
            if !placement.bleed || !placement.fits {
                continue;
            }
            looked += 1;
            let edges = bleeding(&placement, edges);
            let bleed = grown(placement.trim, width, &edges);
            for art in short(
                page,
                placement.trim,
                bleed,
                &edges,
                limits.ignore_below.as_pt(),
            ) {
                let place = Place {
                    page: page.number,
                    area: Some(art.area),
                    what: what(&art, &placement, cx),
                };
                found.push((art.beyond.max(0.0), place));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let finding = found.first().map(|(least, _)| {
            let least = Length::pt(*least);
            let mut on: Vec<u32> = found.iter().map(|(_, p)| p.page).collect();
            on.sort_unstable();
            on.dedup();
            let reach = if least.as_pt() < ON_THE_LINE {
                "ends on the trim line".to_owned()
            } else {
                format!("ends {} beyond the trim", cx.resolved.words(least))
            };
            let bleed = Length::pt(width);
            let message = format!(
                "art {reach} on {}; {} of bleed needed",
                count(on.len(), "page", "pages"),
                cx.resolved.words(bleed)
            );
            (message, least, bleed)
        });
        let finding = finding.map(|(message, least, bleed)| {
            Finding::about(Part::Interior, message)
                .at_places(found.into_iter().map(|(_, place)| place).collect())
                .measured(Measure::length(least), Measure::length(bleed))
        });
        Ok(Inspection::looked(looked, finding.into_iter().collect()))
    }
}

/// Art that ends within this many points of the trim ends on it.
const ON_THE_LINE: f64 = 0.05;

/// The edges of a page that have bleed.
fn bleeding(placement: &PagePlacement, edges: BleedEdges) -> Vec<Edge> {
    match (edges, placement.side) {
        (BleedEdges::All, _) => vec![Edge::Left, Edge::Top, Edge::Right, Edge::Bottom],
        (BleedEdges::Outer, Side::Right) => vec![Edge::Top, Edge::Right, Edge::Bottom],
        (BleedEdges::Outer, Side::Left) => vec![Edge::Left, Edge::Top, Edge::Bottom],
    }
}

fn grown(trim: Rect, by: f64, edges: &[Edge]) -> Rect {
    let [mut x0, mut y0, mut x1, mut y1] = trim.to_f64();
    for edge in edges {
        match edge {
            Edge::Left => x0 -= by,
            Edge::Top => y0 -= by,
            Edge::Right => x1 += by,
            Edge::Bottom => y1 += by,
        }
    }
    Rect::new(x0, y0, x1, y1)
}

fn what(art: &Short, placement: &PagePlacement, cx: &Context<'_>) -> String {
    let edge = match (art.edge, placement.side) {
        (Edge::Top, _) => "top",
        (Edge::Bottom, _) => "bottom",
        (Edge::Left, Side::Left) | (Edge::Right, Side::Right) => "outside",
        (Edge::Left, Side::Right) | (Edge::Right, Side::Left) => "bind",
    };
    let beyond = Length::pt(art.beyond.max(0.0));
    if beyond.as_pt() < ON_THE_LINE {
        return format!(
            "{}, which ends on the trim line at the {edge} edge",
            art.what
        );
    }
    format!(
        "{}, which ends {} beyond the trim at the {edge} edge",
        art.what,
        cx.resolved.words(beyond)
    )
}
