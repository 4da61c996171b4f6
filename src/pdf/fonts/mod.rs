//! Fonts: programs, identities, outlines of glyphs and what they say.

pub(in crate::pdf) mod cache;
pub(in crate::pdf) mod glyph_text;
pub(in crate::pdf) mod identity;
pub(in crate::pdf) mod program;
pub(in crate::pdf) mod type3;
