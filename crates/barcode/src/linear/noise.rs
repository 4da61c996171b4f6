//! Detects noise: rows unlike both their neighbours, which can hold no bars.

use crate::linear::symbol::Pixel;

/// Pixels of the narrowest symbol that can be read: as many are compared at a time.
const WINDOW: usize = 64;
/// Pixels an edge, on a line on which there may be grain. Others are soon read.
const DENSE: usize = 8;
/// Pixels that differ between two lines of bars, for each edge. Edges of bars move by less from one line to the next; in
/// grain as many pixels differ as there are edges.
const LIKE: f64 = 0.5;

/// Whether bars may stand on a line, which `line` copies.
pub(crate) fn may_have_bars(
    pixels: &[Pixel],
    row: usize,
    rows: usize,
    line: &mut dyn FnMut(usize, &mut Vec<Pixel>),
    spare: &mut Vec<Pixel>,
) -> bool {
    let edges = pixels.iter().zip(pixels.iter().skip(1));
    if edges.filter(|(a, b)| a.0 != b.0).count() * DENSE < pixels.len() {
        return true;
    }
    let next = (row + 1 < rows).then_some(row + 1);
    let neighbours = next.into_iter().chain(row.checked_sub(1));
    let mut alone = true;
    for neighbour in neighbours {
        alone = false;
        spare.clear();
        line(neighbour, spare);
        if are_alike_somewhere(pixels, spare) {
            return true;
        }
    }
    alone
}

/// Whether two lines are alike over the width of a symbol.
fn are_alike_somewhere(one: &[Pixel], other: &[Pixel]) -> bool {
    // Of each pixel: whether the lines differ in it, and how many of them have an edge after it.
    let after = one.iter().skip(1).zip(other.iter().skip(1));
    let each = || {
        let pairs = one.iter().zip(other).zip(after.clone());
        pairs.map(|((a, b), (c, d))| {
            let edges = u32::from(a.0 != c.0) + u32::from(b.0 != d.0);
            (u32::from(a.0 != b.0), edges)
        })
    };
    let (mut differ, mut edges) = (0, 0);
    let mut behind = each();
    for (n, (differs, has_edges)) in each().enumerate() {
        differ += differs;
        edges += has_edges;
        if n >= WINDOW
            && let Some((differs, has_edges)) = behind.next()
        {
            differ -= differs;
            edges -= has_edges;
        }
        if n + 1 >= WINDOW && f64::from(differ) <= LIKE * f64::from(edges) / 2.0 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows on which bars may stand.
    fn seen(rows: &[Vec<bool>]) -> Vec<usize> {
        let mut copy = |row: usize, line: &mut Vec<Pixel>| {
            let dark = rows.get(row).into_iter().flatten();
            line.extend(dark.map(|dark| (*dark, 0)));
        };
        let mut spare = Vec::new();
        let mut may = |row: &usize| {
            let mut pixels = Vec::new();
            copy(*row, &mut pixels);
            may_have_bars(&pixels, *row, rows.len(), &mut copy, &mut spare)
        };
        (0..rows.len()).filter(|row| may(row)).collect()
    }

    #[test]
    fn lines_of_grain_are_passed_over_and_lines_of_bars_are_not() {
        let mut seed = 7u32;
        let mut grain = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 31 == 1
        };
        let noise: Vec<Vec<bool>> = (0..40)
            .map(|_| (0..600).map(|_| grain()).collect())
            .collect();
        let seen_in_noise = seen(&noise);
        assert!(seen_in_noise.len() < 10, "{seen_in_noise:?}");
        // Bars of two pixels in the middle of the same grain, the outermost lines of them included.
        let mut bars = noise;
        for row in bars.iter_mut().skip(10).take(10) {
            for (x, dark) in row.iter_mut().enumerate().skip(200).take(190) {
                *dark = x / 2 % 2 == 0;
            }
        }
        let seen = seen(&bars);
        assert!((10..20).all(|row| seen.contains(&row)), "{seen:?}");
    }
}
