//! The part of a report that `batch` reads back from its JSON.

use std::borrow::Cow;

use serde::Deserialize;

use crate::model::finding::{Level, Part};

/// The fields of a report that `batch` uses. Read back from the JSON even where the report was just made, so that fresh, cached
/// and resumed reports are treated alike.
#[derive(Debug, Default, Deserialize)]
pub(in crate::batch) struct ReportSummary<'a> {
    #[serde(borrow)]
    pub(in crate::batch) files: Vec<FileSummary<'a>>,
    #[serde(borrow)]
    pub(in crate::batch) verdicts: Vec<VerdictSummary<'a>>,
    #[serde(borrow)]
    pub(in crate::batch) findings: Vec<FindingSummary<'a>>,
}

#[derive(Debug, Deserialize)]
pub(in crate::batch) struct FileSummary<'a> {
    pub(in crate::batch) role: Part,
    #[serde(rename = "for", borrow)]
    pub(in crate::batch) products: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(in crate::batch) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::batch) sha256: Cow<'a, str>,
    pub(in crate::batch) pages: u64,
    pub(in crate::batch) readable: bool,
}

#[derive(Debug, Deserialize)]
pub(in crate::batch) struct VerdictSummary<'a> {
    #[serde(borrow)]
    pub(in crate::batch) profile: Cow<'a, str>,
    pub(in crate::batch) not_checked: usize,
}

#[derive(Debug, Deserialize)]
pub(in crate::batch) struct FindingSummary<'a> {
    #[serde(borrow)]
    pub(in crate::batch) rule: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::batch) profile: Cow<'a, str>,
    pub(in crate::batch) level: Level,
    #[serde(borrow, default)]
    pub(in crate::batch) explained_by: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(in crate::batch) message: Cow<'a, str>,
    pub(in crate::batch) file: Part,
    pub(in crate::batch) pages: Vec<u32>,
    pub(in crate::batch) source: SourceSummary<'a>,
    #[serde(borrow)]
    pub(in crate::batch) fix: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
pub(in crate::batch) struct SourceSummary<'a> {
    #[serde(borrow)]
    pub(in crate::batch) checked: Cow<'a, str>,
}

impl<'a> ReportSummary<'a> {
    /// Reads a report, or the whole line it is in.
    pub(in crate::batch) fn read(report: &'a str) -> Option<Self> {
        let mut summary: Self = serde_json::from_str(report).ok()?;
        // What follows from another finding counts for nothing.
        summary.findings.retain(|f| f.explained_by.is_none());
        Some(summary)
    }

    /// The hash of the file a finding is about.
    pub(in crate::batch) fn hash_of(&self, finding: &FindingSummary<'_>) -> Option<&str> {
        let file = self
            .files
            .iter()
            .find(|f| f.role == finding.file && f.products.contains(&finding.profile));
        file.map(|f| f.sha256.as_ref())
    }

    /// Whether something could not be checked.
    pub(in crate::batch) fn has_gaps(&self) -> bool {
        self.verdicts.iter().any(|v| v.not_checked > 0) || self.files.iter().any(|f| !f.readable)
    }
}
