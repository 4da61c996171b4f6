//! Measures a cover as a raster, for what marks do not show: masks that fade, white laid over art, tiles that make
//! one background, neighbours of one colour.

use crate::measure::cover::bands;
use crate::measure::cover::{SCALE, WIDTH};
use crate::model::facts::{CoverRaster, Inwards, Meeting, Page};
use crate::pdf::ColourPixels;

/// How far inwards from the edge is looked, in pixels: the widest wrap, 0.625 in, and half an inch more.
const REACH: usize = 108;
/// Pixels from one line inwards to the next.
const SPACING: usize = 4;
/// Paper, or a tint so light that its edge is invisible.
const PAPER: u8 = 250;
/// Colours that differ by this much in a channel are two colours to the eye: one part in twenty.
const APART: u8 = 12;
/// Pixels between which they differ: more than a line is wide, on both sides of which the colour is the same.
const ACROSS: usize = 6;
/// One edge shows in as many neighbouring columns as lie between the pixels compared; either side of a line in fewer.
const COLUMNS: std::ops::RangeInclusive<usize> = 4..=3 * ACROSS;
/// They have to meet over this share of the height.
const SHARE: f32 = 0.5;
/// Places kept.
const MAX_PLACES: usize = 32;

/// Measures the edges and the vertical edges in the middle of a cover.
pub(in crate::measure) fn measure(seen: &ColourPixels, page: &Page) -> Option<CoverRaster> {
    let width = seen.width;
    let rows: Vec<&[[u8; 3]]> = seen.pixels.chunks_exact(width.max(1)).collect();
    let height = rows.len();
    if width < 2 * REACH || height < 2 * REACH {
        return None;
    }
    let at = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).copied();
    let lines = |count: usize, pixel: &dyn Fn(usize, usize) -> Option<[u8; 3]>| {
        (0..count)
            .step_by(SPACING)
            .map(|along| inwards(&|depth| pixel(along, depth)))
            .collect()
    };
    Some(CoverRaster {
        step: (1.0 / SCALE) as f32,
        spacing: (SPACING as f64 / SCALE) as f32,
        edges: [
            lines(height, &|along, depth| at(depth, along)),
            lines(width, &|along, depth| at(along, depth)),
            lines(height, &|along, depth| at(width - 1 - depth, along)),
            lines(width, &|along, depth| at(along, height - 1 - depth)),
        ],
        meetings: meetings(&rows, page),
        bands: bands::along_edges(&rows),
    })
}

fn inwards(pixel: &dyn Fn(usize) -> Option<[u8; 3]>) -> Inwards {
    let is_paper = |depth: usize| pixel(depth).is_none_or(|p| p.iter().all(|c| *c >= PAPER));
    let bare = (0..REACH).take_while(|d| is_paper(*d)).count();
    let inked = (bare..REACH).take_while(|d| !is_paper(*d)).count();
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    Inwards {
        bare: short(bare),
        inked: short(inked),
    }
}

/// Columns in the middle of the page where the colour changes in most rows.
fn meetings(rows: &[&[[u8; 3]]], page: &Page) -> Vec<Meeting> {
    let width = rows.first().map_or(0, |r| r.len());
    let half = ((WIDTH / 2.0).min(page.size.width / 2.0) * SCALE) as usize;
    let first = (width / 2).saturating_sub(half);
    let mut changes = vec![0u32; (2 * half).min(width)];
    for row in rows {
        let from = row.iter().skip(first);
        let to = row.iter().skip(first + ACROSS);
        for ((a, b), count) in from.zip(to).zip(&mut changes) {
            if a.iter().zip(b).any(|(p, q)| p.abs_diff(*q) >= APART) {
                *count += 1;
            }
        }
    }
    let share = |count: u32| count as f32 / rows.len().max(1) as f32;
    let mut found: Vec<Meeting> = Vec::new();
    let mut run: Option<(usize, usize, u32)> = None;
    for (column, count) in changes.iter().copied().chain([0]).enumerate() {
        match (&mut run, share(count) >= SHARE) {
            (Some((_, last, most)), true) => (*last, *most) = (column, (*most).max(count)),
            (None, true) => run = Some((column, column, count)),
            (Some((from, last, most)), false) => {
                let x =
                    ((first as f64 + (*from + *last + ACROSS) as f64 / 2.0 + 0.5) / SCALE) as f32;
                let share = share(*most);
                if COLUMNS.contains(&(*last - *from + 1)) {
                    found.push(Meeting { x, share });
                }
                run = None;
            }
            (None, false) => {}
        }
    }
    found.truncate(MAX_PLACES);
    found
}
