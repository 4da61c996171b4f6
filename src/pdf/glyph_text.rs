//! The characters that a glyph stands for.

use std::rc::Rc;

/// The characters behind a glyph.
#[derive(Clone, Debug)]
pub(crate) enum GlyphText {
    /// The file does not say.
    Unknown,
    /// One character.
    Char(char),
    /// Several, as for a ligature.
    Many(Rc<str>),
}

impl GlyphText {
    /// Appends the characters to `out`.
    pub(crate) fn append_to(&self, out: &mut String) {
        match self {
            Self::Unknown => {}
            Self::Char(c) => out.push(*c),
            Self::Many(s) => out.push_str(s),
        }
    }
}
