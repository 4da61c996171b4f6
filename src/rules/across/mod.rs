//! Rules that compare interior, cover, job and products with each other.

mod design_not_portable;
mod interior_cover_mismatch;
mod isbn_shared_across_formats;
mod metadata;
mod title_heads;
mod title_inside;
mod title_mismatch;
mod title_outside;
mod title_word_refused;
mod title_words;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "across",
    title: "Across files",
    rules: &[
        Entry::of::<interior_cover_mismatch::InteriorCoverMismatch>(),
        Entry::of::<title_mismatch::TitleMismatch>(),
        Entry::of::<title_word_refused::TitleWordRefused>(),
        Entry::of::<design_not_portable::DesignNotPortable>(),
        Entry::of::<isbn_shared_across_formats::IsbnSharedAcrossFormats>(),
    ],
};
