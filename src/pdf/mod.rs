//! Reads, interprets and rasterises PDF files. The only modules that use PDF crates.

mod annotate;
mod colour;
mod exchange;
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
pub(crate) use colour::press_fault;
pub use colour::{CmykConverter, Family, InkBound, Inks, PROCESS, Palette, PaletteEntry, Space};
pub use fonts::identity::FontIdentity;
pub use images::picture::{FoundPicture, Picture};
pub use images::thumbnail::Thumbnail;
pub use interpreting::blend::Blend;
pub use interpreting::compositing::Compositing;
pub(crate) use interpreting::outline::Outline;
pub use interpreting::visitor::{
    Appearance, GlyphMark, GlyphMode, ImageMark, PaintEffect, PathMark, PathMode, Visitor,
};
pub use raster::canvas::{Canvas, PageView};
pub use raster::pixels::{ColourPixels, Grey, luminance};
pub use reading::document_catalog::DocumentExtras;
pub use reading::frame::PageGeometry;
pub use reading::read::{Annotated, Reader, ResourceCache};
pub use reading::structure::{Skeleton, skeleton};
pub use reading::trouble::Walked;
pub use separations::read::{SeparationSet, plate_scale};
pub use write::template;
