//! Opening a file: bytes, objects, page tree, document catalog, and what is missing or broken in them.

pub(in crate::pdf) mod document_catalog;
pub(in crate::pdf) mod frame;
pub(in crate::pdf) mod layers;
pub(in crate::pdf) mod missing;
pub(in crate::pdf) mod object_streams;
pub(in crate::pdf) mod open;
pub(in crate::pdf) mod operands;
pub(in crate::pdf) mod page_tree;
pub(in crate::pdf) mod read;
pub(in crate::pdf) mod resume;
pub(in crate::pdf) mod structure;
pub(in crate::pdf) mod trouble;
pub(in crate::pdf) mod updates;
