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
}

/// One code, read and measured.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Code {
    /// The symbology.
    pub kind: CodeKind,
    /// What a reader gets from it.
    pub text: String,
    /// The page it is on, from 1.
    pub page: u32,
    /// The smallest upright rectangle around the symbol, without its quiet zone.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// The symbol's side on paper without the quiet zone, in millimetres (the mean of its four sides).
    pub side_mm: f64,
    /// The side of one module on paper (the X-dimension), in millimetres.
    pub module_mm: f64,
    /// Modules along one side: 17 + 4 x version.
    pub modules: u32,
    /// Whether it is drawn light on dark.
    pub inverted: bool,
}
