//! How lively a cover is where its spine may be, for covers whose lettering is part of a picture: text there cannot
//! be read off the marks, but lettering changes from dark to light many times down the page, and a plain ground never.

use crate::facts::{Page, Relief};
use crate::geometry::Rect;
use crate::pdf::Canvas;

/// Pixels a point (96 ppi): letters of 5 pt still have strokes of half a pixel.
const SCALE: f64 = 96.0 / 72.0;
/// The widest spine there is, and the margin that a cover of another size needs, in points.
const WIDTH: f64 = 4.0 * 72.0;
/// A step of grey that ink on paper makes and shading does not.
const STRONG: u8 = 56;
/// The share of the page's height that pictures must cover in its middle.
const COVERED: f64 = 0.5;

/// Looks at the middle of a page that is a cover with a picture across its middle. None for any other.
pub(super) fn look(canvas: &Canvas<'_>, index: usize, page: &Page) -> Option<Relief> {
    let (width, height) = (page.size.width, page.size.height);
    if width < height * 1.1 {
        return None;
    }
    let middle = width / 2.0;
    let across = |area: Rect| f64::from(area.x0) < middle && middle < f64::from(area.x1);
    let covered: f64 = page
        .images
        .iter()
        .filter(|i| i.visible && !i.is_flat_fill() && across(i.area))
        .map(|i| i.area.height())
        .sum();
    if covered < COVERED * height {
        return None;
    }
    let half = (WIDTH / 2.0).min(middle);
    let area = Rect::new(middle - half, 0.0, middle + half, height);
    let grey = canvas.grey(index, area, SCALE)?;
    let mut changes = vec![0u16; grey.width];
    let rows: Vec<&[u8]> = grey.pixels.chunks_exact(grey.width).collect();
    for pair in rows.windows(3) {
        // Two rows apart: an edge between two pixels is spread over both.
        let [above, _, below] = pair else {
            continue;
        };
        for ((a, b), count) in above.iter().zip(*below).zip(&mut changes) {
            if a.abs_diff(*b) >= STRONG {
                *count = count.saturating_add(1);
            }
        }
    }
    #[allow(clippy::cast_possible_truncation)]
    Some(Relief {
        left: (middle - half) as f32,
        step: (1.0 / SCALE) as f32,
        changes,
    })
}
