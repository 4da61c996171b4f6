//! What rules about edges share: which art covers what, and where it stops between the trim and the edge of the bleed.

use super::page_object::Edge;
use crate::model::facts::{ArtKind, Page};
use crate::model::geometry::Rect;
use crate::model::units::SLACK_PT;

/// The share of `area` that rectangles cover together, to a part in some thousands.
pub(super) fn covered(area: Rect, by: &[Rect]) -> f64 {
    const CELLS: usize = 64;
    let mut cells = vec![false; CELLS * CELLS];
    let (width, height) = (area.width().max(1e-6), area.height().max(1e-6));
    let cell =
        |at: f64, side: f64| (at / side * CELLS as f64).round().clamp(0.0, CELLS as f64) as usize;
    let [left, top, ..] = area.to_f64();
    for rect in by {
        let [x0, y0, x1, y1] = rect.to_f64();
        let (first, last) = (cell(x0 - left, width), cell(x1 - left, width));
        for row in cell(y0 - top, height)..cell(y1 - top, height) {
            if let Some(row) = cells.get_mut(row * CELLS + first..row * CELLS + last) {
                row.fill(true);
            }
        }
    }

    cells.iter().filter(|c| **c).count() as f64 / cells.len() as f64
}

/// A picture or shape that is meant to bleed over an edge but stops before the bleed does.
#[derive(Clone, Debug)]
pub(super) struct Short {
    /// The edge of the page.
    pub(super) edge: Edge,
    /// Where it lies.
    pub(super) area: Rect,
    /// How far beyond the trim it reaches, in points.
    pub(super) beyond: f64,
    /// What it is, for people.
    pub(super) what: String,
}

/// Art this near to the trim, in points, is meant to bleed.
const AT_TRIM: f64 = 0.25;
/// A drawn line counts only where it runs further beyond the trim than a frame that is drawn on it.
const FRAME: f64 = 2.5;
/// Art shorter than this along an edge, in points, may end where it likes: a leaf of a drawing, a flourish.
const SHORTEST: f64 = 36.0;
/// Pieces reported on one page; more are the same fault.
const MOST: usize = 100;
/// Samples along a piece of art to see whether others carry on from it.
const SAMPLES: u16 = 48;
/// It is carried on if others cover so much of what is missing.
const CARRIED: f64 = 0.9;

/// Art that reaches the trim and stops short of the bleed by more than `slack` points on one of `edges`.
///
/// Left out is what cannot be told from its extent: pictures with a mask, which may fade before their edge, and art
/// summed up from many paths. What other art carries on to the edge of the bleed (tiles of one picture, a ground
/// below) is not short.
pub(super) fn short(
    page: &Page,
    trim: Rect,
    bleed: Rect,
    edges: &[Edge],
    slack: f64,
) -> Vec<Short> {
    let images = page.images.iter().filter(|i| i.visible);
    let pictures = images.map(|i| (i.area, (!i.masked).then_some(None), super::words::image(i)));
    let art = page.art.iter().map(|a| {
        let (line, what) = match a.kind {
            ArtKind::Fill => (None, "a filled shape"),
            ArtKind::Shading => (None, "a shading"),
            ArtKind::Stroke => (Some(FRAME), "a drawn line"),
        };
        (a.area, (a.paths == 1).then_some(line), what.to_owned())
    });
    let pieces: Vec<(Rect, Option<Option<f64>>, String)> = pictures.chain(art).collect();
    let mut found = Vec::new();
    for edge in edges {
        let reaching = reaching(pieces.iter().map(|(area, ..)| *area), bleed, *edge, slack);
        for (area, judged, what) in &pieces {
            let Some(frame) = judged else {
                continue;
            };
            let [from, to] = ends(*area, *edge);
            let beyond = outward(*area, *edge) - outward(trim, *edge);
            let missing = outward(bleed, *edge) - outward(*area, *edge);
            let meant = match frame {
                Some(least) => beyond > *least,
                None => beyond >= -AT_TRIM && to - from >= SHORTEST,
            };
            // The other edge must lie inside the page: what is wholly in the bleed is a mark, not art.
            let starts_inside = outward(trim, *edge) + inward(*area, *edge) > AT_TRIM;
            if !meant || missing <= slack + SLACK_PT || !starts_inside {
                continue;
            }
            if carried_on(&reaching, [from, to]) < CARRIED {
                let what = what.clone();
                found.push(Short {
                    edge: *edge,
                    area: *area,
                    beyond,
                    what,
                });
                if found.len() >= MOST {
                    return found;
                }
            }
        }
    }
    found
}

