//! Copies of a book's files with a comment a finding.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::visible::visible;
use crate::output;
use crate::pipeline::Options;
use crate::profile::Profile;
use crate::report::{self, Report};

/// Copies of the files of a report.
#[derive(Debug, Default)]
pub struct Copies {
    /// Names and bytes. Each says at its end that presscheck wrote it.
    pub made: Vec<(String, Vec<u8>)>,
    /// Why others could not be made, a sentence each.
    pub refused: Vec<String>,
}

impl Copies {
    /// The copies with their paths in a folder.
    #[must_use]
    pub fn at(self, folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let placed = |(name, bytes): (String, Vec<u8>)| (folder.join(name), bytes);
        self.made.into_iter().map(placed).collect()
    }
}

/// A copy of every readable file with a comment a finding. A file without findings has a copy too, so that none of an earlier
/// run is left to be taken for it.
pub fn copies(report: &Report, known: &[Profile], options: &Options) -> Copies {
    let mut copies = Copies::default();
    for file in &report.files {
        if !file.readable {
            let why = file.why.as_deref().unwrap_or("it cannot be read");
            let name = visible(&file.name);
            copies
                .refused
                .push(format!("no copy of {name} is made: {why}"));
            continue;
        }
        let path = Path::new(&file.name);
        let comments = report::comments(report, known, &file.name);
        let copy = match comments.is_empty() {
            true => options.source(path).read().map(Arc::unwrap_or_clone),
            false => options.annotate(path, comments),
        };
        match copy {
            Ok(copy) => {
                let name = copy_name(path, file.role.word(), &copies.made);
                copies.made.push((name, output::seal_copy(copy)));
            }
            Err(e) => copies
                .refused
                .push(format!("no comments can be put on a copy: {e}")),
        }
    }
    copies
}

/// What the copy of a file is called: by the file's name, and by its role where another file of the book has that name in
/// whatever case, for some file systems tell no case apart.
fn copy_name(path: &Path, role: &str, taken: &[(String, Vec<u8>)]) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let is_taken = |name: &str| {
        let mut names = taken.iter().map(|(taken, _)| taken.to_lowercase());
        names.any(|taken| taken == name.to_lowercase())
    };
    let first = format!("{stem}.annotated.pdf");
    let second = format!("{stem}-{role}.annotated.pdf");
    let others = (2..).map(|number| format!("{stem}-{role}-{number}.annotated.pdf"));
    let mut names = [first, second].into_iter().chain(others);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}
