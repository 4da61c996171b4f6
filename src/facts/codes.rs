//! Machine-readable codes found on a page, measured at printed size.

use schemars::JsonSchema;
use serde::Serialize;

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
}

impl CodeKind {
    /// The name of the trade.
    pub fn word(self) -> &'static str {
        match self {
            Self::Qr => "QR code",
            Self::Ean13 => "EAN-13",
        }
    }
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
    /// The clear space before and after a bar code (its add-on, if it has one), in modules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_sides_modules: Option<[f64; 2]>,
}
