//! Covers measured as rasters: edges, spine and backgrounds.

pub(in crate::measure) mod bands;
pub(in crate::measure) mod cover_raster;
pub(in crate::measure) mod edge_density;
pub(in crate::measure) mod local_contrast;

/// Pixels a point (96 ppi): letters of 5 pt still have strokes of half a pixel.
pub(in crate::measure) const SCALE: f64 = 96.0 / 72.0;

/// The widest spine there is, and the margin that a cover of another size needs, in points.
pub(in crate::measure) const WIDTH: f64 = 4.0 * 72.0;
