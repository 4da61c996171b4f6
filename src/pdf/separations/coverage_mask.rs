//! Rasterises paths to coverage masks.

use hayro_font::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use zeno::{Command, Fill, Mask, Vector};

/// Whole pixels: from the left and top, up to but not including the right and bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
}

impl Pixels {
    pub(crate) fn width(self) -> usize {
        self.x1.saturating_sub(self.x0)
    }

    pub(crate) fn height(self) -> usize {
        self.y1.saturating_sub(self.y0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.width() == 0 || self.height() == 0
    }

    /// The intersection.
    pub(crate) fn meet(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    /// All pixels of `within` that a rectangle touches.
    pub(crate) fn touched(area: Rect, within: Self) -> Self {
        let whole = |v: f64| v.clamp(0.0, 1e6) as usize;
        Self {
            x0: whole(area.x0.floor()),
            y0: whole(area.y0.floor()),
            x1: whole(area.x1.ceil()),
            y1: whole(area.y1.ceil()),
        }
        .meet(within)
    }

    /// Where a pixel of it lies in a row-by-row array.
    pub(crate) fn row(self, y: usize) -> usize {
        y.saturating_sub(self.y0) * self.width()
    }
}

/// The coverage of each pixel of an area: 255 is full.
#[derive(Clone, Debug, Default)]
pub(crate) struct CoverageMask {
    pub(crate) area: Pixels,
    pub(crate) data: Vec<u8>,
}

impl CoverageMask {
    /// The pixels from `x0` up to `x1` of row `y`, which must lie in its area.
    pub(crate) fn span(&self, y: usize, x0: usize, x1: usize) -> &[u8] {
        let start = self.area.row(y);
        let from = start + x0.saturating_sub(self.area.x0);
        let to = start + x1.saturating_sub(self.area.x0);
        self.data.get(from..to).unwrap_or_default()
    }

    /// The product of both masks.
    pub(crate) fn under(&self, other: &Self) -> Self {
        let area = self.area.meet(other.area);
        let mut data = Vec::with_capacity(area.width() * area.height());
        for y in area.y0..area.y1 {
            let own = self.span(y, area.x0, area.x1);
            let cut = other.span(y, area.x0, area.x1);
            data.extend(own.iter().zip(cut).map(|(a, b)| times(*a, *b)));
        }
        Self { area, data }
    }
}

/// The product of two coverages.
pub(crate) fn times(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b);
    u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
}

/// Beyond this many pixels off, where a point lies makes no difference to what is seen.
const FAR: f64 = 20_000.0;

/// The coverage of a filled path in `within`; none if it is empty.
pub(crate) fn fill(
    path: &BezPath,
    to_pixels: Affine,
    even_odd: bool,
    within: Pixels,
) -> Option<CoverageMask> {
    let path = to_pixels * path.clone();
    let bounds = path.bounding_box();
    if !bounds.is_finite() {
        return None;
    }
    let area = Pixels::touched(bounds, within);
    if area.is_empty() {
        return None;
    }
    let commands = commands(&path);
    let (width, height) = (area.width(), area.height());
    let mut data = vec![0; width * height];
    let corner = Vector::new(-(area.x0 as f32), -(area.y0 as f32));
    let rule = if even_odd {
        Fill::EvenOdd
    } else {
        Fill::NonZero
    };
    Mask::new(commands.as_slice())
        .style(rule)
        .offset(corner)
        .size(u32::try_from(width).ok()?, u32::try_from(height).ok()?)
        .render_into(&mut data, None);
    Some(CoverageMask { area, data })
}

fn commands(path: &BezPath) -> Vec<Command> {
    let point = |p: Point| {
        let side = |v: f64| v.clamp(-FAR, FAR) as f32;
        Vector::new(side(p.x), side(p.y))
    };
    let mut open = false;
    let mut commands = Vec::with_capacity(path.elements().len() + 1);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                // Fills close what is open.
                if open {
                    commands.push(Command::Close);
                }
                commands.push(Command::MoveTo(point(p)));
                open = true;
            }
            PathEl::LineTo(p) => commands.push(Command::LineTo(point(p))),
            PathEl::QuadTo(a, p) => commands.push(Command::QuadTo(point(a), point(p))),
            PathEl::CurveTo(a, b, p) => {
                commands.push(Command::CurveTo(point(a), point(b), point(p)));
            }
            PathEl::ClosePath => {
                commands.push(Command::Close);
                open = false;
            }
        }
    }
    if open {
        commands.push(Command::Close);
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Pixels = Pixels {
        x0: 0,
        y0: 0,
        x1: 10,
        y1: 10,
    };

    #[test]
    fn a_rectangle_covers_its_pixels_and_halves_those_it_cuts() {
        let path = Rect::new(1.0, 2.0, 3.5, 4.0).to_path(0.1);
        let cover = fill(&path, Affine::IDENTITY, false, PAGE).unwrap();
        assert_eq!(
            cover.area,
            Pixels {
                x0: 1,
                y0: 2,
                x1: 4,
                y1: 4
            }
        );
        assert_eq!(&cover.data[..2], &[255, 255]);
        assert!((126..=129).contains(&cover.data[2]), "{:?}", cover.data);
    }

    #[test]
    fn a_hole_is_a_hole_by_the_even_odd_rule_only() {
        let mut path = Rect::new(0.0, 0.0, 9.0, 9.0).to_path(0.1);
        path.extend(Rect::new(3.0, 3.0, 6.0, 6.0).to_path(0.1));
        let middle = |even_odd| {
            let cover = fill(&path, Affine::IDENTITY, even_odd, PAGE).unwrap();
            cover.span(4, 4, 5)[0]
        };
        assert_eq!(middle(true), 0);
        assert_eq!(middle(false), 255);
    }

    #[test]
    fn what_lies_off_the_page_covers_nothing_and_what_is_huge_all() {
        let off = Rect::new(20.0, 0.0, 30.0, 5.0).to_path(0.1);
        assert!(fill(&off, Affine::IDENTITY, false, PAGE).is_none());
        let huge = Rect::new(-1e9, -1e9, 1e9, 1e9).to_path(0.1);
        let cover = fill(&huge, Affine::IDENTITY, false, PAGE).unwrap();
        assert!(cover.data.iter().all(|c| *c == 255));
    }
}
