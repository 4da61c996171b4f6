//! The run: worker threads take titles as they come; lines are written in the catalogue's order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::batch::input::catalogue::{Catalogue, Rows};
use crate::batch::input::title::{Row, RowAction};
use crate::batch::results::accept::Acceptances;
use crate::batch::results::compare::Baseline;
use crate::batch::results::tally::Tally;
use crate::batch::running::cache::Cache;
use crate::batch::running::lines::Span;
use crate::batch::running::scheduler::Scheduler;
use crate::batch::running::store::Store;
use crate::batch::running::title_outcome::TitleOutcome;
use crate::batch::running::title_runner::{Answer, TitleRunner};
use crate::model::error::Error;
use crate::pipeline;
use crate::pipeline::Options;
use crate::profile::Profile;

/// Titles that may finish before an earlier one does. Each outcome held back takes a few kilobytes.
const AHEAD: usize = 20_000;

/// What is to be run, and how.
pub struct BatchPlan<'a> {
    /// The titles.
    pub catalogue: &'a Catalogue,
    /// Every product known.
    pub known: &'a [Profile],
    /// Which rules run, and bounds on files.
    pub options: Options,
    /// The fingerprint of program, rules and profiles: see [`crate::batch::rules_fingerprint`].
    pub rules: String,
    /// Results of earlier runs.
    pub cache: Option<Cache>,
    /// Where lines go; an interrupted run goes on from it.
    pub output: Option<PathBuf>,
    /// Whether an output that holds something else than results is emptied rather than refused.
    pub force: bool,
    /// The run to compare with.
    pub baseline: Option<Baseline>,
    /// Findings somebody has accepted.
    pub accepted: Acceptances,
    /// Threads in all.
    pub threads: usize,
    /// Bytes of memory for the books being checked.
    pub memory: u64,
    /// Whether every title that is not in order is kept for the table, not only the worst.
    pub all: bool,
}

/// What a catalogue comes to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Survey {
    /// Titles, wrong lines among them.
    pub titles: usize,
    /// Lines and jobs that are wrong.
    pub wrong: usize,
    /// Lines left out.
    pub skipped: usize,
}

/// Receives progress, from any thread.
pub trait Watch: Sync {
    /// A title is begun.
    fn begun(&self, _row: &Row) {}
    /// A line is left out.
    fn skipped(&self, _row: &Row) {}
    /// A page is done: the title's number, the file, pages done, pages in all.
    fn page(&self, _number: usize, _file: &Path, _done: usize, _all: usize) {}
    /// A title is done, in whatever order: its line and its outcome. An error ends the run.
    fn done(&self, _line: &str, _outcome: &TitleOutcome) -> Result<(), Error> {
        Ok(())
    }
}

/// Takes every title in the catalogue's order.
pub trait Sink: Send {
    /// Whether it wants the lines; without anybody who does they are not kept.
    fn wants_lines(&self) -> bool {
        false
    }
    /// Takes a title's outcome, and its line if lines are wanted.
    fn take(&mut self, line: Option<&str>, outcome: &TitleOutcome) -> Result<(), Error>;
}

/// Goes through a catalogue without opening a book; calls `each` for every line, with the reason where a job cannot start.
pub fn survey(
    catalogue: &Catalogue,
    known: &[Profile],
    mut each: impl FnMut(&Row, Option<&str>),
) -> Result<Survey, Error> {
    let mut survey = Survey::default();
    for row in catalogue.rows()? {
        let why = match &row.action {
            RowAction::Skip(why) => {
                survey.skipped += 1;
                each(&row, Some(why));
                continue;
            }
            RowAction::Wrong(why) => Some(why.clone()),
            RowAction::Check { job, loose } => unknown_edition(job, known)
                .or_else(|| missing(job, loose))
                .or_else(|| pipeline::products(job, known).err().map(|e| e.to_string())),
        };
        survey.titles += 1;
        survey.wrong += usize::from(why.is_some());
        each(&row, why.as_deref());
    }
    Ok(survey)
}

/// A cover for an unknown platform: most likely a misspelt column.
fn unknown_edition(job: &crate::model::job::Job, known: &[Profile]) -> Option<String> {
    let stranger = |e: &&String| !known.iter().any(|p| p.platform == **e || p.id == **e);
    let edition = job.editions.keys().find(stranger)?;
    Some(format!(
        "there is no platform \"{edition}\" to have a cover of its own"
    ))
}

fn missing(job: &crate::model::job::Job, loose: &[PathBuf]) -> Option<String> {
    let mut files = job.files().chain(loose);
    let gone = files.find(|f| !f.is_file())?;
    Some(format!(
        "cannot read {}: there is no such file",
        gone.display()
    ))
}

