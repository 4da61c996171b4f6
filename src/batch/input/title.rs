//! A title of a backlist, and whether to check it.

use std::path::PathBuf;

use crate::batch::input::named::Named;
use crate::model::job::Job;

/// One title, or a line that is none.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place among the titles, from 1; 0 for lines that are skipped.
    pub number: usize,
    /// Its line in the catalogue's file.
    pub line: Option<u64>,
    /// What it is called and compared by; no two of a catalogue are the same.
    pub id: String,
    /// Its title.
    pub name: Option<String>,
    /// Whether to check it.
    pub action: RowAction,
    /// What to know about how it was read.
    pub notes: Vec<String>,
    /// Every file that it may name.
    pub named: Named,
}

/// What the run does with a line.
#[derive(Clone, Debug)]
pub enum RowAction {
    /// A book is to be checked.
    Check {
        /// The job.
        job: Box<Job>,
        /// Files whose part is found from their pages.
        loose: Vec<PathBuf>,
    },
    /// No printed book, and why.
    Skip(String),
    /// A line that cannot be understood, and why.
    Wrong(String),
}
