//! Walks nested folders for PDFs, and notes what cannot be read.

use std::io::Read;
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
    /// What looks like a PDF and is not taken for one, and why.
    pub(in crate::batch) left: Vec<(PathBuf, &'static str)>,
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
        left: Vec::new(),
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
        let file = path.join(entry.file_name());
        // What systems leave behind: .DS_Store, ._cover.pdf, __MACOSX.
        if name.starts_with('.') || name == "__MACOSX" {
            if is_pdf(&file) && !name.starts_with("._") {
                folder.left.push((file, "its name hides it"));
            }
            continue;
        }
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
        } else if let Some(why) = like_pdf(&name, &file) {
            folder.left.push((file, why));
        }
    }
    folder.pdfs.sort();
    folder.lost.sort();
    folder.left.sort();
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

/// Why a file that may be a PDF is not taken for one: a download that was not completed, a copy, a name without its end.
fn like_pdf(name: &str, file: &Path) -> Option<&'static str> {
    if name.to_lowercase().contains(".pdf.") {
        return Some("something follows .pdf in its name: it may be half a download or a copy");
    }
    if file.extension().is_some() || !std::fs::metadata(file).is_ok_and(|meta| meta.is_file()) {
        return None;
    }
    let mut begin = [0; 5];
    let read = std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut begin));
    (read.is_ok() && begin == *b"%PDF-").then_some("it is a PDF whose name does not end in .pdf")
}

fn is_pdf(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
}
