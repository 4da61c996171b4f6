//! QR codes set in type, in block characters, as they are printed to terminals and pasted into listings.

use super::codes::Qr;
use super::content::Content;
use super::font::Font;
use super::pdf::Pdf;
use super::truetype::{self, Shape};

/// The advance of a block, in parts of the size; blocks are twice as high and a sixtieth wider.
pub const ADVANCE: f64 = 0.6;
/// Where a block begins, below the line.
const BELOW: f64 = 0.24;

/// What is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Two dark modules a character, one above the other.
    Halves,
    /// The same of light modules, with a margin of four around them.
    LightHalves,
    /// Two characters a dark module.
    Pairs,
}

impl Set {
    /// All ways, for tests that go through them.
    pub const ALL: [Self; 3] = [Self::Halves, Self::LightHalves, Self::Pairs];
}

const SHAPES: [Shape; 5] = [
    // .notdef and the space
    Shape {
        advance: 600,
        ink: None,
    },
    Shape {
        advance: 600,
        ink: None,
    },
    // A whole block, its upper half, its lower half.
    Shape {
        advance: 600,
        ink: Some([-5, -240, 605, 960]),
    },
    Shape {
        advance: 600,
        ink: Some([-5, 360, 605, 960]),
    },
    Shape {
        advance: 600,
        ink: Some([-5, -240, 605, 360]),
    },
];

fn shape(code: u8) -> u16 {
    match code {
        b'F' => 2,
        b'U' => 3,
        b'L' => 4,
        _ => 1,
    }
}

/// A face of blocks, that is called like any other: `F` is a whole one, `U` and `L` are its halves.
pub fn face(pdf: &mut Pdf) -> Font {
    let program = truetype::program(&SHAPES, &[], shape);
    let file = pdf.flate(&format!("/Length1 {}", program.len()), &program);
    let descriptor = pdf.add(format!(
        "<< /Type /FontDescriptor /FontName /Plain /Flags 32 /FontBBox [-5 -240 605 960] /ItalicAngle 0 \
         /Ascent 960 /Descent -240 /CapHeight 700 /StemV 80 /FontFile2 {file} >>"
    ));
    let id = pdf.add(format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /Plain /Encoding /WinAnsiEncoding \
         /FontDescriptor {descriptor} /FirstChar 32 /LastChar 126 /Widths [{}] >>",
        "600 ".repeat(95)
    ));
    Font::of(id, vec![600.0; 256])
}

impl Set {
    /// Sets a code in the fill colour, the middle of its lines at the origin.
    pub fn draw(self, code: &Qr, content: &mut Content, font: &Font, size: f64, leading: f64) {
        let margin = if self == Self::LightHalves { 4 } else { 0 };
        let modules = code.size() + 2 * margin;
        let inked =
            |column: usize, row: usize| match (column.checked_sub(margin), row.checked_sub(margin))
            {
                (Some(x), Some(y)) => row < modules && code.dark(x, y) != (margin > 0),
                _ => true,
            };
        let lines: Vec<String> = match self {
            Self::Pairs => (0..modules)
                .map(|row| {
                    (0..modules)
                        .map(|x| if inked(x, row) { "FF" } else { "  " })
                        .collect()
                })
                .collect(),
            Self::Halves | Self::LightHalves => (0..modules.div_ceil(2))
                .map(|line| {
                    let halves = |x: usize| [2 * line, 2 * line + 1].map(|row| inked(x, row));
                    let letter = |x: usize| match halves(x) {
                        [true, true] => 'F',
                        [true, false] => 'U',
                        [false, true] => 'L',
                        [false, false] => ' ',
                    };
                    (0..modules).map(letter).collect()
                })
                .collect(),
        };
        let wide = lines.first().map_or(0, String::len) as f64 * ADVANCE * size;
        let high = lines.len() as f64 * leading * size;
        for (n, line) in (0..).zip(&lines) {
            let y = high / 2.0 - (f64::from(n) + 1.0) * leading * size + BELOW * size;
            content.text(font, size, -wide / 2.0, y, line.trim_end());
        }
    }

    /// The mean of the width and the height of a code of so many modules.
    pub fn side(self, modules: usize, size: f64, leading: f64) -> f64 {
        let [across, down] = if self == Self::Pairs {
            [2.0 * ADVANCE, leading]
        } else {
            [ADVANCE, leading / 2.0]
        };
        modules as f64 * size * across.midpoint(down)
    }
}
