//! The true shape of a path on the page, for what its extent is too coarse for.

use hayro_font::kurbo::{Affine, BezPath, PathEl, Point, flatten};

use crate::model::geometry::Rect;

/// A path as it is painted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathShape<'e> {
    pub(crate) path: &'e BezPath,
    pub(crate) ctm: Affine,
    /// Whether it is filled by the even-odd rule, or by the nonzero one; none for a stroke.
    pub(crate) even_odd: Option<bool>,
    /// The width of a stroke on the page, in points.
    pub(crate) width: f64,
}

/// How far a curve may lie from the lines that stand for it, in points.
const TOLERANCE: f64 = 0.1;
/// Lines of one outline: of more only the extent is known.
const LINES: usize = 4096;

/// A path as straight lines.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    lines: Vec<[f32; 4]>,
    even_odd: Option<bool>,
    /// Half of the width of a stroke.
    reach: f64,
}

impl PathShape<'_> {
    /// Its outline, unless it has too many lines.
    pub(crate) fn outline(&self) -> Option<Outline> {
        if self.path.elements().len() > LINES {
            return None;
        }
        let mut lines: Vec<[f32; 4]> = Vec::new();
        let (mut begin, mut last) = (Point::ZERO, Point::ZERO);
        let placed = self.ctm * self.path;
        flatten(placed.elements().iter().copied(), TOLERANCE, |element| {
            let mut to = |from: Point, p: Point| {
                if lines.len() <= LINES && from != p {
                    lines.push([from.x, from.y, p.x, p.y].map(|v| v as f32));
                }
            };
            match element {
                PathEl::MoveTo(p) => {
                    // What is filled is closed.
                    if self.even_odd.is_some() {
                        to(last, begin);
                    }
                    (begin, last) = (p, p);
                }
                PathEl::LineTo(p) => {
                    to(last, p);
                    last = p;
                }
                _ => {
                    to(last, begin);
                    last = begin;
                }
            }
        });
        if self.even_odd.is_some() && last != begin {
            lines.push([last.x, last.y, begin.x, begin.y].map(|v| v as f32));
        }
        (lines.len() <= LINES).then_some(Outline {
            lines,
            even_odd: self.even_odd,
            reach: self.width / 2.0,
        })
    }
}

impl Outline {
    /// The extents of its lines with their width, cut to pieces of at most so many points; none if there are more than so many.
    pub(crate) fn pieces(&self, longest: f64, most: usize) -> Option<Vec<Rect>> {
        let mut pieces = Vec::new();
        for [x0, y0, x1, y1] in self.lines.iter().map(|line| line.map(f64::from)) {
            let (wide, high) = (x1 - x0, y1 - y0);
            let count = (wide.hypot(high) / longest).ceil().clamp(1.0, 1e6) as usize;
            if pieces.len() + count > most {
                return None;
            }
            let at = |n: usize| {
                let part = n as f64 / count as f64;
                [x0 + part * wide, y0 + part * high]
            };
            pieces
                .extend((0..count).map(|n| Rect::around(&[at(n), at(n + 1)]).inflate(self.reach)));
        }
        Some(pieces)
    }

    /// Whether any of it lies within `area`.
    pub(crate) fn touches(&self, area: Rect) -> bool {
        self.crosses(area) || self.holds(area.middle())
    }

    /// Whether all of `area` lies within it.
    pub(crate) fn covers(&self, area: Rect) -> bool {
        self.holds(area.middle()) && !self.crosses(area)
    }

    /// Whether its edge, or its stroke, passes through `area`.
    fn crosses(&self, area: Rect) -> bool {
        let around = area.inflate(self.reach);
        self.lines.iter().any(|line| passes(*line, around))
    }

    /// Whether a point lies within what is filled.
    fn holds(&self, [x, y]: [f64; 2]) -> bool {
        let Some(even_odd) = self.even_odd else {
            return false;
        };
        let mut winding = 0i32;
        for line in &self.lines {
            let [x0, y0, x1, y1] = line.map(f64::from);
            if (y0 <= y) != (y1 <= y) && x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x {
                winding += if y1 > y0 { 1 } else { -1 };
            }
        }
        if even_odd {
            winding % 2 != 0
        } else {
            winding != 0
        }
    }
}

/// Whether a line passes through a rectangle: what is left of it between the edges is not empty.
fn passes(line: [f32; 4], area: Rect) -> bool {
    let [x0, y0, x1, y1] = line.map(f64::from);
    let [left, top, right, bottom] = area.to_f64();
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (start, along, low, high) in [(x0, x1 - x0, left, right), (y0, y1 - y0, top, bottom)] {
        if along.abs() < 1e-9 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - start) / along, (high - start) / along);
        from = from.max(a.min(b));
        to = to.min(a.max(b));
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(path: &str, even_odd: Option<bool>, width: f64) -> Outline {
        let path = BezPath::from_svg(path).unwrap();
        let shape = PathShape {
            path: &path,
            ctm: Affine::IDENTITY,
            even_odd,
            width,
        };
        shape.outline().unwrap()
    }

    #[test]
    fn a_frame_holds_nothing_of_what_lies_within_it() {
        let inside = Rect::new(30.0, 30.0, 60.0, 40.0);
        let frame = outline("M10 20 Q10 10 20 10 H90 V90 H10 Z", None, 2.0);
        assert!(!frame.touches(inside));
        assert!(frame.touches(Rect::new(88.0, 40.0, 89.5, 50.0)));
        assert!(!frame.touches(Rect::new(80.0, 40.0, 88.9, 50.0)));
        let ring = outline("M0 0H100V100H0Z M20 20H80V80H20Z", Some(true), 0.0);
        assert!(!ring.touches(inside) && ring.touches(Rect::new(5.0, 5.0, 9.0, 9.0)));
        let whole = outline("M0 0H100V100H0Z M20 20H80V80H20Z", Some(false), 0.0);
        assert!(whole.touches(inside) && whole.covers(Rect::new(5.0, 5.0, 9.0, 9.0)));
        let triangle = outline("M0 0L100 0L0 100", Some(false), 0.0);
        assert!(!triangle.touches(Rect::new(70.0, 70.0, 90.0, 90.0)));
        assert!(triangle.touches(Rect::new(40.0, 40.0, 90.0, 90.0)));
        assert!(!triangle.covers(Rect::new(40.0, 40.0, 90.0, 90.0)));
    }
}
