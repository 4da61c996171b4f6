//! The only modules that name a PDF crate: reading, interpreting and drawing files.

mod annotate;
mod colour;
mod fonts;
mod guard;
mod images;
mod interpreting;
mod objects;
mod raster;
mod reading;
mod separations;
mod write;

pub use annotate::annotated;
pub use colour::{CmykConverter, Entry, Family, InkBound, Inks, PROCESS, Palette, Space};
pub use fonts::identity::FontIdentity;
pub use images::thumbnail::Thumbnail;
pub use interpreting::blend::Blend;
pub use interpreting::visitor::{
    GlyphMark, GlyphMode, ImageMark, Ink, Look, PathMark, PathMode, Visitor,
};
pub use interpreting::ways::Ways;
pub use raster::canvas::{Canvas, PageView};
pub use raster::pixels::{Colours, Grey, luminance};
pub use reading::document_catalog::DocumentExtras;
pub use reading::frame::Frame;
pub use reading::read::{Annotated, Reader, ResourceCache};
pub use reading::structure::{Skeleton, skeleton};
pub use reading::trouble::Walked;
pub use separations::read::SeparationSet;
pub use write::template;
