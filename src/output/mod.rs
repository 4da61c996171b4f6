//! What is written: never over a file that is read, and over a stranger's file only when that is meant.

mod beside;
mod own;
mod place;
mod scratch;

use std::path::Path;

pub use beside::{Written, write};
pub use own::{seal_copy, seal_markup, seal_pdf, seal_png, seal_text};
pub use scratch::Scratch;

use crate::model::error::Error;
use place::{Identity, OutputPath};

/// The files a run is going to write, checked before anything is read or written.
#[derive(Debug)]
pub struct Outputs {
    force: bool,
    places: Vec<OutputPath>,
    /// The file that standard output goes to, if it is one.
    standard: Option<Identity>,
}

impl Outputs {
    /// None yet. With `force` files that presscheck did not write may be written over; inputs never.
    pub fn new(force: bool) -> Self {
        Self {
            force,
            places: Vec::new(),
            standard: place::standard_output(),
        }
    }

    /// One more. Each may be named only once.
    pub fn add(&mut self, path: &Path) -> Result<(), Error> {
        let place = OutputPath::of(path)?;
        if self.places.iter().any(|other| other.is(&place)) {
            return Err(Error::Twice {
                path: path.to_owned(),
            });
        }
        self.places.push(place);
        Ok(())
    }

    /// Refuses to go on if `input` is one of the outputs, by whatever name.
    pub fn spare(&self, input: &Path) -> Result<(), Error> {
        let lost = |output: &Path| Error::OverInput {
            output: output.to_owned(),
            input: input.to_owned(),
        };
        let identity = Identity::of(input);
        if identity.is_some() && identity == self.standard {
            return Err(lost(Path::new("standard output")));
        }
        match self
            .places
            .iter()
            .find(|p| p.holds(input, identity.as_ref()))
        {
            Some(place) => Err(lost(&place.given)),
            None => Ok(()),
        }
    }

    /// The same for a path that may be meant as an input, and counts only if a file is there.
    pub fn spare_named(&self, path: &Path) -> Result<(), Error> {
        match Identity::of(path) {
            Some(_) => self.spare(path),
            None => Ok(()),
        }
    }

    /// Whether any of them is there already: otherwise nothing can be lost.
    pub fn are_there(&self) -> bool {
        self.standard.is_some() || self.places.iter().any(OutputPath::is_there)
    }

    /// Refuses to go on if an output is there already and presscheck did not write it.
    pub fn know(&self) -> Result<(), Error> {
        match self.places.iter().find(|p| !self.force && !p.is_free()) {
            Some(place) => Err(Error::Stranger {
                path: place.given.clone(),
            }),
            None => Ok(()),
        }
    }
}

/// Whether a path is a file's, there or not, and no pipe, device or standard stream.
pub fn is_file(path: &Path) -> bool {
    OutputPath::of(path).is_ok_and(|p| p.kind == place::OutputKind::File)
}

/// All of it for a command with one output: what it reads is spared, what presscheck did not write as well.
pub fn allow<'i>(
    output: Option<&Path>,
    inputs: impl IntoIterator<Item = &'i Path>,
    force: bool,
) -> Result<(), Error> {
    let mut outputs = Outputs::new(force);
    if let Some(output) = output {
        outputs.add(output)?;
    }
    for input in inputs {
        outputs.spare(input)?;
    }
    outputs.know()
}

/// The same for a command that writes several files, most of them into a folder, which is made if it is not there.
pub fn allow_in<'o, 'i>(
    folder: &Path,
    outputs: impl IntoIterator<Item = &'o Path>,
    inputs: impl IntoIterator<Item = &'i Path>,
    force: bool,
) -> Result<(), Error> {
    let fault = |e: std::io::Error| Error::Write {
        path: folder.to_owned(),
        why: match e.kind() {
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => {
                "it is no folder; name another one".to_owned()
            }
            std::io::ErrorKind::PermissionDenied => "nothing may be written there".to_owned(),
            _ => e.to_string(),
        },
    };
    std::fs::create_dir_all(folder).map_err(fault)?;
    let mut known = Outputs::new(force);
    for output in outputs {
        known.add(output)?;
    }
    for input in inputs {
        known.spare(input)?;
    }
    known.know()
}
