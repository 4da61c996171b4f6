//! One title from catalogue row to results line: taken from an earlier run or the cache, or checked now. Whatever goes wrong
//! becomes the title's own result.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::batch::input::title::{Row, RowAction};
use crate::batch::results::accept::Acceptances;
use crate::batch::results::compare::{Baseline, Side};
use crate::batch::running::batch_record::{BatchRecord, Ending, SCHEMA, read_header, report_of};
use crate::batch::running::cache::{Cache, FileStamp, unchanged};
use crate::batch::running::fingerprint::{self, Stat};
use crate::batch::running::report_summary::ReportSummary;
use crate::batch::running::scheduler::Scheduler;
use crate::batch::running::title_outcome::{Origin, TitleOutcome};
use crate::model::error::Error;
use crate::model::finding::Level;
use crate::model::job::Job;
use crate::pipeline;
use crate::pipeline::Options;
use crate::profile::Profile;
use crate::report;

/// Stacks for pages whose forms nest as deep as the limit allows, in a build without optimisation too.
const STACK: usize = 32 << 20;

/// Checks titles; everything here is the same for all of them.
pub(in crate::batch) struct TitleRunner<'a> {
    pub(in crate::batch) known: &'a [Profile],
    pub(in crate::batch) options: &'a Options,
    /// The fingerprint of program, rules and profiles.
    pub(in crate::batch) rules: &'a str,
    pub(in crate::batch) cache: Option<&'a Cache>,
    pub(in crate::batch) accepted: &'a Acceptances,
    pub(in crate::batch) baseline: Option<&'a Baseline>,
    pub(in crate::batch) scheduler: &'a Scheduler,
}

/// A title's answer.
pub(in crate::batch) struct Answer {
    pub(in crate::batch) line: String,
    pub(in crate::batch) outcome: TitleOutcome,
}

/// Threads for one book. They end with it: what their allocator has gathered for a large book goes back to the system, where
/// threads that live on would each keep the most they ever needed.
fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|e| Error::Job(format!("cannot start threads: {e}")))
}

/// Called for every page: the file, pages done, pages in all.
pub(in crate::batch) type Pages<'p> = &'p (dyn Fn(&Path, usize, usize) + Sync);

