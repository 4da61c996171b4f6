//! Draws a QR code in every way that layout programs do, so that finding them can be tested.

use super::content::Content;
use super::pdf::{Pdf, deflate};
use qrcode::{Color, QrCode, Version};

pub use qrcode::EcLevel;

/// How the modules reach the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// One filled rectangle for each dark module.
    Modules,
    /// One filled rectangle for each run of dark modules in a row.
    Rows,
    /// One path around all dark areas, filled by the even-odd rule.
    Outline,
    /// An image XObject of one bit a pixel, one pixel a module.
    Image,
    /// A stencil mask painted in the current fill colour.
    Mask,
    /// An inline image of one bit a pixel.
    Inline,
}

impl Drawn {
    /// All ways, for tests that go through them.
    pub const ALL: [Self; 6] = [
        Self::Modules,
        Self::Rows,
        Self::Outline,
        Self::Image,
        Self::Mask,
        Self::Inline,
    ];

    /// A word for file names and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Modules => "modules",
            Self::Rows => "rows",
            Self::Outline => "outline",
            Self::Image => "image",
            Self::Mask => "mask",
            Self::Inline => "inline",
        }
    }
}

/// Where a code stands on the page.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Left edge of the symbol after turning, without quiet zone, in points.
    pub x: f64,
    /// Bottom edge of the symbol after turning, in points.
    pub y: f64,
    /// Length of a side of the symbol, without quiet zone, in points.
    pub side: f64,
    /// Quarter turns to the left.
    pub turns: u8,
}

impl Spot {
    /// An upright code.
    pub fn new(x: f64, y: f64, side: f64) -> Self {
        Self {
            x,
            y,
            side,
            turns: 0,
        }
    }

    /// The same, turned to the left by quarters within its square.
    #[must_use]
    pub fn turned(self, turns: u8) -> Self {
        Self { turns, ..self }
    }
}

/// A QR code as a matrix of modules.
#[derive(Clone, Debug)]
pub struct Qr {
    size: usize,
    dark: Vec<bool>,
    /// Pixels a module where it is drawn as a picture.
    pixels: usize,
}

impl Qr {
    /// Encodes text at correction level M, in the smallest version that holds it.
    pub fn new(text: &str) -> Self {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .expect("the text is short enough for a QR code");
        Self::of(&code)
    }

    /// A code of this version and level, and its text: as many capitals and digits as it holds.
    pub fn full(version: i16, level: EcLevel) -> (Self, String) {
        let text: String = ('0'..='9').chain('A'..='Z').cycle().take(2500).collect();
        let holds = |length: &usize| {
            let version = Version::Normal(version);
            QrCode::with_version(&text[..*length], version, level).ok()
        };
        let (mut fits, mut over) = (1, text.len());
        while fits + 1 < over {
            let middle = usize::midpoint(fits, over);
            if holds(&middle).is_some() {
                fits = middle;
            } else {
                over = middle;
            }
        }
        let code = holds(&fits).expect("one character fits into every code");
        (Self::of(&code), text[..fits].to_owned())
    }

    fn of(code: &QrCode) -> Self {
        let dark = code.to_colors().into_iter();
        Self {
            size: code.width(),
            dark: dark.map(|color| color == Color::Dark).collect(),
            pixels: 1,
        }
    }

    /// The same with so many pixels a module where it is drawn as a picture.
    #[must_use]
    pub fn fine(self, pixels: usize) -> Self {
        Self { pixels, ..self }
    }

    /// Modules along a side, without quiet zone.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether the module is dark; row 0 is the top one. Outside the symbol all is light.
    pub fn dark(&self, column: usize, row: usize) -> bool {
        column < self.size && row < self.size && self.dark[row * self.size + column]
    }

    /// Draws the code in the current fill colour (pictures are black and white by themselves).
    pub fn draw(&self, pdf: &mut Pdf, content: &mut Content, drawn: Drawn, spot: Spot) {
        let half = spot.side / 2.0;
        content.save();
        if spot.turns.is_multiple_of(4) {
            content.translate(spot.x, spot.y);
        } else {
            content
                .turn(spot.x + half, spot.y + half, spot.turns)
                .translate(-half, -half);
        }
        match drawn {
            Drawn::Modules | Drawn::Rows => self.rectangles(content, spot.side, drawn),
            Drawn::Outline => self.outline(content, spot.side),
            Drawn::Image => {
                let id = pdf.flate(
                    &format!(
                        "/Type /XObject /Subtype /Image /Width {0} /Height {0} /ColorSpace /DeviceGray \
                         /BitsPerComponent 1",
                        self.size * self.pixels
                    ),
                    &self.bits(true),
                );
                content.image(id, 0.0, 0.0, spot.side, spot.side);
            }
            Drawn::Mask => {
                let id = pdf.flate(
                    &format!(
                        "/Type /XObject /Subtype /Image /Width {0} /Height {0} /ImageMask true \
                         /BitsPerComponent 1",
                        self.size * self.pixels
                    ),
                    &self.bits(true),
                );
                content.image(id, 0.0, 0.0, spot.side, spot.side);
            }
            Drawn::Inline => {
                let hex: String = deflate(&self.bits(true))
                    .iter()
                    .map(|byte| format!("{byte:02X}"))
                    .collect();
                content
                    .cm([spot.side, 0.0, 0.0, spot.side, 0.0, 0.0])
                    .raw(format!(
                        "BI /W {0} /H {0} /CS /G /BPC 1 /F [/AHx /Fl] ID\n{hex}>\nEI",
                        self.size * self.pixels
                    ));
            }
        }
        content.restore();
    }

