//! Crop marks: short thin lines that stand apart from the corners of a rectangle and point at them from outside; or that
//! touch the corners, cross at them, or run around the whole as a frame.

use std::ops::RangeInclusive;

use crate::model::facts::{CropMarks, MarkStyle};
use crate::model::geometry::{Rect, Size};
use crate::pdf::{PathMark, PathMode};

/// Marks are between these long, in points: 1/16 in at the least, from the edge of a letter sheet to a 5 x 8 in page at the most.
const MARK_LENGTH: RangeInclusive<f64> = 4.0..=130.0;
/// How far a mark keeps from the corner it points at, in points.
const APART: RangeInclusive<f32> = 1.0..=45.0;
/// The same for marks that touch their corner, as borders and the ticks of a chart do as well.
const TOUCHING: RangeInclusive<f32> = -0.5..=1.0;
/// Lines that cross at a corner go on at least this far beyond it, in points.
const CROSSING: f32 = 3.0;
/// Marks of one corner or edge agree within this, in points.
const SAME: f32 = 0.5;
/// They lie in the outer parts of the page, this share of it from each edge.
const OUTER: f64 = 0.35;
/// No book page is smaller, in points.
const MIN_TRIM: f32 = 72.0;
/// Lines looked at in each direction; a page with more of them near its corners is a map or a table.
const MAX_LINES: usize = 120;
/// Long lines looked at in each direction; a page with more of them has a table.
const EDGES: usize = 24;
/// How far the edges of a frame may go beyond each other, or fall short, in points.
const MEET: f32 = 1.5;
/// Corners looked at of each of the four kinds.
const CORNERS: usize = 24;

/// Collects lines that may be crop marks.
pub(super) struct CropMarkFinder {
    page: Size,
    across: Vec<Rect>,
    down: Vec<Rect>,
    /// Longer lines, which may be the edges of a frame.
    edges_across: Vec<Rect>,
    edges_down: Vec<Rect>,
}

/// A corner that two lines point at from outside.
#[derive(Clone, Copy)]
struct MarkCorner {
    x: f32,
    y: f32,
    lines: Rect,
}

impl CropMarkFinder {
    pub(super) fn new(page: Size) -> Self {
        Self {
            page,
            across: Vec::new(),
            down: Vec::new(),
            edges_across: Vec::new(),
            edges_down: Vec::new(),
        }
    }

    /// Takes a path that leaves ink.
    pub(super) fn path(&mut self, mark: &PathMark<'_>) {
        // All marks of a page may be one path, with two lines a corner and crosses between; a drawing has more.
        if mark.mode == PathMode::Shading || mark.parts.len() > 64 {
            return;
        }
        for part in mark.parts {
            let (width, height) = (part.width(), part.height());
            let long = width.max(height);
            if width.min(height) > CropMarks::THICK_PT {
                continue;
            }
            let (marks, edges) = if width > height {
                (&mut self.across, &mut self.edges_across)
            } else {
                (&mut self.down, &mut self.edges_down)
            };
            if MARK_LENGTH.contains(&long) && is_outer(*part, self.page) && marks.len() < MAX_LINES
            {
                marks.push(*part);
            }
            if long >= f64::from(MIN_TRIM) && edges.len() < EDGES {
                edges.push(*part);
            }
        }
    }

    /// Drops what an opaque mark over `area` hides.
    pub(super) fn cover(&mut self, area: Rect) {
        let all = [
            &mut self.across,
            &mut self.down,
            &mut self.edges_across,
            &mut self.edges_down,
        ];
        for lines in all {
            lines.retain(|line| !area.contains(*line, 0.0));
        }
    }

    /// The rectangle that most corners agree on: of marks apart from it the innermost, for bleed marks stand around it; of
    /// lines that touch it the outermost, for inside there may be a table. What only marks can be comes first.
    pub(super) fn finish(self) -> Option<CropMarks> {
        self.around(MarkStyle::Apart, 3)
            .or_else(|| self.around(MarkStyle::Touching, 3))
            .or_else(|| self.around(MarkStyle::Crossing, 3))
            .or_else(|| self.around(MarkStyle::Apart, 2))
            .or_else(|| self.frame())
    }

