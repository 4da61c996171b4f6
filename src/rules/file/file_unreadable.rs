//! A file that cannot be read at all, so that nothing else about it can be checked.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::resolve::ResolvedJob;
use crate::rules::{Context, Meta, NoLimits, Rule};

pub(super) struct FileUnreadable;

impl Rule for FileUnreadable {
    const META: Meta = Meta {
        id: "file-unreadable",
        title: "the file cannot be read",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[],
        why: "A file that no reader can open is refused at upload. Until it opens, nothing else about it can be \
              checked, and whatever is not checked has not passed.",
        fix: "Export the PDF anew and copy it whole. If it asks for a password, save it without security settings.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files: Vec<_> = [Part::Interior, Part::Cover]
            .into_iter()
            .filter_map(|part| ResolvedJob::file(cx.book, part).map(|d| (part, d)))
            .collect();
        let findings = files
            .iter()
            .filter_map(|(part, file)| {
                let why = file.unreadable.as_ref().filter(|_| !file.stopped)?;
                Some(Finding::about(
                    *part,
                    format!("the {} cannot be read: {why}", part.word()),
                ))
            })
            .collect();
        // A file whose measuring was stopped may still be readable.
        let stopped = files.iter().filter(|(_, file)| file.stopped);
        let gaps = stopped.filter_map(|(part, file)| {
            let why = file.unreadable.as_ref()?;
            Some(format!("the {} was not read: {why}", part.word()))
        });
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps: gaps.collect(),
        })
    }
}
