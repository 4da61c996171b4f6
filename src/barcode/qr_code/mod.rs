//! QR codes: found, read and graded.

pub(in crate::barcode) mod damage;
pub(in crate::barcode) mod decode;
pub(in crate::barcode) mod finder_patterns;
pub(in crate::barcode) mod finder_rings;
pub(in crate::barcode) mod finder_triples;
pub(in crate::barcode) mod grade;
pub(in crate::barcode) mod grid;
pub(in crate::barcode) mod layout;
pub(in crate::barcode) mod locate;
pub(in crate::barcode) mod quiet_zone;
pub(in crate::barcode) mod reed_solomon;
pub(in crate::barcode) mod refine;
pub(in crate::barcode) mod segments;
pub(in crate::barcode) mod triple;
