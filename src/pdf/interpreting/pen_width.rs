//! How wide a stroke is on the page.

use hayro_font::kurbo::{Affine, BezPath, PathEl, Point};

use crate::pdf::interpreting::stroke::Pen;

/// How wide `pen` draws `path` on the page, where it is thinnest. A matrix that stretches one way more than the other
/// makes the width depend on the direction of each segment.
pub(crate) fn pen_width(path: &BezPath, pen: &Pen, ctm: Affine) -> f64 {
    let [a, b, c, d, ..] = ctm.as_coeffs();
    let area = ctm.determinant().abs();
    // The singular values of the matrix: how far it stretches at most and at least.
    let sum = a * a + b * b + c * c + d * d;
    let spread = (sum * sum - 4.0 * area * area).max(0.0).sqrt();
    let (most, least) = (
        ((sum + spread) / 2.0).sqrt(),
        ((sum - spread) / 2.0).max(0.0).sqrt(),
    );
    if most - least <= most * 0.001 {
        return pen.width * area.sqrt();
    }
    let mut last = Point::ZERO;
    let mut start = Point::ZERO;
    let mut thinnest: Option<f64> = None;
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(p) => {
                (start, last) = (p, p);
                continue;
            }
            PathEl::LineTo(p) => p,
            PathEl::ClosePath => start,
            // A curve turns through every direction, or nearly.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => return pen.width * least,
        };
        let along = to - last;
        let length = along.hypot();
        last = to;
        if length > 0.0 {
            let [x, y] = [a * along.x + c * along.y, b * along.x + d * along.y];
            let stretched = x.hypot(y) / length;
            let width = if stretched > 0.0 {
                area / stretched
            } else {
                0.0
            };
            thinnest = Some(thinnest.map_or(width, |t| t.min(width)));
        }
    }
    pen.width * thinnest.unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use hayro_font::kurbo::{Cap, Join};

    use super::*;

    #[test]
    fn the_width_follows_the_matrix_and_the_direction() {
        let pen = Pen {
            width: 2.0,
            cap: Cap::Butt,
            join: Join::Miter,
            miter_limit: 10.0,
            dash: None,
        };
        let across = |svg: &str, ctm: Affine| {
            pen_width(&BezPath::from_svg(svg).unwrap_or_default(), &pen, ctm)
        };
        let flat = Affine::scale_non_uniform(4.0, 0.25);
        for (svg, ctm, want) in [
            ("M 0 0 L 9 0", Affine::IDENTITY, 2.0),
            ("M 0 0 L 9 4", Affine::scale(0.1), 0.2),
            ("M 0 0 L 9 4", Affine::rotate(0.7) * Affine::scale(0.5), 1.0),
            ("M 0 0 L 9 0", flat, 0.5),
            ("M 0 0 L 0 9", flat, 8.0),
            ("M 0 0 L 0 9 L 9 9", flat, 0.5),
            ("M 0 0 C 5 0 5 9 9 9", flat, 0.5),
        ] {
            let got = across(svg, ctm);
            assert!((got - want).abs() < 1e-9, "{svg}: {got}, not {want}");
        }
    }
}