    /// The outermost rectangle with a line along each of its edges, from corner to corner.
    fn frame(&self) -> Option<CropMarks> {
        let mut best: Option<CropMarks> = None;
        for top in &self.edges_across {
            for bottom in &self.edges_across {
                let (y0, y1) = (middle(top.y0, top.y1), middle(bottom.y0, bottom.y1));
                let (x0, x1) = (top.x0, top.x1);
                if y1 - y0 < MIN_TRIM || !(meet(x0, bottom.x0) && meet(x1, bottom.x1)) {
                    continue;
                }
                let edge = |x: f32| {
                    let mut down = self.edges_down.iter();
                    down.find(|e| meet(middle(e.x0, e.x1), x) && meet(e.y0, y0) && meet(e.y1, y1))
                };
                let (Some(left), Some(right)) = (edge(x0), edge(x1)) else {
                    continue;
                };
                let trim = Rect {
                    x0: middle(left.x0, left.x1),
                    y0,
                    x1: middle(right.x0, right.x1),
                    y1,
                };
                if best
                    .as_ref()
                    .is_none_or(|known| size(trim) > size(known.trim))
                {
                    best = Some(CropMarks {
                        trim,
                        corners: 4,
                        area: top.union(*left),
                        style: MarkStyle::Frame,
                    });
                }
            }
        }
        best
    }

    fn around(&self, style: MarkStyle, least: u8) -> Option<CropMarks> {
        let outermost = style != MarkStyle::Apart;
        let mut kinds: [Vec<MarkCorner>; 4] = Default::default();
        for across in &self.across {
            for down in &self.down {
                let at = match style {
                    MarkStyle::Apart => {
                        corner(*across, *down, &APART).map(|(kind, c)| (kind..=kind, c))
                    }
                    MarkStyle::Touching => {
                        corner(*across, *down, &TOUCHING).map(|(kind, c)| (kind..=kind, c))
                    }
                    MarkStyle::Crossing => crossing(*across, *down).map(|c| (0..=3, c)),
                    MarkStyle::Frame => None,
                };
                let Some((of_kinds, corner)) = at else {
                    continue;
                };
                for corners in kinds.get_mut(of_kinds).into_iter().flatten() {
                    let known = |c: &MarkCorner| same(c.x, corner.x) && same(c.y, corner.y);
                    if corners.len() < CORNERS && !corners.iter().any(known) {
                        corners.push(corner);
                    }
                }
            }
        }
        let [top_left, top_right, bottom_left, bottom_right] = &kinds;
        let mut best: Option<(u8, CropMarks)> = None;
        for (near, far) in [(top_left, bottom_right), (bottom_left, top_right)] {
            for a in near {
                for b in far {
                    let trim = Rect {
                        x0: a.x,
                        y0: a.y.min(b.y),
                        x1: b.x,
                        y1: a.y.max(b.y),
                    };
                    let upright = (a.y < b.y) == std::ptr::eq(near, top_left);
                    if !upright || b.x - a.x < MIN_TRIM || trim.y1 - trim.y0 < MIN_TRIM {
                        continue;
                    }
                    let at = |corners: &[MarkCorner], x: f32, y: f32| {
                        corners.iter().any(|c| same(c.x, x) && same(c.y, y))
                    };
                    let found = [
                        at(top_left, trim.x0, trim.y0),
                        at(top_right, trim.x1, trim.y0),
                        at(bottom_left, trim.x0, trim.y1),
                        at(bottom_right, trim.x1, trim.y1),
                    ];
                    let corners = found.into_iter().map(u8::from).sum::<u8>();
                    let fitter = |known: &CropMarks| (size(trim) < size(known.trim)) != outermost;
                    let better = best
                        .as_ref()
                        .is_none_or(|(n, known)| corners > *n || (corners == *n && fitter(known)));
                    if corners >= least && better {
                        let marks = CropMarks {
                            trim,
                            corners,
                            area: a.lines,
                            style,
                        };
                        best = Some((corners, marks));
                    }
                }
            }
        }
        best.map(|(_, marks)| marks)
    }
}

fn same(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME
}

/// Whether the ends of two edges meet, whatever half of their width they go on beyond each other.
fn meet(a: f32, b: f32) -> bool {
    (a - b).abs() <= MEET
}

fn middle(a: f32, b: f32) -> f32 {
    f32::midpoint(a, b)
}

fn size(r: Rect) -> f64 {
    r.width() * r.height()
}

/// Whether a line lies in the outer parts of a page both ways.
fn is_outer(line: Rect, page: Size) -> bool {
    let outer = |at: f32, side: f64| {
        let share = f64::from(at) / side.max(1.0);
        share <= OUTER || share >= 1.0 - OUTER
    };
    outer(middle(line.x0, line.x1), page.width) && outer(middle(line.y0, line.y1), page.height)
}

/// The corner that a line across and a line down point at, and which of the four it is: top left, top right, bottom
/// left, bottom right.
fn corner(across: Rect, down: Rect, gap: &RangeInclusive<f32>) -> Option<(usize, MarkCorner)> {
    let x = f32::midpoint(down.x0, down.x1);
    let y = f32::midpoint(across.y0, across.y1);
    let apart = |by: f32| gap.contains(&by);
    let right = if apart(x - across.x1) {
        0
    } else if apart(across.x0 - x) {
        1
    } else {
        return None;
    };
    let bottom = if apart(y - down.y1) {
        0
    } else if apart(down.y0 - y) {
        2
    } else {
        return None;
    };
    let lines = across.union(down);
    Some((right + bottom, MarkCorner { x, y, lines }))
}

