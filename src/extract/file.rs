//! From a path to facts.

use std::path::Path;
use std::sync::Arc;

use super::{Progress, Wanted, measured};
use crate::error::Error;
use crate::facts::Document;
use crate::limits::Limits;

/// Measures a file. A file that cannot be read as a PDF gives a document that says why; only a path that
/// cannot be opened is an error.
pub fn file(
    path: &Path,
    limits: &Limits,
    wanted: Wanted,
    progress: Progress<'_>,
) -> Result<Document, Error> {
    file_and_bytes(path, limits, wanted, progress).map(|(document, _)| document)
}

/// The same, with the bytes of the file for whoever wants more of them; none where it is too large.
pub fn file_and_bytes(
    path: &Path,
    limits: &Limits,
    wanted: Wanted,
    progress: Progress<'_>,
) -> Result<(Document, Arc<Vec<u8>>), Error> {
    let fault = |e: std::io::Error| Error::Read {
        path: path.to_owned(),
        why: match e.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be opened".to_owned(),
            _ => e.to_string(),
        },
    };
    let name = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(fault)?;
    if meta.is_dir() {
        return Err(Error::Read {
            path: path.to_owned(),
            why: "it is a folder".to_owned(),
        });
    }
    if meta.len() > limits.file_bytes {
        let refused = Document {
            name,
            bytes: meta.len(),
            unreadable: Some(format!(
                "it is {} MB on disk, more than the limit of {} MB",
                meta.len() / 1_000_000,
                limits.file_bytes / 1_000_000
            )),
            ..Document::default()
        };
        return Ok((refused, Arc::default()));
    }
    let bytes = Arc::new(std::fs::read(path).map_err(fault)?);
    let document = measured(name, Arc::clone(&bytes), limits, wanted, progress);
    Ok((document, bytes))
}
