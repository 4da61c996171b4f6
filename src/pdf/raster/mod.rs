//! Pages and parts of them drawn into pixels.

pub(in crate::pdf) mod blocks;
pub(in crate::pdf) mod canvas;
pub(in crate::pdf) mod page_raster;
pub(in crate::pdf) mod pixels;
