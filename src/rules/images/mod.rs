//! Rules about images: resolution, distortion, data that cannot be decoded.

mod image_resolution_excessive;
mod image_resolution_low;
mod image_stretched;
mod image_unreadable;
mod image_upscaled;
mod line_art_resolution_low;
mod page_is_picture;
mod picture_faults;

pub(super) use picture_faults::{PictureFaults, Worst, down_to};

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "images",
    title: "Images",
    rules: &[
        Entry::of::<image_resolution_low::ImageResolutionLow>(),
        Entry::of::<line_art_resolution_low::LineArtResolutionLow>(),
        Entry::of::<image_resolution_excessive::ImageResolutionExcessive>(),
        Entry::of::<image_stretched::ImageStretched>(),
        Entry::of::<image_upscaled::ImageUpscaled>(),
        Entry::of::<image_unreadable::ImageUnreadable>(),
        Entry::of::<page_is_picture::PageIsPicture>(),
    ],
};
