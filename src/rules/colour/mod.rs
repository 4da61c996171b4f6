//! Rules about colour, ink and transparency.

mod colour_in_black_interior;
mod gray_too_light;
mod icc_tagged_object;
mod ink_coverage_high;
mod overprint_risky;
mod press_settings_present;
mod registration_colour;
mod rgb_colour;
mod spot_colour;
mod transparency_present;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "colour",
    title: "Colour, ink, transparency",
    rules: &[
        Entry::of::<colour_in_black_interior::ColourInBlackInterior>(),
        Entry::of::<rgb_colour::RgbColour>(),
        Entry::of::<spot_colour::SpotColour>(),
        Entry::of::<registration_colour::RegistrationColour>(),
        Entry::of::<icc_tagged_object::IccTaggedObject>(),
        Entry::of::<ink_coverage_high::InkCoverageHigh>(),
        Entry::of::<transparency_present::TransparencyPresent>(),
        Entry::of::<overprint_risky::OverprintRisky>(),
        Entry::of::<press_settings_present::PressSettingsPresent>(),
        Entry::of::<gray_too_light::GrayTooLight>(),
    ],
};
