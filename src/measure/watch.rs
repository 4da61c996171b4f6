//! Who is told of pages while a file is measured, and which pages are left out.

use std::collections::BTreeMap;

/// Pages that are not measured, and why.
type Skip = BTreeMap<u32, String>;

/// Who is told of pages while a file is measured.
pub(crate) struct Watch<'a> {
    /// A page is begun.
    pub(crate) begun: &'a (dyn Fn(u32) + Sync),
    /// A page is done: so many of so many.
    pub(crate) done: &'a (dyn Fn(u32, usize, usize) + Sync),
    /// Pages that are not measured, and why.
    pub(crate) skip: &'a Skip,
}

impl<'a> Watch<'a> {
    /// Told of pages that are done and of nothing else.
    pub(super) fn of(done: &'a (dyn Fn(u32, usize, usize) + Sync)) -> Self {
        static NONE: Skip = Skip::new();
        Self {
            begun: &|_| {},
            done,
            skip: &NONE,
        }
    }
}

/// The number of a page.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
