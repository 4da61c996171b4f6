//! The verdicts at the beginning of the report for people.

use super::model::{Report, Verdict, VerdictReport};
use super::text::{Emphasis, TextWriter, counted, wrap};
use crate::model::finding::Level;

/// Rules that decide a verdict and are named with it.
const RULES_NAMED: usize = 4;

impl TextWriter<'_> {
    /// One line a product, longer ones hung: that it would take the files, or what stops it.
    pub(super) fn verdicts(&mut self, report: &Report) {
        let told = |verdict: Verdict| match verdict {
            Verdict::Pass => ("PASS", Emphasis::Green),
            Verdict::Warn => ("WARN", Emphasis::Yellow),
            Verdict::Fail => ("FAIL", Emphasis::Red),
            Verdict::Incomplete => ("INCOMPLETE", Emphasis::Yellow),
        };
        let verdicts = report.verdicts.iter();
        let rows: Vec<_> = verdicts
            .map(|v| (v, self.name(&v.profile), told(v.verdict)))
            .collect();
        let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let width = widest(&mut rows.iter().map(|(_, name, _)| name.chars().count()));
        let of_word = widest(&mut rows.iter().map(|(.., (word, _))| word.len()));
        let hung = width + of_word + 4;
        let room = self.style.width.saturating_sub(hung).max(24);
        for (verdict, name, (word, ink)) in rows {
            let name = self.paint(&format!("{name:<width$}"), Emphasis::Bold);
            let word = self.paint(&format!("{word:<of_word$}"), ink);
            // As many rules are named as leave it at a line, or one.
            let reasons = |named: usize| wrap(&because(verdict, report, named), room);
            let short = |named: &usize| reasons(*named).len() <= 1;
            let named = (2..=RULES_NAMED).rev().find(short).unwrap_or(1);
            let mut reasons = reasons(named).into_iter();
            let first = reasons.next().unwrap_or_default();
            self.line(&format!("{name}  {word}  {first}"));
            for more in reasons {
                self.line(&format!("{:hung$}{more}", ""));
            }
        }
    }
}

/// What a verdict comes from: the rules that decide it, of many the first, and how many others say something.
fn because(verdict: &VerdictReport, report: &Report, named: usize) -> String {
    let of_level = |level: Level| {
        let mut rules: Vec<&str> = Vec::new();
        for finding in report.findings.iter().filter(|f| {
            f.profile == verdict.profile && f.level == level && f.explained_by.is_none()
        }) {
            if !rules.contains(&&*finding.rule) {
                rules.push(&finding.rule);
            }
        }
        rules
    };
    let few = |rules: Vec<&str>| match rules.get(..named) {
        Some(first) if rules.len() > named => {
            format!("{} and {} more", first.join(", "), rules.len() - named)
        }
        _ => rules.join(", "),
    };
    let taken = match (verdict.standard, report.only_file(&verdict.profile)) {
        (true, Some(part)) => format!("{} keeps it", part.word()),
        (true, None) => "is kept".to_owned(),
        (false, Some(part)) => format!("{} would be taken", part.word()),
        (false, None) => "would be taken".to_owned(),
    };
    let mut parts: Vec<String> = match verdict.verdict {
        Verdict::Pass => vec![taken],
        Verdict::Fail => vec![few(of_level(Level::Error))],
        Verdict::Warn => vec![format!("{taken}; {}", few(of_level(Level::Warning)))],
        Verdict::Incomplete if verdict.warnings > 0 => {
            vec![counted(verdict.warnings, "warning")]
        }
        Verdict::Incomplete => Vec::new(),
    };
    if verdict.verdict == Verdict::Fail && verdict.warnings > 0 {
        parts.push(counted(verdict.warnings, "warning"));
    }
    if verdict.notes > 0 {
        parts.push(counted(verdict.notes, "note"));
    }
    if verdict.not_checked > 0 {
        parts.push(format!("{} not checked", verdict.not_checked));
    }
    parts.join("; ")
}
