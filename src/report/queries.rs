//! What several renderers ask of a report.

use super::model::{CauseReport, CheckReport, FindingReport, OutcomeWord, Report};
use crate::model::finding::Level;
use crate::rules::fold_pages;

impl CheckReport {
    /// Whether something of it is not known.
    pub(super) fn has_gap(&self) -> bool {
        let partly = self.outcome == OutcomeWord::Failed && self.why.is_some();
        self.outcome == OutcomeWord::NotChecked || partly
    }
}

impl Report {
    /// The findings at these places of the list.
    pub(super) fn findings_at<'a>(
        &'a self,
        places: &'a [usize],
    ) -> impl Iterator<Item = &'a FindingReport> {
        places.iter().filter_map(|n| self.findings.get(*n))
    }

    /// Why something could not be checked, each reason once, with the rules it concerns.
    pub(super) fn gaps(&self) -> Vec<(&str, Vec<&str>)> {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for check in self.checks.iter().filter(|c| c.has_gap()) {
            let why = check.why.as_deref().unwrap_or("no reason was given");
            match reasons.iter_mut().find(|(w, _)| *w == why) {
                Some((_, rules)) if rules.contains(&&*check.rule) => {}
                Some((_, rules)) => rules.push(&check.rule),
                None => reasons.push((why, vec![&*check.rule])),
            }
        }
        reasons
    }
}

impl CauseReport {
    /// The products it concerns, each once, with the worst level there.
    pub(super) fn products<'a>(&'a self, report: &'a Report) -> Vec<(&'a str, Level)> {
        let mut products: Vec<(&str, Level)> = Vec::new();
        for finding in report.findings_at(&self.findings) {
            match products.iter_mut().find(|(p, _)| *p == finding.profile) {
                Some((_, level)) => *level = finding.level.min(*level),
                None => products.push((&finding.profile, finding.level)),
            }
        }
        products
    }
}

/// `page 3`, `pages 3-9, 12`; nothing where there are none.
pub(super) fn pages_named(pages: &[u32], most: usize) -> Option<String> {
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    (!pages.is_empty()).then(|| format!("{noun} {}", fold_pages(pages, most)))
}
