//! Fonts: programs, identities, outlines of glyphs and what they say.

mod bytes;
pub(in crate::pdf) mod cache;
mod cff;
mod glyf;
mod glyph_check;
pub(in crate::pdf) mod glyph_shape;
pub(in crate::pdf) mod glyph_text;
pub(in crate::pdf) mod identity;
pub(in crate::pdf) mod program;
mod type1;
pub(in crate::pdf) mod type3;
mod widths;
