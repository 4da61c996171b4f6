//! Files to be measured: at a path, or in memory.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::measure::{
    Admitted, Drawn, Listener, PlatePictures, PlateView, View, Wanted, Watch, admit, annotate,
    draw, measured, plates, refused,
};
use crate::model::comment::Comment;
use crate::model::error::Error;
use crate::model::facts::Document;
use crate::model::limits::Limits;

/// A file to be measured.
#[derive(Clone, Debug)]
pub enum Source {
    /// At a path.
    Path(PathBuf),
    /// In memory. The name stands for it in reports and need not be a path.
    Bytes(String, Arc<Vec<u8>>),
    /// At a path that nobody should be told, as of an upload. The name stands for it in reports.
    Stored {
        /// The name.
        name: String,
        /// Where it is.
        path: PathBuf,
    },
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

impl Source {
    /// The path, or the name in place of it.
    pub fn path(&self) -> &Path {
        match self {
            Self::Path(path) => path,
            Self::Bytes(name, _) | Self::Stored { name, .. } => Path::new(name),
        }
    }

    /// Whether it will be measured, checked before it is read.
    pub(crate) fn admit(&self, limits: &Limits) -> Result<Admitted, Error> {
        match self {
            Self::Path(path) | Self::Stored { path, .. } => admit(path, self.path(), limits),
            Self::Bytes(_, bytes) => Ok(refused(self.path(), bytes.len() as u64, limits)
                .map_or(Admitted::Bytes(bytes.len() as u64), Admitted::Refused)),
        }
    }

    /// Its bytes, to be read from the start.
    pub(crate) fn open(&self) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Path(path) | Self::Stored { path, .. } => Box::new(File::open(path)?),
            Self::Bytes(_, bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }

    /// All its bytes.
    pub fn read(&self) -> Result<Arc<Vec<u8>>, Error> {
        match self {
            Self::Path(path) | Self::Stored { path, .. } => std::fs::read(path)
                .map(Arc::new)
                .map_err(|e| Error::reading(self.path(), &e)),
            Self::Bytes(_, bytes) => Ok(Arc::clone(bytes)),
        }
    }

    /// Measures it in this process. A file that cannot be read as a PDF gives a document that says why; only one that cannot
    /// be opened, or a cancellation, is an error.
    pub fn measure(
        &self,
        limits: &Limits,
        wanted: Wanted,
        listener: Listener<'_>,
    ) -> Result<Document, Error> {
        if let Admitted::Refused(document) = self.admit(limits)? {
            return Ok(*document);
        }
        let done = |_: u32, done: usize, all: usize| (listener.progress)(done, all);
        let watch = Watch {
            cancelled: listener.cancelled,
            ..Watch::of(&done)
        };
        let name = self.path().display().to_string();
        let document = measured(name, self.read()?, limits, wanted, &watch);
        if (listener.cancelled)() {
            return Err(Error::Cancelled);
        }
        Ok(document)
    }

    /// A copy of it with comments on its pages.
    pub fn annotate(&self, limits: &Limits, comments: &[Comment]) -> Result<Vec<u8>, Error> {
        self.once(limits, |bytes| annotate(bytes, comments, limits))
    }

    /// The separations of a page as pictures.
    pub fn plates(&self, limits: &Limits, view: PlateView) -> Result<PlatePictures, Error> {
        self.once(limits, |bytes| plates(bytes, view, limits))
    }

    /// Makes something of all its bytes, unless there are too many.
    fn once<T>(
        &self,
        limits: &Limits,
        make: impl FnOnce(Arc<Vec<u8>>) -> Result<T, String>,
    ) -> Result<T, Error> {
        let made = match self.admit(limits)? {
            Admitted::Refused(_) => Err("it is larger than the limit".to_owned()),
            Admitted::Bytes(_) => make(self.read()?),
        };
        made.map_err(|why| Error::Read {
            path: self.path().to_owned(),
            why,
        })
    }

    /// Draws places of it in this process as PNG files, each at its place in the answer; none for one that cannot be drawn.
    pub fn draw(&self, limits: &Limits, views: &[View]) -> Result<Vec<Option<Drawn>>, Error> {
        if let Admitted::Refused(_) = self.admit(limits)? {
            return Ok(vec![None; views.len()]);
        }
        let drawn = draw(self.read()?, views, limits, &|_| (), &|_, _, _| ());
        drawn.map_err(|why| Error::Read {
            path: self.path().to_owned(),
            why,
        })
    }
}