/// Checks every title.
pub fn run(
    plan: &BatchPlan<'_>,
    titles: usize,
    watch: &dyn Watch,
    sink: &mut dyn Sink,
) -> Result<Tally, Error> {
    if plan
        .baseline
        .as_ref()
        .is_some_and(|b| same_file(b.path(), plan.output.as_deref()))
    {
        return Err(Error::Catalogue(
            "the results to compare with would be written over: name another output file"
                .to_owned(),
        ));
    }
    let scheduler = Scheduler::new(plan.threads, plan.memory);
    let runner = TitleRunner {
        known: plan.known,
        options: &plan.options,
        rules: &plan.rules,
        cache: plan.cache.as_ref(),
        accepted: &plan.accepted,
        baseline: plan.baseline.as_ref(),
        scheduler: &scheduler,
    };
    let lines = plan.output.is_some() || sink.wants_lines();
    let run = RunState {
        feed: Mutex::new(plan.catalogue.rows()?),
        writer: Mutex::new(OrderedWriter {
            store: Store::open(plan.output.as_deref(), plan.force)?,
            next: 1,
            pending: BTreeMap::new(),
            tally: Tally::new(plan.all),
            sink,
            lines,
        }),
        turned: Condvar::new(),
        broken: AtomicBool::new(false),
        runner,
        titles,
        watch,
    };
    let mut result = Ok(());
    std::thread::scope(|scope| {
        let drivers: Vec<_> = (0..plan.threads.max(1))
            .map(|_| scope.spawn(|| run.drive()))
            .collect();
        for driver in drivers {
            let ended = driver.join().unwrap_or(Ok(()));
            if result.is_ok() {
                result = ended;
            }
        }
    });
    result?;
    let writer = run
        .writer
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    writer.store.finish()?;
    Ok(writer.tally)
}

fn same_file(a: &Path, b: Option<&Path>) -> bool {
    let real = |p: &Path| std::fs::canonicalize(p).ok();
    b.and_then(real).is_some_and(|b| real(a) == Some(b))
}

struct RunState<'r, 'c> {
    feed: Mutex<Rows<'c>>,
    writer: Mutex<OrderedWriter<'r>>,
    /// A title's turn has come.
    turned: Condvar,
    broken: AtomicBool,
    runner: TitleRunner<'r>,
    titles: usize,
    watch: &'r dyn Watch,
}

impl<'r> RunState<'r, '_> {
    fn writer(&self) -> MutexGuard<'_, OrderedWriter<'r>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn drive(&self) -> Result<(), Error> {
        let broke_off =
            || Error::Catalogue("the run broke off: this is a fault of presscheck".to_owned());
        while let Some(row) = self.next() {
            // The watcher may panic, too. Then no other thread must wait for this title's turn.
            let end = catch_unwind(AssertUnwindSafe(|| self.title(&row)))
                .unwrap_or_else(|_| Err(broke_off()));
            if end.is_err() {
                self.broken.store(true, Ordering::SeqCst);
                self.turned.notify_all();
                return end;
            }
        }
        Ok(())
    }

    /// The next title, unless something went wrong elsewhere.
    fn next(&self) -> Option<Row> {
        loop {
            // The title whose turn it is was taken before these: it is being done, and its turn comes.
            let mut writer = self.writer();
            while writer.pending.len() >= AHEAD && !self.broken.load(Ordering::SeqCst) {
                writer = self
                    .turned
                    .wait(writer)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            drop(writer);
            if self.broken.load(Ordering::SeqCst) {
                return None;
            }
            let row = self
                .feed
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next()?;
            match row.action {
                RowAction::Skip(_) => {
                    self.writer().tally.skipped += 1;
                    self.watch.skipped(&row);
                }
                _ => return Some(row),
            }
        }
    }

    fn title(&self, row: &Row) -> Result<(), Error> {
        let held = self.writer().store.held(&row.id);
        self.watch.begun(row);
        let left = self.titles.saturating_sub(row.number);
        let pages =
            |file: &Path, done: usize, all: usize| self.watch.page(row.number, file, done, all);
        // What breaks outside the check is fenced too: it is this title's, not the run's.
        let answer = catch_unwind(AssertUnwindSafe(|| {
            self.runner.title(row, held.as_deref(), left, &pages)
        }));
        let answer = answer.unwrap_or_else(|_| {
            let action = RowAction::Wrong("the check broke off: this is a fault of presscheck; please report it with the file".to_owned());
            self.runner.title(&Row { action, ..row.clone() }, None, left, &pages)
        });
        // Outside the lock of the writer: drawing a title's report takes as long as a check.
        self.watch.done(&answer.line, &answer.outcome)?;
        let delivered = self.writer().deliver(answer);
        self.turned.notify_all();
        delivered
    }
}

/// Writes lines in the catalogue's order, whatever order titles finish in.
struct OrderedWriter<'r> {
    store: Store,
    /// The number whose turn it is.
    next: usize,
    pending: BTreeMap<usize, (Option<Span>, TitleOutcome)>,
    tally: Tally,
    sink: &'r mut dyn Sink,
    lines: bool,
}

impl OrderedWriter<'_> {
    fn deliver(&mut self, answer: Answer) -> Result<(), Error> {
        let Answer { line, outcome } = answer;
        if outcome.number != self.next {
            let span = if self.lines {
                Some(self.store.wait(&line)?)
            } else {
                None
            };
            self.pending.insert(outcome.number, (span, outcome));
            return Ok(());
        }
        self.write(&line, outcome)?;
        while let Some((span, outcome)) = self.pending.remove(&self.next) {
            let line = match span {
                Some(span) => self.store.waited(span)?,
                None => String::new(),
            };
            self.write(&line, outcome)?;
        }
        Ok(())
    }

    fn write(&mut self, line: &str, outcome: TitleOutcome) -> Result<(), Error> {
        self.store.write(line)?;
        self.sink.take(self.lines.then_some(line), &outcome)?;
        self.tally.take(outcome);
        self.next += 1;
        Ok(())
    }
}
