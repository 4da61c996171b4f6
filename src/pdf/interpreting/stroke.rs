//! The exact extent of a stroked path, without building its outline.

use std::rc::Rc;

use hayro_font::kurbo::{self, Affine, BezPath, Cap, Join, PathEl, Point, Rect, Shape, Vec2};

/// The stroke parameters.
#[derive(Clone, Debug)]
pub(crate) struct Pen {
    /// Width in user space.
    pub(crate) width: f64,
    /// The line cap.
    pub(crate) cap: Cap,
    /// The line join.
    pub(crate) join: Join,
    /// The miter limit.
    pub(crate) miter_limit: f64,
    /// Dashes, unless the line is solid.
    pub(crate) dash: Option<Rc<Dash>>,
}

impl Pen {
    /// The outline of what it draws along `path`, in user space, fine enough for so many pixels a point under `ctm`. A line
    /// thinner than a pixel is drawn as one.
    pub(crate) fn outline(&self, path: &BezPath, ctm: Affine, pixels: f64) -> BezPath {
        let scale = (ctm.determinant().abs().sqrt() * pixels).max(1e-6);
        let tolerance = 0.1 / scale;
        let style = kurbo::Stroke::new(self.width.max(1.0 / scale))
            .with_caps(self.cap)
            .with_join(self.join)
            .with_miter_limit(self.miter_limit);
        let options = kurbo::StrokeOpts::default();
        match &self.dash {
            Some(dash) if dash.is_affordable(path, tolerance) => {
                let dashes = kurbo::dash(path.iter(), dash.phase, &dash.lengths);
                kurbo::stroke(dashes, &style, &options, tolerance)
            }
            _ => kurbo::stroke(path, &style, &options, tolerance),
        }
    }
}

/// Lengths of dashes and gaps in turn, in user space.
#[derive(Clone, Debug)]
pub(crate) struct Dash {
    lengths: Vec<f64>,
    phase: f64,
}

impl Dash {
    /// None for what leaves a line solid: no lengths, or senseless ones.
    pub(crate) fn new(lengths: Vec<f64>, phase: f64) -> Option<Self> {
        let sound = phase.is_finite() && lengths.iter().all(|l| l.is_finite() && *l >= 0.0);
        let period: f64 = lengths.iter().sum();
        (sound && period > 0.0).then(|| Self {
            // A dash without length is a dot; kurbo needs some length to walk along.
            lengths: lengths.into_iter().map(|l| l.max(SHORTEST)).collect(),
            phase,
        })
    }

    /// Whether the dashes along `path` are so few that they can be drawn one by one.
    fn is_affordable(&self, path: &BezPath, tolerance: f64) -> bool {
        let mean = self.lengths.iter().sum::<f64>() / self.lengths.len().max(1) as f64;
        path.perimeter(tolerance.max(0.1)) / mean <= MOST_DASHES
    }
}

/// The length of a dash written as zero.
const SHORTEST: f64 = 0.01;
/// Beyond this many dashes a line is measured as if it were solid: at most one gap too long.
const MOST_DASHES: f64 = 20_000.0;

/// Curves are followed by chords no further off than this, in user-space units scaled to the page.
const FLATNESS: f64 = 0.02;

/// Calls `piece` with the extent on the page of every segment, corner and end that `pen` draws along
/// `path` under `ctm`. Their union is the extent of the stroke.
pub(crate) fn pieces(path: &BezPath, pen: &Pen, ctm: Affine, mut piece: impl FnMut(Rect)) {
    let scale = ctm.determinant().abs().sqrt();
    let tolerance = if scale > 0.0 {
        FLATNESS / scale
    } else {
        FLATNESS
    };
    let mut tracer = Tracer {
        pen,
        half: pen.width / 2.0,
        ctm,
        piece: &mut piece,
        start: Point::ZERO,
        last: Point::ZERO,
        first_direction: None,
        direction: None,
    };
    match &pen.dash {
        Some(dash) if dash.is_affordable(path, tolerance) => {
            let dashes = kurbo::dash(path.iter(), dash.phase, &dash.lengths);
            kurbo::flatten(dashes, tolerance, |el| tracer.element(el));
        }
        _ => kurbo::flatten(path, tolerance, |el| tracer.element(el)),
    }
    tracer.end_open();
}

