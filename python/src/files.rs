//! Files of a book as Python gives them.

use std::path::PathBuf;
use std::sync::Arc;

use presscheck::measure::Source;
use presscheck::pipeline::Options;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A path, or a name and bytes.
#[derive(FromPyObject)]
pub(crate) enum File<'py> {
    /// A name and bytes.
    Bytes(String, Bound<'py, PyBytes>),
    /// A path.
    Path(PathBuf),
}

impl File<'_> {
    /// The path that stands for it in jobs and reports; bytes are kept under their name.
    pub(crate) fn path(self, options: &mut Options) -> PathBuf {
        match self {
            Self::Path(path) => path,
            Self::Bytes(name, bytes) => {
                let path = PathBuf::from(&name);
                let bytes = Arc::new(bytes.as_bytes().to_vec());
                options
                    .sources
                    .insert(path.clone(), Source::Bytes(name, bytes));
                path
            }
        }
    }
}
