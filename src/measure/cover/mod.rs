//! Covers looked at as pictures: what their edges, spine and grounds show.

pub(in crate::measure) mod backdrop;
pub(in crate::measure) mod bands;
pub(in crate::measure) mod edge_density;
pub(in crate::measure) mod local_contrast;
