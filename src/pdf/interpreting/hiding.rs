//! Whether a mark hides all that was painted before within its extent.

use hayro_font::kurbo::{Affine, BezPath, PathEl, Point};

use crate::pdf::colour::Family;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::PaintEffect;

/// Sides this near to upright, in points, are upright.
const UPRIGHT: f64 = 0.01;
/// The same as a share of a side.
const SLANT: f64 = 1e-4;

impl<'p> State<'p> {
    /// Whether a rectangle in `paint` hides what lies below it: it is opaque, replaces what lies below, and no clip or
    /// group takes any of it away.
    pub(crate) fn hides(&self, paint: &Paint<'p>) -> bool {
        let pattern = paint.space.family() == Family::Pattern;
        self.is_opaque(paint) && !pattern && self.effect(paint) != PaintEffect::None
    }

    /// Whether opacity, blend mode and masks let marks in `paint` replace what lies below.
    pub(crate) fn is_opaque(&self, paint: &Paint<'p>) -> bool {
        let appearance = self.appearance(paint);
        let opaque =
            !appearance.is_transparent() && !appearance.overprint && appearance.within.is_opaque();
        self.whole && opaque && self.mask.is_none()
    }

    /// Records a clip: only an upright rectangle keeps rectangles whole.
    pub(crate) fn clipped_by(&mut self, path: &BezPath) {
        self.whole &= is_upright_rectangle(path, self.ctm);
    }
}

/// Whether a matrix leaves upright rectangles upright.
pub(crate) fn is_upright(matrix: Affine) -> bool {
    let [a, b, c, d, _, _] = matrix.as_coeffs();
    let most = [a, b, c, d]
        .iter()
        .fold(0.0_f64, |most, x| most.max(x.abs()));
    let none = |pair: [f64; 2]| pair.iter().all(|x| x.abs() <= SLANT * most);
    none([b, c]) || none([a, d])
}

/// Whether a path is one rectangle, upright on the page.
pub(crate) fn is_upright_rectangle(path: &BezPath, ctm: Affine) -> bool {
    let mut corners: [Point; 5] = [Point::ZERO; 5];
    let mut count = 0;
    let mut closed = false;
    for element in path.elements() {
        let at = match (*element, count) {
            (PathEl::MoveTo(at), 0) => at,
            (PathEl::LineTo(at), 1..=4) if !closed => at,
            // A starting point behind a closed path paints nothing.
            (PathEl::ClosePath | PathEl::MoveTo(_), 4..) => {
                closed = true;
                continue;
            }
            _ => return false,
        };
        let Some(corner) = corners.get_mut(count) else {
            return false;
        };
        *corner = ctm * at;
        count += 1;
    }
    let [a, b, c, d, e] = corners;
    let near = |p: f64, q: f64| (p - q).abs() <= UPRIGHT;
    let same = |p: Point, q: Point| near(p.x, q.x) && near(p.y, q.y);
    let one_way = near(a.x, b.x) && near(b.y, c.y) && near(c.x, d.x) && near(d.y, a.y);
    let other_way = near(a.y, b.y) && near(b.x, c.x) && near(c.y, d.y) && near(d.x, a.x);
    (count == 4 || count == 5 && same(a, e)) && (one_way || other_way)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_upright_rectangle_is_one() {
        let is = |svg: &str, turn: f64| {
            let path = BezPath::from_svg(svg).unwrap_or_default();
            is_upright_rectangle(&path, Affine::rotate(turn.to_radians()))
        };
        assert!(is("M0,0 L10,0 L10,20 L0,20 Z", 0.0));
        assert!(is("M0,0 L10,0 L10,20 L0,20", 90.0), "open, on its side");
        assert!(
            is("M0,0 L0,20 L10,20 L10,0 L0,0 Z", 0.0),
            "closed by a line"
        );
        for (svg, turn) in [
            ("M0,0 L10,0 L10,20 L0,20 Z", 5.0),
            ("M0,0 L10,0 L10,20 Z", 0.0),
            ("M0,0 L10,0 L10,20 L0,20 Z M1,1 L9,1 L9,19 L1,19 Z", 0.0),
            ("M0,0 L10,0 L10,20 L0,19 Z", 0.0),
            ("M0,0 L10,0 L10,20 C5,25 5,25 0,20 Z", 0.0),
            ("M0,0 L10,0 L10,20 L0,20 L-5,10 Z", 0.0),
        ] {
            assert!(!is(svg, turn), "{svg} turned by {turn}");
        }
    }
}
