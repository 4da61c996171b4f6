//! The report as JUnit XML, for CI servers: a suite a product, a case a rule.

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::model::{CheckReport, FindingReport, OutcomeWord, Report};
use super::queries::pages_named;
use crate::model::finding::Level;
use crate::model::visible::{isolated, visible_lines};

/// The report as JUnit XML. A rule whose finding is an error failed; one that could not look, or had nothing to look at, was
/// skipped; warnings and notes are the output of a case that passed.
pub fn junit(report: &Report) -> String {
    let mut suites = Suites::new("presscheck");
    for verdict in &report.verdicts {
        let mut suite = TestSuite::new(verdict.profile.clone());
        for check in report
            .checks
            .iter()
            .filter(|c| c.profile == verdict.profile)
        {
            suite.add_test_case(case(check, report));
        }
        suites.add_test_suite(suite);
    }
    suites.to_string().unwrap_or_default()
}

fn case(check: &CheckReport, report: &Report) -> TestCase {
    let found: Vec<&FindingReport> = report
        .findings
        .iter()
        .filter(|f| f.profile == check.profile && f.rule == check.rule)
        .filter(|f| f.explained_by.is_none())
        .collect();
    let why = check.why.as_deref();
    let error = found.iter().find(|f| f.level == Level::Error);
    let status = match (error, check.outcome) {
        (Some(first), _) => {
            let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
            failed.set_message(shown(&first.message));
            failed.set_type(first.level.word());
            failed.set_description(told(&found));
            failed
        }
        (None, OutcomeWord::NotApplicable) => skipped(why.unwrap_or("it does not apply")),
        (None, OutcomeWord::NotChecked) => skipped(why.unwrap_or("it could not be checked")),
        (None, _) if why.is_some() => skipped(why.unwrap_or_default()),
        (None, _) => TestCaseStatus::success(),
    };
    let mut case = TestCase::new(check.rule.clone().into_owned(), status);
    case.set_classname(check.profile.clone());
    if error.is_none() && !found.is_empty() {
        case.set_system_out(told(&found));
    }
    case
}

fn skipped(why: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(shown(why));
    status
}

/// Findings as lines: how bad, what, where, and what to do.
fn told(findings: &[&FindingReport]) -> String {
    let line = |finding: &&FindingReport| {
        let pages = pages_named(&finding.pages, usize::MAX);
        let pages = pages.map_or(String::new(), |pages| format!(", {pages}"));
        format!(
            "{}: {} ({}{pages})\n{}\n",
            finding.level.word(),
            finding.message,
            finding.name,
            finding.fix
        )
    };
    let lines: String = findings.iter().map(line).collect();
    shown(&lines)
}

/// Text in which nothing acts but what keeps quotations from right to left apart.
fn shown(text: &str) -> String {
    isolated(&visible_lines(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn quotations_from_right_to_left_are_kept_apart_and_nothing_else_acts() {
        assert_eq!(
            shown("\"\u{5d0}\", \u{202e}1"),
            "\"\u{2068}\u{5d0}\u{2069}\", \\u{202e}1"
        );
    }
}
