//! Machine-readable codes found on a page, measured at printed size.

use schemars::JsonSchema;
use serde::Serialize;

use super::{InkAmount, SpaceKind};
use crate::geometry::Rect;

/// The symbology of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// A QR code, ISO/IEC 18004.
    Qr,
    /// An EAN-13 bar code, ISO/IEC 15420; the one for books begins with 978 or 979.
    #[serde(rename = "ean-13")]
    Ean13,
    /// A Code 128 bar code, ISO/IEC 15417.
    #[serde(rename = "code-128")]
    Code128,
    /// An Interleaved 2 of 5 bar code, ISO/IEC 16390.
    Itf,
    /// A Data Matrix, ISO/IEC 16022. It is recognised, not read.
    DataMatrix,
}

impl CodeKind {
    /// The name of the trade.
    pub fn word(self) -> &'static str {
        match self {
            Self::Qr => "QR code",
            Self::Ean13 => "EAN-13",
            Self::Code128 => "Code 128",
            Self::Itf => "Interleaved 2 of 5",
            Self::DataMatrix => "Data Matrix",
        }
    }
}

/// An artwork grade: what a verifier would say of the code as drawn, after ISO/IEC 15415 and 15416. Reflectance is the
/// share of white in the grey that is drawn, so a tint of 50 % black reflects half; paper and press come later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Grade {
    /// The lowest of all: 4 is A, 3 is B, 2 is C, 1 is D, 0 is F.
    pub overall: f64,
    /// The reflectance of its lightest part; for bar codes in red light, as scanners have it.
    pub lightest: f64,
    /// The reflectance of its darkest part.
    pub darkest: f64,
    /// The reflectance of the lightest part less that of the darkest.
    pub symbol_contrast: f64,
    /// How clearly light and dark are apart everywhere, against the symbol's contrast: 1 if all are as light or dark as any.
    pub modulation: f64,
    /// The share of error correction that is left, in the worst block of a QR code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unused_error_correction: Option<f64>,
    /// How far a QR code's modules are from square: the difference of their sides against their mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub axial_nonuniformity: Option<f64>,
    /// How far rows and columns of a QR code are off an even grid at most, in modules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid_nonuniformity: Option<f64>,
    /// The least step in reflectance between a bar and a space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge_contrast: Option<f64>,
    /// How far the widths of bars and spaces are from being taken for others: 1 if they are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decodability: Option<f64>,
}

impl Grade {
    /// The overall grade as a letter.
    pub fn letter(&self) -> char {
        letter(self.overall)
    }
}

/// A grade from 4 to 0 as a letter.
pub fn letter(grade: f64) -> char {
    match grade {
        g if g >= 4.0 => 'A',
        g if g >= 3.0 => 'B',
        g if g >= 2.0 => 'C',
        g if g >= 1.0 => 'D',
        _ => 'F',
    }
}

/// The grade of a value that is better the larger it is; `limits` are those of A to D.
pub fn grade_up(value: f64, limits: [f64; 4]) -> f64 {
    // Greys are whole numbers, so a value drawn on a limit may come out a little under it.
    steps(limits.map(|limit| value >= limit - NEAR))
}

/// The grade of a value that is better the smaller it is; `limits` are those of A to D.
pub fn grade_down(value: f64, limits: [f64; 4]) -> f64 {
    steps(limits.map(|limit| value <= limit + NEAR))
}

/// Half a step of 8 bits.
const NEAR: f64 = 0.5 / 255.0;

fn steps(reached: [bool; 4]) -> f64 {
    let grades = [4.0, 3.0, 2.0, 1.0];
    let best = grades
        .into_iter()
        .zip(reached)
        .find(|(_, reached)| *reached);
    best.map_or(0.0, |(grade, _)| grade)
}

/// Something that stands like a code and cannot be read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unread {
    /// What it looks like.
    pub kind: CodeKind,
    /// The page it is on, from 1.
    pub page: u32,
    /// The smallest upright rectangle around it.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// What was seen of it and tried.
    pub tried: String,
}

/// One code, read and measured.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Code {
    /// The symbology.
    pub kind: CodeKind,
    /// What a reader gets from it.
    pub text: String,
    /// The digits of the add-on beside a bar code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_on: Option<String>,
    /// The page it is on, from 1.
    pub page: u32,
    /// The smallest upright rectangle around the symbol, without its quiet zone.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// The symbol's side on paper without the quiet zone, in millimetres: the mean of a QR code's four sides, the length of a
    /// bar code from its first to its last bar, without add-on.
    pub side_mm: f64,
    /// The height of a bar code's bars on paper, in millimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar_height_mm: Option<f64>,
    /// The side of one module on paper (the X-dimension), in millimetres.
    pub module_mm: f64,
    /// Modules along one side: 17 + 4 x version of a QR code, 95 of a bar code.
    pub modules: u32,
    /// Whether it is drawn light on dark.
    pub inverted: bool,
    /// The least clear space around it in modules, up to six for a QR code; none where it could not be measured.
    pub quiet_zone_modules: Option<f64>,
    /// The clear space in modules: left of, above, right of and below a QR code as it stands upright; before and after a
    /// bar code (its add-on, if it has one).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quiet_sides_modules: Vec<f64>,
    /// How far it is turned to the left, in degrees from -180 to 180.
    pub rotation_deg: f64,
    /// Whether it is seen from behind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mirrored: bool,
    /// The error correction of a QR code: L, M, Q or H.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<char>,
    /// Bytes of its text that a QR code one version smaller has no room for, at the same error correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes_over: Option<u32>,
    /// Pixels a module, across and down, where it is a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixels_per_module: Option<[f64; 2]>,
    /// Whether the picture is compressed with loss.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lossy: bool,
    /// How much the greys of its light and of its dark parts vary, against its contrast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<f64>,
    /// The colour space its dark parts are in, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceKind>,
    /// The inks its dark parts are drawn in, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inks: Option<Vec<InkAmount>>,
    /// How a verifier would grade the artwork; none where it could not be measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}
