//! A line of the results file: the report of `check`, with the batch's own record of the title under `batch`.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::batch::results::accept::Accepted;
use crate::batch::results::change::Change;
use crate::report::Report;

/// The version of the record's format. A change that breaks a reader raises it.
pub(in crate::batch) const SCHEMA: &str = "presscheck-batch/1";

/// How a title ended, worst first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It could not be checked at all: a wrong line, a missing file, a fault of presscheck.
    NotChecked,
    /// At least one error.
    Fail,
    /// No error, but something the verdict depends on could not be checked.
    Incomplete,
    /// Warnings, no error.
    Warn,
    /// No error, no warning.
    Pass,
}

impl Ending {
    /// All, worst first.
    pub const ALL: [Self; 5] = [
        Self::NotChecked,
        Self::Fail,
        Self::Incomplete,
        Self::Warn,
        Self::Pass,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotChecked => "not-checked",
            Self::Fail => "fail",
            Self::Incomplete => "incomplete",
            Self::Warn => "warn",
            Self::Pass => "pass",
        }
    }
}

/// The batch's own data about a title, written beside its report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::batch) struct BatchRecord<'a> {
    /// `presscheck-batch/1`.
    pub(in crate::batch) schema: &'static str,
    /// The title's place in the catalogue, from 1.
    pub(in crate::batch) number: usize,
    /// Its line in the catalogue's file; none in a folder.
    pub(in crate::batch) line: Option<u64>,
    /// What it is called and compared by.
    pub(in crate::batch) id: &'a str,
    /// Its title.
    pub(in crate::batch) title: Option<&'a str>,
    /// How it ended over all products, accepted findings left out.
    pub(in crate::batch) result: Ending,
    /// Why there is no report.
    pub(in crate::batch) why: Option<&'a str>,
    /// What to know about how its line was read.
    pub(in crate::batch) notes: &'a [String],
    /// SHA-256 of the job's statements.
    pub(in crate::batch) job: &'a str,
    /// SHA-256 of the program, the rules, their limits and which of them ran.
    pub(in crate::batch) rules: &'a str,
    /// Findings over all products that are errors, warnings and notes and are not accepted.
    pub(in crate::batch) open: [usize; 3],
    /// Findings that the user has accepted.
    pub(in crate::batch) accepted: &'a [Accepted],
    /// What is different from the run compared with; none without one.
    pub(in crate::batch) change: Option<&'a Change>,
}

impl BatchRecord<'_> {
    /// The line, without its line feed: the record, then the report's own bytes.
    pub(in crate::batch) fn line(&self, report: Option<&str>) -> String {
        // Our own structs hold no map with keys that JSON could refuse.
        let own = serde_json::to_string(self).unwrap_or_default();
        match report.and_then(|r| r.strip_prefix('{')) {
            Some(rest) => format!("{{\"batch\":{own},{rest}"),
            None => format!("{{\"batch\":{own}}}"),
        }
    }
}

/// The report within a line, byte for byte as `check` prints it; `None` where the line has no report.
pub fn report_of(line: &str) -> Option<String> {
    let mut parts = serde_json::Deserializer::from_str(line.strip_prefix("{\"batch\":")?)
        .into_iter::<serde::de::IgnoredAny>();
    parts.next()?.ok()?;
    let rest = line.get("{\"batch\":".len() + parts.byte_offset()..)?;
    Some(format!("{{{}", rest.strip_prefix(',')?))
}

/// A whole line, for the schema alone.
#[derive(JsonSchema)]
#[schemars(
    title = "Line",
    description = "A line of `presscheck batch`: `batch`, and beside it a report as `check --format jsonl` prints it, unless `batch.why` says why there is none."
)]
#[expect(dead_code, reason = "only its shape is asked for")]
struct ResultsLine<'a> {
    batch: BatchRecord<'a>,
    #[serde(flatten)]
    report: Option<Report>,
}

/// The schema of a line.
pub fn schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(ResultsLine<'_>)).unwrap_or_default() + "\n"
}

/// The fields of a record that later runs read back.
#[derive(Debug, Deserialize)]
pub(in crate::batch) struct RecordHeader<'a> {
    #[serde(borrow)]
    pub(in crate::batch) schema: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::batch) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::batch) job: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::batch) rules: Cow<'a, str>,
    pub(in crate::batch) result: Ending,
}

/// Reads the record at the start of a line and leaves the report after it alone.
pub(in crate::batch) fn read_header(line: &str) -> Option<RecordHeader<'_>> {
    let rest = line.strip_prefix("{\"batch\":")?;
    let batch_record: RecordHeader<'_> = serde_json::Deserializer::from_str(rest)
        .into_iter()
        .next()?
        .ok()?;
    (batch_record.schema == SCHEMA).then_some(batch_record)
}