struct Tracer<'f> {
    pen: &'f Pen,
    half: f64,
    ctm: Affine,
    piece: &'f mut dyn FnMut(Rect),
    start: Point,
    last: Point,
    first_direction: Option<Vec2>,
    direction: Option<Vec2>,
}

impl Tracer<'_> {
    fn element(&mut self, element: PathEl) {
        match element {
            PathEl::MoveTo(p) => {
                self.end_open();
                self.start = p;
                self.last = p;
            }
            PathEl::LineTo(p) => self.line(p),
            PathEl::ClosePath => {
                self.line(self.start);
                if let (Some(from), Some(to)) = (self.direction, self.first_direction) {
                    self.corner(self.start, from, to);
                }
                self.first_direction = None;
                self.direction = None;
                self.last = self.start;
            }
            // Flattening leaves no curves.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        }
    }

    fn line(&mut self, to: Point) {
        let along = to - self.last;
        let length = along.hypot();
        if length == 0.0 {
            // A dot: round and square ends still paint it.
            if self.first_direction.is_none() {
                self.first_direction = Some(Vec2::new(1.0, 0.0));
                self.direction = self.first_direction;
            }
            return;
        }
        let unit = along / length;
        let across = Vec2::new(-unit.y, unit.x) * self.half;
        self.corners(&[
            self.last + across,
            self.last - across,
            to + across,
            to - across,
        ]);
        if let Some(before) = self.direction {
            self.corner(self.last, before, unit);
        } else {
            self.first_direction = Some(unit);
        }
        self.direction = Some(unit);
        self.last = to;
    }

    fn corner(&mut self, at: Point, from: Vec2, to: Vec2) {
        let turn = from.cross(to);
        if turn.abs() < 1e-9 && from.dot(to) > 0.0 {
            return;
        }
        match self.pen.join {
            Join::Bevel => {}
            Join::Round => self.disc(at),
            Join::Miter => {
                // 1 / sin(half the angle between the segments) is the mitre's length over the width.
                let half_angle_sine = ((1.0 + from.dot(to)) / 2.0).max(0.0).sqrt();
                if half_angle_sine <= 0.0 || 1.0 / half_angle_sine > self.pen.miter_limit {
                    return;
                }
                let outward = from - to;
                let norm = outward.hypot();
                if norm > 0.0 {
                    let tip = at + outward / norm * (self.half / half_angle_sine);
                    self.corners(&[tip]);
                }
            }
        }
    }

    fn end_open(&mut self) {
        let (Some(first), Some(last)) = (self.first_direction.take(), self.direction.take()) else {
            return;
        };
        self.cap(self.start, -first);
        self.cap(self.last, last);
    }

    fn cap(&mut self, at: Point, outward: Vec2) {
        match self.pen.cap {
            Cap::Butt => {}
            Cap::Round => self.disc(at),
            Cap::Square => {
                let out = at + outward * self.half;
                let across = Vec2::new(-outward.y, outward.x) * self.half;
                self.corners(&[out + across, out - across]);
            }
        }
    }

    fn disc(&mut self, at: Point) {
        let [a, b, c, d, ..] = self.ctm.as_coeffs();
        let (rx, ry) = (self.half * a.hypot(c), self.half * b.hypot(d));
        let at = self.ctm * at;
        (self.piece)(Rect::new(at.x - rx, at.y - ry, at.x + rx, at.y + ry));
    }

    fn corners(&mut self, points: &[Point]) {
        let mut area: Option<Rect> = None;
        for p in points {
            let p = self.ctm * *p;
            area = Some(area.map_or(Rect::from_points(p, p), |r| r.union_pt(p)));
        }
        if let Some(area) = area {
            (self.piece)(area);
        }
    }
}

