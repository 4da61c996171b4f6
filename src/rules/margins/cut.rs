//! Pictures and drawings that fall off the page: they run over one edge of it by more than any bleed, or take text with them.

use crate::model::facts::{Art, ArtKind, Beyond, BeyondKind, Page};
use crate::model::geometry::Rect;
use crate::resolve::PagePlacement;
use crate::rules::page_object::Edge;

/// A picture or drawing that the edge of the page cuts.
pub(super) struct Cut<'a> {
    /// Whether it is drawn with lines and shapes, as tables and charts are.
    pub(super) drawn: bool,
    /// What is left of it on the page.
    pub(super) area: Rect,
    /// The edge that cuts it.
    pub(super) edge: Edge,
    /// How much of it is lost, in points.
    pub(super) lost: f64,
    /// Text that is lost with it.
    pub(super) text: Option<&'a Beyond>,
    /// Lines and shapes of it that lie wholly beyond.
    pub(super) rest: Option<&'a Beyond>,
}

/// Beyond the edge by more than this, in points, is no bleed: templates ask for a quarter of an inch at the most.
const FAR: f64 = 21.6;
/// With text beyond the edge below or beside it, this much is enough.
const NEAR: f64 = 1.0;
/// A rule, be it a double one, is no thicker, in points.
const RULE: f64 = 6.0;
/// The last rule of a table is as long as the rest of it is high, to this share.
const ALIKE: f64 = 0.5;
/// It lies further over the edge than this, in points.
const SHORT: f64 = 2.0;
/// A box that is filled covers this share of what reaches the edge.
const FILLED: f64 = 0.5;
/// How far the picture keeps from the two edges beside the one that cuts it, in points: art that bleeds reaches them.
const INSIDE: f64 = 9.0;
/// Text this near beyond the edge, in points, belongs to the picture.
const CAPTION: f64 = 108.0;

/// The pictures of a page that fall off it.
pub(super) fn cut<'a>(page: &'a Page, placement: &PagePlacement) -> Vec<Cut<'a>> {
    let images = page
        .images
        .iter()
        .filter(|i| i.visible && !i.is_flat_fill());
    let mut cuts: Vec<Cut<'a>> = images
        .filter_map(|i| one(page, placement, i.area, i.whole))
        .collect();
    for edge in [Edge::Left, Edge::Top, Edge::Right, Edge::Bottom] {
        if !cuts.iter().any(|c| c.edge == edge) {
            cuts.extend(drawing(page, placement, edge));
        }
    }
    cuts
}

/// A drawing of lines and shapes that falls off an edge: some of it lies wholly beyond, or text does.
fn drawing<'a>(page: &'a Page, placement: &PagePlacement, edge: Edge) -> Option<Cut<'a>> {
    let (width, height) = (page.size.width, page.size.height);
    let at_edge = |a: Rect| {
        let [x0, y0, x1, y1] = a.to_f64();
        let reaches = [x0 <= 0.1, y0 <= 0.1, x1 >= width - 0.1, y1 >= height - 0.1];
        let reached = reaches.into_iter().filter(|r| *r).count();
        reached == 1 && reaches.get(edge as usize).copied().unwrap_or(false)
    };
    let art = page.art.iter().map(|a| a.area);
    let area = art.filter(|a| at_edge(*a)).reduce(Rect::union)?;
    let [x0, y0, x1, y1] = area.to_f64();
    let beside = match edge {
        Edge::Left | Edge::Right => y0 > INSIDE && y1 < height - INSIDE,
        Edge::Top | Edge::Bottom => x0 > INSIDE && x1 < width - INSIDE,
    };
    let lost = |b: &&Beyond| b.whole && is_beside(b.area, area, page, edge);
    let of = |kind: BeyondKind| page.beyond.iter().filter(lost).find(|b| b.kind == kind);
    let (text, rest) = (of(BeyondKind::Text), of(BeyondKind::Art));
    let by = [text, rest].into_iter().flatten().map(|b| {
        let [a0, b0, a1, b1] = b.area.to_f64();
        match edge {
            Edge::Left => -a0,
            Edge::Top => -b0,
            Edge::Right => a1 - width,
            Edge::Bottom => b1 - height,
        }
    });
    let by = by.reduce(f64::max)?;
    let last_rule = rest.is_some_and(|rest| is_rule_beside(rest.area, area, edge));
    // Bleed runs over the edge as well, and so does a box filled with colour.
    let filled = || {
        let filled = |a: &&Art| a.kind != ArtKind::Stroke && at_edge(a.area);
        let boxes = page.art.iter().filter(filled).map(|a| a.area.area());
        boxes.fold(0.0, f64::max) >= FILLED * area.area()
    };
    let last_rule = last_rule && !placement.bleed && by > SHORT && !filled();
    let is_cut = beside && (text.is_some() || last_rule || by > FAR);
    is_cut.then_some(Cut {
        drawn: true,
        area,
        edge,
        lost: by,
        text,
        rest,
    })
}

