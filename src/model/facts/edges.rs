//! Lines, and what lies at or beyond the edges of a page.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::geometry::Rect;

/// How a line is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// A stroked path.
    Stroke,
    /// A filled rectangle so thin and long that it is seen as a line.
    Rule,
}

/// Lines of one width on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Line {
    /// Stroked, or a thin filled rectangle.
    pub kind: LineKind,
    /// Their width on the page through every matrix, in points; 0 is the thinnest the device can draw.
    #[serde(rename = "width_pt")]
    pub width: f32,
    /// Where the first of them lies.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// The extent of them all.
    #[serde(rename = "extent_pt")]
    pub extent: Rect,
    /// How many there are.
    pub count: u32,
}

/// The lines of a page that leave ink.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Lines {
    /// How many there are in all.
    pub total: u32,
    /// The thinnest widths among them, sixteen at most, each with how many lines have it.
    pub thinnest: Vec<Line>,
}

/// White lines that are spared out of something printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct WhiteLines {
    /// What they lie on: a place in the document's `colours`.
    pub on: u32,
    /// The lines.
    pub lines: Lines,
}

/// What kind of thing lies beyond the edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BeyondKind {
    /// Letters.
    Text,
    /// Pictures.
    Image,
    /// Paths.
    Art,
}

/// Things that would leave ink but lie beyond the edge of the page, where all is cut away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Beyond {
    /// What they are. Pictures and paths are told of only where the whole of them is beyond: art that runs off the
    /// page is meant to.
    pub kind: BeyondKind,
    /// Whether all of each is beyond, rather than a part.
    pub whole: bool,
    /// How many: letters, pictures or paths.
    pub count: u32,
    /// Their extent before anything is cut away.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// The first of the letters, where the file maps them to Unicode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// How lines mark a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MarkStyle {
    /// Lines that keep apart from their corner and point at it, as nothing but crop marks do.
    Apart,
    /// Lines that begin at their corner, as those of a table or a chart do as well.
    Touching,
    /// Lines that cross at their corner.
    Crossing,
    /// Four lines along its edges.
    Frame,
}

/// Thin lines that stand around a rectangle as crop marks do: short ones at its corners, or a frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct CropMarks {
    /// The rectangle they mark.
    #[serde(rename = "trim_pt")]
    pub trim: Rect,
    /// How many of its corners are marked: two that lie across from each other, three, or four.
    pub corners: u8,
    /// Two of the lines, together.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// How they are drawn.
    pub style: MarkStyle,
}

impl CropMarks {
    /// No mark is drawn thicker, in points.
    pub const THICK_PT: f64 = 2.0;

    /// Whether they are marks and nothing else: all four corners, each mark apart from its corner.
    pub fn are_sure(&self) -> bool {
        self.stand_apart() && self.corners == 4
    }

    /// Whether they look like marks whatever they stand around. The others may be a table's lines or an ornament.
    pub fn stand_apart(&self) -> bool {
        self.style == MarkStyle::Apart && self.corners >= 3
    }
}
