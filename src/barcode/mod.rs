//! From pixels to codes. Knows nothing of PDF.

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
pub fn qr(width: usize, height: usize, pixels: &[u8], try_inverted: bool) -> Vec<Sighting> {
    let mut found = look(width, height, pixels, false);
    if try_inverted && !found.iter().any(|s| s.text.is_some()) {
        found.extend(
            look(width, height, pixels, true)
                .into_iter()
                .filter(|s| s.text.is_some()),
        );
    }
    found
}

fn look(width: usize, height: usize, pixels: &[u8], inverted: bool) -> Vec<Sighting> {
    if width < 21 || height < 21 || pixels.len() < width * height {
        return Vec::new();
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let value = pixels.get(y * width + x).copied().unwrap_or(u8::MAX);
        if inverted { u8::MAX - value } else { value }
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
