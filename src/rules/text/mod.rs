//! Rules about text and lines: fonts, sizes, inks of letters, words that should not be there.

mod certification_claim;
mod font_not_embedded;
mod font_type3;
mod glyph_missing;
mod line_too_thin;
mod manufacturing_statement;
mod placeholder_text;
mod text_multi_ink;
mod text_not_solid_black;
mod text_too_small;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "text",
    title: "Text",
    rules: &[
        Entry::of::<font_not_embedded::FontNotEmbedded>(),
        Entry::of::<font_type3::FontType3>(),
        Entry::of::<text_too_small::TextTooSmall>(),
        Entry::of::<text_multi_ink::TextMultiInk>(),
        Entry::of::<text_not_solid_black::TextNotSolidBlack>(),
        Entry::of::<glyph_missing::GlyphMissing>(),
        Entry::of::<placeholder_text::PlaceholderText>(),
        Entry::of::<manufacturing_statement::ManufacturingStatement>(),
        Entry::of::<certification_claim::CertificationClaim>(),
        Entry::of::<line_too_thin::LineTooThin>(),
    ],
};
