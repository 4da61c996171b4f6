//! A file that had to be repaired to be read.

use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "file-damaged",
        title: "the file is damaged and had to be repaired to be read",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Readers repair a damaged file each in their own way. What you see may not be what the printer's \
              software sees, and some refuse the file.",
        fix: "Export the PDF anew from the layout program rather than saving over an old copy; send it as an \
              attachment or archive, not through a tool that rewrites it.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let files = at.files()?;
        let findings = files
            .iter()
            .filter(|(_, file)| !file.structure.repairs.is_empty())
            .map(|(part, file)| Finding::about(*part, file.structure.repairs.join("; ")))
            .collect();
        Ok(Outcome::looked(files.len(), findings))
    }
}
