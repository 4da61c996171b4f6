//! From a path to facts.

use std::path::Path;

use crate::measure::{Listener, Progress, Source, Wanted};
use crate::model::error::Error;
use crate::model::facts::Document;
use crate::model::limits::Limits;
use crate::model::readable;

/// Measures a file. A file that cannot be read as a PDF gives a document that says why; only a path that
/// cannot be opened is an error.
pub fn file(
    path: &Path,
    limits: &Limits,
    wanted: Wanted,
    progress: Progress<'_>,
) -> Result<Document, Error> {
    Source::from(path).measure(limits, wanted, Listener::patient(progress))
}

/// Whether a file is measured at all.
pub(crate) enum Admitted {
    /// It has so many bytes.
    Bytes(u64),
    /// It is too large.
    Refused(Box<Document>),
}

/// Checks a path before its file is read.
pub(crate) fn admit(path: &Path, name: &Path, limits: &Limits) -> Result<Admitted, Error> {
    let meta = readable::file(path)?;
    let refused = refused(name, meta.len(), limits);
    Ok(refused.map_or(Admitted::Bytes(meta.len()), Admitted::Refused))
}

/// The facts of a file that is too large to be read, if it is.
pub(crate) fn refused(path: &Path, bytes: u64, limits: &Limits) -> Option<Box<Document>> {
    if bytes <= limits.file_bytes {
        return None;
    }
    let why = format!(
        "it is {} MB on disk, more than the limit of {} MB",
        bytes / 1_000_000,
        limits.file_bytes / 1_000_000
    );
    Some(Box::new(Document {
        name: path.display().to_string(),
        bytes,
        unreadable: Some(why),
        ..Document::default()
    }))
}

/// The facts of a file whose measuring was stopped.
pub(crate) fn stopped(path: &Path, bytes: u64, why: String) -> Document {
    Document {
        name: path.display().to_string(),
        bytes,
        unreadable: Some(why),
        stopped: true,
        ..Document::default()
    }
}
