//! Checks from their upload until they are forgotten.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::watch;

use super::capacity::Capacity;
use super::problem::Problem;
use super::uploads::Files;
use crate::model::error::Error;
use crate::model::units::Unit;
use crate::pipeline::Options;
use crate::report::Report;

/// Checks whose facts and pages are kept in memory: those that people look at and change.
const RECENT: usize = 8;
/// Bytes of memory that reports may take together: some hundred of a book whose every page has faults.
const REPORT_BYTES: usize = 256 << 20;
/// The least time between two events of progress.
pub(super) const PACE: Duration = Duration::from_millis(100);

/// How a check is getting on.
#[derive(Clone)]
pub(super) enum State {
    /// Others come first.
    Waiting,
    /// Its files are being measured.
    Measuring(Progress),
    /// There is a report.
    Done(Arc<Finished>),
    /// There is none, and why.
    Failed(Problem),
}

impl State {
    /// Whether nothing more will happen.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Failed(_))
    }
}

/// How far a check is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub(super) struct Progress {
    /// Checks that come first.
    pub(super) ahead: usize,
    /// The file that is being measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    /// Its pages that are done.
    pub(super) pages_done: usize,
    /// Its pages.
    pub(super) pages: usize,
}

/// A check that has ended with a report.
pub(super) struct Finished {
    /// With as many places as a proof shows.
    pub(super) report: Report,
    /// Bytes of memory that the report takes, about.
    weight: usize,
    /// The unit that comes first in text.
    pub(super) unit: Unit,
    /// The files, each with its part.
    pub(super) files: Files,
    pub(super) options: Options,
    /// The report as a page, once it was asked for and while the check is recent.
    page: Mutex<Option<Arc<str>>>,
    /// Held while the page is drawn, so that it is drawn once whoever asks.
    pub(super) drawing: Arc<tokio::sync::Mutex<()>>,
}

impl Finished {
    pub(super) fn new(report: Report, unit: Unit, files: Files, options: Options) -> Self {
        Self {
            weight: report.weight(),
            report,
            unit,
            files,
            options,
            page: Mutex::default(),
            drawing: Arc::default(),
        }
    }

    /// The report as a page, if it is kept.
    pub(super) fn page(&self) -> Option<Arc<str>> {
        self.page
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn keep_page(&self, page: Option<Arc<str>>) {
        *self.page.lock().unwrap_or_else(PoisonError::into_inner) = page;
    }
}

/// One check.
pub(super) struct Check {
    /// Names it in addresses; cannot be guessed.
    pub(super) id: String,
    /// Its place among all checks, from 0.
    pub(super) number: usize,
    pub(super) files: Arc<Files>,
    /// Set to give up.
    pub(super) cancelled: Arc<AtomicBool>,
    state: watch::Sender<State>,
    /// When it was last told how far it is.
    told: Mutex<Option<Instant>>,
}

impl Check {
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    pub(super) fn set(&self, state: State) {
        // What has ended stays so, whatever a check that was given up still tells.
        self.state.send_if_modified(|now| {
            let changes = !now.is_final();
            if changes {
                *now = state;
            }
            changes
        });
    }

    /// Tells how far it is. Whoever waits is woken for it, which a page of text is not worth: most calls do nothing.
    pub(super) fn tell(&self, progress: impl FnOnce() -> Progress) {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|before| now.duration_since(before) >= PACE) {
            *told = Some(now);
            drop(told);
            self.set(State::Measuring(progress()));
        }
    }

    fn has_ended(&self) -> bool {
        self.state.borrow().is_final()
    }

    /// Ends it where it is: one that waits leaves its place, one that runs is told.
    fn give_up(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.set(State::Failed(Error::Cancelled.into()));
    }

    /// Lets go of what takes much memory and can be made anew.
    fn lighten(&self) {
        self.files.measured.forget();
        if let State::Done(finished) = &*self.state.borrow() {
            finished.files.measured.forget();
            finished.keep_page(None);
        }
    }
}

/// All checks that are kept.
pub(super) struct Checks {
    capacity: Capacity,
    kept: Mutex<VecDeque<Arc<Check>>>,
    begun: AtomicUsize,
}

