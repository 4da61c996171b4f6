//! How uneven a cover is from place to place, for covers with pictures: whether a bar code printed there would lie on a
//! plain ground.

use crate::facts::{Page, Texture};
use crate::geometry::Rect;
use crate::pdf::Canvas;

/// Pixels a point (48 ppi): what shows in a box of an inch.
const SCALE: f64 = 48.0 / 72.0;
/// Pixels along the side of a cell.
const CELL: usize = 6;

/// Looks at a page that has pictures. None for any other.
pub(super) fn look(canvas: &Canvas<'_>, index: usize, page: &Page) -> Option<Texture> {
    let pictured = |i: &crate::facts::PlacedImage| i.visible && !i.is_flat_fill();
    if !page.images.iter().any(pictured) {
        return None;
    }
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let grey = canvas.grey(index, whole, SCALE)?;
    let (columns, rows) = (grey.width.div_ceil(CELL), grey.height.div_ceil(CELL));
    let mut extremes = vec![(u8::MAX, 0u8); columns * rows];
    for (y, row) in grey.pixels.chunks_exact(grey.width).enumerate() {
        let line = extremes.get_mut(y / CELL * columns..).unwrap_or_default();
        for (pixels, (low, high)) in row.chunks(CELL).zip(line) {
            for pixel in pixels {
                *low = (*low).min(*pixel);
                *high = (*high).max(*pixel);
            }
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    Some(Texture {
        cell: (CELL as f64 / SCALE) as f32,
        columns: u32::try_from(columns).unwrap_or(0),
        ranges: extremes
            .into_iter()
            .map(|(low, high)| high.saturating_sub(low))
            .collect(),
    })
}
