//! A line of the results: the report of `check`, and in `batch` what a title among others needs besides.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::accept::Accepted;
use super::compare::Change;
use crate::finding::{Level, Part};
use crate::report::Report;

/// The number of the envelope's shape. A change that breaks a reader raises it.
pub(super) const SCHEMA: &str = "presscheck-batch/1";

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

/// What a title among others needs besides its report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Envelope<'a> {
    /// `presscheck-batch/1`.
    pub(super) schema: &'static str,
    /// The title's place in the catalogue, from 1.
    pub(super) number: usize,
    /// Its line in the catalogue's file; none in a folder.
    pub(super) line: Option<u64>,
    /// What it is called and compared by.
    pub(super) id: &'a str,
    /// Its title.
    pub(super) title: Option<&'a str>,
    /// How it ended over all products, accepted findings left out.
    pub(super) result: Ending,
    /// Why there is no report.
    pub(super) why: Option<&'a str>,
    /// What to know about how its line was read.
    pub(super) notes: &'a [String],
    /// SHA-256 of what the job says.
    pub(super) job: &'a str,
    /// SHA-256 of the program, the rules, their limits and which of them ran.
    pub(super) rules: &'a str,
    /// Findings over all products that are errors, warnings and notes and are not accepted.
    pub(super) open: [usize; 3],
    /// Findings somebody has accepted.
    pub(super) accepted: &'a [Accepted],
    /// What is different from the run compared with; none without one.
    pub(super) change: Option<&'a Change>,
}

impl Envelope<'_> {
    /// The line, without its end: the envelope, then the report's own bytes.
    pub(super) fn line(&self, report: Option<&str>) -> String {
        // Our own structs hold no map with keys that JSON could refuse.
        let own = serde_json::to_string(self).unwrap_or_default();
        match report.and_then(|r| r.strip_prefix('{')) {
            Some(rest) => format!("{{\"batch\":{own},{rest}"),
            None => format!("{{\"batch\":{own}}}"),
        }
    }
}

/// The report within a line, byte for byte as `check` prints it; none if there is none.
pub(super) fn report_of(line: &str) -> Option<String> {
    let mut parts = serde_json::Deserializer::from_str(line.strip_prefix("{\"batch\":")?)
        .into_iter::<serde::de::IgnoredAny>();
    parts.next()?.ok()?;
    let rest = line.get("{\"batch\":".len() + parts.byte_offset()..)?;
    Some(format!("{{{}", rest.strip_prefix(',')?))
}

/// For the schema alone: a line whole.
#[derive(JsonSchema)]
#[schemars(
    title = "Line",
    description = "A line of `presscheck batch`: `batch`, and beside it a report as `check --format jsonl` prints it, unless `batch.why` says why there is none."
)]
#[expect(dead_code, reason = "only its shape is asked for")]
struct Line<'a> {
    batch: Envelope<'a>,
    #[serde(flatten)]
    report: Option<Report>,
}

/// The schema of a line.
pub fn schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(Line<'_>)).unwrap_or_default() + "\n"
}

/// What of an envelope is read again.
#[derive(Debug, Deserialize)]
pub(super) struct SeenEnvelope<'a> {
    #[serde(borrow)]
    pub(super) schema: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) job: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) rules: Cow<'a, str>,
    pub(super) result: Ending,
}

/// The envelope at the front of a line, whatever follows.
pub(super) fn front(line: &str) -> Option<SeenEnvelope<'_>> {
    let rest = line.strip_prefix("{\"batch\":")?;
    let envelope: SeenEnvelope<'_> = serde_json::Deserializer::from_str(rest)
        .into_iter()
        .next()?
        .ok()?;
    (envelope.schema == SCHEMA).then_some(envelope)
}

/// What of a report is read again: everything downstream of it works on its text, whether made now, kept or found.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Seen<'a> {
    #[serde(borrow)]
    pub(super) files: Vec<SeenFile<'a>>,
    #[serde(borrow)]
    pub(super) verdicts: Vec<SeenVerdict<'a>>,
    #[serde(borrow)]
    pub(super) findings: Vec<SeenFinding<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenFile<'a> {
    pub(super) role: Part,
    #[serde(rename = "for", borrow)]
    pub(super) products: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) sha256: Cow<'a, str>,
    pub(super) pages: u64,
    pub(super) readable: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenVerdict<'a> {
    #[serde(borrow)]
    pub(super) profile: Cow<'a, str>,
    pub(super) not_checked: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenFinding<'a> {
    #[serde(borrow)]
    pub(super) rule: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) profile: Cow<'a, str>,
    pub(super) level: Level,
    #[serde(borrow, default)]
    pub(super) explained_by: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) message: Cow<'a, str>,
    pub(super) file: Part,
    pub(super) pages: Vec<u32>,
    pub(super) source: SeenSource<'a>,
    #[serde(borrow)]
    pub(super) fix: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenSource<'a> {
    #[serde(borrow)]
    pub(super) checked: Cow<'a, str>,
}

impl<'a> Seen<'a> {
    /// Reads a report, or the whole line it is in.
    pub(super) fn read(report: &'a str) -> Option<Self> {
        let mut seen: Self = serde_json::from_str(report).ok()?;
        // What follows from another finding counts for nothing.
        seen.findings.retain(|f| f.explained_by.is_none());
        Some(seen)
    }

    /// The hash of the file a finding is about.
    pub(super) fn hash_of(&self, finding: &SeenFinding<'_>) -> Option<&str> {
        let file = self
            .files
            .iter()
            .find(|f| f.role == finding.file && f.products.contains(&finding.profile));
        file.map(|f| f.sha256.as_ref())
    }

    /// Whether something could not be checked.
    pub(super) fn has_gaps(&self) -> bool {
        self.verdicts.iter().any(|v| v.not_checked > 0) || self.files.iter().any(|f| !f.readable)
    }
}
