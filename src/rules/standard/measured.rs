//! What standards ask of a file, as it was measured.

use crate::model::facts::{Document, Exchange};
use crate::model::finding::{Part, Skip};

/// What standards ask of a file; ends the check where it was not measured.
pub(in crate::rules) fn exchange(file: &Document) -> Result<&Exchange, Skip> {
    if !is_readable(file) {
        let why = "its document information cannot be read: the file is damaged";
        return Err(Skip::NotChecked(why.to_owned()));
    }
    file.exchange.as_ref().ok_or_else(|| {
        let why = "output intents and metadata could not be read";
        Skip::NotChecked(why.to_owned())
    })
}

/// Whether a file's document information could be read: where it could not, no version is known either.
pub(super) fn is_readable(file: &Document) -> bool {
    file.structure.version.is_some()
}

/// What could not be looked at of the files' resources.
pub(in crate::rules) fn gaps(files: &[(Part, &Document)]) -> Vec<String> {
    let why = |(part, file): &(Part, &Document)| {
        let gap = file.exchange.as_ref()?.gap.as_ref()?;
        Some(format!("{}: {gap}", part.word()))
    };
    files.iter().filter_map(why).collect()
}
