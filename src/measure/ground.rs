//! A coarse grid of the ink below the marks of a page.

use crate::model::geometry::{Rect, Size};

/// Which parts of the page have ink other than text on them, coarsely: enough to tell white lettering on a
/// picture from white lettering on bare paper.
pub(super) struct InkGrid {
    page: Size,
    /// The colour painted last in each cell, as an index in the page's palette.
    cells: Vec<Option<u32>>,
    /// What was painted last, not yet in the cells: files paint the same area many thousand times.
    pending: Option<(Area, Option<u32>)>,
}

/// First and last column and row.
type Area = [usize; 4];

const GRID: usize = 96;

impl InkGrid {
    pub(super) fn new(page: Size) -> Self {
        Self {
            page,
            cells: Vec::new(),
            pending: None,
        }
    }

    pub(super) fn ink(&mut self, area: Rect, colour: u32) {
        if self.cells.is_empty() {
            self.cells = vec![None; GRID * GRID];
        }
        self.set(self.cover(area), Some(colour));
    }

    /// Only cells wholly covered become bare again.
    pub(super) fn clear(&mut self, area: Rect) {
        if self.cells.is_empty() {
            return;
        }
        let [x0, y0, x1, y1] = self.cover(area);
        let inside = [x0 + 1, y0 + 1, x1.saturating_sub(1), y1.saturating_sub(1)];
        self.set(inside, None);
    }

    pub(super) fn is_inked(&self, area: Rect) -> bool {
        if self.cells.is_empty() {
            return false;
        }
        let [x0, y0, x1, y1] = self.cover(area);
        (y0..=y1).any(|y| (x0..=x1).any(|x| self.at(x, y).is_some()))
    }

    /// The colour below the middle of `area`.
    pub(super) fn colour(&self, area: Rect) -> Option<u32> {
        let [x0, y0, x1, y1] = self.cover(area);
        self.at(x0.midpoint(x1), y0.midpoint(y1))
    }

    fn at(&self, x: usize, y: usize) -> Option<u32> {
        match self.pending {
            Some(([x0, y0, x1, y1], inked)) if (x0..=x1).contains(&x) && (y0..=y1).contains(&y) => {
                inked
            }
            _ => self.cells.get(y * GRID + x).copied().flatten(),
        }
    }

    fn set(&mut self, area: Area, inked: Option<u32>) {
        let [x0, y0, x1, y1] = area;
        if x0 > x1 || y0 > y1 {
            return;
        }
        let is_hidden = |[a0, b0, a1, b1]: Area| x0 <= a0 && y0 <= b0 && a1 <= x1 && b1 <= y1;
        if let Some((before, inked)) = self.pending.filter(|(before, _)| !is_hidden(*before)) {
            self.fill(before, inked);
        }
        self.pending = Some((area, inked));
    }

    fn fill(&mut self, [x0, y0, x1, y1]: Area, inked: Option<u32>) {
        for y in y0..=y1 {
            if let Some(row) = self.cells.get_mut(y * GRID + x0..=y * GRID + x1) {
                row.fill(inked);
            }
        }
    }

    /// First and last column and row that `area` touches.
    fn cover(&self, area: Rect) -> Area {
        let cell = |at: f32, side: f64| {
            (f64::from(at) / side.max(1.0) * GRID as f64).clamp(0.0, (GRID - 1) as f64) as usize
        };
        [
            cell(area.x0, self.page.width),
            cell(area.y0, self.page.height),
            cell(area.x1, self.page.width),
            cell(area.y1, self.page.height),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_painted_last_lies_on_top_wherever_it_is() {
        let mut grid = InkGrid::new(Size::new(96.0, 96.0));
        let at = |x: f64, y: f64| Rect::new(x, y, x + 0.5, y + 0.5);
        let area = |a: f64, b: f64| Rect::new(a, a, b, b);
        assert!(!grid.is_inked(area(0.0, 90.0)));
        grid.ink(area(10.0, 20.0), 1);
        grid.ink(area(30.0, 40.0), 2);
        grid.ink(area(35.0, 36.0), 3);
        let seen = [12.0, 32.0, 35.0, 60.0].map(|p| grid.colour(at(p, p)));
        assert_eq!(seen, [Some(1), Some(2), Some(3), None]);
        // All that lies below is covered.
        grid.ink(area(5.0, 50.0), 4);
        let seen = [7.0, 12.0, 35.0].map(|p| grid.colour(at(p, p)));
        assert_eq!(seen, [Some(4); 3]);
        grid.clear(area(5.0, 50.0));
        assert!(!grid.is_inked(at(35.0, 35.0)) && grid.is_inked(at(5.0, 5.0)));
    }

    #[test]
    fn an_area_painted_a_million_times_costs_a_moment() {
        let mut grid = InkGrid::new(Size::new(96.0, 96.0));
        for colour in 0..3_000_000 {
            grid.ink(Rect::new(0.0, 0.0, 96.0, 96.0), colour);
        }
        assert_eq!(grid.colour(Rect::new(0.0, 0.0, 1.0, 1.0)), Some(2_999_999));
    }
}
