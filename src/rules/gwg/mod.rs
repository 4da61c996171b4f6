//! Rules of the Ghent Workgroup, which add to PDF/X-4 what presses ask for. Figures and levels of a variant are data of its
//! profile; the numbers R0001 and on are those of the specification of 2022.

mod faults;
mod gwg_black_knocks_out;
mod gwg_colour_forbidden;
mod gwg_courier_used;
mod gwg_creasing_missing;
mod gwg_crop_box_differs;
mod gwg_grey_on_other_ink;
mod gwg_group_space_wrong;
mod gwg_ink_average_high;
mod gwg_layers_unfit;
mod gwg_not_one_page;
mod gwg_page_empty;
mod gwg_pages_unlike;
mod gwg_register_at_risk;
mod gwg_registration_colour_used;
mod gwg_resolution_low;
mod gwg_rich_black_text;
mod gwg_spot_colour_used;
mod gwg_spot_names_alike;
mod gwg_user_unit_written;
mod gwg_white_overprints;
mod spots;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "gwg",
    title: "Ghent Workgroup",
    rules: &[
        Entry::of::<gwg_user_unit_written::GwgUserUnitWritten>(),
        Entry::of::<gwg_crop_box_differs::GwgCropBoxDiffers>(),
        Entry::of::<gwg_pages_unlike::GwgPagesUnlike>(),
        Entry::of::<gwg_page_empty::GwgPageEmpty>(),
        Entry::of::<gwg_not_one_page::GwgNotOnePage>(),
        Entry::of::<gwg_white_overprints::GwgWhiteOverprints>(),
        Entry::of::<gwg_black_knocks_out::GwgBlackKnocksOut>(),
        Entry::of::<gwg_grey_on_other_ink::GwgGreyOnOtherInk>(),
        Entry::of::<gwg_courier_used::GwgCourierUsed>(),
        Entry::of::<gwg_rich_black_text::GwgRichBlackText>(),
        Entry::of::<gwg_register_at_risk::GwgRegisterAtRisk>(),
        Entry::of::<gwg_spot_colour_used::GwgSpotColourUsed>(),
        Entry::of::<gwg_spot_names_alike::GwgSpotNamesAlike>(),
        Entry::of::<gwg_registration_colour_used::GwgRegistrationColourUsed>(),
        Entry::of::<gwg_ink_average_high::GwgInkAverageHigh>(),
        Entry::of::<gwg_colour_forbidden::GwgColourForbidden>(),
        Entry::of::<gwg_group_space_wrong::GwgGroupSpaceWrong>(),
        Entry::of::<gwg_resolution_low::GwgResolutionLow>(),
        Entry::of::<gwg_layers_unfit::GwgLayersUnfit>(),
        Entry::of::<gwg_creasing_missing::GwgCreasingMissing>(),
    ],
};
