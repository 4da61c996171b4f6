//! Titles one at a time, for programs that spread a backlist over machines of their own.

use crate::batch::input::title::Row;
use crate::batch::results::accept::Acceptances;
use crate::batch::results::compare::Baseline;
use crate::batch::running::scheduler::{self, Scheduler};
use crate::batch::running::title_runner::TitleRunner;
use crate::pipeline::Options;
use crate::profile::Profile;

/// How single titles are judged: as those of a [`crate::batch::BatchPlan`].
pub struct TitlePlan<'a> {
    /// Every product known.
    pub known: &'a [Profile],
    /// Which rules run, where files are, and bounds on them.
    pub options: Options,
    /// The fingerprint of program, rules and profiles: see [`crate::batch::rules_fingerprint`].
    pub rules: String,
    /// Results to compare with.
    pub baseline: Option<Baseline>,
    /// Findings somebody has accepted.
    pub accepted: Acceptances,
    /// Threads for one title.
    pub threads: usize,
}

impl TitlePlan<'_> {
    /// The line of a title. `made` is its report where one was made before by the same rules, of the same job and files.
    pub fn line(&self, row: &Row, made: Option<String>) -> String {
        let scheduler = Scheduler::new(self.threads, u64::MAX);
        let runner = TitleRunner {
            known: self.known,
            options: &self.options,
            rules: &self.rules,
            cache: None,
            accepted: &self.accepted,
            baseline: self.baseline.as_ref(),
            scheduler: &scheduler,
        };
        match made {
            Some(report) => runner.earlier(row, report).line,
            None => runner.title(row, None, 0, &|_, _, _| ()).line,
        }
    }
}

/// The bytes of memory that a book needs whose files have so many.
pub fn expected_memory(bytes: u64) -> u64 {
    scheduler::memory(bytes)
}
