//! A book that was checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use presscheck::answers::{self, Format};
use presscheck::check::Selection;
use presscheck::error::Error;
use presscheck::finding::Level;
use presscheck::job::{Edition, Job};
use presscheck::measure::{Area, Encoding, View};
use presscheck::output;
use presscheck::pipeline::{self, Options};
use presscheck::profile::Profile;
use presscheck::report::{self, Report};
use presscheck::units::Unit;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::{raised, wrong_job};
use crate::files::File;
use crate::interrupts::interruptible;
use crate::session;

/// A report with what its pictures and copies are made from.
#[pyclass(frozen, module = "presscheck._presscheck")]
pub(crate) struct Checked {
    /// With every place.
    report: Report,
    known: Vec<Profile>,
    options: Options,
    unit: Unit,
}

#[pymethods]
impl Checked {
    /// The report as JSON on one line.
    fn json(&self, all_places: bool) -> String {
        report::json(&self.seen(all_places), false)
    }

    /// The report in a format by its name.
    fn write(&self, py: Python<'_>, format: &str, all_places: bool) -> PyResult<String> {
        let format: Format = serde_json::from_value(format.into())
            .map_err(|e| PyValueError::new_err(e.to_string()))?;
        self.work(py, || {
            let seen = self.seen(all_places || format == Format::Html);
            answers::report(&seen, &self.known, format, &self.options, self.unit)
        })?
        .map_err(raised)
    }

    /// Writes copies with comments into a folder: their paths, and why others are not there.
    fn annotate(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        force: bool,
    ) -> PyResult<(Vec<PathBuf>, Vec<String>)> {
        let written = self.work(py, || {
            let copies = answers::copies(&self.report, &self.known, &self.options);
            let refused = copies.refused.clone();
            let files = copies.at(&folder);
            let paths = || files.iter().map(|(path, _)| path.as_path());
            let inputs = self.report.files.iter().map(|file| Path::new(&file.name));
            output::allow_in(&folder, paths(), inputs, force)?;
            for (path, bytes) in &files {
                output::write(path, bytes)?;
            }
            Ok((paths().map(Path::to_owned).collect(), refused))
        })?;
        written.map_err(raised)
    }

    /// A page as a PNG file.
    fn picture(&self, py: Python<'_>, file: &str, page: u32, longest: f64) -> PyResult<Vec<u8>> {
        let view = View {
            page,
            area: Area::Page,
            scale: longest,
            longest,
            grey: false,
            encoding: Encoding::Png,
        };
        let drawn = self.work(py, || self.options.draw(Path::new(file), vec![view]))?;
        let picture = drawn.map_err(raised)?.pop().flatten();
        let picture = picture.ok_or_else(|| {
            PyValueError::new_err(format!("page {page} of {file} cannot be drawn"))
        })?;
        Ok(picture.data)
    }
}

impl Checked {
    fn seen(&self, all_places: bool) -> Report {
        match all_places {
            true => self.report.clone(),
            false => self.report.clone().with_worst_places(),
        }
    }

    /// Works without the interpreter's lock, on threads with room for deep pages.
    fn work<T: Send>(&self, py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
        interruptible(py, &Arc::default(), || match session::pool(None) {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        })
    }
}

/// What runs, and within which bounds.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Judging {
    select: Vec<String>,
    ignore: Vec<String>,
    levels: BTreeMap<String, String>,
    pub(crate) profiles: Vec<PathBuf>,
    memory: Option<u64>,
    time_limit: Option<f64>,
    pub(crate) threads: Option<usize>,
}

impl Judging {
    /// The rules that run.
    pub(crate) fn selection(&self) -> PyResult<Selection> {
        let levels = self.levels.iter().map(level).collect::<PyResult<_>>()?;
        Ok(Selection {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            levels,
        })
    }

    /// How a book is checked, and what cancels that.
    pub(crate) fn options(&self) -> PyResult<(Options, Arc<AtomicBool>)> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let options = Options {
            selection: self.selection()?,
            workers: session::workers(self.memory, self.time_limit)?,
            cancelled: Some(Arc::clone(&cancelled)),
            ..Options::default()
        };
        Ok((options, cancelled))
    }
}

/// The files of a book.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Files<'py> {
    book: Option<PathBuf>,
    interior: Option<File<'py>>,
    cover: Option<File<'py>>,
    covers: BTreeMap<String, File<'py>>,
    others: Vec<File<'py>>,
}

/// Checks a book. The job is JSON with the members of a `book.toml`, besides files; `progress` is called with a file, pages done
/// and pages in all.
#[pyfunction]
pub(crate) fn check(
    py: Python<'_>,
    files: Files<'_>,
    job: &str,
    judging: Judging,
    progress: Option<Py<PyAny>>,
) -> PyResult<Checked> {
    let (mut options, cancelled) = judging.options()?;
    let told = Job::from_json(job).map_err(raised)?;
    let mut job = match &files.book {
        None => Job::default(),
        Some(book) => Job::from_toml(book).map_err(raised)?,
    };
    job.take_over(told);
    let known = session::profiles(&judging.profiles, &mut job).map_err(raised)?;
    if let Some(interior) = files.interior {
        job.interior = Some(interior.path(&mut options));
    }
    if let Some(cover) = files.cover {
        job.cover = Some(cover.path(&mut options));
    }
    for (platform, cover) in files.covers {
        let edition: &mut Edition = job.editions.entry(platform).or_default();
        edition.cover = Some(cover.path(&mut options));
    }
    let loose: Vec<PathBuf> = files
        .others
        .into_iter()
        .map(|file| file.path(&mut options))
        .collect();
    let fault: Mutex<Option<PyErr>> = Mutex::default();
    let tell = |file: &Path, done: usize, all: usize| {
        let Some(progress) = &progress else { return };
        let told = Python::attach(|py| progress.call1(py, (file, done, all)).map(drop));
        if let Err(e) = told {
            *fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(e);
            cancelled.store(true, Ordering::Relaxed);
        }
    };
    let unit = job.unit();
    let run = || -> Result<Report, Error> {
        let run = pipeline::check(job, &loose, &known, &options, &tell)?;
        Ok(report::report_with_all_places(&run, &known).with_members_named())
    };
    let threads = judging.threads;
    let report = interruptible(py, &cancelled, || match session::pool(threads) {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    })?;
    if let Some(e) = fault.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(e);
    }
    let report = report.map_err(raised)?;
    options.cancelled = None;
    Ok(Checked {
        report,
        known,
        options,
        unit,
    })
}

fn level((rule, word): (&String, &String)) -> PyResult<(String, Level)> {
    let levels = [Level::Error, Level::Warning, Level::Note];
    let level = levels.into_iter().find(|level| level.word() == *word);
    let level = level.ok_or_else(|| {
        wrong_job(format!(
            "levels[\"{rule}\"]: \"{word}\" is no level; there are error, warning and note"
        ))
    })?;
    Ok((rule.clone(), level))
}