/// The exact extent of a filled path on the page, subpath by subpath.
pub(crate) fn fills(path: &BezPath, ctm: Affine, mut piece: impl FnMut(Rect)) {
    let mut part = BezPath::new();
    let mut flush = |part: &mut BezPath| {
        if part.elements().len() > 1 {
            piece(part.bounding_box());
        }
        part.truncate(0);
    };
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            flush(&mut part);
        }
        part.push(ctm * *element);
    }
    flush(&mut part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(svg: &str, pen: Pen, ctm: Affine) -> Rect {
        let path = BezPath::from_svg(svg).unwrap_or_default();
        let mut all: Option<Rect> = None;
        pieces(&path, &pen, ctm, |r| {
            all = Some(all.map_or(r, |a| a.union(r)))
        });
        all.unwrap_or_default()
    }

    const PEN: Pen = Pen {
        width: 2.0,
        cap: Cap::Butt,
        join: Join::Miter,
        miter_limit: 10.0,
        dash: None,
    };

    #[test]
    fn agrees_with_an_expanded_outline() {
        use hayro_font::kurbo::{Stroke, StrokeOpts, stroke};
        let paths = [
            "M 10 10 L 50 10 L 50 40 Z",
            "M 10 10 C 30 60 60 -20 80 30",
            "M 0 0 L 40 3 L 0 6",
            "M 5 5 L 30 30",
        ];
        for svg in paths {
            for cap in [Cap::Butt, Cap::Round, Cap::Square] {
                for join in [Join::Miter, Join::Round, Join::Bevel] {
                    let pen = Pen { cap, join, ..PEN };
                    let style = Stroke::new(2.0)
                        .with_caps(cap)
                        .with_join(join)
                        .with_miter_limit(10.0);
                    let path = BezPath::from_svg(svg).unwrap_or_default();
                    let outline = stroke(path.iter(), &style, &StrokeOpts::default(), 0.001);
                    let want = outline.bounding_box();
                    let got = extent(svg, pen, Affine::IDENTITY);
                    for (g, w) in [
                        (got.x0, want.x0),
                        (got.y0, want.y0),
                        (got.x1, want.x1),
                        (got.y1, want.y1),
                    ] {
                        assert!(
                            (g - w).abs() < 0.05,
                            "{svg} {cap:?} {join:?}: {got:?} {want:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_rectangle_grows_by_half_its_line() {
        let got = extent("M 0 0 L 10 0 L 10 5 L 0 5 Z", PEN, Affine::scale(2.0));
        assert_eq!(got, Rect::new(-2.0, -2.0, 22.0, 12.0));
    }

    #[test]
    fn a_dot_is_painted_only_by_round_or_square_ends() {
        let mut seen = 0;
        let path = BezPath::from_svg("M 5 5 L 5 5").unwrap_or_default();
        pieces(&path, &PEN, Affine::IDENTITY, |_| seen += 1);
        assert_eq!(seen, 0);
        let round = Pen {
            cap: Cap::Round,
            ..PEN
        };
        pieces(&path, &round, Affine::IDENTITY, |_| seen += 1);
        assert!(seen > 0);
    }

    #[test]
    fn a_gap_at_the_end_is_not_ink() {
        let pen = Pen {
            dash: Dash::new(vec![6.0, 6.0], 0.0).map(Rc::new),
            ..PEN
        };
        let got = extent("M 0 5 L 20 5", pen, Affine::IDENTITY);
        assert!((got.x1 - 18.0).abs() < 1e-6, "{got:?}");
        assert!(Dash::new(vec![0.0, 0.0], 0.0).is_none());
    }
}