/// Whether what lies beyond is a line along an edge as long as the drawing that the edge cuts: the last rule of a table.
fn is_rule_beside(rest: Rect, drawing: Rect, edge: Edge) -> bool {
    let (thick, long, side) = match edge {
        Edge::Left | Edge::Right => (rest.width(), rest.height(), drawing.height()),
        Edge::Top | Edge::Bottom => (rest.height(), rest.width(), drawing.width()),
    };
    thick <= RULE && side > 0.0 && (long / side - 1.0).abs() <= ALIKE
}

fn one<'a>(page: &'a Page, placement: &PagePlacement, area: Rect, whole: Rect) -> Option<Cut<'a>> {
    let (width, height) = (page.size.width, page.size.height);
    let [x0, y0, x1, y1] = whole.to_f64();
    let over = [
        (Edge::Left, -x0),
        (Edge::Top, -y0),
        (Edge::Right, x1 - width),
        (Edge::Bottom, y1 - height),
    ];
    let mut beyond = over.into_iter().filter(|(_, by)| *by > NEAR);
    let (Some((edge, lost)), None) = (beyond.next(), beyond.next()) else {
        return None;
    };
    let beside = match edge {
        Edge::Left | Edge::Right => y0 > INSIDE && y1 < height - INSIDE,
        Edge::Top | Edge::Bottom => x0 > INSIDE && x1 < width - INSIDE,
    };
    // What a clip cuts before the page does is cut on purpose.
    let reaches = match edge {
        Edge::Left => f64::from(area.x0) <= 0.1,
        Edge::Top => f64::from(area.y0) <= 0.1,
        Edge::Right => f64::from(area.x1) >= width - 0.1,
        Edge::Bottom => f64::from(area.y1) >= height - 0.1,
    };
    if !beside || !reaches {
        return None;
    }
    let is_lost = |b: &&Beyond| b.kind == BeyondKind::Text && is_beside(b.area, whole, page, edge);
    let text = page.beyond.iter().find(is_lost);
    let is_cut = text.is_some() || (lost > FAR && !placement.bleed);
    is_cut.then_some(Cut {
        drawn: false,
        area,
        edge,
        lost,
        text,
        rest: None,
    })
}

/// Whether text lies beyond an edge of the page, below or beside a picture that the edge cuts.
fn is_beside(text: Rect, picture: Rect, page: &Page, edge: Edge) -> bool {
    let ([a0, b0, a1, b1], [x0, y0, x1, y1]) = (text.to_f64(), picture.to_f64());
    let (width, height) = (page.size.width, page.size.height);
    let across = a0 < x1 && a1 > x0;
    let along = b0 < y1 && b1 > y0;
    match edge {
        Edge::Left => along && a1 <= 0.0 && x0 - a1 < CAPTION,
        Edge::Top => across && b1 <= 0.0 && y0 - b1 < CAPTION,
        Edge::Right => along && a0 >= width && a0 - x1 < CAPTION,
        Edge::Bottom => across && b0 >= height && b0 - y1 < CAPTION,
    }
}

/// An edge by name.
pub(super) fn edge_words(edge: Edge) -> &'static str {
    match edge {
        Edge::Left => "left",
        Edge::Top => "top",
        Edge::Right => "right",
        Edge::Bottom => "bottom",
    }
}
