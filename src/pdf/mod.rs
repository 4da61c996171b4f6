//! The only modules that name a PDF crate: reading, walking and rasterising files.

mod blend;
mod colour;
mod decode;
mod fonts;
mod glance;
mod guard;
mod layers;
mod line;
mod object_streams;
mod plate_read;
mod plates;
mod ramp;
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
mod walk_plates;
mod walk_text;
mod write;

pub use blend::Blend;
pub use colour::{Entry, Family, Inks, Most, PROCESS, Palette, Press, Space, SpaceKind};
pub use fonts::{FontIdentity, FontTechnology};
pub use glance::Glance;
pub use plate_read::PlateSet;
pub use raster::{Canvas, Grey};
pub use read::{Frame, Note, Reader, Shelf};
pub use structure::{Skeleton, skeleton};
pub use visitor::{Codec, GlyphMark, GlyphMode, ImageMark, Ink, Look, PathMark, PathMode, Visitor};
pub use write::template;
