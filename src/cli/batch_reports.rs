//! A report a title, in a folder.

use std::path::{Path, PathBuf};

use presscheck::answers::{self, Format};
use presscheck::batch::{self, TitleOutcome};
use presscheck::error::Error;
use presscheck::output;
use presscheck::pipeline::Options;
use presscheck::profile::Profile;
use presscheck::report::Report;
use presscheck::units::Unit;

use super::sealed::sealed;

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
