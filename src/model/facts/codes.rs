//! Machine-readable codes found on a page, measured at printed size.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Grade, InkAmount, SpaceKind};
use crate::model::geometry::Rect;
use crate::model::units::Length;

/// The symbology of a code.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Encode,
    Decode,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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

/// Something that stands like a code and cannot be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiet_sides_modules: Vec<f64>,
    /// How far it is turned to the left, in degrees from -180 to 180.
    pub rotation_deg: f64,
    /// Whether it is seen from behind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lossy: bool,
    /// How much the greys of its light and of its dark parts vary, against its contrast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<f64>,
    /// The colour space its dark parts are in, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceKind>,
    /// The inks its dark parts are drawn in, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inks: Option<Vec<InkAmount>>,
    /// How a verifier would grade the artwork; none where it could not be measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

impl Code {
    /// The side of a module in points.
    pub fn module_pt(&self) -> f64 {
        Length::mm(self.module_mm).as_pt()
    }
}
