//! Measures the edge density of a cover where its spine may be, for covers whose lettering is part of an image:
//! lettering changes from dark to light many times down the page, a plain background never.

use crate::measure::cover::{SCALE, WIDTH};
use crate::measure::cover::{cover_raster, local_contrast};
use crate::model::facts::{EdgeDensity, Page};
use crate::model::geometry::Rect;
use crate::pdf::{Canvas, ColourPixels, luminance};

/// A step of grey that ink on paper makes and shading does not.
const STRONG: u8 = 56;
/// The share of the page's height that pictures must cover in its middle.
const COVERED: f64 = 0.5;

/// The largest page looked at, in points a side: two metres.
const LARGEST: f64 = 6000.0;

/// Whether a page may be a cover: the first of a file that holds a few sheets, with the shape of a cover laid flat.
pub(in crate::measure) fn may_be_cover(index: usize, pages: usize, page: &Page) -> bool {
    const FEW: usize = 4;
    index == 0 && pages <= FEW && is_cover(page)
}

/// Whether a page has the shape of a cover laid flat.
pub(in crate::measure) fn is_cover(page: &Page) -> bool {
    let (width, height) = (page.size.width, page.size.height);
    width >= height * 1.1 && width <= LARGEST
}

/// Measures the raster of a cover: edges and folds, edge density in the middle, local contrast.
pub(in crate::measure) fn cover(canvas: &Canvas<'_>, index: usize, page: &mut Page) {
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    if let Some(seen) = canvas.colours(index, whole, SCALE, 0.0) {
        page.relief = measure(&seen, page);
        page.backdrop = cover_raster::measure(&seen, page);
        page.texture = local_contrast::measure(&seen, page);
    }
}

/// The edge density of a cover with an image across its middle. None for any other.
fn measure(seen: &ColourPixels, page: &Page) -> Option<EdgeDensity> {
    let (width, height) = (page.size.width, page.size.height);
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
    let [first, columns] = [middle - half, 2.0 * half].map(|points| (points * SCALE) as usize);
    let mut changes = vec![0u16; columns];
    let rows: Vec<&[[u8; 3]]> = seen
        .pixels
        .chunks_exact(seen.width.max(1))
        .map(|row| row.get(first..).unwrap_or_default())
        .collect();
    for three in rows.windows(3) {
        // Two rows apart: an edge between two pixels is spread over both.
        let [above, _, below] = three else {
            continue;
        };
        for ((a, b), count) in above.iter().zip(*below).zip(&mut changes) {
            if luminance(*a).abs_diff(luminance(*b)) >= STRONG {
                *count = count.saturating_add(1);
            }
        }
    }
    Some(EdgeDensity {
        left: (first as f64 / SCALE) as f32,
        step: (1.0 / SCALE) as f32,
        changes,
    })
}
