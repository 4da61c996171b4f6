//! A region of a page rasterised once, to be resampled for many requests: drawing it anew for each would take too long.

use crate::model::geometry::Rect;
use crate::pdf::raster::pixels::{Between, ColourPixels};

/// A region of a page in pixels.
pub(in crate::pdf) struct PageRaster {
    area: Rect,
    scale: f64,
    colours: ColourPixels,
}

impl PageRaster {
    pub(in crate::pdf) fn new(area: Rect, scale: f64, colours: ColourPixels) -> Self {
        Self {
            area,
            scale,
            colours,
        }
    }

    /// Resamples what [`crate::pdf::Canvas::colours`] would draw; paper outside the region.
    pub(in crate::pdf) fn resampled(&self, area: Rect, scale: f64, turn: f64) -> ColourPixels {
        let side = |points: f64| (points * scale).ceil().clamp(1.0, MAX_SIDE) as usize;
        let (width, height) = (side(area.width()), side(area.height()));
        // A coarser pixel is the mean of the pixels it covers.
        let parts = (self.scale / scale).round().clamp(1.0, 16.0) as usize;
        let ([mx, my], (sine, cosine)) = (area.middle(), turn.sin_cos());
        let [x0, y0, ..] = area.to_f64();
        let [left, top, ..] = self.area.to_f64();
        let middle = |at: usize, part: usize| at as f64 + (part as f64 + 0.5) / parts as f64;
        if turn == 0.0 {
            // Source rows and columns are the same for all pixels of a row or column: each is computed once.
            let along = |count: usize, from: f64, middle_of: f64, first: f64| -> Vec<Between> {
                let parts_of = (0..count).flat_map(|at| (0..parts).map(move |part| (at, part)));
                parts_of
                    .map(|(at, part)| {
                        let off = from + middle(at, part) / scale - middle_of;
                        Between::new((middle_of + off - first) * self.scale)
                    })
                    .collect()
            };
            let columns = along(width, x0, mx, left);
            let rows = along(height, y0, my, top);
            return self.upright(&columns, &rows, parts);
        }
        let at = |x: f64, y: f64| {
            let (dx, dy) = (x0 + x / scale - mx, y0 + y / scale - my);
            // Turned back to the raster.
            let (x, y) = (mx + dx * cosine + dy * sine, my + dy * cosine - dx * sine);
            self.colours
                .between([(x - left) * self.scale, (y - top) * self.scale])
        };
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                let mut sums = [0usize; 3];
                for part in 0..parts * parts {
                    let point = at(middle(column, part % parts), middle(row, part / parts));
                    for (sum, value) in sums.iter_mut().zip(point) {
                        *sum += usize::from(value);
                    }
                }
                pixels.push(sums.map(|sum| u8::try_from(sum / (parts * parts)).unwrap_or(u8::MAX)));
            }
        }
        ColourPixels { width, pixels }
    }

    /// Resamples without a turn; each pixel is the mean of `parts` by `parts` samples.
    fn upright(&self, columns: &[Between], rows: &[Between], parts: usize) -> ColourPixels {
        let mut pixels = Vec::with_capacity(columns.len() * rows.len() / (parts * parts));
        for rows in rows.chunks(parts) {
            for columns in columns.chunks(parts) {
                let mut sums = [0usize; 3];
                for row in rows {
                    for column in columns {
                        let point = self.colours.mixed(column, row);
                        for (sum, value) in sums.iter_mut().zip(point) {
                            *sum += usize::from(value);
                        }
                    }
                }
                pixels.push(sums.map(|sum| u8::try_from(sum / (parts * parts)).unwrap_or(u8::MAX)));
            }
        }
        ColourPixels {
            width: columns.len() / parts,
            pixels,
        }
    }
}

/// Pixels along a side, the limit of [`crate::pdf::Canvas`].
const MAX_SIDE: f64 = 65_535.0;
