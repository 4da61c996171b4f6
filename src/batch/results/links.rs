//! The files of single reports: what they are called, and how a summary links to them.

use std::path::{Component, Path, PathBuf};

use crate::batch::running::title_outcome::TitleOutcome;
use crate::report::escape::address;

/// Letters of an id that a name keeps.
const LONGEST: usize = 80;

/// The name of the file for a title's report: its number and its id, in letters that every file system takes.
pub fn report_name(outcome: &TitleOutcome, ending: &str) -> String {
    let plain = |c: char| match c {
        c if c.is_alphanumeric() || "-_.".contains(c) => c,
        _ => '-',
    };
    let id: String = outcome.id.chars().take(LONGEST).map(plain).collect();
    format!(
        "{}-{}.{ending}",
        outcome.number,
        id.trim_matches(['.', '-'])
    )
}

/// Where the reports lie, as seen from a summary.
pub(in crate::batch) struct Links {
    folder: String,
    ending: String,
}

impl Links {
    /// From a summary at `summary` to reports in `folder`.
    pub(in crate::batch) fn new(summary: &Path, folder: &Path, ending: &str) -> Self {
        Self {
            folder: relative(summary.parent().unwrap_or(Path::new("")), folder),
            ending: ending.to_owned(),
        }
    }

    /// The address of a title's report.
    pub(in crate::batch) fn to(&self, outcome: &TitleOutcome) -> String {
        let name = report_name(outcome, &self.ending);
        format!("{}{}", self.folder, address(&name))
    }
}

/// A folder as seen from another, as an address that ends in a slash.
fn relative(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let here = if from.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        from.to_owned()
    };
    let (from, to) = (absolute(&here), absolute(to));
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|c| *c != Component::CurDir);
        let words = parts.map(|c| c.as_os_str().to_string_lossy().into_owned());
        words.collect()
    };
    let (from, to) = (parts(&from), parts(&to));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let ups = "../".repeat(from.len() - same);
    let downs = to.iter().skip(same).map(|part| address(part) + "/");
    ups + &downs.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_the_summary_to_the_reports() {
        assert_eq!(
            relative(Path::new(""), Path::new("my reports")),
            "my%20reports/"
        );
        assert_eq!(
            relative(Path::new("out"), Path::new("reports")),
            "../reports/"
        );
        assert_eq!(relative(Path::new("out"), Path::new("out/r")), "r/");
    }
}
