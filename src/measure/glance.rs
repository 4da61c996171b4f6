//! What a first look at a picture shows.

use std::sync::Arc;

use presscheck_barcode::FinderTriple;

use crate::measure::codes::candidate::CandidateKind;

/// An object of the file: its number and generation.
pub(in crate::measure) type ObjectKey = (u32, i32);

/// The key of a thumbnail: its object, the pixels averaged, whether it paints in white, and what clips leave of it.
pub(in crate::measure) type ImageKey = (ObjectKey, usize, bool, Option<[u64; 4]>);

/// Where a code may be in a thumbnail, and of which kind.
pub(in crate::measure) type Detection = (FinderTriple, CandidateKind);

/// What a first look at an image shows.
#[derive(Clone, Default)]
pub(in crate::measure) struct Glance {
    /// What is detected; none if the image has to be searched where it is drawn.
    pub(in crate::measure) detections: Option<Arc<[Detection]>>,
    /// The share of its pixels that are coloured; none if they were not unpacked.
    pub(in crate::measure) coloured: Option<f32>,
}
