//! Linear symbols: EAN-13 found, read and graded; others named for what they are.

pub(crate) mod code128_itf;
pub(crate) mod digits;
pub(crate) mod ean13;
pub(crate) mod grade;
pub(crate) mod gradients;
pub(crate) mod matched_filter;
pub(crate) mod reflectance_profile;
pub(crate) mod run_lengths;
pub(crate) mod scan_lines;
pub(crate) mod search;
pub(crate) mod symbol;
pub(crate) mod undecodable;
