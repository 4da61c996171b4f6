//! The program that runs: how it is started again, and which file holds its code.

use std::path::PathBuf;
use std::sync::OnceLock;

/// A program that this command line is part of.
#[derive(Clone, Debug)]
pub struct Program {
    /// What is started.
    pub path: PathBuf,
    /// Its arguments before those of the command line.
    pub arguments: Vec<String>,
    /// The file that holds the code of presscheck: where its bytes differ, another version judges.
    pub code: PathBuf,
}

impl Program {
    /// The program that runs, if the system tells where it is.
    #[must_use]
    pub fn own() -> Option<Self> {
        let path = std::env::current_exe().ok()?;
        Some(Self {
            code: path.clone(),
            path,
            arguments: Vec::new(),
        })
    }
}

static PROGRAM: OnceLock<Option<Program>> = OnceLock::new();

/// Sets which program runs; the first that is told counts.
pub(super) fn know(program: Option<Program>) {
    PROGRAM.get_or_init(|| program);
}

/// The program that runs, if it is known.
pub(super) fn known() -> Option<&'static Program> {
    PROGRAM.get()?.as_ref()
}
