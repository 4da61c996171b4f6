//! Text as painted: where its ink lies, its characters, whether it is visible.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::geometry::Rect;

/// The text render mode (the `Tr` operator), without its clipping half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RenderMode {
    /// Filled.
    Fill,
    /// Outlined.
    Stroke,
    /// Filled and outlined.
    FillStroke,
    /// Neither: nothing is painted (render mode 3, as in OCR layers, or 7).
    Invisible,
}

/// Whether painted text or art can be seen on paper.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Visibility {
    /// It leaves ink, or spares paper white within ink.
    Visible,
    /// It is painted in paper white where nothing else is.
    White,
    /// It is painted in no mode or fully transparent.
    Invisible,
    /// A clip, or the edge of the page, cuts all of it away.
    ClippedAway,
    /// An opaque picture or rectangle painted later lies over all of it.
    Covered,
}

/// The glyph of a run whose ink reaches furthest towards one edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Tip {
    /// The characters of the glyph, where known.
    pub text: String,
    /// The ink of that glyph.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}

/// Text set together: one font, one size, one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct TextRun {
    /// The ink of all its glyphs after clipping; for text that is not visible, where it would be.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// Its characters, where the file maps them to Unicode.
    pub text: String,
    /// The font: an index into the document's `fonts`.
    pub font: u32,
    /// The em on paper through every matrix, in points.
    #[serde(rename = "size_pt")]
    pub size: f32,
    /// The direction its line runs in, in degrees clockwise from a line that runs to the right: 90 down the page, 270 up.
    #[serde(default, rename = "angle_deg", skip_serializing_if = "is_level")]
    pub angle: u16,
    /// How it is painted.
    pub mode: RenderMode,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// The glyphs that reach furthest left, up, right and down.
    pub tips: Box<[Tip; 4]>,
    /// The colour it is in, of outlined and filled text the filling's: a place in the document's `colours`.
    pub paint: u32,
    /// How opaque it is, with the groups it lies in.
    #[serde(
        default = "opaque",
        rename = "opacity_percent",
        skip_serializing_if = "is_opaque"
    )]
    pub opacity: u8,
    /// What lies below the first of its letters, if anything is painted there: a place in the document's `colours`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<u32>,
    /// The height of the ink of its small letters without ascenders, in points; none where it has none, nobody knows
    /// what it says, or it stands askew.
    #[serde(rename = "x_height_pt", skip_serializing_if = "Option::is_none")]
    pub x_height: Option<f32>,
    /// The height of the ink of its capitals or figures, in points.
    #[serde(rename = "cap_height_pt", skip_serializing_if = "Option::is_none")]
    pub cap_height: Option<f32>,
    /// Boxes shown for glyphs that the font has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}

/// Whether a line runs to the right, as most do.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_level(angle: &u16) -> bool {
    *angle == 0
}

fn opaque() -> u8 {
    100
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_opaque(percent: &u8) -> bool {
    *percent == 100
}

impl TextRun {
    /// Whether `next` goes on where this one stops, on the same line and in the same column.
    pub fn goes_on_in(&self, next: &Self) -> bool {
        let (a, b) = (self.area, next.area);
        let middle = (b.y0 + b.y1) / 2.0;
        let level = (a.y0 - self.size * 0.4..=a.y1 + self.size * 0.4).contains(&middle);
        let gap = b.x0 - a.x1;
        level && gap > -self.size && gap < self.size * COLUMN
    }

    /// Whether a space stands between this one and the `next` on its line.
    pub fn parts_from(&self, next: &Self) -> bool {
        next.area.x0 - self.area.x1 > self.size * 0.15
    }
}

/// A gap of so many ems between runs on one line parts it into two.
const COLUMN: f32 = 3.0;

/// Boxes (`.notdef`) that stand for glyphs a font has not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Missing {
    /// How many.
    pub count: u32,
    /// The ink of the first.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}
