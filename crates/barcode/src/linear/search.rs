//! Linear symbols searched for along the rows and columns of a picture.

use crate::binarize::binarize;
use crate::linear::gradients::Gradients;
use crate::linear::scan_lines::gather;
use crate::linear::symbol::Bars;
use crate::linear::undecodable;

/// The linear symbols of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinearSymbols {
    /// Symbols that are read.
    pub read: Vec<Bars>,
    /// Where none is read, places that stand like a symbol, its bars upright or lying: left, top, right, bottom.
    pub unread: Vec<[f64; 4]>,
}

/// Finds and reads bar codes in grey pixels (0 is black), upright, lying, or upside down. `step` is how many rows
/// are passed over between two that are read.
pub fn ean13(width: usize, height: usize, pixels: &[u8], step: usize) -> Vec<Bars> {
    let Some((dark, gradients)) = prepared(width, height, pixels) else {
        return Vec::new();
    };
    in_binarized(width, height, pixels, &dark, &gradients, step)
}

/// The same, and where nothing is read, the places that stand like a symbol.
pub fn linear(width: usize, height: usize, pixels: &[u8], step: usize) -> LinearSymbols {
    let Some((dark, gradients)) = prepared(width, height, pixels) else {
        return LinearSymbols::default();
    };
    let read = in_binarized(width, height, pixels, &dark, &gradients, step);
    let unread = if read.is_empty() {
        undecodable::in_binarized(width, height, &dark, &gradients, step)
    } else {
        Vec::new()
    };
    LinearSymbols { read, unread }
}

/// A picture parted into dark and light, and where its grey changes in one direction; none where no symbol has room.
fn prepared(width: usize, height: usize, pixels: &[u8]) -> Option<(Vec<bool>, Gradients)> {
    let has_room = (width >= 95 || height >= 95) && pixels.len() >= width * height;
    has_room.then(|| {
        let dark = binarize(width, height, pixels);
        (dark, Gradients::of(width, height, pixels))
    })
}

/// The same in a picture that was parted into dark and light.
pub(crate) fn in_binarized(
    width: usize,
    height: usize,
    pixels: &[u8],
    dark: &[bool],
    gradients: &Gradients,
    step: usize,
) -> Vec<Bars> {
    let step = step.max(1);
    let mut found = gather(
        height,
        step,
        |row| gradients.in_row(row),
        &mut |row, line| {
            let row = row * width..(row + 1) * width;
            let dark = dark.get(row.clone()).unwrap_or_default();
            let grey = pixels.get(row).unwrap_or_default();
            line.extend(dark.iter().copied().zip(grey.iter().copied()));
        },
    );
    let lying = gather(
        width,
        step,
        |column| gradients.in_column(column),
        &mut |column, line| {
            let rows = dark.chunks_exact(width).zip(pixels.chunks_exact(width));
            line.extend(rows.filter_map(|(dark, grey)| {
                dark.get(column).copied().zip(grey.get(column).copied())
            }));
        },
    );
    found.extend(lying.into_iter().map(|mut bars| {
        let [x0, y0, x1, y1] = bars.area;
        bars.area = [y0, x0, y1, x1];
        bars.lying = true;
        bars
    }));
    found
}
