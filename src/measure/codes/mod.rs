//! QR and bar codes: proposes candidates, decodes them at the coarsest useful scale, and measures them on paper.

pub(in crate::measure) mod barcode_fonts;
pub(in crate::measure) mod bars;
pub(in crate::measure) mod black_grade;
pub(in crate::measure) mod block_glyphs;
pub(in crate::measure) mod candidate;
pub(in crate::measure) mod candidates;
pub(in crate::measure) mod clusters;
pub(in crate::measure) mod code_inks;
pub(in crate::measure) mod dark_inks;
pub(in crate::measure) mod decode;
pub(in crate::measure) mod image_candidates;
pub(in crate::measure) mod lattice_test;
pub(in crate::measure) mod layered;
pub(in crate::measure) mod measure;
pub(in crate::measure) mod module_clusters;
pub(in crate::measure) mod picture;
pub(in crate::measure) mod prefilter;
pub(in crate::measure) mod read;
pub(in crate::measure) mod resolution;
pub(in crate::measure) mod rotated_bars;
pub(in crate::measure) mod tiled_images;
