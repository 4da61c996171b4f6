//! A coarse grid of the ink below the marks of a page.

use crate::model::geometry::{Rect, Size};

/// Which parts of the page have ink other than text on them, coarsely: enough to tell white lettering on a
/// picture from white lettering on bare paper.
pub(super) struct InkGrid {
    page: Size,
    /// The colour painted last in each cell, as an index in the page's palette.
    cells: Vec<Option<u32>>,
}

const GRID: usize = 96;

impl InkGrid {
    pub(super) fn new(page: Size) -> Self {
        Self {
            page,
            cells: Vec::new(),
        }
    }

    pub(super) fn ink(&mut self, area: Rect, colour: u32) {
        if self.cells.is_empty() {
            self.cells = vec![None; GRID * GRID];
        }
        let [x0, y0, x1, y1] = self.cover(area);
        self.set(x0, y0, x1, y1, Some(colour));
    }

    /// Only cells wholly covered become bare again.
    pub(super) fn clear(&mut self, area: Rect) {
        if self.cells.is_empty() {
            return;
        }
        let [x0, y0, x1, y1] = self.cover(area);
        self.set(
            x0 + 1,
            y0 + 1,
            x1.saturating_sub(1),
            y1.saturating_sub(1),
            None,
        );
    }

    pub(super) fn is_inked(&self, area: Rect) -> bool {
        if self.cells.is_empty() {
            return false;
        }
        let [x0, y0, x1, y1] = self.cover(area);
        (y0..=y1).any(|y| {
            self.cells
                .get(y * GRID + x0..=y * GRID + x1)
                .is_some_and(|row| row.iter().any(Option::is_some))
        })
    }

    /// The colour below the middle of `area`.
    pub(super) fn colour(&self, area: Rect) -> Option<u32> {
        let [x0, y0, x1, y1] = self.cover(area);
        self.cells
            .get(y0.midpoint(y1) * GRID + x0.midpoint(x1))
            .copied()
            .flatten()
    }

    fn set(&mut self, x0: usize, y0: usize, x1: usize, y1: usize, inked: Option<u32>) {
        if x0 > x1 {
            return;
        }
        for y in y0..=y1 {
            if let Some(row) = self.cells.get_mut(y * GRID + x0..=y * GRID + x1) {
                row.fill(inked);
            }
        }
    }

    /// First and last column and row that `area` touches.
    fn cover(&self, area: Rect) -> [usize; 4] {
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
