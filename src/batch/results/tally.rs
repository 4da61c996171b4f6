//! Counts over a whole backlist, and its worst titles.

use std::collections::BTreeMap;

use crate::batch::results::change::{Cause, What};
use crate::batch::running::batch_record::Ending;
use crate::batch::running::title_outcome::Origin;
use crate::batch::running::title_outcome::TitleOutcome;
use crate::model::finding::Level;

/// Titles named of each way in which they differ.
const NAMED: usize = 5;
/// Titles kept for the table of the worst.
const WORST: usize = 20;

/// What one rule found over all titles.
#[derive(Clone, Debug)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// How bad at worst.
    pub level: Level,
    /// Titles it is open for.
    pub titles: usize,
    /// Titles it was not open for in the run compared with.
    pub new: usize,
    /// Of these, titles whose files and job are the same: the rule is the cause.
    pub by_rule: usize,
    /// The newest day its limit was read, for those it is new for.
    pub checked: String,
}

/// Everything counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Titles.
    pub titles: usize,
    /// Lines left out.
    pub skipped: usize,
    /// Pages of all files.
    pub pages: u64,
    /// Titles by how they ended.
    pub endings: BTreeMap<Ending, usize>,
    /// Titles whose reports were made in this run.
    pub made: usize,
    /// Titles of which something could not be checked.
    pub gaps: usize,
    /// Errors, warnings and notes that are open.
    pub open: [usize; 3],
    /// Findings that are accepted.
    pub accepted: usize,
    /// Titles by how they differ and why.
    pub changes: BTreeMap<(What, Vec<Cause>), usize>,
    /// Titles by how they differ, the first of each kind.
    pub changed: BTreeMap<What, Vec<(usize, String)>>,
    /// The worst titles, worst first.
    pub worst: Vec<TitleOutcome>,
    /// How many titles are kept in `worst`.
    pub keep: usize,
    rules: BTreeMap<String, RuleCount>,
}

impl Tally {
    /// An empty one; `all` keeps every title that is not in order for the table.
    pub fn new(all: bool) -> Self {
        Self {
            keep: if all { usize::MAX } else { WORST },
            ..Self::default()
        }
    }

    pub(in crate::batch) fn take(&mut self, outcome: TitleOutcome) {
        self.titles += 1;
        self.pages += outcome.pages;
        *self.endings.entry(outcome.ending).or_default() += 1;
        self.made += usize::from(outcome.from == Origin::Made);
        self.gaps += usize::from(outcome.gaps);
        self.accepted += outcome.accepted;
        for (sum, n) in self.open.iter_mut().zip(outcome.open) {
            *sum += n;
        }
        if let Some(change) = &outcome.change {
            *self
                .changes
                .entry((change.what, change.because.clone()))
                .or_default() += 1;
            let named = self.changed.entry(change.what).or_default();
            // Titles end in any order; the first of the catalogue are named.
            let place = named.partition_point(|(number, _)| *number < outcome.number);
            if place < NAMED {
                named.insert(place, (outcome.number, outcome.id.clone()));
                named.truncate(NAMED);
            }
        }
        self.count_rules(&outcome);
        if outcome.ending == Ending::Pass && !outcome.is_newly_failing() {
            return;
        }
        let place = self.worst.partition_point(|r| r.rank() < outcome.rank());
        if place < self.keep {
            self.worst.insert(place, outcome);
            self.worst.truncate(self.keep);
        }
    }

    fn count_rules(&mut self, outcome: &TitleOutcome) {
        let mut met: Vec<&str> = Vec::new();
        for finding in outcome.findings.iter().filter(|f| !f.accepted) {
            let count = self
                .rules
                .entry(finding.rule.clone())
                .or_insert_with(|| RuleCount {
                    rule: finding.rule.clone(),
                    level: finding.level,
                    titles: 0,
                    new: 0,
                    by_rule: 0,
                    checked: String::new(),
                });
            count.level = count.level.min(finding.level);
            if met.contains(&finding.rule.as_str()) {
                continue;
            }
            met.push(&finding.rule);
            count.titles += 1;
            let change = outcome.change.as_ref().filter(|c| {
                c.new.iter().any(|d| d.rule == finding.rule)
                    && c.gone.iter().all(|d| d.rule != finding.rule)
            });
            if let Some(change) = change {
                count.new += 1;
                if change.because == [Cause::Rule] {
                    count.by_rule += 1;
                    if count.checked < finding.checked {
                        count.checked.clone_from(&finding.checked);
                    }
                }
            }
        }
    }

    /// Titles that ended so.
    pub fn ended(&self, ending: Ending) -> usize {
        self.endings.get(&ending).copied().unwrap_or_default()
    }

    /// Every rule that found something, most titles first among the worst level.
    pub fn rules(&self) -> Vec<&RuleCount> {
        let mut all: Vec<&RuleCount> = self.rules.values().collect();
        all.sort_by_key(|r| (r.level, std::cmp::Reverse(r.titles)));
        all
    }
}
