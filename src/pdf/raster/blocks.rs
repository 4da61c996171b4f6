//! Block characters: full and half blocks, of which terminals and listings put QR codes together.

use hayro_font::kurbo::{BezPath, Rect, Shape};

/// How full of ink a box is.
const FULL: std::ops::RangeInclusive<f64> = 0.98..=1.02;
/// The width of a block against that of its place: some fonts have them overlap, so that no gaps show.
const WIDE: std::ops::RangeInclusive<f64> = 0.9..=1.2;
/// The height of a block against its width: half of a line of narrow type, to a whole one; dashes and rules are lower.
const HIGH: std::ops::RangeInclusive<f64> = 0.4..=3.5;

/// Whether an outline is a box as wide as its place in the line. What the font calls it says nothing, nor does what the file
/// says it stands for.
pub(in crate::pdf) fn is_block(outline: &BezPath, ink: Rect, advance: f64) -> bool {
    WIDE.contains(&(ink.width() / advance))
        && HIGH.contains(&(ink.height() / ink.width()))
        && FULL.contains(&(outline.area().abs() / ink.area()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_block_of(ink: Rect, advance: f64) -> bool {
        is_block(&ink.to_path(0.1), ink, advance)
    }

    #[test]
    fn blocks_fill_their_place_in_the_line() {
        let whole = Rect::new(-5.0, -240.0, 605.0, 960.0);
        assert!(is_block_of(whole, 600.0));
        assert!(is_block_of(Rect { y0: 360.0, ..whole }, 600.0));
        // A dash, a square with room around it, a shape of another kind.
        let dash = Rect::new(0.0, 250.0, 600.0, 310.0);
        assert!(!is_block_of(dash, 600.0));
        assert!(!is_block_of(Rect::new(50.0, 0.0, 550.0, 500.0), 600.0));
        let corner = BezPath::from_svg("M-5 -240 L605 -240 L605 960 Z").unwrap_or_default();
        assert!(!is_block(&corner, whole, 600.0));
    }
}
