//! The only modules that name a PDF crate: reading, interpreting and drawing files.

mod colour;
mod fonts;
mod guard;
mod images;
mod interpreting;
mod raster;
mod reading;
mod separations;
mod write;

pub use colour::{
    CmykConverter, Entry, Family, InkBound, Inks, PROCESS, Palette, Space, SpaceKind,
};
pub use fonts::identity::{FontIdentity, FontTechnology};
pub use images::glance::Glance;
pub use images::soundness::Flaw;
pub use interpreting::blend::Blend;
pub use interpreting::visitor::{
    Codec, GlyphMark, GlyphMode, ImageMark, Ink, Look, PathMark, PathMode, Visitor,
};
pub use interpreting::ways::Ways;
pub use raster::canvas::{Canvas, Colours, Grey, luminance};
pub use reading::document_catalog::{Deed, Holdings, LayerNote, Sheet};
pub use reading::frame::Frame;
pub use reading::read::{Note, Reader, Shelf};
pub use reading::structure::{Skeleton, skeleton};
pub use reading::trouble::Walked;
pub use separations::read::SeparationSet;
pub use write::template;
