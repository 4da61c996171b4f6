//! From pixels to codes. Knows nothing of PDF.

mod ean;
mod ean_digits;
mod finders;

pub use ean::{Bars, ean13, module_of};
pub use finders::{Sight, finders};

/// A pattern that looks like a QR code.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Corners in pixels: top left, top right, bottom right, bottom left of the symbol.
    pub corners: [[f64; 2]; 4],
    /// Modules along a side, as far as known.
    pub modules: u32,
    /// What it says, if it could be read.
    pub text: Option<String>,
    /// Whether it is light on dark.
    pub inverted: bool,
}

/// Finds QR codes in grey pixels (0 is black), `width` by `height`. Patterns with three finders that do not
/// decode are reported without text, so that the caller can look closer.
///
/// A `Drawing` has few colours and hard edges: it is parted into black and white first, so that pale and tinted
/// codes are read like black ones, and turned over when it is mostly dark. A `Photo` is looked at as it is.
pub fn qr(width: usize, height: usize, pixels: &[u8], kind: Kind) -> Vec<Sighting> {
    if width < 21 || height < 21 || pixels.len() < width * height {
        return Vec::new();
    }
    match kind {
        Kind::Photo => look(width, height, pixels, false),
        Kind::Drawing => {
            let threshold = parting(pixels);
            let parted = |light_on_dark: bool| -> Vec<u8> {
                let black = |p: &u8| (*p < threshold) != light_on_dark;
                pixels
                    .iter()
                    .map(|p| if black(p) { 0 } else { u8::MAX })
                    .collect()
            };
            let found = look(width, height, &parted(false), false);
            let dark = pixels.iter().filter(|p| **p < threshold).count();
            if dark * 2 < pixels.len() || found.iter().any(|s| s.text.is_some()) {
                return found;
            }
            [found, look(width, height, &parted(true), true)].concat()
        }
    }
}

/// Where codes may be in grey pixels (0 is black): finder patterns, and bar codes read along every `step`-th line.
/// None if there are too many finders to tell.
pub fn sights(
    width: usize,
    height: usize,
    pixels: &[u8],
    step: usize,
) -> Option<(Vec<Sight>, Vec<Bars>)> {
    if pixels.len() < width * height {
        return Some((Vec::new(), Vec::new()));
    }
    let dark = finders::part(width, height, pixels);
    let bars = ean::parted(width, height, &dark, step);
    Some((finders::parted(width, height, pixels, dark)?, bars))
}

/// What a picture is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Few colours and hard edges.
    Drawing,
    /// Any colours.
    Photo,
}

fn look(width: usize, height: usize, pixels: &[u8], inverted: bool) -> Vec<Sighting> {
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
            Sighting {
                corners: corners(
                    grid.bounds.map(|p| [f64::from(p.x), f64::from(p.y)]),
                    modules,
                ),
                modules,
                text: read.map(|_| text(bytes)),
                inverted,
            }
        })
        .collect()
}

/// The grey value that parts dark from light best: the one that makes both sides most alike within
/// themselves (Otsu's method).
fn parting(pixels: &[u8]) -> u8 {
    let mut histogram = [0f64; 256];
    for pixel in pixels {
        if let Some(count) = histogram.get_mut(usize::from(*pixel)) {
            *count += 1.0;
        }
    }
    let all: f64 = histogram.iter().sum();
    let moment = |h: &[f64]| {
        h.iter()
            .zip(0u32..)
            .map(|(n, v)| n * f64::from(v))
            .sum::<f64>()
    };
    let whole = moment(&histogram);
    let (mut dark, mut dark_moment) = (0.0, 0.0);
    let mut best = (0.0, 128u8);
    for (value, count) in (0u8..=255).zip(histogram) {
        dark += count;
        dark_moment += count * f64::from(value);
        let light = all - dark;
        if dark > 0.0 && light > 0.0 {
            let apart = dark_moment / dark - (whole - dark_moment) / light;
            let between = dark * light * apart * apart;
            if between > best.0 {
                best = (between, value.saturating_add(1));
            }
        }
    }
    best.1
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

/// Bytes of a code as text: UTF-8 where they are, else Latin 1, which every byte is.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|e| e.into_bytes().into_iter().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parting_falls_between_the_two_greys() {
        let pixels: Vec<u8> = [vec![180; 500], vec![240; 900]].concat();
        let at = parting(&pixels);
        assert!(at > 180 && at <= 240, "{at}");
    }

    #[test]
    fn a_blank_picture_holds_nothing() {
        assert!(qr(100, 100, &[255; 10_000], Kind::Drawing).is_empty());
        assert!(qr(10, 10, &[0; 100], Kind::Photo).is_empty());
        assert!(qr(100, 100, &[0; 10], Kind::Photo).is_empty());
    }

    #[test]
    fn the_readers_corners_lose_their_extra_module() {
        let bounds = [[10.0, 10.0], [232.0, 10.0], [232.0, 232.0], [10.0, 232.0]];
        let [.., last] = corners(bounds, 21);
        assert!((last[1] - (10.0 + 222.0 * 21.0 / 22.0)).abs() < 1e-9);
    }
}
