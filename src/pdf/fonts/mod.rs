//! Fonts: programs, identities, outlines of glyphs and what they say.

mod bytes;
pub(in crate::pdf) mod cache;
mod cff;
pub(in crate::pdf) mod glyph_text;
pub(in crate::pdf) mod identity;
pub(in crate::pdf) mod program;
pub(in crate::pdf) mod type3;
