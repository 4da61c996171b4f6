//! Files within the file.

use std::collections::BTreeSet;

use crate::model::facts::Attachment;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct AttachmentsPresent;

impl Rule for AttachmentsPresent {
    const META: Meta = Meta {
        id: "attachments-present",
        title: "other files are attached",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "An attached manuscript, font or picture does not print, makes the file larger, and goes to the printer \
              with it. Printing standards forbid attachments, and upload checks take them for malware.",
        fix: "Remove the attachments, or export again without them; in Acrobat, open Attachments, delete each, and save.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let attached = &file.structure.attachments;
            if attached.is_empty() {
                continue;
            }
            // A file that is pinned to pages is often in the file's own list as well.
            let names: BTreeSet<&str> = attached
                .iter()
                .map(|f| f.name.as_str())
                .filter(|n| !n.is_empty())
                .collect();
            let nameless = attached.iter().filter(|f| f.name.is_empty()).count();
            let message = format!(
                "{} in the {}: {}",
                words::count(names.len() + nameless, "attached file", "attached files"),
                part.word(),
                words::some_of(attached.iter().map(name), 5)
            );
            let places = attached.iter().filter_map(|file| {
                Some(Place {
                    page: file.page?,
                    area: file.area,
                    what: format!("attached file {}", name(file)),
                })
            });
            findings.push(Finding::about(*part, message).at_places(places.collect()));
        }
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps: cx.skeleton_gaps(),
        })
    }
}

fn name(file: &Attachment) -> String {
    if file.name.is_empty() {
        "without a name".to_owned()
    } else {
        format!("\"{}\"", file.name)
    }
}
