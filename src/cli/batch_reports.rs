//! A report a title, in a folder.

use std::path::{Path, PathBuf};

use super::sealed::sealed;
use crate::answers::{self, Format};
use crate::batch::{self, TitleOutcome};
use crate::error::Error;
use crate::output;
use crate::pipeline::Options;
use crate::profile::Profile;
use crate::report::Report;
use crate::units::Unit;

/// Where the reports of a backlist go, and how they are written.
pub(super) struct Reports {
    pub(super) folder: PathBuf,
    pub(super) format: Format,
    pub(super) force: bool,
    pub(super) known: Vec<Profile>,
    pub(super) options: Options,
    /// What is read besides the titles' files.
    pub(super) inputs: Vec<PathBuf>,
}

impl Reports {
    /// Writes the report that a line holds; nothing where the title could not be checked at all.
    pub(super) fn write(&self, line: &str, outcome: &TitleOutcome) -> Result<(), Error> {
        let Ok(report) = serde_json::from_str::<Report>(line) else {
            return Ok(());
        };
        let name = batch::report_name(outcome, self.format.ending());
        let path = self.folder.join(name);
        let files = report.files.iter().map(|f| Path::new(&f.name));
        let inputs = self.inputs.iter().map(PathBuf::as_path).chain(files);
        output::allow(Some(&path), inputs, self.force)?;
        let text = answers::report(
            &report,
            &self.known,
            self.format,
            &self.options,
            Unit::Inches,
        )?;
        output::write(&path, sealed(self.format, text).as_bytes())
    }
}
