//! Data Matrix recognised by its frame: two sides all dark, two that alternate module by module (ISO/IEC 16022).

use crate::binarize::otsu_threshold;

/// Modules along a side: even, from 10 to 144.
const SIDES: std::ops::RangeInclusive<usize> = 10..=144;
/// The share of a solid side that is dark.
const SOLID: f64 = 0.97;

/// A Data Matrix in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left, top, right, bottom in pixels.
    pub area: [f64; 4],
    /// Modules along its longer side.
    pub modules: u32,
}

/// The Data Matrix that all the dark pixels of a picture together are; none if they are none.
pub fn data_matrix(width: usize, height: usize, pixels: &[u8]) -> Option<Frame> {
    if width < 20 || height < 10 || pixels.len() < width * height {
        return None;
    }
    let threshold = otsu_threshold(pixels);
    let dark = |x: usize, y: usize| pixels.get(y * width + x).is_some_and(|p| *p < threshold);
    let rows: Vec<usize> = (0..height)
        .filter(|y| (0..width).any(|x| dark(x, *y)))
        .collect();
    let columns: Vec<usize> = (0..width)
        .filter(|x| (0..height).any(|y| dark(*x, y)))
        .collect();
    let (x0, x1) = (*columns.first()?, *columns.last()?);
    let (y0, y1) = (*rows.first()?, *rows.last()?);
    let (wide, high) = (x1 + 1 - x0, y1 + 1 - y0);
    // Nothing stands in a row or column of its own, and the whole is no line.
    if wide.min(high) < 10 || rows.len() != high || columns.len() != wide {
        return None;
    }
    // The longer side has at most 144 modules, the shorter at least 8.
    let inset = (wide.max(high) / 400).max(1);
    let across = |y: usize| -> Vec<bool> { (x0..=x1).map(|x| dark(x, y)).collect() };
    let down = |x: usize| -> Vec<bool> { (y0..=y1).map(|y| dark(x, y)).collect() };
    let top = side(&across(y0 + inset));
    let bottom = side(&across(y1 - inset));
    let left = side(&down(x0 + inset));
    let right = side(&down(x1 - inset));
    // The two solid sides meet at a corner, and so do the two that alternate.
    let (Border::Timing(columns), Border::Timing(rows)) = (match (top, bottom, left, right) {
        (a @ Border::Timing(_), Border::Solid, Border::Solid, b @ Border::Timing(_))
        | (a @ Border::Timing(_), Border::Solid, b @ Border::Timing(_), Border::Solid)
        | (Border::Solid, a @ Border::Timing(_), Border::Solid, b @ Border::Timing(_))
        | (Border::Solid, a @ Border::Timing(_), b @ Border::Timing(_), Border::Solid) => (a, b),
        _ => return None,
    }) else {
        return None;
    };
    let (wide, high) = (wide as f64 / columns as f64, high as f64 / rows as f64);
    let square = (wide / high - 1.0).abs() < 0.12;
    let known = SIDES.contains(&columns.max(rows)) && rows.min(columns) >= 8;
    (square && known).then(|| Frame {
        area: [x0 as f64, y0 as f64, (x1 + 1) as f64, (y1 + 1) as f64],
        modules: u32::try_from(columns.max(rows)).unwrap_or(0),
    })
}

#[derive(Clone, Copy)]
enum Border {
    Solid,
    /// So many modules, by turns dark and light.
    Timing(usize),
    Other,
}

fn side(line: &[bool]) -> Border {
    let share = line.iter().filter(|d| **d).count() as f64 / line.len().max(1) as f64;
    if share >= SOLID {
        return Border::Solid;
    }
    let runs: Vec<usize> = line.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    let module = line.len() as f64 / runs.len().max(1) as f64;
    let even = runs
        .iter()
        .all(|r| (*r as f64 - module).abs() <= (0.35 * module).max(1.0));
    if even && runs.len().is_multiple_of(2) && runs.len() >= 8 && module >= 2.0 {
        Border::Timing(runs.len())
    } else {
        Border::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(modules: usize, scale: usize, break_it: bool) -> (usize, Vec<u8>) {
        let side = modules * scale + 20;
        let dark = |x: usize, y: usize| {
            if x == 0 || y == modules - 1 {
                return !(break_it && y == 5);
            }
            if y == 0 {
                return x.is_multiple_of(2);
            }
            if x == modules - 1 {
                return y % 2 == 1;
            }
            (x * 7 + y * 5).is_multiple_of(3)
        };
        let pixels = (0..side * side)
            .map(|i| {
                let place = |v: usize| v.checked_sub(10).map(|v| v / scale);
                match (place(i % side), place(i / side)) {
                    (Some(x), Some(y)) if x < modules && y < modules && dark(x, y) => 0,
                    _ => 255,
                }
            })
            .collect();
        (side, pixels)
    }

    #[test]
    fn a_frame_is_recognised_and_a_broken_one_is_not() {
        for modules in [10, 16, 24] {
            let (side, pixels) = frame(modules, 5, false);
            let found = data_matrix(side, side, &pixels).map(|f| f.modules);
            assert_eq!(found, u32::try_from(modules).ok());
            let (side, pixels) = frame(modules, 5, true);
            assert_eq!(data_matrix(side, side, &pixels), None);
        }
        assert_eq!(data_matrix(100, 100, &[0; 10_000]), None);
    }
}
