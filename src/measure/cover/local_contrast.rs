//! Measures the local contrast of covers with images: whether a bar code printed there would lie on a plain
//! background.

use crate::measure::cover::SCALE;
use crate::model::facts::{LocalContrast, Page};
use crate::pdf::{ColourPixels, luminance};

/// Pixels along the side of a cell, an eighth of an inch: what shows in a box of an inch.
const CELL: usize = 12;

/// The local contrast of a page with images. None for any other.
pub(in crate::measure) fn measure(seen: &ColourPixels, page: &Page) -> Option<LocalContrast> {
    let pictured = |i: &crate::model::facts::PlacedImage| i.visible && !i.is_flat_fill();
    if !page.images.iter().any(pictured) {
        return None;
    }
    // Two by two pixels are one: finer grain does not show.
    let width = seen.width / 2;
    let rows = seen.pixels.chunks_exact((2 * seen.width).max(1));
    let columns = width.div_ceil(CELL / 2);
    let lines = rows.len().div_ceil(CELL / 2);
    let mut extremes = vec![(u8::MAX, 0u8); columns * lines];
    for (y, pair) in rows.enumerate() {
        let (upper, lower) = pair.split_at(seen.width);
        let line = extremes
            .get_mut(y / (CELL / 2) * columns..)
            .unwrap_or_default();
        for (x, (above, below)) in upper.chunks_exact(2).zip(lower.chunks_exact(2)).enumerate() {
            let sum: u32 = above
                .iter()
                .chain(below)
                .map(|p| u32::from(luminance(*p)))
                .sum();
            let grey = u8::try_from(sum / 4).unwrap_or(u8::MAX);
            if let Some((low, high)) = line.get_mut(x / (CELL / 2)) {
                (*low, *high) = ((*low).min(grey), (*high).max(grey));
            }
        }
    }
    Some(LocalContrast {
        cell: (CELL as f64 / SCALE) as f32,
        columns: u32::try_from(columns).unwrap_or(0),
        ranges: extremes
            .into_iter()
            .map(|(low, high)| high.saturating_sub(low))
            .collect(),
    })
}