    /// A picture of the code as grey pixels, `scale` pixels a module with `quiet` light modules around: side and pixels.
    pub fn pixels(&self, scale: usize, quiet: usize) -> (usize, Vec<u8>) {
        let side = (self.size + 2 * quiet) * scale;
        let mut pixels = vec![255; side * side];
        for (index, pixel) in pixels.iter_mut().enumerate() {
            let (column, row) = (index % side / scale, index / side / scale);
            // Left of the symbol the subtraction wraps far beyond it, where all is light.
            if self.dark(column.wrapping_sub(quiet), row.wrapping_sub(quiet)) {
                *pixel = 0;
            }
        }
        (side, pixels)
    }

    fn rectangles(&self, content: &mut Content, side: f64, drawn: Drawn) {
        let module = side / self.size as f64;
        for row in 0..self.size {
            let y = side - (row + 1) as f64 * module;
            let mut column = 0;
            while column < self.size {
                if !self.dark(column, row) {
                    column += 1;
                    continue;
                }
                let start = column;
                column += 1;
                while drawn == Drawn::Rows && self.dark(column, row) {
                    column += 1;
                }
                let width = (column - start) as f64 * module;
                content.fill_rect(start as f64 * module, y, width, module);
            }
        }
    }

    /// Walks along every border with the dark side on the left and joins the steps to closed loops.
    fn outline(&self, content: &mut Content, side: f64) {
        let module = side / self.size as f64;
        let mut edges = std::collections::BTreeMap::<(usize, usize), Vec<(usize, usize)>>::new();
        for row in 0..self.size {
            for column in 0..self.size {
                if !self.dark(column, row) {
                    continue;
                }
                let (left, right, top, bottom) = (column, column + 1, row, row + 1);
                let mut border = |light: bool, from, to| {
                    if light {
                        edges.entry(from).or_default().push(to);
                    }
                };
                border(!self.dark(column, row + 1), (left, bottom), (right, bottom));
                border(!self.dark(column + 1, row), (right, bottom), (right, top));
                border(
                    row == 0 || !self.dark(column, row - 1),
                    (right, top),
                    (left, top),
                );
                border(
                    column == 0 || !self.dark(column - 1, row),
                    (left, top),
                    (left, bottom),
                );
            }
        }
        while let Some(start) = edges.keys().next().copied() {
            let mut loop_points = vec![start];
            let mut at = start;
            while let Some(next) = edges.get_mut(&at).and_then(Vec::pop) {
                if edges.get(&at).is_some_and(Vec::is_empty) {
                    edges.remove(&at);
                }
                at = next;
                if at == start {
                    break;
                }
                loop_points.push(at);
            }
            let points: Vec<(f64, f64)> = corners(&loop_points)
                .iter()
                .map(|(x, y)| (*x as f64 * module, side - *y as f64 * module))
                .collect();
            content.polygon(&points);
        }
        // Even-odd makes holes light whichever way loops were joined where dark modules touch at a corner.
        content.fill_even_odd();
    }

    /// The modules at one bit each, rows padded to bytes; `dark_is_zero` as DeviceGray and stencil masks have it.
    fn bits(&self, dark_is_zero: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let side = self.size * self.pixels;
        for row in 0..side {
            for byte in 0..side.div_ceil(8) {
                out.push((0..8).fold(0_u8, |bits, bit| {
                    let (column, row) = ((byte * 8 + bit) / self.pixels, row / self.pixels);
                    (bits << 1) | u8::from(self.dark(column, row) != dark_is_zero)
                }));
            }
        }
        out
    }
}

/// The points of a closed loop of unit steps at which it changes direction.
fn corners(points: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let count = points.len();
    (0..count)
        .filter(|index| {
            let (before, after) = (
                points[(index + count - 1) % count],
                points[(index + 1) % count],
            );
            before.0 != after.0 && before.1 != after.1
        })
        .map(|index| points[index])
        .collect()
}
