//! Judging titles one after another: at what pace, what is kept, and what is gone on with after a kill.

pub(in crate::batch) mod cache;
pub(in crate::batch) mod envelope;
pub(in crate::batch) mod fingerprint;
pub(in crate::batch) mod judge;
pub(in crate::batch) mod lines;
pub(in crate::batch) mod pace;
pub(in crate::batch) mod record;
pub(in crate::batch) mod run;
pub(in crate::batch) mod seen;
pub(in crate::batch) mod store;
