//! The graphics objects of a page by what standards of exchange ask of them: colour, size, overprint, and what lies below.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Painted;
use crate::model::geometry::Rect;

/// How an object meets what lies below it: the overprint parameter and the overprint mode of its graphics state.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Encode,
    Decode,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Overprint {
    /// It replaces what lies below.
    KnocksOut,
    /// It overprints, in overprint mode 0: DeviceCMYK replaces all four inks.
    Overprints,
    /// It overprints, in overprint mode 1: DeviceCMYK leaves the inks at zero as they are.
    OverprintsNonzero,
}

/// Graphics objects of a page that are alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct ObjectUse {
    /// What they are.
    pub on: Painted,
    /// Their colour: a place in the document's `colours`.
    pub colour: u32,
    /// Whether they are image masks, painted in the current colour.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stencil: bool,
    /// How they meet what lies below.
    pub overprint: Overprint,
    /// Whether opacity, a blend mode or a soft mask lets what lies below shine through.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transparent: bool,
    /// Whether they lie on something else that is painted, text and things of their own colour aside.
    pub overlaps: bool,
    /// Whether any of them can be seen: white on bare paper cannot, nor what is clipped away or transparent.
    pub visible: bool,
    /// The em of text, or the width of lines: strokes, and filled rectangles so thin that they are lines. In points on the
    /// page, to a thousandth.
    #[serde(rename = "size_pt", skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
    /// How many glyphs, paths or pictures.
    pub count: u32,
    /// The first of them.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}
