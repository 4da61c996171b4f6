//! Titles and names as people write them, made comparable: letter case, accents, ligatures, punctuation and line breaks
//! make no difference; words do.

mod fold;
mod language;
mod names;
mod title;

pub(crate) use fold::{Folded, distance, is_rtl};
pub(crate) use language::{Language, language};
pub(crate) use names::Authors;
pub(crate) use title::Title;
