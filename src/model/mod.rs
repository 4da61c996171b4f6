//! The vocabulary that every module may use: lengths and places, what was told, what was measured, what was found. It holds
//! values and the plain questions that can be asked of them; it opens no file and judges nothing.

pub(crate) mod digest;
pub mod error;
pub mod facts;
pub mod finding;
pub mod geometry;
pub mod job;
pub mod limits;
pub mod units;