impl TitleRunner<'_> {
    /// Judges a title. `held` is its line from an earlier run, `left` how many titles come after it.
    pub(in crate::batch) fn title(
        &self,
        row: &Row,
        held: Option<&str>,
        left: usize,
        pages: Pages<'_>,
    ) -> Answer {
        let (job, loose) = match &row.action {
            RowAction::Check { job, loose } => (job, loose),
            RowAction::Skip(why) | RowAction::Wrong(why) => {
                return self.answer(row, "", Err(why.clone()), Origin::Nowhere);
            }
        };
        let job_hash = fingerprint::job(job, loose);
        let files: Vec<&Path> = job.files().chain(loose).map(PathBuf::as_path).collect();
        let selection = format!("{:?}", self.options.selection);
        let key = Cache::key(&job_hash, &selection, &files);
        if let Some(report) = held.and_then(|line| self.held(line, &job_hash, &key)) {
            return self.answer(row, &job_hash, Ok(report), Origin::Results);
        }
        if let Some(report) = self.cache.and_then(|c| c.look(&key, self.rules)) {
            return self.answer(row, &job_hash, Ok(report), Origin::Cache);
        }
        let report = self.check(job, loose, &files, left, &key, pages);
        let from = if report.is_ok() {
            Origin::Made
        } else {
            Origin::Nowhere
        };
        self.answer(row, &job_hash, report, from)
    }

    /// The answer for a title whose report was made before.
    pub(in crate::batch) fn earlier(&self, row: &Row, report: String) -> Answer {
        let job_hash = match &row.action {
            RowAction::Check { job, loose } => fingerprint::job(job, loose),
            RowAction::Skip(_) | RowAction::Wrong(_) => String::new(),
        };
        self.answer(row, &job_hash, Ok(report), Origin::Cache)
    }

    /// The report of an earlier line, if it still holds.
    fn held(&self, line: &str, job: &str, key: &str) -> Option<String> {
        let header = read_header(line)?;
        if header.job != job || header.rules != self.rules {
            return None;
        }
        let report = report_of(line)?;
        let summary = ReportSummary::read(&report)?;
        let known = self.cache.map(|c| c.stamps(key)).unwrap_or_default();
        let files: Vec<FileStamp> = summary
            .files
            .iter()
            .map(|f| FileStamp {
                name: f.name.to_string(),
                sha256: f.sha256.to_string(),
                stat: known
                    .iter()
                    .find(|m| *m.name == *f.name && *m.sha256 == *f.sha256)
                    .and_then(|m| m.stat.clone()),
            })
            .collect();
        // A file that was too large to be read has no hash to be known by.
        if files.iter().any(|f| f.sha256.is_empty()) {
            return None;
        }
        unchanged(&files)?;
        Some(report)
    }

    /// Checks a book now, and keeps the report.
    fn check(
        &self,
        job: &Job,
        loose: &[PathBuf],
        files: &[&Path],
        left: usize,
        key: &str,
        pages: Pages<'_>,
    ) -> Result<String, String> {
        let bytes = files
            .iter()
            .filter_map(|f| std::fs::metadata(f).ok())
            .map(|m| m.len())
            .sum();
        let permit = self.scheduler.admit(bytes, left);
        // Looked at before they are read: a change meanwhile shows in the look after.
        let before: Vec<(&Path, Option<Stat>)> = files.iter().map(|f| (*f, Stat::of(f))).collect();
        let work = || {
            let run = pipeline::check(job.clone(), loose, self.known, self.options, pages)?;
            Ok(report::json(&report::report(&run, self.known), false))
        };
        let fenced = || catch_unwind(AssertUnwindSafe(work));
        let result = pool(permit.threads)
            .and_then(|pool| pool.install(fenced).unwrap_or_else(|_| Err(broke_off())));
        drop(permit);
        let mut report = result.map_err(|e| e.to_string())?;
        report.truncate(report.trim_end().len());
        if let Some(cache) = self.cache {
            self.keep(cache, key, &before, &report);
        }
        Ok(report)
    }

    fn keep(&self, cache: &Cache, key: &str, before: &[(&Path, Option<Stat>)], report: &str) {
        let Some(summary) = ReportSummary::read(report) else {
            return;
        };
        let stamps: Vec<FileStamp> = summary
            .files
            .iter()
            .map(|file| {
                let stat = before
                    .iter()
                    .find(|(path, _)| path.display().to_string() == *file.name)
                    .and_then(|(_, s)| s.clone());
                let now = Stat::of(Path::new(file.name.as_ref()));
                FileStamp {
                    name: file.name.to_string(),
                    sha256: file.sha256.to_string(),
                    stat: stat.filter(|s| Some(s) == now.as_ref()),
                }
            })
            .collect();
        if stamps.iter().all(|m| !m.sha256.is_empty()) {
            cache.keep(key, self.rules, stamps, report);
        }
    }

    /// The results line of a title and its outcome.
    fn answer(&self, row: &Row, job: &str, report: Result<String, String>, from: Origin) -> Answer {
        let text = report.as_deref().unwrap_or_default();
        let summary = ReportSummary::read(text);
        let mut notes = row.notes.clone();
        let mut open = [0usize; 3];
        let mut accepted = Vec::new();
        let mut quiet = Vec::new();
        for finding in summary.iter().flat_map(|s| &s.findings) {
            let verdict = summary
                .as_ref()
                .map_or(Ok(None), |s| self.accepted.of(s, finding));
            quiet.push(matches!(verdict, Ok(Some(_))));
            match verdict {
                Ok(Some(one)) => {
                    accepted.push(one);
                    continue;
                }
                Ok(None) => {}
                Err(day) => notes.push(format!(
                    "{} was accepted until {day}, which is past",
                    finding.rule
                )),
            }
            let slot = match finding.level {
                Level::Error => 0,
                Level::Warning => 1,
                Level::Note => 2,
            };
            if let Some(count) = open.get_mut(slot) {
                *count += 1;
            }
        }
        let result = match &summary {
            None => Ending::NotChecked,
            Some(_) if open[0] > 0 => Ending::Fail,
            Some(summary) if summary.has_gaps() => Ending::Incomplete,
            Some(_) if open[1] > 0 => Ending::Warn,
            Some(_) => Ending::Pass,
        };
        let change = self.baseline.map(|baseline| {
            let now = Side {
                ending: result,
                job,
                rules: self.rules,
                summary: summary.as_ref(),
            };
            baseline.change(&row.id, &now, self.accepted)
        });
        let batch_record = BatchRecord {
            schema: SCHEMA,
            number: row.number,
            line: row.line,
            id: &row.id,
            title: row.name.as_deref(),
            result,
            why: report.as_ref().err().map(String::as_str),
            notes: &notes,
            job,
            rules: self.rules,
            open,
            accepted: &accepted,
            change: change.as_ref(),
        };
        let line = batch_record.line(report.as_deref().ok());
        let outcome = TitleOutcome::new(&batch_record, summary.as_ref(), &quiet, from);
        Answer { line, outcome }
    }
}

fn broke_off() -> Error {
    Error::Job("the check broke off: this is a fault of presscheck, not of the book; please report it with the file".to_owned())
}
