//! Errors that stop a run: what failed, what was expected, what to do.

use std::path::{Path, PathBuf};

use crate::model::visible::visible;

/// Why a run could not start. (What a file is found to hold is a finding or a gap, never an error.)
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that is not there or may not be read.
    #[error("cannot read {}: {why}", shown(path))]
    Read {
        /// As the user gave it.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// A file that cannot be written.
    #[error("cannot write {}: {why}", shown(path))]
    Write {
        /// As the user gave it.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// An output that is one of the files to be read.
    #[error(
        "{} is read by this command and would be written over{}",
        shown(input),
        by(output, input)
    )]
    OverInput {
        /// The output, as the user gave it.
        output: PathBuf,
        /// The input, as the user gave it.
        input: PathBuf,
    },
    /// An output that is there already and holds something of somebody else's.
    #[error(
        "{} is there already, and presscheck did not write it, or it was changed since",
        shown(path)
    )]
    Stranger {
        /// As the user gave it.
        path: PathBuf,
    },
    /// Two outputs that are one file.
    #[error("{} would be written twice", shown(path))]
    Twice {
        /// As the user gave it the second time.
        path: PathBuf,
    },
    /// Nobody waited for the answer any more.
    #[error("the check was cancelled")]
    Cancelled,
    /// A job that contradicts itself.
    #[error("{0}")]
    Job(String),
    /// A catalogue, or what goes with one, that cannot be used.
    #[error("{0}")]
    Catalogue(String),
    /// A profile that does not hold.
    #[error("profile {file}: {why}")]
    Profile {
        /// The profile's file or id.
        file: String,
        /// Table, key, and what was expected.
        why: String,
    },
}

impl Error {
    /// That a file cannot be read, by what the system says.
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be opened".to_owned(),
            _ => error.to_string(),
        };
        Self::Read {
            path: path.to_owned(),
            why,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } => {
                Some("check the path; give the interior and the cover as PDF files, or a book.toml")
            }
            Self::Write { .. } => Some("check that the folder exists and may be written to"),
            Self::OverInput { .. } => Some(
                "nothing was touched; name another file to write to (--force does not lift this)",
            ),
            Self::Stranger { .. } => Some(
                "nothing was touched; name another file, or add --force to write over this one",
            ),
            Self::Twice { .. } => {
                Some("nothing was touched; name a file of its own for each output")
            }
            // The command line says which command takes what.
            Self::Job(_) | Self::Cancelled => None,
            Self::Catalogue(_) => Some(
                "`presscheck batch --help` says what it takes; `presscheck batch --example` prints a catalogue to fill in",
            ),
            Self::Profile { .. } => Some(
                "`presscheck profiles --schema` says what a profile may hold; docs/products has those that ship",
            ),
        }
    }
}

/// A path in which nothing acts on what shows it, nor ends the line.
fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// The output's own name, where it is not the input's.
fn by(output: &Path, input: &Path) -> String {
    if output == input {
        String::new()
    } else {
        format!(" by {}", shown(output))
    }
}
