//! What stays in memory of a title once its line is written: enough for the tables, nothing of its pages.

use crate::batch::results::change::{Change, What};
use crate::batch::running::batch_record::{BatchRecord, Ending};
use crate::batch::running::report_summary::ReportSummary;
use crate::model::finding::Level;

/// Where a report came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was made now.
    Made,
    /// The cache had it.
    Cache,
    /// The results of an earlier run had it.
    Results,
    /// There is none.
    Nowhere,
}

/// A title's result in short.
#[derive(Clone, Debug)]
pub struct TitleOutcome {
    /// Its place in the catalogue, from 1.
    pub number: usize,
    /// Its line in the catalogue's file.
    pub line: Option<u64>,
    /// What it is called.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// How it ended.
    pub ending: Ending,
    /// Why it could not be checked.
    pub why: Option<String>,
    /// What to know about it.
    pub notes: Vec<String>,
    /// Errors, warnings and notes that are not accepted.
    pub open: [usize; 3],
    /// Checks that could not look at everything.
    pub not_checked: usize,
    /// Whether anything could not be checked, which decides the exit code.
    pub gaps: bool,
    /// Findings that are accepted.
    pub accepted: usize,
    /// What differs from the run compared with.
    pub change: Option<Change>,
    /// Each product with how it ended.
    pub verdicts: Vec<(String, Ending)>,
    /// Pages of all files.
    pub pages: u64,
    /// The findings, each once for all products it is the same for, worst first.
    pub findings: Vec<FindingDigest>,
    /// Where the report came from.
    pub from: Origin,
}

/// A finding in short.
#[derive(Clone, Debug)]
pub struct FindingDigest {
    /// The rule.
    pub rule: String,
    /// How bad.
    pub level: Level,
    /// The message.
    pub message: String,
    /// The products.
    pub products: Vec<String>,
    /// The part it is in.
    pub part: &'static str,
    /// Its first pages.
    pub pages: Vec<u32>,
    /// How many pages there are.
    pub pages_total: usize,
    /// What to do.
    pub fix: String,
    /// Whether it is accepted.
    pub accepted: bool,
    /// The day its limit was read.
    pub checked: String,
}

/// Pages kept of one finding.
const PAGES: usize = 12;

impl TitleOutcome {
    pub(in crate::batch) fn new(
        batch_record: &BatchRecord<'_>,
        summary: Option<&ReportSummary<'_>>,
        quiet: &[bool],
        from: Origin,
    ) -> Self {
        let findings = summary.map(|s| found(s, quiet)).unwrap_or_default();
        Self {
            number: batch_record.number,
            line: batch_record.line,
            id: batch_record.id.to_owned(),
            title: batch_record.title.map(str::to_owned),
            ending: batch_record.result,
            why: batch_record.why.map(str::to_owned),
            notes: batch_record.notes.to_vec(),
            open: batch_record.open,
            not_checked: summary.map_or(0, |s| s.verdicts.iter().map(|v| v.not_checked).sum()),
            gaps: summary.is_none_or(ReportSummary::has_gaps),
            accepted: batch_record.accepted.len(),
            change: batch_record.change.cloned(),
            verdicts: summary.map(|s| verdicts(s, quiet)).unwrap_or_default(),
            pages: summary.map_or(0, |s| s.files.iter().map(|f| f.pages).sum()),
            findings,
            from,
        }
    }

    /// What is worse comes first: the ending, then how many errors, gaps and warnings.
    pub(in crate::batch) fn rank(&self) -> impl Ord + use<> {
        let less = |n: usize| std::cmp::Reverse(n);
        (
            self.ending,
            less(self.open[0]),
            less(self.not_checked),
            less(self.open[1]),
            self.number,
        )
    }

    /// Whether a product refuses it that would not before.
    pub(in crate::batch) fn is_newly_failing(&self) -> bool {
        self.change
            .as_ref()
            .is_some_and(|c| c.what == What::NewlyFailing)
    }

    /// The worst thing about it, in words.
    pub(in crate::batch) fn worst(&self) -> String {
        if let Some(why) = &self.why {
            return why.clone();
        }
        let finding = self.findings.iter().find(|f| !f.accepted);
        finding
            .map(|f| format!("{}: {}", f.rule, f.message))
            .unwrap_or_default()
    }
}

/// Each product's verdict with accepted findings left out.
fn verdicts(summary: &ReportSummary<'_>, quiet: &[bool]) -> Vec<(String, Ending)> {
    summary
        .verdicts
        .iter()
        .map(|verdict| {
            let open = summary
                .findings
                .iter()
                .zip(quiet)
                .filter(|(f, quiet)| f.profile == verdict.profile && !**quiet);
            let worst = open.map(|(f, _)| f.level).min();
            let ending = match worst {
                Some(Level::Error) => Ending::Fail,
                _ if verdict.not_checked > 0 => Ending::Incomplete,
                Some(Level::Warning) => Ending::Warn,
                _ => Ending::Pass,
            };
            (verdict.profile.to_string(), ending)
        })
        .collect()
}

fn found(summary: &ReportSummary<'_>, quiet: &[bool]) -> Vec<FindingDigest> {
    let mut all: Vec<FindingDigest> = Vec::new();
    for (finding, accepted) in summary.findings.iter().zip(quiet) {
        let same = |f: &&mut FindingDigest| {
            f.rule == finding.rule
                && f.message == finding.message
                && f.level == finding.level
                && f.accepted == *accepted
        };
        if let Some(earlier) = all.iter_mut().find(same) {
            earlier.products.push(finding.profile.to_string());
            continue;
        }
        all.push(FindingDigest {
            rule: finding.rule.to_string(),
            level: finding.level,
            message: finding.message.to_string(),
            products: vec![finding.profile.to_string()],
            part: finding.file.word(),
            pages: finding.pages.iter().copied().take(PAGES).collect(),
            pages_total: finding.pages.len(),
            fix: finding.fix.to_string(),
            accepted: *accepted,
            checked: finding.source.checked.to_string(),
        });
    }
    all.sort_by_key(|f| (f.accepted, f.level));
    all
}
