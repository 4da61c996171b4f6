//! Walks nested folders for PDFs, and notes what cannot be read.

use std::path::{Path, PathBuf};

/// Folders within one another that are searched.
pub(in crate::batch) const DEPTH: usize = 64;

/// A folder's own PDFs and whether it has a `book.toml`; sorted.
pub(in crate::batch) struct Folder {
    pub(in crate::batch) path: PathBuf,
    pub(in crate::batch) pdfs: Vec<PathBuf>,
    pub(in crate::batch) book: Option<PathBuf>,
    /// What cannot be read, and why.
    pub(in crate::batch) lost: Vec<(PathBuf, &'static str)>,
}

/// Every folder below and with this one, in order. Links to folders are not followed: they may lead in circles.
pub(in crate::batch) fn walk(
    path: &Path,
    depth: usize,
    found: &mut Vec<Folder>,
) -> std::io::Result<()> {
    let mut folder = Folder {
        path: path.to_owned(),
        pdfs: Vec::new(),
        book: None,
        lost: Vec::new(),
    };
    let mut below = Vec::new();
    let shown = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    for entry in std::fs::read_dir(shown)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // What systems leave behind: .DS_Store, ._cover.pdf, __MACOSX.
        if name.starts_with('.') || name == "__MACOSX" {
            continue;
        }
        let file = path.join(entry.file_name());
        let kind = entry.file_type()?;
        let behind = std::fs::metadata(&file);
        let is_book = name == "book.toml" || is_pdf(&file);
        if kind.is_dir() {
            below.push(file);
        } else if kind.is_symlink() && behind.as_ref().is_ok_and(|m| m.is_dir()) {
            folder.lost.push((
                file,
                "a link to a folder is not followed: it may lead in circles",
            ));
        } else if is_book && behind.is_err() {
            folder.lost.push((
                file,
                "it is a link that leads nowhere, or may not be looked at",
            ));
        } else if is_book && !behind.is_ok_and(|m| m.is_file()) {
            folder.lost.push((file, "it is no file: a pipe or device"));
        } else if name == "book.toml" {
            folder.book = Some(file);
        } else if is_pdf(&file) {
            folder.pdfs.push(file);
        }
    }
    folder.pdfs.sort();
    below.sort();
    let place = found.len();
    found.push(folder);
    for path in below {
        let why = if depth == 0 {
            "folders lie too deeply within one another"
        } else if walk(&path, depth - 1, found).is_err() {
            "it may not be entered"
        } else {
            continue;
        };
        if let Some(folder) = found.get_mut(place) {
            folder.lost.push((path, why));
        }
    }
    Ok(())
}

fn is_pdf(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
}
