//! The builder that programs use: files from paths or memory, and the job as far as it is known.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::check::Selection;
use crate::measure::Source;
use crate::model::error::Error;
use crate::model::job::Job;
use crate::model::limits::Limits;
use crate::pipeline::{self, Options, Run};
use crate::profile::Profile;
use crate::report::{Report, report};
use crate::worker::Workers;

/// A file of a book: at a path, or its bytes.
///
/// Bytes stand in reports under the part they play, `interior` or `cover`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input {
    /// At a path.
    Path(PathBuf),
    /// In memory.
    Bytes(Arc<Vec<u8>>),
}

impl From<&str> for Input {
    fn from(path: &str) -> Self {
        Self::Path(path.into())
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        Self::Path(path)
    }
}

impl From<Vec<u8>> for Input {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Arc::new(bytes))
    }
}

/// Called with progress: the file, pages done, pages in all.
type OnProgress<'p> = Box<dyn Fn(&Path, usize, usize) + Sync + 'p>;

/// Checks one book.
///
/// ```no_run
/// use presscheck::{Checker, profile};
///
/// # fn main() -> Result<(), presscheck::error::Error> {
/// let profiles = profile::built_in()?;
/// let report = Checker::new(&profiles)
///     .interior("interior.pdf")
///     .cover(std::fs::read("cover.pdf").unwrap_or_default())
///     .platform("kdp")
///     .check()?;
/// for verdict in &report.verdicts {
///     println!("{}: {} errors", verdict.profile, verdict.errors);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a checker does nothing until it is asked to check"]
pub struct Checker<'p> {
    profiles: &'p [Profile],
    job: Job,
    loose: Vec<PathBuf>,
    options: Options,
    progress: Option<OnProgress<'p>>,
}

impl<'p> Checker<'p> {
    /// One that knows these products, as [`crate::profile::built_in`] gives them.
    pub fn new(profiles: &'p [Profile]) -> Self {
        Self {
            profiles,
            job: Job::default(),
            loose: Vec::new(),
            options: Options::default(),
            progress: None,
        }
    }

    /// The job, as far as it is known. Replaces everything set before.
    pub fn job(mut self, job: Job) -> Self {
        self.job = job;
        self
    }

    /// The interior.
    pub fn interior(mut self, file: impl Into<Input>) -> Self {
        self.job.interior = Some(self.path(file.into(), "interior"));
        self
    }

    /// The cover.
    pub fn cover(mut self, file: impl Into<Input>) -> Self {
        self.job.cover = Some(self.path(file.into(), "cover"));
        self
    }

    /// A file at a path whose part is to be found out from its pages.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.loose.push(path.into());
        self
    }

    /// A platform or product to ask, as `kdp` or `kdp/case-laminate`; all that are no guests where none is named.
    pub fn platform(mut self, name: &str) -> Self {
        self.job.platforms.push(name.to_owned());
        self
    }

    /// Which rules run.
    pub fn select(mut self, selection: Selection) -> Self {
        self.options.selection = selection;
        self
    }

    /// Bounds on the files.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// Processes that measure the files, so that no file can take this one down.
    pub fn workers(mut self, workers: Arc<Workers>) -> Self {
        self.options.workers = Some(workers);
        self
    }

    /// A callback for progress: the file, pages done, pages in all. Any thread may call it.
    pub fn progress(mut self, told: impl Fn(&Path, usize, usize) + Sync + 'p) -> Self {
        self.progress = Some(Box::new(told));
        self
    }

    /// A flag that gives up when it is set: the check then ends with [`Error::Cancelled`].
    pub fn cancelled_by(mut self, flag: Arc<AtomicBool>) -> Self {
        self.options.cancelled = Some(flag);
        self
    }

    /// Checks the book and reports.
    pub fn check(self) -> Result<Report, Error> {
        let profiles = self.profiles;
        Ok(report(&self.run()?, profiles))
    }

    /// Checks the book and gives all that was found, with the facts it rests on.
    pub fn run(self) -> Result<Run<'p>, Error> {
        let told = |file: &Path, done: usize, all: usize| {
            if let Some(progress) = &self.progress {
                progress(file, done, all);
            }
        };
        pipeline::check(self.job, &self.loose, self.profiles, &self.options, &told)
    }

    fn path(&mut self, file: Input, part: &str) -> PathBuf {
        match file {
            Input::Path(path) => path,
            Input::Bytes(bytes) => {
                let source = Source::Bytes(part.to_owned(), bytes);
                self.options.sources.insert(part.into(), source);
                part.into()
            }
        }
    }
}
