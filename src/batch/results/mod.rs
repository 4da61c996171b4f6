//! The results of a run: counts, tables, pages, accepted findings, and changes since another run.

pub(in crate::batch) mod accept;
pub(in crate::batch) mod change;
pub(in crate::batch) mod compare;
pub(in crate::batch) mod links;
pub(in crate::batch) mod page;
pub(in crate::batch) mod summary;
pub(in crate::batch) mod table;
pub(in crate::batch) mod tally;
