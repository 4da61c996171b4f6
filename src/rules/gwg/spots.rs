//! The named inks that the objects of a file are painted in.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::facts::Document;
use crate::rules::paint;

/// The spot colours by name, each with the pages it is used on.
pub(super) fn active(file: &Document) -> BTreeMap<&str, BTreeSet<u32>> {
    let mut active: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for page in &file.pages {
        for object in &page.objects {
            for colour in paint::colours_of(file, object.colour) {
                for name in colour.spots() {
                    active.entry(name).or_default().insert(page.number);
                }
            }
        }
    }
    active
}
