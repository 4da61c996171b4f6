//! What a run is told besides the job: which rules, which bounds, and how its files are read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::measured::Measured;
use crate::check::Selection;
use crate::measure::{Drawn, Listener, PlatePictures, PlateView, Source, View, Wanted};
use crate::model::comment::Comment;
use crate::model::error::Error;
use crate::model::facts::Document;
use crate::model::limits::Limits;
use crate::model::press::Press;
use crate::worker::Workers;

/// How a check runs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which rules run.
    pub selection: Selection,
    /// Bounds on files.
    pub limits: Limits,
    /// Worker processes that measure files; `None` measures in this process.
    pub workers: Option<Arc<Workers>>,
    /// Files that are not where their names say: in memory, or on disk under a name of their own.
    pub sources: HashMap<PathBuf, Source>,
    /// What was measured of these files by earlier checks, and where this check leaves what it measures.
    pub measured: Option<Arc<Measured>>,
    /// Whether two files that are both interiors, or both covers, are taken for a book all the same.
    pub takes_unlikely_roles: bool,
    /// The press that colours are weighed for where a file says of none.
    pub press: Option<Press>,
    /// Set from another thread to cancel: the run soon ends with an error.
    pub cancelled: Option<Arc<AtomicBool>>,
}

impl Options {
    /// The file that a path names.
    pub fn source(&self, path: &Path) -> Source {
        let told = self.sources.get(path).cloned();
        told.unwrap_or_else(|| Source::from(path))
    }

    /// Whether somebody asked to give up.
    pub(crate) fn is_cancelled(&self) -> bool {
        let flag = self.cancelled.as_deref();
        flag.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Draws places of the file that a path names, each at its place in the answer; none for one that cannot be drawn.
    pub fn draw(&self, path: &Path, views: Vec<View>) -> Result<Vec<Option<Drawn>>, Error> {
        let source = self.source(path);
        match &self.workers {
            Some(workers) => workers.draw(&source, &self.limits, views, &|| self.is_cancelled()),
            None => source.draw(&self.limits, &views),
        }
    }

    /// A copy of the file that a path names, with comments on its pages.
    pub fn annotate(&self, path: &Path, comments: Vec<Comment>) -> Result<Vec<u8>, Error> {
        let source = self.source(path);
        match &self.workers {
            Some(workers) => {
                workers.annotate(&source, &self.limits, comments, &|| self.is_cancelled())
            }
            None => source.annotate(&self.limits, &comments),
        }
    }

    /// The separations of a page of the file that a path names, as pictures.
    pub fn plates(&self, path: &Path, view: PlateView) -> Result<PlatePictures, Error> {
        let source = self.source(path);
        match &self.workers {
            Some(workers) => workers.plates(&source, &self.limits, view, &|| self.is_cancelled()),
            None => source.plates(&self.limits, view),
        }
    }

    /// The facts of the file that a path names.
    pub fn measure(
        &self,
        path: &Path,
        wanted: Wanted,
        listener: Listener<'_>,
    ) -> Result<Document, Error> {
        let source = self.source(path);
        let wanted = Wanted {
            press: self.press.clone(),
            ..wanted
        };
        match &self.workers {
            Some(workers) => workers.measure(&source, &self.limits, wanted, listener),
            None => source.measure(&self.limits, wanted, listener),
        }
    }
}
