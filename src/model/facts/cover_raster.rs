//! A cover as it looks: how far its ground reaches, and where colours meet in a straight line down the page.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What lies along one line from an edge of the page inwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Inwards {
    /// Bare paper from the edge, in steps.
    pub bare: u16,
    /// Colour from there until paper shows again, in steps; as far as was looked.
    pub inked: u16,
}

/// Two colours that meet in a straight line down the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Meeting {
    /// Where, in points from the left.
    #[serde(rename = "x_pt")]
    pub x: f32,
    /// The share of the page's height over which they do.
    pub share: f32,
}

/// A strip of one colour along an edge of the page, which ends in a straight line where another colour begins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Band {
    /// The edge: 0 left, 1 top, 2 right, 3 bottom.
    pub edge: u8,
    /// How wide it is, in points.
    #[serde(rename = "depth_pt")]
    pub depth: f32,
    /// Where it begins and ends along the edge, in points from the page's top or left.
    #[serde(rename = "along_pt")]
    pub along: [f32; 2],
}

/// A cover as it looks on white paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct CoverRaster {
    /// One step, in points.
    #[serde(rename = "step_pt")]
    pub step: f32,
    /// The distance from one line inwards to the next, in points.
    #[serde(rename = "spacing_pt")]
    pub spacing: f32,
    /// Lines inwards from the left, top, right and bottom edge, each from the page's top or left on.
    pub edges: [Vec<Inwards>; 4],
    /// Where colours meet in the middle of the page, from left to right.
    pub meetings: Vec<Meeting>,
    /// Strips of one colour along the edges, the longest of each edge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
}