impl Checks {
    pub(super) fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            kept: Mutex::default(),
            begun: AtomicUsize::new(0),
        }
    }

    /// Adds a check, and forgets the oldest that have ended where there are too many.
    pub(super) fn add(&self, files: Arc<Files>) -> Result<Arc<Check>, Problem> {
        let check = Arc::new(Check {
            id: random_id()?,
            number: self.begun.fetch_add(1, Ordering::Relaxed),
            files,
            cancelled: Arc::default(),
            state: watch::Sender::new(State::Waiting),
            told: Mutex::default(),
        });
        let mut kept = self.lock();
        kept.push_back(Arc::clone(&check));
        forget_while(&mut kept, |kept| {
            kept.len() > self.capacity.kept_checks || bytes(kept) > self.capacity.kept_bytes
        });
        Ok(check)
    }

    /// Lets go of what takes much memory in all checks that have ended but the newest, and forgets the oldest where reports
    /// alone take too much.
    pub(super) fn lighten(&self) {
        let mut kept = self.lock();
        forget_while(&mut kept, |kept| {
            kept.len() > RECENT && weight(kept) > REPORT_BYTES
        });
        let ended = kept.iter().rev().enumerate();
        for (_, old) in ended.filter(|(newer, check)| *newer >= RECENT && check.has_ended()) {
            old.lighten();
        }
    }

    /// The check of an id.
    pub(super) fn find(&self, id: &str) -> Result<Arc<Check>, Problem> {
        let kept = self.lock();
        let found = kept.iter().find(|check| check.id == id);
        found.map(Arc::clone).ok_or_else(|| no_check(id))
    }

    /// The report of the check of an id, which has to be there.
    pub(super) fn finished(&self, id: &str) -> Result<Arc<Finished>, Problem> {
        match self.find(id)?.state() {
            State::Done(finished) => Ok(finished),
            State::Failed(problem) => Err(problem),
            State::Waiting | State::Measuring(_) => {
                let problem = Problem::new(StatusCode::CONFLICT, "the check has not ended");
                Err(problem.help("its events tell when it has"))
            }
        }
    }

    /// How many checks that have not ended came before the one of a number.
    pub(super) fn ahead_of(&self, number: usize) -> usize {
        let kept = self.lock();
        let comes_first = |check: &&Arc<Check>| check.number < number && !check.has_ended();
        kept.iter().filter(comes_first).count()
    }

    /// Gives a check up if it has not ended, and forgets it.
    pub(super) fn remove(&self, id: &str) -> Result<(), Problem> {
        let mut kept = self.lock();
        let index = kept.iter().position(|check| check.id == id);
        let removed = index.and_then(|index| kept.remove(index));
        removed.ok_or_else(|| no_check(id))?.give_up();
        Ok(())
    }

    /// Gives all checks up and forgets them.
    pub(super) fn clear(&self) {
        for check in self.lock().drain(..) {
            check.give_up();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Check>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_check(id: &str) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        &format!("there is no check \"{id}\""),
    )
    .help("checks are forgotten when the server ends, or when many others came after; send the files again")
}

/// Forgets the oldest that have ended, as long as there is too much.
fn forget_while(
    kept: &mut VecDeque<Arc<Check>>,
    is_too_much: impl Fn(&VecDeque<Arc<Check>>) -> bool,
) {
    while is_too_much(kept) {
        let oldest = kept.iter().position(|check| check.has_ended());
        let Some(oldest) = oldest.and_then(|index| kept.remove(index)) else {
            break;
        };
        tracing::info!(id = oldest.id, "forgotten");
    }
}

/// Bytes of all their files. A file that several checks share counts for each: that only forgets earlier.
fn bytes(checks: &VecDeque<Arc<Check>>) -> u64 {
    let of_one = |check: &Arc<Check>| match &*check.state.borrow() {
        // With one that found its part during the check.
        State::Done(finished) => finished.files.bytes().max(check.files.bytes()),
        _ => check.files.bytes(),
    };
    checks.iter().map(of_one).sum()
}

/// Bytes of memory that their reports take.
fn weight(checks: &VecDeque<Arc<Check>>) -> usize {
    let of_one = |check: &Arc<Check>| match &*check.state.borrow() {
        State::Done(finished) => finished.weight,
        _ => 0,
    };
    checks.iter().map(of_one).sum()
}

/// 128 bits from the system's source of randomness, in hexadecimal.
pub(super) fn random_id() -> Result<String, Problem> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits)
        .map_err(|e| Problem::internal(&format!("the system gives no random number: {e}")))?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}
