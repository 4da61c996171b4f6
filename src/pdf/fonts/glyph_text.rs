//! The characters that a glyph stands for.

use std::rc::Rc;

use crate::pdf::reading::missing::shows_nothing;

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
    /// Whether readers show something for it in a font of their own. Of codes that say nothing, the blanks of the usual
    /// collections and programs show nothing.
    pub(crate) fn shows(&self, code: u32) -> bool {
        match self {
            Self::Unknown => !matches!(code, 0 | 1 | 3 | 32),
            Self::Char(c) => !shows_nothing(*c),
            Self::Many(text) => !text.chars().all(shows_nothing),
        }
    }

    /// Appends the characters to `out`.
    pub(crate) fn append_to(&self, out: &mut String) {
        match self {
            Self::Unknown => {}
            Self::Char(c) => out.push(*c),
            Self::Many(s) => out.push_str(s),
        }
    }
}
