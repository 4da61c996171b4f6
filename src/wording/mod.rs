//! Titles and names as people write them, made comparable: letter case, accents, ligatures, punctuation and line breaks
//! make no difference; words do.

mod fold;
mod language;
mod names;
mod title;

pub(crate) use fold::{Folded, composed, distance, is_rtl};
pub(crate) use language::{Language, language};
pub(crate) use names::Authors;
pub(crate) use title::Title;

pub(crate) use crate::model::visible::turns;

/// Whether a character is read from right to left.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
        && !is_figure(c)
}

/// Arabic-Indic figures are written from left to right like all others.
fn is_figure(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}
