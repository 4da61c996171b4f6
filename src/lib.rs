//! presscheck
pub mod barcode;
pub mod check;
pub mod error;
pub mod extract;
pub mod facts;
pub mod finding;
pub mod geometry;
pub mod job;
pub mod limits;
pub mod order;
pub mod pdf;
pub mod press;
pub mod profile;
pub mod report;
pub mod rules;
pub mod units;
