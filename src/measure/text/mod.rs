//! Text: runs of glyphs with their fonts, what they say, and numbers and leftovers in them.

pub(in crate::measure) mod fonts;
pub(in crate::measure) mod isbn;
pub(in crate::measure) mod placeholder_text;
pub(in crate::measure) mod runs;
pub(in crate::measure) mod visual_order;
