//! The types that every module may use: lengths, geometry, the job, facts and findings. Values and pure functions on them; it
//! opens no file and judges nothing.

pub mod comment;
pub(crate) mod digest;
pub mod error;
pub mod facts;
pub mod finding;
pub mod flags;
pub mod geometry;
pub mod job;
pub mod limits;
pub mod press;
pub mod readable;
pub mod units;
pub mod visible;
