//! Rules about the cover: its size, bleed, spine and the room on it.

mod art_lost_in_bleed;
mod art_stops_at_fold;
mod barcode_area_obstructed;
mod cover_bleed_missing;
mod cover_fits;
mod cover_not_one_page;
mod cover_size_check;
mod cover_size_wrong;
mod cover_template_visible;
mod cover_text_outside_safety;
mod spine_text_not_allowed;
mod spine_text_too_close;
mod spine_text_upward;
mod spine_unknown;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "cover",
    title: "The cover",
    rules: &[
        Entry::of::<cover_size_wrong::CoverSizeWrong>(),
        Entry::of::<cover_not_one_page::CoverNotOnePage>(),
        Entry::of::<cover_bleed_missing::CoverBleedMissing>(),
        Entry::of::<spine_text_not_allowed::SpineTextNotAllowed>(),
        Entry::of::<spine_text_too_close::SpineTextTooClose>(),
        Entry::of::<cover_text_outside_safety::CoverTextOutsideSafety>(),
        Entry::of::<barcode_area_obstructed::BarcodeAreaObstructed>(),
        Entry::of::<art_stops_at_fold::ArtStopsAtFold>(),
        Entry::of::<art_lost_in_bleed::ArtLostInBleed>(),
        Entry::of::<spine_text_upward::SpineTextUpward>(),
        Entry::of::<cover_template_visible::CoverTemplateVisible>(),
    ],
};
