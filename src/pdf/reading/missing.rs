//! Recognises .notdef glyphs, which fonts show in place of missing ones.

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::{BezPath, PathEl, Rect, Shape};

/// Whether an outline is the usual .notdef: a box, empty, crossed or with a sign in it.
///
/// Some programs put a letter in its place when they embed a subset, so the glyph's number alone does not tell.
pub(in crate::pdf) fn is_box(outline: &BezPath) -> bool {
    let contours: Vec<&[PathEl]> = outline
        .elements()
        .chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_)))
        .collect();
    let whole = outline.bounding_box();
    contours.len() > 1 && contours.iter().any(|contour| is_frame(contour, whole))
}

/// Units of a thousandth of the em by which a corner may miss the frame.
const SLACK: f64 = 2.0;

/// Whether a contour runs along the four sides of `whole`.
fn is_frame(contour: &[PathEl], whole: Rect) -> bool {
    let mut corners = [false; 4];
    for element in contour {
        let point = match element {
            PathEl::MoveTo(point) | PathEl::LineTo(point) => *point,
            PathEl::ClosePath => continue,
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => return false,
        };
        let near = |a: f64, b: f64| (a - b).abs() <= SLACK;
        let (left, right) = (near(point.x, whole.x0), near(point.x, whole.x1));
        let (low, high) = (near(point.y, whole.y0), near(point.y, whole.y1));
        if !(left || right || low || high) {
            return false;
        }
        for (corner, here) in
            corners
                .iter_mut()
                .zip([left && low, right && low, right && high, left && high])
        {
            *corner |= here;
        }
    }
    corners == [true; 4]
}

/// About where a letter shows of which nothing is known but how far the pen moves: its ink, in thousandths of the em.
pub(in crate::pdf) fn stand_in(advance: f64) -> Option<Rect> {
    const HIGH: f64 = 700.0;
    const BESIDE: f64 = 0.05;
    let ink = Rect::new(BESIDE * advance, 0.0, (1.0 - BESIDE) * advance, HIGH);
    (advance > 0.0 && ink.is_finite()).then_some(ink)
}

/// Whether no reader shows a character: spaces, controls, and the hyphen that stands only where a line breaks.
pub(in crate::pdf) fn shows_nothing(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{ad}'
}

/// Whether a code stands for a space or a control character, which no reader shows.
pub(in crate::pdf) fn is_space(text: Option<&BfString>) -> bool {
    match text {
        None => false,
        Some(BfString::Char(c)) => shows_nothing(*c),
        Some(BfString::String(s)) => s.chars().all(shows_nothing),
    }
}

/// Whether a glyph stands for letters or figures, which always show.
pub(in crate::pdf) fn is_letter(text: Option<&BfString>) -> bool {
    match text {
        None => false,
        Some(BfString::Char(c)) => c.is_alphanumeric(),
        Some(BfString::String(s)) => !s.is_empty() && s.chars().all(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(svg: &str) -> BezPath {
        BezPath::from_svg(svg).unwrap_or_default()
    }

    #[test]
    fn boxes_are_told_from_letters() {
        let frame = "M50 0 L50 700 L450 700 L450 0 Z M100 50 L400 50 L400 650 L100 650 Z";
        assert!(is_box(&path(frame)));
        let crossed =
            "M50 0 L50 700 L450 700 L450 0 Z M60 650 L240 350 L60 50 Z M440 650 L260 350 L440 50 Z";
        assert!(is_box(&path(crossed)));
        let asks = "M50 0 L50 700 L450 700 L450 0 Z M200 200 Q300 300 200 400 Z";
        assert!(is_box(&path(asks)));
        // An umlaut of straight lines, a bar, an O, a letter with a frame's width only.
        assert!(!is_box(&path(
            "M0 0 L0 500 L300 500 L300 0 Z M50 600 L50 700 L100 700 L100 600 Z"
        )));
        assert!(!is_box(&path("M0 0 L0 700 L80 700 L80 0 Z")));
        assert!(!is_box(&path(
            "M0 350 Q0 700 200 700 Q400 700 400 350 Q400 0 200 0 Q0 0 0 350 Z M50 350 L350 350 L200 100 Z"
        )));
        assert!(!is_box(&path("")));
    }
}
