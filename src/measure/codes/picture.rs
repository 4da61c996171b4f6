//! Where to draw the pictures of codes that users look at.

use crate::measure::drawing::{Area, Encoding, View};
use crate::model::facts::Document;

/// Pixels a module: enough to see ragged edges.
const PIXELS: f64 = 10.0;
/// Modules of surroundings: the quiet zone, and a little to judge it by.
const AROUND: f64 = 6.0;

/// The place of every code found in a document, with a little of what is around it, in the order of its codes.
pub fn code_views(document: &Document) -> Vec<View> {
    let views = document.codes.iter().map(|code| {
        let module = code.module_pt().max(0.05);
        View {
            page: code.page,
            area: Area::Exactly(code.area.inflate(module * AROUND)),
            scale: PIXELS / module,
            longest: f64::INFINITY,
            encoding: Encoding::Png,
            grey: true,
        }
    });
    views.collect()
}
