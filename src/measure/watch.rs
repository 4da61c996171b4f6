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
    /// Whether nobody waits for the answer any more: no further page is begun then.
    pub(crate) cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Who waits for a file to be measured.
#[derive(Clone, Copy)]
pub struct Listener<'a> {
    /// Told of every page that is done: pages done, pages in all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Asked now and then whether to give up.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Listener<'a> {
    /// Told of pages, and waiting to the end.
    pub fn patient(progress: &'a (dyn Fn(usize, usize) + Sync)) -> Self {
        Self {
            progress,
            cancelled: &|| false,
        }
    }
}

impl<'a> Watch<'a> {
    /// Told of pages that are done and of nothing else.
    pub(super) fn of(done: &'a (dyn Fn(u32, usize, usize) + Sync)) -> Self {
        static NONE: Skip = Skip::new();
        Self {
            begun: &|_| {},
            done,
            skip: &NONE,
            cancelled: &|| false,
        }
    }
}

/// The number of a page.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
