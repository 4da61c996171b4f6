//! Guide lines of a template, by layer: what a designer lays under a cover. Plain geometry for whoever draws it.

use crate::model::geometry::{Rect, Size};

/// The guides of one cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Guides {
    /// For people: product, stock, pages.
    pub title: String,
    /// The size of the file.
    pub size: Size,
    /// What is left after cutting, or seen of a wrapped cover.
    pub trim: Rect,
    /// The layers, lowest first.
    pub layers: Vec<GuideLayer>,
}

/// One kind of guide.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideLayer {
    /// `bleed`, `trim`, `hinges`, `folds`, `safe areas` or `barcode`.
    pub name: &'static str,
    /// Red, green and blue of its lines.
    pub colour: [u8; 3],
    /// Whether its areas are tinted.
    pub tinted: bool,
    /// Whether its lines are dashed.
    pub dashed: bool,
    /// Outlined areas, each with what it is.
    pub areas: Vec<(String, Rect)>,
    /// Lines from top to bottom, by their distance from the left.
    pub lines: Vec<f64>,
}
