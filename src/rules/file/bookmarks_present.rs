//! Bookmarks beside the pages.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct BookmarksPresent;

impl Rule for BookmarksPresent {
    const META: Meta = Meta {
        id: "bookmarks-present",
        title: "bookmarks are in the file",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Bookmarks (the outline beside the pages on a screen) do not print, and a platform that asks for files \
              without them may hold the book or strip them.",
        fix: "Export for print with bookmarks switched off.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let finding = |(part, n): (Part, u32)| {
            let n = usize::try_from(n).unwrap_or(usize::MAX);
            let message = format!(
                "{} in the {}",
                words::count(n, "bookmark", "bookmarks"),
                part.word()
            );
            Finding::about(part, message)
        };
        let marked = files
            .iter()
            .map(|(part, file)| (*part, file.structure.bookmarks))
            .filter(|(_, n)| *n > 0);
        let findings = marked.map(finding).collect();
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}
