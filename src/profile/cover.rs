//! Paperback covers from trim and spine: size and panels.

use crate::geometry::{Direction, Rect, Size};
use crate::units::Length;

/// A part of a cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// `back`, `spine` or `front`.
    pub name: &'static str,
    /// Its finished area on the cover file, in points from the top-left corner.
    pub area: Rect,
}

/// The cover of a perfect-bound book: back, spine and front in one piece, bleed all round.
///
/// `width = bleed + trim + spine + trim + bleed`, `height = bleed + trim + bleed`: the composition both
/// KDP's calculator and Ingram's templates follow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaperbackCover {
    /// The finished page.
    pub trim: Size,
    /// The spine's width.
    pub spine: Length,
    /// Bleed on all four sides.
    pub bleed: Length,
}

impl PaperbackCover {
    /// The size of the cover file.
    pub fn size(self) -> Size {
        let bleed = self.bleed.as_pt();
        Size::new(
            2.0 * (self.trim.width + bleed) + self.spine.as_pt(),
            self.trim.height + 2.0 * bleed,
        )
    }

    /// The panels from left to right.
    pub fn panels(self, direction: Direction) -> [Panel; 3] {
        let bleed = self.bleed.as_pt();
        let (top, bottom) = (bleed, bleed + self.trim.height);
        let fold1 = bleed + self.trim.width;
        let fold2 = fold1 + self.spine.as_pt();
        let (left, right) = match direction {
            Direction::Ltr => ("back", "front"),
            Direction::Rtl => ("front", "back"),
        };
        let panel = |name, x0, x1| Panel {
            name,
            area: Rect::new(x0, top, x1, bottom),
        };
        [
            panel(left, bleed, fold1),
            panel("spine", fold1, fold2),
            panel(right, fold2, fold2 + self.trim.width),
        ]
    }

    /// The spine that a cover of this width has room for.
    pub fn spine_of(trim: Size, bleed: Length, width: f64) -> Length {
        Length::pt(width - 2.0 * (trim.width + bleed.as_pt()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kdp_cream_240_pages() {
        let cover = PaperbackCover {
            trim: Size::new(432.0, 648.0),
            spine: Length::inches(0.6),
            bleed: Length::inches(0.125),
        };
        assert_eq!(cover.size().to_array(), [925.2, 666.0]);
        let [back, spine, front] = cover.panels(Direction::Ltr);
        assert_eq!(back.area, Rect::new(9.0, 9.0, 441.0, 657.0));
        assert_eq!(spine.area.x1, front.area.x0);
        assert_eq!(cover.panels(Direction::Rtl)[0].name, "front");
    }
}
