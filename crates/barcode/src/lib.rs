//! QR codes and EAN-13 bar codes in grey pictures: found, read, and graded as a verifier would grade the artwork, after
//! ISO/IEC 15415 and 15416. Code 128, Interleaved 2 of 5 and Data Matrix are recognised.
//!
//! A picture is a width, a height and its grey pixels row by row, 0 for black. Places are in pixels from its top-left corner.
//! Nothing here knows where the picture came from.
//!
//! ```
//! use presscheck_barcode::{PictureKind, qr, measure};
//!
//! // A picture without a code.
//! let (width, height, pixels) = (100, 100, vec![255; 100 * 100]);
//! for found in qr(width, height, &pixels, PictureKind::Photo) {
//!     if let Some(symbol) = measure(width, height, &pixels, found.corners, found.modules) {
//!         println!("{}: grade {}", symbol.text, symbol.grade.overall);
//!     }
//! }
//! ```

mod artwork_grade;
mod binarize;
mod data_matrix;
mod homography;
mod linear;
mod qr_code;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use artwork_grade::{Damage, Grade, grade_down, grade_up, letter};
use binarize::otsu_threshold;
pub use data_matrix::{Frame, data_matrix};
use homography::{Homography, LumaView};
pub use linear::ean13::module_of;
pub use linear::grade::grade as grade_ean13;
use linear::gradients::Gradients;
pub use linear::search::{LinearSymbols, ean13, linear};
pub use linear::symbol::{Bars, Symbology};
pub use qr_code::finder_patterns::finders;
use qr_code::grid::LocatedSymbol;
pub use qr_code::triple::FinderTriple;

/// A possible QR code.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Corners in pixels: top left, top right, bottom right, bottom left of the symbol.
    pub corners: [[f64; 2]; 4],
    /// Modules along a side, as far as known.
    pub modules: u32,
    /// Its text, if it could be decoded.
    pub text: Option<String>,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// The share of its fixed patterns that is as it should be; none where only the first reader saw it.
    pub agreement: Option<f64>,
}

/// A QR code read and measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// Corners in pixels: top left, top right, bottom right, bottom left of the symbol as it was made.
    pub corners: [[f64; 2]; 4],
    /// Modules along a side.
    pub modules: u32,
    /// Its text.
    pub text: String,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// Whether it is seen from behind.
    pub mirrored: bool,
    /// Its error correction: L, M, Q or H.
    pub level: char,
    /// Bytes it is too long by for the next smaller version at the same error correction; none if there is no smaller.
    pub bytes_over: Option<u32>,
    /// Clear modules on the left, above, on the right and below in the picture, up to six.
    pub quiet: [f64; 4],
    /// How much the greys of its light and of its dark modules vary, against its contrast.
    pub noise: f64,
    /// How a verifier would grade it.
    pub grade: Grade,
}

/// Modules around the symbol that [`measure`] needs.
pub const SURROUNDINGS: f64 = qr_code::quiet_zone::CLEAR;

/// Decodes and measures the QR code of so many `modules` with corners about here. `None` if there is none that can be
/// read.
pub fn measure(
    width: usize,
    height: usize,
    pixels: &[u8],
    corners: [[f64; 2]; 4],
    modules: u32,
) -> Option<Symbol> {
    if pixels.len() < width * height || width == 0 || height == 0 {
        return None;
    }
    let plane = LumaView {
        width,
        height,
        pixels,
    };
    let side = usize::try_from(modules).ok()?;
    let grid = Homography::corners(corners, f64::from(modules))?;
    let fit = qr_code::grid::fit(plane, grid, side)?;
    Some(symbol(plane, &fit))
}

/// Finds QR codes by their finders and reads them by their grid: a reader that shares nothing with the first.
pub fn search(width: usize, height: usize, pixels: &[u8]) -> Vec<Detection> {
    let plane = LumaView {
        width,
        height,
        pixels,
    };
    let mut found = Vec::new();
    for sight in finders(width, height, pixels).unwrap_or_default() {
        let located = qr_code::locate::locate(plane, &sight);
        let likely: Vec<_> = located
            .into_iter()
            .filter(|l| l.agreement >= LIKELY)
            .take(3)
            .collect();
        let read = likely
            .iter()
            .find_map(|l| qr_code::grid::fit(plane, l.grid, l.side));
        let seen = match (&read, likely.first()) {
            (Some(fit), _) => Detection {
                corners: outline(&fit.grid, fit.reading.right.side),
                modules: u32::try_from(fit.reading.right.side).unwrap_or(21),
                text: Some(fit.reading.text.clone()),
                inverted: fit.inverted,
                agreement: Some(1.0),
            },
            (None, Some(best)) => Detection {
                corners: outline(&best.grid, best.side),
                modules: u32::try_from(best.side).unwrap_or(21),
                text: None,
                inverted: false,
                agreement: Some(best.agreement),
            },
            (None, None) => continue,
        };
        found.push(seen);
    }
    found
}

/// The share of fixed patterns from which a place is worth reading.
const LIKELY: f64 = 0.75;

fn outline(grid: &Homography, side: usize) -> [[f64; 2]; 4] {
    let side = side as f64;
    [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]].map(|[x, y]| grid.point(x, y))
}

