//! The cover's ground does not reach the edge of the file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{CoverRaster, Page};
use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::model::units::Length;
use crate::resolve::cover_art;
use crate::rules::page_object::Edge;
use crate::rules::paint::list;
use crate::rules::reach::short;
use crate::rules::{Context, Meta, Need, Rule};

/// How exactly the bleed is meant. The bleed itself belongs to the cover's geometry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Short by less than this is not spoken of.
    ignore_below: Length,
    /// A ground that stops further inside the trim than this has a white frame on purpose.
    frame_from: Length,
}

pub(super) struct CoverBleedMissing;

/// A ground goes on for at least so many points; what is narrower is a frame or a line.
const GROUND: f64 = 9.0;
/// It lies along at least this share of an edge.
const ALONG: f64 = 0.25;
/// The edges by name, in the order of the facts.
const EDGES: [(&str, Edge); 4] = [
    ("left", Edge::Left),
    ("top", Edge::Top),
    ("right", Edge::Right),
    ("bottom", Edge::Bottom),
];

impl Rule for CoverBleedMissing {
    const META: Meta = Meta {
        id: "cover-bleed-missing",
        title: "the cover's ground does not reach the edge of the file",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "Covers are cut with some drift, hard covers are wrapped around their boards. Where the ground stops before the edge \
              of the file, white shows at the edge of the book. A cover that is white there on purpose is not meant.",
        fix: "Extend the ground to the edge of the file on all four sides (do not scale up the whole cover: that moves the spine).",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let page = cx.cover_page()?;
        let trim = cx.trim()?;
        let model = cx.model()?;
        let art = cover_art(page, trim, model);
        let bleed = model.bleed.as_pt();
        let gaps = match &page.backdrop {
            Some(backdrop) if !art.on_sheet() => seen(backdrop, page, bleed, limits),
            _ => gaps_by_extent(page, art.area, bleed, limits),
        };
        let finding = gaps.iter().max_by(|a, b| a.depth.total_cmp(&b.depth)).map(|worst| {
            let depth = Length::pt(worst.depth);
            let wanted = model.bleed;
            let edges: Vec<&str> = gaps.iter().map(|g| g.edge).collect();
            let edges = match edges.as_slice() {
                [one] => format!("{one} edge"),
                several => format!("{} edges", list(several)),
            };
            let reached = (wanted - depth).as_pt().max(0.0);
            let message = format!(
                "the cover's ground stops {} short of the file's {edges}; {} of art beyond the trim needed",
                cx.resolved.words(depth),
                cx.resolved.words(wanted),
            );
            let places = gaps.iter().map(|g| Place { page: page.number, area: Some(g.area), what: g.what.clone() });
            Finding::about(Part::Cover, message)
                .at_places(places.collect())
                .measured(Measure::length(Length::pt(reached)), Measure::length(wanted))
        });
        Ok(Inspection::looked(
            EDGES.len(),
            finding.into_iter().collect(),
        ))
    }
}

/// Where the ground stops short at one edge.
struct Gap {
    edge: &'static str,
    /// By how much, in points.
    depth: f64,
    /// What is bare.
    area: Rect,
    what: String,
}

/// By the raster of the cover: bare paper along an edge, then a background that begins at one depth.
fn seen(backdrop: &CoverRaster, page: &Page, bleed: f64, limits: &Limits) -> Vec<Gap> {
    let step = f64::from(backdrop.step);
    let points = |steps: u16| f64::from(steps) * step;
    let mut gaps = Vec::new();
    for ((name, edge), lines) in EDGES.into_iter().zip(&backdrop.edges) {
        // How many lines have the ground begin at each depth.
        let mut depths: Vec<(u16, usize)> = Vec::new();
        for line in lines {
            let bare = points(line.bare);
            let short =
                bare > limits.ignore_below.as_pt() && bare < bleed + limits.frame_from.as_pt();
            if short && points(line.inked) >= GROUND {
                match depths.iter_mut().find(|(d, _)| *d == line.bare) {
                    Some((_, n)) => *n += 1,
                    None => depths.push((line.bare, 1)),
                }
            }
        }
        let near = |depth: u16| -> usize {
            depths
                .iter()
                .filter(|(d, _)| d.abs_diff(depth) <= 1)
                .map(|(_, n)| *n)
                .sum()
        };
        let most = depths
            .iter()
            .map(|(d, _)| (near(*d), *d))
            .max_by_key(|(n, d)| (*n, u16::MAX - *d));
        let share = most.map_or(0.0, |(n, _)| n as f64 / lines.len().max(1) as f64);
        if let Some((_, depth)) = most.filter(|_| share >= ALONG) {
            let depth = points(depth);
            let what = format!(
                "bare paper at the {name} edge, {:.1} mm wide, along {:.0} % of it",
                Length::pt(depth).as_mm(),
                share * 100.0
            );
            gaps.push(Gap {
                edge: name,
                depth,
                area: strip(page, edge, depth),
                what,
            });
        }
    }
    gaps
}

/// By the extents of its marks, where the cover lies on a sheet or was not rasterised.
fn gaps_by_extent(page: &Page, area: Rect, bleed: f64, limits: &Limits) -> Vec<Gap> {
    let trim = area.inflate(-bleed);
    let mut gaps: Vec<Gap> = Vec::new();
    for (name, edge) in EDGES {
        for art in short(page, trim, area, &[edge], limits.ignore_below.as_pt()) {
            let (along, whole) = match edge {
                Edge::Left | Edge::Right => (art.area.height(), area.height()),
                Edge::Top | Edge::Bottom => (art.area.width(), area.width()),
            };
            let depth = bleed - art.beyond;
            if along >= ALONG * whole && !gaps.iter().any(|g| g.edge == name) {
                let what = format!(
                    "{}, {:.1} mm short of the {name} edge of the bleed",
                    art.what,
                    Length::pt(depth).as_mm()
                );
                gaps.push(Gap {
                    edge: name,
                    depth,
                    area: art.area,
                    what,
                });
            }
        }
    }
    gaps
}

fn strip(page: &Page, edge: Edge, depth: f64) -> Rect {
    let (w, h) = (page.size.width, page.size.height);
    match edge {
        Edge::Left => Rect::new(0.0, 0.0, depth, h),
        Edge::Top => Rect::new(0.0, 0.0, w, depth),
        Edge::Right => Rect::new(w - depth, 0.0, w, h),
        Edge::Bottom => Rect::new(0.0, h - depth, w, h),
    }
}
