//! The pages that something was found on, with their causes and places: looked up once for the strip, the filter and the pictures.

use std::collections::{BTreeSet, HashMap};

use crate::model::finding::Part;
use crate::report::model::{FileReport, FindingReport, PlaceReport, Report};

/// A page, and what was found on it.
pub(super) struct FoundPage<'r> {
    pub(super) file: &'r FileReport,
    pub(super) page: u32,
    /// Its causes, by their places in the report.
    pub(super) causes: Vec<usize>,
    /// Its places, each with its cause and its finding.
    pub(super) places: Vec<(usize, &'r FindingReport, &'r PlaceReport)>,
}

/// The pages of a report that something was found on, covers first. A cover is always among them.
pub(super) struct PageIndex<'r> {
    pub(super) pages: Vec<FoundPage<'r>>,
    at: HashMap<(&'r str, u32), usize>,
}

impl<'r> PageIndex<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let files = report.files.iter().enumerate();
        let by_name: HashMap<&str, usize> = files.map(|(n, f)| (f.name.as_str(), n)).collect();
        // Covers first, then as the files come.
        let order = |file: usize| {
            let part = report.files.get(file).map(|f| f.role);
            (part == Some(Part::Interior), file)
        };
        let mut keys: BTreeSet<((bool, usize), u32)> = BTreeSet::new();
        for (n, file) in report.files.iter().enumerate() {
            if file.role == Part::Cover && file.readable {
                keys.insert((order(n), 1));
            }
        }
        for cause in &report.causes {
            if let Some(file) = by_name.get(cause.name.as_str()) {
                keys.extend(cause.pages.iter().map(|page| (order(*file), *page)));
            }
        }
        let found = keys.into_iter().filter_map(|((_, file), page)| {
            Some(FoundPage {
                file: report.files.get(file)?,
                page,
                causes: Vec::new(),
                places: Vec::new(),
            })
        });
        let mut pages: Vec<FoundPage<'r>> = found.collect();
        let numbered = pages.iter().enumerate();
        let at: HashMap<(&str, u32), usize> = numbered
            .map(|(n, found)| ((found.file.name.as_str(), found.page), n))
            .collect();
        for (number, cause) in report.causes.iter().enumerate() {
            for page in &cause.pages {
                if let Some(found) = at.get(&(cause.name.as_str(), *page))
                    && let Some(found) = pages.get_mut(*found)
                {
                    found.causes.push(number);
                }
            }
            for (finding, place) in cause.all_places(report) {
                if let Some(found) = at.get(&(cause.name.as_str(), place.page))
                    && let Some(found) = pages.get_mut(*found)
                {
                    found.places.push((number, finding, place));
                }
            }
        }
        Self { pages, at }
    }

    /// The number of a page among them.
    pub(super) fn number(&self, file: &str, page: u32) -> Option<usize> {
        self.at.get(&(file, page)).copied()
    }
}
