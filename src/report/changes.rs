//! What changed from one check of a book to the next: faults that are gone, new ones, and those that remain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{CauseReport, OutcomeWord, Report, VerdictReport, Word};
use crate::model::finding::{Level, Part};

/// What changed from an earlier report of a book.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// Products whose verdict is another now.
    pub verdicts: Vec<VerdictChange>,
    /// Faults that are gone.
    pub mended: Vec<Changed>,
    /// Faults that are new.
    pub new: Vec<Changed>,
    /// Faults that are still there.
    pub remaining: Vec<Changed>,
    /// Faults from before that could not be looked for this time.
    pub not_checked: Vec<Changed>,
}

/// A product whose verdict is another now.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerdictChange {
    /// The product.
    pub profile: String,
    /// The verdict before.
    pub before: super::model::Verdict,
    /// The verdict now.
    pub now: super::model::Verdict,
}

/// A fault of one of two reports, or of both.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// The rule.
    pub rule: Word,
    /// The file it is in.
    pub file: Part,
    /// How bad it is now, or was.
    pub level: Level,
    /// What is wrong, or was.
    pub message: String,
    /// What it said before, where it says something else now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_before: Option<String>,
    /// How many places there were before.
    pub places_before: usize,
    /// How many places there are now.
    pub places: usize,
}

/// Compares two reports of a book, cause by cause: two are the same fault where one rule has found them in one file for the
/// same product, or says the same of them. What was found for products that only one of the two asked is no change.
pub fn changes(before: &Report, after: &Report) -> Changes {
    let of_both = before.causes.iter().filter(|c| is_asked(before, c, after));
    let mut earlier: Vec<&CauseReport> = of_both.collect();
    let (mut new, mut remaining) = (Vec::new(), Vec::new());
    for cause in &after.causes {
        let same = |other: &&CauseReport| is_same(before, other, after, cause);
        match earlier.iter().position(same) {
            Some(index) => {
                let other = earlier.remove(index);
                remaining.push(Changed {
                    message_before: (other.message != cause.message).then(|| other.message.clone()),
                    ..changed(cause, other.places_total, cause.places_total)
                });
            }
            None if is_asked(after, cause, before) => {
                new.push(changed(cause, 0, cause.places_total));
            }
            None => {}
        }
    }
    let (looked_for, not_checked): (Vec<_>, Vec<_>) = earlier
        .into_iter()
        .partition(|cause| is_looked_for(before, cause, after));
    let gone = |causes: Vec<&CauseReport>| -> Vec<Changed> {
        let gone = causes.into_iter();
        gone.map(|cause| changed(cause, cause.places_total, 0))
            .collect()
    };
    Changes {
        verdicts: verdicts(before, after),
        mended: gone(looked_for),
        new,
        remaining,
        not_checked: gone(not_checked),
    }
}

fn verdicts(before: &Report, after: &Report) -> Vec<VerdictChange> {
    let change = |now: &VerdictReport| {
        let mut earlier = before.verdicts.iter();
        let earlier = earlier.find(|verdict| verdict.profile == now.profile)?;
        (earlier.verdict != now.verdict).then(|| VerdictChange {
            profile: now.profile.clone(),
            before: earlier.verdict,
            now: now.verdict,
        })
    };
    after.verdicts.iter().filter_map(change).collect()
}

/// Whether any product that a fault of one report was found for is asked by another report.
fn is_asked(report: &Report, cause: &CauseReport, by: &Report) -> bool {
    let mut products = products(report, cause);
    products.any(|product| by.verdicts.iter().any(|v| v.profile == product))
}

/// The products that a fault was found for.
fn products<'r>(report: &'r Report, cause: &'r CauseReport) -> impl Iterator<Item = &'r str> {
    let findings = cause.findings.iter();
    findings.filter_map(|&index| Some(report.findings.get(index)?.profile.as_str()))
}

/// Whether a fault of an earlier report was looked for in a later one: for any of its products that is asked again.
fn is_looked_for(before: &Report, cause: &CauseReport, after: &Report) -> bool {
    let products: Vec<&str> = products(before, cause).collect();
    let again = || {
        let checks = after.checks.iter();
        checks.filter(|check| check.rule == cause.rule && products.contains(&&*check.profile))
    };
    again().next().is_none() || again().any(|check| check.outcome != OutcomeWord::NotChecked)
}

/// Whether two causes are one fault. Ids of findings survive a new export.
fn is_same(before: &Report, earlier: &CauseReport, after: &Report, later: &CauseReport) -> bool {
    let ids = |report: &Report, cause: &CauseReport| -> Vec<String> {
        let findings = cause.findings.iter();
        let findings = findings.filter_map(|&index| report.findings.get(index));
        findings.map(|finding| finding.id.clone()).collect()
    };
    earlier.rule == later.rule
        && earlier.file == later.file
        && (earlier.message == later.message || {
            let earlier = ids(before, earlier);
            ids(after, later).iter().any(|id| earlier.contains(id))
        })
}

fn changed(cause: &CauseReport, places_before: usize, places: usize) -> Changed {
    Changed {
        rule: cause.rule.clone(),
        file: cause.file,
        level: cause.level,
        message: cause.message.clone(),
        message_before: None,
        places_before,
        places,
    }
}
