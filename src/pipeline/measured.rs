//! What was measured of files, kept between checks.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::measure::Wanted;
use crate::model::facts::{Document, Page};

/// Things in a file beyond which its facts are not kept: they would take more memory than measuring again takes time.
const MOST_THINGS: usize = 100_000;

/// How many things a file's facts tell of.
fn things(document: &Document) -> usize {
    let of_page = |page: &Page| {
        let marks = page.text.len() + page.images.len() + page.art.len();
        marks + page.colours.len() + page.annotations.len()
    };
    document.pages.iter().map(of_page).sum()
}

/// Facts of files, kept from one check to the next of the same files: another paper or platform then takes no measuring.
/// A file that changes needs another name, or another of these.
#[derive(Debug, Default)]
pub struct Measured(Mutex<Vec<MeasuredFile>>);

#[derive(Clone, Debug)]
struct MeasuredFile {
    path: PathBuf,
    wanted: Wanted,
    document: Arc<Document>,
}

impl Measured {
    /// The facts of these files and of later ones, which alone count for files of these names.
    #[must_use]
    pub fn replaced_by(&self, later: &Self, names: &[PathBuf]) -> Self {
        let is_new = |file: &MeasuredFile| names.contains(&file.path);
        let mut files: Vec<MeasuredFile> = self.lock().iter().cloned().collect();
        files.retain(|file| !is_new(file));
        files.extend(later.lock().iter().filter(|file| is_new(file)).cloned());
        Self(Mutex::new(files))
    }

    /// Forgets all of them.
    pub fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<MeasuredFile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, path: &Path, wanted: &Wanted) -> Option<Arc<Document>> {
        let files = self.lock();
        let of_file = |file: &&MeasuredFile| file.path == path && file.wanted == *wanted;
        files
            .iter()
            .find(of_file)
            .map(|file| Arc::clone(&file.document))
    }

    pub(super) fn keep(&self, path: &Path, wanted: &Wanted, document: &Arc<Document>) {
        if things(document) > MOST_THINGS {
            return;
        }
        self.lock().push(MeasuredFile {
            path: path.to_owned(),
            wanted: wanted.clone(),
            document: Arc::clone(document),
        });
    }
}
