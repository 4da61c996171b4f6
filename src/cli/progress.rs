//! A progress bar on standard error, for terminals that wait longer than a second.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::visible::visible;

/// How long a wait is borne in silence.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar, drawn only once it is worth it.
pub(super) struct Bar {
    wanted: bool,
    since: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            wanted: !quiet && std::io::stderr().is_terminal(),
            since: Instant::now(),
            bar: OnceLock::new(),
        }
    }

    /// Told of a page that is done.
    pub(super) fn tell(&self, path: &Path, done: usize, all: usize) {
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style =
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} pages, {eta} left");
            ProgressBar::new(all as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_length(all as u64);
        bar.set_message(
            path.file_name()
                .map_or_else(String::new, |n| visible(&n.to_string_lossy()).into_owned()),
        );
        bar.set_position(done as u64);
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