fn symbol(plane: LumaView<'_>, fit: &LocatedSymbol) -> Symbol {
    let side = fit.reading.right.side;
    let greys = qr_code::grid::greys(plane, &fit.grid, side, &[[0.0, 0.0]]);
    Symbol {
        corners: outline(&fit.grid, side),
        modules: u32::try_from(side).unwrap_or(21),
        text: fit.reading.text.clone(),
        inverted: fit.inverted,
        mirrored: fit.mirrored,
        level: fit.reading.level.letter(),
        bytes_over: bytes_over(fit),
        quiet: qr_code::quiet_zone::quiet(plane, fit, &greys),
        noise: qr_code::grade::noise(plane, fit),
        grade: qr_code::grade::grade(plane, fit),
    }
}

fn bytes_over(fit: &LocatedSymbol) -> Option<u32> {
    let smaller = fit.reading.version.checked_sub(1)?;
    let room = qr_code::layout::Blocks::of(smaller, fit.reading.level)?.data() * 8;
    // The length of a text of bytes takes a byte less below version 10.
    let head = if smaller == 9 { 8 } else { 0 };
    let over = fit.reading.bits.saturating_sub(room + head);
    u32::try_from(over.div_ceil(8)).ok()
}

/// Finds QR codes in grey pixels (0 is black), `width` by `height`. Patterns with three finders that do not
/// decode are reported without text, so that the caller can look closer.
///
/// A `Drawing` has few colours and hard edges: it is parted into black and white first, so that pale and tinted
/// codes are read like black ones, and turned over when it is mostly dark. A `Photo` is looked at as it is.
pub fn qr(width: usize, height: usize, pixels: &[u8], kind: PictureKind) -> Vec<Detection> {
    if width < 21 || height < 21 || pixels.len() < width * height {
        return Vec::new();
    }
    match kind {
        PictureKind::Photo => look(width, height, pixels, false),
        PictureKind::Drawing => {
            let threshold = otsu_threshold(pixels);
            let binarized = |light_on_dark: bool| -> Vec<u8> {
                let black = |p: &u8| (*p < threshold) != light_on_dark;
                pixels
                    .iter()
                    .map(|p| if black(p) { 0 } else { u8::MAX })
                    .collect()
            };
            let found = look(width, height, &binarized(false), false);
            let dark = pixels.iter().filter(|p| **p < threshold).count();
            if dark * 2 < pixels.len() || found.iter().any(|s| s.text.is_some()) {
                return found;
            }
            [found, look(width, height, &binarized(true), true)].concat()
        }
    }
}

/// Where codes may be in grey pixels (0 is black): finder patterns, and bar codes read along every `step`-th line.
/// None if there are too many finders to tell.
pub fn candidates(width: usize, height: usize, pixels: &[u8], step: usize) -> Option<Candidates> {
    if pixels.len() < width * height {
        return Some(Candidates::default());
    }
    let dark = binarize::binarize(width, height, pixels);
    let gradients = Gradients::of(width, height, pixels);
    let bars = linear::search::in_binarized(width, height, pixels, &dark, &gradients, step);
    let like = linear::undecodable::in_binarized(width, height, &dark, &gradients, step);
    Some(Candidates {
        finders: qr_code::finder_patterns::in_binarized(width, height, pixels, dark)?,
        bars,
        like,
    })
}

/// What was seen in a picture.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Finder patterns of QR codes.
    pub finders: Vec<FinderTriple>,
    /// Bar codes that were read.
    pub bars: Vec<Bars>,
    /// What stands like one: left, top, right, bottom.
    pub like: Vec<[f64; 4]>,
}

/// What a picture is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// Few colours and hard edges.
    Drawing,
    /// Any colours.
    Photo,
}

/// What rqrr finds. It panics where three corner marks make no square, and then all it found is lost: what it is held against
/// looks for itself.
fn look(width: usize, height: usize, pixels: &[u8], inverted: bool) -> Vec<Detection> {
    let look = || first_reader(width, height, pixels, inverted);
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}

fn first_reader(width: usize, height: usize, pixels: &[u8], inverted: bool) -> Vec<Detection> {
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    image
        .detect_grids()
        .into_iter()
        .map(|grid| {
            let mut bytes = Vec::new();
            let read = grid.decode_to(&mut bytes).ok();
            // A version this reader does not know leaves the least a code can have.
            let modules = read.as_ref().map_or(21, |meta| meta.version.to_size());
            let modules = u32::try_from(modules).unwrap_or(21);
            Detection {
                corners: corners(
                    grid.bounds.map(|p| [f64::from(p.x), f64::from(p.y)]),
                    modules,
                ),
                modules,
                text: read.map(|_| qr_code::segments::guess(bytes)),
                inverted,
                agreement: None,
            }
        })
        .collect()
}

/// The symbol's corners from the reader's, which lie one module too far to the right and below.
fn corners(bounds: [[f64; 2]; 4], modules: u32) -> [[f64; 2]; 4] {
    let share = f64::from(modules) / (f64::from(modules) + 1.0);
    let [origin, ..] = bounds;
    bounds.map(|p| {
        [
            origin[0] + (p[0] - origin[0]) * share,
            origin[1] + (p[1] - origin[1]) * share,
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_picture_holds_nothing() {
        assert!(qr(100, 100, &[255; 10_000], PictureKind::Drawing).is_empty());
        assert!(qr(10, 10, &[0; 100], PictureKind::Photo).is_empty());
        assert!(qr(100, 100, &[0; 10], PictureKind::Photo).is_empty());
    }

    #[test]
    fn the_readers_corners_lose_their_extra_module() {
        let bounds = [[10.0, 10.0], [232.0, 10.0], [232.0, 232.0], [10.0, 232.0]];
        let [.., last] = corners(bounds, 21);
        assert!((last[1] - (10.0 + 222.0 * 21.0 / 22.0)).abs() < 1e-9);
    }
}
