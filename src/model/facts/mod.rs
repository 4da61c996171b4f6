//! What was measured: plain, owned, serialisable data. No judgement and no PDF in sight.

mod codes;
mod colour;
mod cover_raster;
mod coverage;
mod document;
mod edges;
mod exchange;
mod isbn;
mod leftover;
mod objects;
mod page;
mod settings;
mod text;

use std::sync::Arc;

pub use codes::{Code, CodeKind, Unread};
pub use colour::{
    Colour, ColourUse, InkAmount, Painted, SpaceKind, Through, Transparency, is_process,
};
pub use cover_raster::{Band, CoverRaster, Inwards, Meeting};
pub use coverage::{AverageInk, Coverage, Patch, Plates, STEP_PT, SquareInk, WINDOW_PT, Window};
pub use document::{
    Action, Attachment, Document, Encryption, Font, FontKind, Form, Gap, Info, Layer,
    ProcessingStep, SizeApart, Structure,
};
pub use edges::{Beyond, BeyondKind, CropMarks, Line, LineKind, Lines, MarkStyle, WhiteLines};
pub use exchange::{
    Construct, ConstructUse, DestProfile, Exchange, IccHeader, InkDefinition, OutputIntent,
    ViewerBox, Xmp,
};
pub use isbn::PrintedIsbn;
pub use leftover::{Evidence, Leftover};
pub use objects::{ObjectUse, Overprint};
pub use page::{
    Annotation, Art, ArtKind, Boxes, Codec, EdgeDensity, ImageColour, ImageFlaw, LocalContrast,
    Page, PathCount, PlacedImage,
};
pub use presscheck_barcode::{Damage, Grade, grade_down, grade_up, letter};
pub use settings::{PressSetting, Setting};
pub use text::{Missing, RenderMode, TextRun, Tip, Visibility};

/// Everything measured of one book: what the rules see.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The book block, if one was given.
    pub interior: Option<Arc<Document>>,
    /// The cover, if one was given.
    pub cover: Option<Arc<Document>>,
}
