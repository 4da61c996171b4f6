//! presscheck
pub mod barcode;
pub mod error;
pub mod extract;
pub mod facts;
pub mod finding;
pub mod geometry;
pub mod limits;
pub mod pdf;
pub mod units;
