//! A file that is locked, even if it opens without a password.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::list;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct FileEncrypted;

impl Rule for FileEncrypted {
    const META: Meta = Meta {
        id: "file-encrypted",
        title: "the file is encrypted",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Printers' software has to open, place and recompose pages. A file with security settings forbids that, \
              even when it opens on your screen without a password.",
        fix: "Export again without a password and without restrictions on printing, copying or editing.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let findings = files
            .iter()
            .filter_map(|(part, file)| {
                let lock = file.structure.encryption.as_ref()?;
                let forbids = match lock.forbidden.as_slice() {
                    [] => String::new(),
                    forbidden => {
                        let forbidden: Vec<&str> = forbidden.iter().map(AsRef::as_ref).collect();
                        format!(" and forbids {}", list(&forbidden))
                    }
                };
                let message = format!("the {} is encrypted{forbids}", part.word());
                Some(Finding::about(*part, message))
            })
            .collect();
        Ok(Inspection::looked(files.len(), findings))
    }
}
