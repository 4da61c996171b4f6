//! Collects vector art: each path by itself on an ordinary page, neighbouring paths merged on a map.

use std::collections::BTreeMap;

use crate::model::facts::{Art, ArtKind};
use crate::model::geometry::{Rect, Size};

/// Cells along each side of the page in which paths are summed up once there are too many.
const CELLS: f64 = 24.0;
/// A path this near to the page edge, in points, bleeds or nearly so and is never summed up with one that does not.
const EDGE: f64 = 1.0;

/// Collects art within a bounded number of pieces.
pub(super) struct ArtMerger {
    page: Size,
    limit: usize,
    pieces: Vec<Art>,
    cells: BTreeMap<(u8, bool, u16, u16), Art>,
}

impl ArtMerger {
    pub(super) fn new(page: Size, limit: usize) -> Self {
        Self {
            page,
            limit,
            pieces: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    /// Adds a path of so many parts.
    pub(super) fn add(&mut self, area: Rect, kind: ArtKind, parts: usize) {
        let piece = Art {
            area,
            kind,
            paths: 1,
            parts: u32::try_from(parts).unwrap_or(u32::MAX),
        };
        if self.cells.is_empty() && self.pieces.len() < self.limit {
            self.pieces.push(piece);
            return;
        }
        for earlier in std::mem::take(&mut self.pieces) {
            self.sum_up(earlier);
        }
        self.sum_up(piece);
    }

    /// Drops what an opaque mark over `area` hides.
    pub(super) fn cover(&mut self, area: Rect) {
        self.pieces.retain(|piece| !area.contains(piece.area, 0.0));
    }

    /// The pieces, in the order painted, or cell by cell.
    pub(super) fn finish(self) -> Vec<Art> {
        if self.cells.is_empty() {
            self.pieces
        } else {
            self.cells.into_values().collect()
        }
    }

    fn sum_up(&mut self, piece: Art) {
        let area = piece.area;
        let edge = f64::from(area.x0) < EDGE
            || f64::from(area.y0) < EDGE
            || f64::from(area.x1) > self.page.width - EDGE
            || f64::from(area.y1) > self.page.height - EDGE;
        let cell = |at: f32, side: f64| {
            (f64::from(at) / side.max(1.0) * CELLS).clamp(0.0, CELLS - 1.0) as u16
        };
        let key = (
            piece.kind as u8,
            edge,
            cell(f32::midpoint(area.y0, area.y1), self.page.height),
            cell(f32::midpoint(area.x0, area.x1), self.page.width),
        );
        self.cells
            .entry(key)
            .and_modify(|sum| {
                sum.area = sum.area.union(area);
                sum.paths = sum.paths.saturating_add(piece.paths);
                sum.parts = sum.parts.saturating_add(piece.parts);
            })
            .or_insert(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_paths_stay_small_and_keep_their_extent() {
        let mut gatherer = ArtMerger::new(Size::new(432.0, 648.0), 64);
        for i in 0..100_000u32 {
            let x = f64::from(i % 400) + 10.0;
            let y = f64::from(i / 400) + 20.0;
            gatherer.add(Rect::new(x, y, x + 0.5, y + 0.5), ArtKind::Stroke, 1);
        }
        let art = gatherer.finish();
        assert!(art.len() <= 24 * 24, "{}", art.len());
        assert_eq!(art.iter().map(|a| a.paths).sum::<u32>(), 100_000);
        let all = art.iter().map(|a| a.area).reduce(Rect::union);
        assert_eq!(all, Some(Rect::new(10.0, 20.0, 409.5, 269.5)));
    }
}
