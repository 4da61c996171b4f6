//! Strips of one colour along the edges of a cover that end in a straight line.

use crate::measure::cover::SCALE;
use crate::model::facts::Band;

/// How far inwards from the edge is looked, in pixels: half an inch.
const REACH: usize = 48;
/// Pixels from one line inwards to the next.
const SPACING: usize = 3;
/// The pixel at the very edge may be half covered.
const EDGE: usize = 1;
/// A strip of so few pixels is a sliver.
const SLIVER: usize = 3;
/// Paper, or an invisibly light tint.
const PAPER: u8 = 250;
/// Colours that differ by this much in a channel are two.
const APART: u8 = 30;
/// Within so many pixels one passes into the other, or it is a gradient.
const SHARP: usize = 3;
/// Along a strip its colour differs by no more than this.
const ALIKE: u8 = 24;
/// What is so narrow between two stretches of one colour is a line on it, in pixels: 6 pt.
const LINE: usize = 8;
/// A strip is at least so long, in pixels: an inch.
const LONG: usize = 96;

/// The colour of a place along an edge and so many pixels in from it.
type PixelAt<'p> = dyn Fn(usize, usize) -> Option<[u8; 3]> + 'p;

/// The longest strip along each edge.
pub(in crate::measure) fn along_edges(rows: &[&[[u8; 3]]]) -> Vec<Band> {
    let height = rows.len();
    let width = rows.first().map_or(0, |r| r.len());
    if width < 2 * REACH || height < 2 * REACH {
        return Vec::new();
    }
    let at = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).copied();
    let edges: [(usize, &PixelAt<'_>); 4] = [
        (height, &|along, depth| at(depth, along)),
        (width, &|along, depth| at(along, depth)),
        (height, &|along, depth| at(width - 1 - depth, along)),
        (width, &|along, depth| at(along, height - 1 - depth)),
    ];
    let bands = (0u8..)
        .zip(edges)
        .filter_map(|(edge, (length, pixel))| longest(edge, length, pixel));
    bands.collect()
}

/// The longest stretch of an edge on which one colour gives way to another at one depth.
fn longest(edge: u8, length: usize, pixel: &PixelAt<'_>) -> Option<Band> {
    let mut best: Option<(usize, usize, usize)> = None;
    let mut open: Option<(usize, usize, [u8; 3])> = None;
    for along in (0..length).step_by(SPACING).chain([length]) {
        let here = if along < length {
            change(along, pixel)
        } else {
            None
        };
        let goes_on = match (&open, here) {
            (Some((_, depth, colour)), Some((d, c))) => {
                depth.abs_diff(d) <= 1 && !differ(*colour, c, ALIKE)
            }
            _ => false,
        };
        if goes_on {
            continue;
        }
        if let Some((from, depth, _)) = open.take()
            && best.is_none_or(|(f, t, _)| along - from > t - f)
        {
            best = Some((from, along, depth));
        }
        open = here.map(|(depth, colour)| (along, depth, colour));
    }
    let (from, to, depth) = best.filter(|(from, to, _)| to - from >= LONG)?;
    let points = |pixels: usize| (pixels as f64 / SCALE) as f32;
    Some(Band {
        edge,
        depth: points(depth),
        along: [points(from), points(to)],
    })
}

/// At which depth the colour at the edge gives way to another, sharply; none for bare paper at the edge.
fn change(along: usize, pixel: &PixelAt<'_>) -> Option<(usize, [u8; 3])> {
    let colour = pixel(along, EDGE)?;
    if colour.iter().all(|c| *c >= PAPER) {
        return None;
    }
    let first = gives_way(along, EDGE, pixel)?;
    if first.0 > SLIVER {
        let (depth, colour) = first;
        let goes_on = |d| pixel(along, d).is_some_and(|p| !differ(p, colour, ALIKE));
        return (!(depth + 1..=depth + LINE).any(goes_on)).then_some(first);
    }
    // A sliver of the ground may be left between a strip and the edge; without a strip behind it, it is nothing.
    gives_way(along, first.0 + 1, pixel)
}

/// At which depth the colour at depth `from` gives way to another, sharply.
fn gives_way(along: usize, from: usize, pixel: &PixelAt<'_>) -> Option<(usize, [u8; 3])> {
    let colour = pixel(along, from)?;
    let depth =
        (from + 1..REACH).find(|d| pixel(along, *d).is_some_and(|p| differ(p, colour, APART)))?;
    // The last pixel of the strip still has its colour, and the other colour is there in full soon after.
    let before = pixel(along, depth.saturating_sub(SHARP).max(from))?;
    let after = pixel(along, depth + 1)?;
    (!differ(before, colour, ALIKE) && differ(after, before, APART)).then_some((depth, colour))
}

fn differ(a: [u8; 3], b: [u8; 3], by: u8) -> bool {
    a.iter().zip(b).any(|(p, q)| p.abs_diff(q) >= by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strips(colour: impl Fn(usize, usize) -> [u8; 3]) -> Vec<Band> {
        let pixels: Vec<Vec<[u8; 3]>> = (0..300)
            .map(|y| (0..400).map(|x| colour(x, y)).collect())
            .collect();
        let rows: Vec<&[[u8; 3]]> = pixels.iter().map(Vec::as_slice).collect();
        along_edges(&rows)
    }

    #[test]
    fn strips_are_seen_and_grounds_and_gradients_are_not() {
        const NAVY: [u8; 3] = [20, 40, 80];
        const GOLD: [u8; 3] = [200, 160, 50];
        let bar = strips(|_, y| if y < 9 { GOLD } else { NAVY });
        assert_eq!(
            bar.iter().map(|b| (b.edge, b.depth)).collect::<Vec<_>>(),
            [(1, 6.75)]
        );
        let floating = strips(|_, y| if (3..9).contains(&y) { GOLD } else { NAVY });
        assert_eq!(
            floating
                .iter()
                .map(|b| (b.edge, b.depth))
                .collect::<Vec<_>>(),
            [(1, 6.75)]
        );
        assert!(strips(|_, y| if y < 3 { GOLD } else { NAVY }).is_empty());
        assert!(strips(|_, _| NAVY).is_empty());
        let ramp = |y: usize| u8::try_from(20 + y / 2).unwrap_or(255);
        assert!(strips(|_, y| [ramp(y), 90, 90]).is_empty());
        // A frame near the edge is a line on the ground, whatever lies outside it.
        let framed =
            |w: usize| strips(move |_, y| if (9..9 + w).contains(&y) { GOLD } else { NAVY });
        assert!(framed(2).is_empty() && framed(8).is_empty());
        assert_eq!(framed(9).len(), 1);
        // White paper at the edge is no strip.
        assert!(strips(|_, y| if y < 9 { [255; 3] } else { NAVY }).is_empty());
    }
}
