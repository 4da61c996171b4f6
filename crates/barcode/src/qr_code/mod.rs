//! QR codes: found, read and graded.

pub(crate) mod damage;
pub(crate) mod decode;
pub(crate) mod finder_patterns;
pub(crate) mod finder_rings;
pub(crate) mod finder_triples;
pub(crate) mod grade;
pub(crate) mod grid;
pub(crate) mod layout;
pub(crate) mod locate;
pub(crate) mod quiet_zone;
pub(crate) mod reed_solomon;
pub(crate) mod refine;
pub(crate) mod segments;
pub(crate) mod triple;
