//! Callbacks for pages while a file is measured, and which pages are skipped.

use std::collections::BTreeMap;

/// Pages to skip, with the reason.
type SkippedPages = BTreeMap<u32, String>;

/// Callbacks for pages while a file is measured.
pub(crate) struct Watch<'a> {
    /// Called when a page is begun.
    pub(crate) begun: &'a (dyn Fn(u32) + Sync),
    /// Called when a page is done: its number, pages done, pages in all.
    pub(crate) done: &'a (dyn Fn(u32, usize, usize) + Sync),
    /// Pages to skip, with the reason.
    pub(crate) skip: &'a SkippedPages,
    /// Whether to stop: no further page is begun then.
    pub(crate) cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Callbacks of the caller of a measurement.
#[derive(Clone, Copy)]
pub struct Listener<'a> {
    /// Called for every page that is done: pages done, pages in all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Polled for whether to give up.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Listener<'a> {
    /// Reports pages, never cancels.
    pub fn patient(progress: &'a (dyn Fn(usize, usize) + Sync)) -> Self {
        Self {
            progress,
            cancelled: &|| false,
        }
    }
}

impl Listener<'_> {
    /// Hears of no page, and may cancel.
    pub(crate) fn silent(cancelled: &(dyn Fn() -> bool + Sync)) -> Listener<'_> {
        Listener {
            progress: &|_, _| (),
            cancelled,
        }
    }
}

impl<'a> Watch<'a> {
    /// Reports pages that are done, and never cancels.
    pub(super) fn of(done: &'a (dyn Fn(u32, usize, usize) + Sync)) -> Self {
        static NONE: SkippedPages = SkippedPages::new();
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
