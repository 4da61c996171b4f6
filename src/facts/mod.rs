//! What was measured: plain, owned, serialisable data. No judgement and no PDF in sight.

mod codes;
mod colour;
mod coverage;
mod document;
mod page;
mod text;

use std::sync::Arc;

pub use codes::{Code, CodeKind, Grade, Unread, grade_down, grade_up, letter};
pub use colour::{
    Colour, ColourUse, InkAmount, Painted, SpaceKind, Through, Transparency, is_process,
};
pub use coverage::{Coverage, Patch, Plates, STEP_PT};
pub use document::{Document, Encryption, Font, FontKind, Gap, Info, Structure};
pub use page::{
    Annotation, Art, ArtKind, Boxes, Filter, ImageColour, Page, PathCount, PlacedImage, Relief,
    Texture,
};
pub use text::{RenderMode, TextRun, Tip, Visibility};

/// Everything measured of one book: what the rules see.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The book block, if one was given.
    pub interior: Option<Arc<Document>>,
    /// The cover, if one was given.
    pub cover: Option<Arc<Document>>,
}
