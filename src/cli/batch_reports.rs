//! A report a title, in a folder.

use std::path::PathBuf;

use presscheck::batch::{self, TitleOutcome};
use presscheck::error::Error;
use presscheck::output;
use presscheck::pipeline::Options;
use presscheck::profile::Profile;
use presscheck::report::Report;
use presscheck::units::Unit;

use super::flags::ReportFormat;
use super::render;

/// Where the reports of a backlist go, and how they are written.
pub(super) struct Reports {
    pub(super) folder: PathBuf,
    pub(super) format: ReportFormat,
    pub(super) force: bool,
    pub(super) known: Vec<Profile>,
    pub(super) options: Options,
}

impl Reports {
    /// Writes the report that a line holds; nothing where the title could not be checked at all.
    pub(super) fn write(&self, line: &str, outcome: &TitleOutcome) -> Result<(), Error> {
        let Ok(report) = serde_json::from_str::<Report>(line) else {
            return Ok(());
        };
        let name = batch::report_name(outcome, self.format.ending());
        let path = self.folder.join(name);
        let inputs = report.files.iter().map(|f| std::path::Path::new(&f.name));
        output::allow(Some(&path), inputs, self.force)?;
        let text = render::report(
            &report,
            &self.known,
            self.format,
            &self.options,
            Unit::Inches,
        )?;
        output::write(&path, render::sealed(self.format, text).as_bytes())
    }
}