/// The point where two lines cross, each going on beyond it both ways.
fn crossing(across: Rect, down: Rect) -> Option<MarkCorner> {
    let (x, y) = (middle(down.x0, down.x1), middle(across.y0, across.y1));
    let through = |from: f32, at: f32, to: f32| at - from >= CROSSING && to - at >= CROSSING;
    let lines = across.union(down);
    (through(across.x0, x, across.x1) && through(down.y0, y, down.y1)).then_some(MarkCorner {
        x,
        y,
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::{Appearance, Blend, Compositing, PaintEffect};

    fn page(lines: &[[f64; 4]]) -> Option<CropMarks> {
        let mut corners = CropMarkFinder::new(Size::new(504.0, 720.0));
        for [x0, y0, x1, y1] in lines {
            let area = Rect::new(x0 - 0.1, y0 - 0.1, x1 + 0.1, y1 + 0.1);
            corners.path(&PathMark {
                mode: PathMode::Stroke,
                effect: PaintEffect::Ink,
                outline: area,
                seen: Some(area),
                hides: false,
                parts: &[area],
                width: 0.2,
                cell: &[],
                shape: None,
                appearance: Appearance {
                    colour: 0,
                    overprint: false,
                    nonzero: false,
                    alpha: 1.0,
                    groups: 1.0,
                    blend: Blend::Normal,
                    masked: false,
                    has_artwork: false,
                    within: Compositing::default(),
                },
            });
        }
        corners.finish()
    }

    /// Marks around 36 to 468 by 36 to 684, `gap` away from the corners.
    fn marks(gap: f64) -> Vec<[f64; 4]> {
        let mut lines = Vec::new();
        for (x, out) in [(36.0, -1.0), (468.0, 1.0)] {
            for (y, down) in [(36.0, -1.0), (684.0, 1.0)] {
                lines.push([x + out * gap, y, x + out * 24.0, y]);
                lines.push([x, y + down * gap, x, y + down * 24.0]);
            }
        }
        lines
    }

    #[test]
    fn marks_at_four_or_three_corners_give_the_trim() {
        let found = page(&marks(6.0)).map(|m| (m.trim, m.corners));
        assert_eq!(found, Some((Rect::new(36.0, 36.0, 468.0, 684.0), 4)));
        assert_eq!(page(&marks(6.0)[2..]).map(|m| m.corners), Some(3));
        let side = page(&marks(6.0)[4..]);
        assert_eq!(side, None, "two corners of one side mark no height");
        let across = [&marks(6.0)[..2], &marks(6.0)[6..]].concat();
        let found = page(&across).map(|m| (m.trim, m.corners, m.stand_apart()));
        assert_eq!(found, Some((Rect::new(36.0, 36.0, 468.0, 684.0), 2, false)));
    }

    #[test]
    fn frames_and_crosses_give_the_trim_and_are_told_apart() {
        let mut frame = Vec::new();
        for x in [36.0, 468.0] {
            frame.push([x, 36.0, x, 684.0]);
        }
        for y in [36.0, 684.0] {
            frame.push([36.0, y, 468.0, y]);
        }
        let found = |lines: &[[f64; 4]]| page(lines).map(|m| (m.trim, m.style));
        let trim = Rect::new(36.0, 36.0, 468.0, 684.0);
        assert_eq!(found(&frame), Some((trim, MarkStyle::Frame)));
        assert_eq!(found(&frame[1..]), None);
        assert_eq!(found(&marks(-18.0)), Some((trim, MarkStyle::Crossing)));
    }

    #[test]
    fn bleed_marks_outside_do_not_hide_the_trim() {
        let mut lines = marks(12.0);
        for (x, out) in [(27.0, -1.0), (477.0, 1.0)] {
            for (y, down) in [(27.0, -1.0), (693.0, 1.0)] {
                lines.push([x + out * 3.0, y, x + out * 15.0, y]);
                lines.push([x, y + down * 3.0, x, y + down * 15.0]);
            }
        }
        let trim = page(&lines).map(|m| m.trim);
        assert_eq!(trim, Some(Rect::new(36.0, 36.0, 468.0, 684.0)));
    }

    #[test]
    fn lines_that_touch_their_corner_are_told_apart() {
        let found = page(&marks(0.2)).map(|m| (m.corners, m.style));
        assert_eq!(found, Some((4, MarkStyle::Touching)));
        assert_eq!(page(&marks(6.0)).map(|m| m.style), Some(MarkStyle::Apart));
    }
}
