//! Progress of a backlist on standard error: titles, pages a second, what is slow, how long it will take.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::batch_reports::Reports;
use super::out;
use crate::batch::{Origin, Row, RowAction, TitleOutcome, Watch};
use crate::error::Error;
use crate::visible::visible;

/// How often a progress line is printed where the terminal cannot be redrawn.
const EVERY: Duration = Duration::from_secs(15);
/// A title that takes this long is named.
const SLOW: Duration = Duration::from_secs(5);

/// Says how far a run is, and writes a report a title where that is asked for.
pub(super) struct Watcher {
    titles: usize,
    quiet: bool,
    bar: Option<ProgressBar>,
    reports: Option<Reports>,
    state: Mutex<State>,
}

struct State {
    since: Instant,
    said: Instant,
    done: usize,
    made: usize,
    pages: usize,
    running: HashMap<usize, Running>,
}

struct Running {
    id: String,
    since: Instant,
    /// Pages done of the file now being read, and in all.
    done: usize,
    all: usize,
}

impl Watcher {
    pub(super) fn new(titles: usize, quiet: bool, reports: Option<Reports>) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("[{bar:24}] {msg}");
            ProgressBar::new(titles as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        let now = Instant::now();
        let state = State {
            since: now,
            said: now,
            done: 0,
            made: 0,
            pages: 0,
            running: HashMap::new(),
        };
        Self {
            titles,
            quiet,
            bar,
            reports,
            state: Mutex::new(state),
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A line above the bar.
    fn tell(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| out::complain(text)),
            None => out::complain(text),
        }
    }

    fn say(&self, state: &mut State) {
        let wait = if self.bar.is_some() {
            Duration::from_millis(100)
        } else {
            EVERY
        };
        if self.quiet || state.said.elapsed() < wait {
            return;
        }
        state.said = Instant::now();
        let words = words(state, self.titles);
        match &self.bar {
            Some(bar) => {
                bar.set_position(state.done as u64);
                bar.set_message(words);
            }
            None => out::complain(&words),
        }
    }
}

/// `120 of 1000 titles, 85 pages/s, about 3 min left; slow: lamp (12 s, page 40 of 900)`.
fn words(state: &State, titles: usize) -> String {
    let elapsed = state.since.elapsed().as_secs_f64().max(0.001);
    let mut text = format!("{} of {titles} titles", state.done);
    if state.pages > 0 {
        text.push_str(&format!(", {:.0} pages/s", state.pages as f64 / elapsed));
    }
    if state.done > 0 {
        // Titles that were found unchanged cost nothing: those made tell how long the rest will take, at worst.
        let left = elapsed / state.done as f64 * titles.saturating_sub(state.done) as f64;
        text.push_str(&format!(", about {} left", span(left)));
    }
    let slow = state
        .running
        .values()
        .filter(|r| r.since.elapsed() >= SLOW)
        .min_by_key(|r| r.since);
    if let Some(slow) = slow {
        text.push_str(&format!(
            "; slow: {} ({}, page {} of {})",
            visible(&slow.id),
            span(slow.since.elapsed().as_secs_f64()),
            slow.done,
            slow.all
        ));
    }
    text
}

fn span(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

impl Watch for Watcher {
    fn begun(&self, row: &Row) {
        let running = Running {
            id: row.id.clone(),
            since: Instant::now(),
            done: 0,
            all: 0,
        };
        self.state().running.insert(row.number, running);
    }

    fn skipped(&self, row: &Row) {
        // Lines of a spreadsheet are left out as it says itself; files of a folder are not.
        if let (RowAction::Skip(why), None, false) = (&row.action, row.line, self.quiet) {
            self.tell(&format!("left out: {}: {why}", visible(&row.id)));
        }
    }

    fn page(&self, number: usize, _: &Path, done: usize, all: usize) {
        let mut state = self.state();
        state.pages += 1;
        if let Some(running) = state.running.get_mut(&number) {
            (running.done, running.all) = (done, all);
        }
        self.say(&mut state);
    }

    fn done(&self, line: &str, outcome: &TitleOutcome) -> Result<(), Error> {
        let written = match &self.reports {
            Some(reports) => reports.write(line, outcome),
            None => Ok(()),
        };
        let mut state = self.state();
        state.running.remove(&outcome.number);
        state.done += 1;
        state.made += usize::from(outcome.from == Origin::Made);
        if let (Some(why), false) = (&outcome.why, self.quiet) {
            let line = outcome
                .line
                .map_or_else(String::new, |l| format!("line {l}, "));
            let text = format!("not checked: {line}{}: {why}", visible(&outcome.id));
            self.tell(&text);
        }
        self.say(&mut state);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_for_people() {
        assert_eq!([12.3, 600.0, 9000.0].map(span), ["12 s", "10 min", "2.5 h"]);
    }
}