/// How far out an area reaches towards an edge: larger is further.
fn outward(area: Rect, edge: Edge) -> f64 {
    let [x0, y0, x1, y1] = area.to_f64();
    match edge {
        Edge::Left => -x0,
        Edge::Top => -y0,
        Edge::Right => x1,
        Edge::Bottom => y1,
    }
}

/// How far an area reaches away from an edge, on the same scale turned round.
fn inward(area: Rect, edge: Edge) -> f64 {
    let [x0, y0, x1, y1] = area.to_f64();
    match edge {
        Edge::Left => x1,
        Edge::Top => y1,
        Edge::Right => -x0,
        Edge::Bottom => -y0,
    }
}

/// Where an area begins and ends along an edge.
fn ends(area: Rect, edge: Edge) -> [f64; 2] {
    let [x0, y0, x1, y1] = area.to_f64();
    match edge {
        Edge::Left | Edge::Right => [y0, y1],
        Edge::Top | Edge::Bottom => [x0, x1],
    }
}

/// Where along an edge art reaches the edge of the bleed: stretches in order, none touching another.
fn reaching(
    areas: impl Iterator<Item = Rect>,
    bleed: Rect,
    edge: Edge,
    slack: f64,
) -> Vec<[f64; 2]> {
    let mut stretches: Vec<[f64; 2]> = areas
        .filter(|a| outward(bleed, edge) - outward(*a, edge) <= slack + SLACK_PT)
        .filter(|a| outward(bleed, edge) + inward(*a, edge) > slack)
        .map(|a| ends(a, edge))
        .collect();
    stretches.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut merged: Vec<[f64; 2]> = Vec::new();
    for [from, to] in stretches {
        match merged.last_mut() {
            Some([_, end]) if from <= *end + SLACK_PT => *end = end.max(to),
            _ => merged.push([from, to]),
        }
    }
    merged
}

/// The share of a stretch along an edge that others cover.
fn carried_on(reaching: &[[f64; 2]], [from, to]: [f64; 2]) -> f64 {
    let covered = (0..SAMPLES).filter(|i| {
        let at = from + (to - from) * (f64::from(*i) + 0.5) / f64::from(SAMPLES);
        let after = reaching.partition_point(|[start, _]| *start <= at);
        reaching
            .get(after.wrapping_sub(1))
            .is_some_and(|[_, end]| at <= *end)
    });

    covered.count() as f64 / f64::from(SAMPLES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_a_page_together() {
        let page = Rect::new(0.0, 0.0, 400.0, 600.0);
        let tiles: Vec<Rect> = (0..12)
            .map(|i| {
                let (x, y) = (f64::from(i % 3) * 400.0 / 3.0, f64::from(i / 3) * 150.0);
                Rect::new(x, y, x + 400.0 / 3.0, y + 150.0)
            })
            .collect();
        assert!(covered(page, &tiles) > 0.999);
        assert!((covered(page, tiles.get(..6).unwrap_or_default()) - 0.5).abs() < 0.02);
        assert!(covered(page, &[]) < 1e-9);
    }

    #[test]
    fn others_carry_on_where_they_touch_each_other() {
        let bleed = Rect::new(0.0, 0.0, 441.0, 666.0);
        let tiles =
            (0..6).map(|i| Rect::new(360.0, 50.0 * f64::from(i), 441.0, 50.0 * f64::from(i + 1)));
        let reaching = reaching(tiles, bleed, Edge::Right, 0.72);
        assert_eq!(reaching, vec![[0.0, 300.0]]);
        assert!(carried_on(&reaching, [100.0, 200.0]) > 0.999);
        assert!((carried_on(&reaching, [250.0, 350.0]) - 0.5).abs() < 0.03);
        assert!(carried_on(&[], [0.0, 10.0]) < 1e-9);
    }

    #[test]
    fn an_edge_looks_outward_from_every_side() {
        let (inner, outer) = (
            Rect::new(9.0, 9.0, 90.0, 90.0),
            Rect::new(0.0, 0.0, 99.0, 99.0),
        );
        for edge in [Edge::Left, Edge::Top, Edge::Right, Edge::Bottom] {
            assert!((outward(outer, edge) - outward(inner, edge) - 9.0).abs() < 1e-9);
        }
    }
}
