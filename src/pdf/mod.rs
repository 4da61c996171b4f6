//! The only modules that name a PDF crate: reading, walking and rasterising files.

mod colour;
mod decode;
mod fonts;
mod glance;
mod guard;
mod layers;
mod line;
mod object_streams;
mod raster;
mod read;
mod show_array;
mod state;
mod stroke;
mod structure;
mod visitor;
mod walk;
mod walk_objects;
mod walk_paths;
mod walk_text;
mod write;

pub use colour::Family;
pub use fonts::{FontIdentity, FontTechnology};
pub use glance::Glance;
pub use raster::{Canvas, Grey};
pub use read::{Frame, Note, Reader, Shelf};
pub use structure::{Skeleton, skeleton};
pub use visitor::{
    Codec, GlyphMark, GlyphMode, ImageMark, Ink, PathMark, PathMode, Swatch, Visitor,
};
pub use write::template;
