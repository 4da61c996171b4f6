//! Running a backlist: scheduling titles, caching their reports, and resuming after a kill.

pub(in crate::batch) mod batch_record;
pub(in crate::batch) mod cache;
pub(in crate::batch) mod fingerprint;
pub(in crate::batch) mod lines;
pub(in crate::batch) mod report_summary;
pub(in crate::batch) mod run;
pub(in crate::batch) mod scheduler;
pub(in crate::batch) mod single_title;
pub(in crate::batch) mod store;
pub(in crate::batch) mod title_outcome;
pub(in crate::batch) mod title_runner;
