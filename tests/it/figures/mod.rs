//! Products and their spines looked up by id, for the readings.

use presscheck::profile::{Profile, built_in};
use presscheck::units::Length;

pub(crate) fn profile(id: &str) -> Profile {
    built_in()
        .unwrap()
        .into_iter()
        .find(|p| p.id == id)
        .unwrap()
}

pub(crate) fn spine(profile: &Profile, stock: &str, pages: u32) -> Length {
    profile
        .stocks
        .iter()
        .find(|s| s.id == stock)
        .unwrap()
        .spine
        .width(pages)
        .unwrap()
}
