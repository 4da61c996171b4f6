//! Linear symbols: EAN-13 found, read and graded; others named for what they are.

pub(in crate::barcode) mod code128_itf;
pub(in crate::barcode) mod digits;
pub(in crate::barcode) mod ean13;
pub(in crate::barcode) mod grade;
pub(in crate::barcode) mod matched_filter;
pub(in crate::barcode) mod noise;
pub(in crate::barcode) mod reflectance_profile;
pub(in crate::barcode) mod run_lengths;
pub(in crate::barcode) mod scan_lines;
pub(in crate::barcode) mod search;
pub(in crate::barcode) mod symbol;
pub(in crate::barcode) mod undecodable;
