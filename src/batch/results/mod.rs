//! What came of a run: counts, tables, pages, what was accepted, and what changed since another run.

pub(in crate::batch) mod accept;
pub(in crate::batch) mod change;
pub(in crate::batch) mod compare;
pub(in crate::batch) mod page;
pub(in crate::batch) mod summary;
pub(in crate::batch) mod table;
pub(in crate::batch) mod tally;
