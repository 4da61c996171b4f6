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
        fix_in: &[
            (
                "word",
                "In Word choose File > Save As > PDF > Options and clear \"Create bookmarks using\".",
            ),
            (
                "libreoffice",
                "In LibreOffice's PDF export clear \"Export outlines\" on the General page.",
            ),
            (
                "indesign",
                "In InDesign's PDF export clear Bookmarks under General > Include.",
            ),
            (
                "affinity",
                "In Affinity's PDF export open More and clear \"Include bookmarks\".",
            ),
            (
                "latex",
                "Give hyperref the option bookmarks=false: \\hypersetup{bookmarks=false} before \\begin{document}.",
            ),
            (
                "typst",
                "In Typst keep the headings out of the PDF's outline: #set heading(bookmarked: false).",
            ),
            (
                "asciidoctor",
                "In Asciidoctor PDF unset the outline: :!outline: in the header of the document, or -a outline! on the command line.",
            ),
            (
                "scribus",
                "In Scribus's PDF export clear Include Bookmarks on the General page.",
            ),
            (
                "google docs",
                "Google Docs always writes bookmarks for headings; print the pages to a new PDF to drop them.",
            ),
        ],
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
