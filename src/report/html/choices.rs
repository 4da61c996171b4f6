//! The pages to choose among in the filter and the strip, and what is said of those that are not shown.

use std::collections::BTreeMap;

use super::maker::Maker;
use super::pages::FoundPage;
use super::sheets::sheet_anchor;
use super::view::{FilePages, PageChoice};
use crate::model::finding::{Level, Part};
use crate::model::visible::visible;
use crate::report::model::FileReport;
use crate::report::queries::pages_named;

impl Maker<'_> {
    /// The pages to choose among, file by file.
    pub(super) fn choices(&self) -> Vec<FilePages> {
        let mut files: Vec<(&str, FilePages)> = Vec::new();
        for (choice, found) in self.index.pages.iter().enumerate() {
            let name = found.file.name.as_str();
            let page = self.choice(choice, found);
            match files.last_mut().filter(|(last, _)| *last == name) {
                Some((_, file)) => file.pages.push(page),
                None => {
                    let mut title = found.file.role.word().to_owned();
                    if let Some(name) = self.distinct_name(found.file) {
                        title = format!("{title} {name}");
                    }
                    let pages = vec![page];
                    files.push((name, FilePages { title, pages }));
                }
            }
        }
        files.into_iter().map(|(_, file)| file).collect()
    }

    fn choice(&self, choice: usize, found: &FoundPage<'_>) -> PageChoice {
        let level = found
            .causes
            .iter()
            .filter_map(|n| self.report.causes.get(*n));
        let level = level.map(|cause| cause.level).min();
        let causes = found.causes.iter().map(|n| format!("c{}", n + 1));
        let sheet = self.sheet(&found.file.name, found.page);
        let anchor = match (sheet, found.causes.first()) {
            (None, Some(cause)) => format!("cause-{}", cause + 1),
            _ => sheet_anchor(found.file.role, &found.file.name, found.page),
        };
        let is_alone = found.file.role == Part::Cover && found.file.pages <= 1;
        PageChoice {
            choice,
            title: match is_alone {
                true => "cover".to_owned(),
                false => found.page.to_string(),
            },
            level: level.map_or("none", Level::word),
            causes: causes.collect::<Vec<_>>().join(" "),
            anchor,
            sheet: sheet.map(|(number, _)| number),
            size: sheet.map_or([2.0, 3.0], |(_, picture)| picture.size.to_array()),
        }
    }

    /// The name of a file, where others play the same part.
    pub(super) fn distinct_name(&self, file: &FileReport) -> Option<String> {
        let of_part = self.report.files.iter().filter(|f| f.role == file.role);
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
        (of_part.count() > 1).then(|| visible(name).into_owned())
    }

    /// What is said of pages that are shown in small, and of those that are not shown.
    pub(super) fn left_out(&self) -> [Option<String>; 2] {
        let small = self.pictures.iter().filter(|p| p.shot.is_small).count();
        let small = (small > 0).then(|| {
            let pages = if small == 1 { "page is" } else { "pages are" };
            format!(
                "{small} more {pages} shown in small, so that the report stays below eight megabytes; the places on them are marked."
            )
        });
        let mut missing: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for found in &self.index.pages {
            if self.sheet(&found.file.name, found.page).is_none() && !found.causes.is_empty() {
                let pages = missing.entry(found.file.role.word()).or_default();
                pages.push(found.page);
            }
        }
        let count: usize = missing.values().map(Vec::len).sum();
        let named: Vec<String> = (missing.iter())
            .filter_map(|(part, pages)| Some(format!("{part} {}", pages_named(pages, 40)?)))
            .collect();
        let missing = (count > 0).then(|| {
            let pages = if count == 1 { "page is" } else { "pages are" };
            format!(
                "{count} {pages} not pictured, because the report would grow beyond eight megabytes or they cannot be drawn: {}.",
                named.join("; ")
            )
        });
        [small, missing]
    }
}
