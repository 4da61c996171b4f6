//! The files that are held against another reader, and what we measure of them.

use std::path::{Path, PathBuf};

use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::measure::{Wanted, document};

/// All PDFs below a folder, sorted.
pub(crate) fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(pdfs(&path));
        } else if path.extension().is_some_and(|e| e == "pdf") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What is measured of a file.
pub(crate) fn facts(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap();
    document(
        path.display().to_string(),
        bytes,
        &Limits::default(),
        Wanted::default(),
        &|_, _| {},
    )
}
