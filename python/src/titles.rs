//! Titles of a backlist one at a time, for programs that spread them over machines of their own.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use presscheck::batch::{
    self, Acceptances, Baseline, Catalogue, Overrides, Row, RowAction, TitlePlan,
};
use presscheck::job::{Bleed, Job};
use presscheck::measure::Source;
use presscheck::readable;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::checked::Judging;
use crate::errors::{raised, wrong_job};
use crate::interrupts::interruptible;
use crate::session;

/// A title as JSON.
#[derive(Serialize, Deserialize)]
struct Title {
    number: usize,
    #[serde(default)]
    line: Option<u64>,
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    /// With the members of a `book.toml`.
    #[serde(default)]
    job: Option<Box<RawValue>>,
    /// Files whose part is found from their pages.
    #[serde(default)]
    files: Vec<String>,
    /// Why it is left out or cannot be checked, if there is no job.
    #[serde(default)]
    why: Option<String>,
    #[serde(default)]
    skipped: bool,
}

impl Title {
    fn of(row: Row) -> Self {
        let mut title = Self {
            number: row.number,
            line: row.line,
            id: row.id,
            title: row.name,
            notes: row.notes,
            job: None,
            files: Vec::new(),
            why: None,
            skipped: matches!(row.action, RowAction::Skip(_)),
        };
        match row.action {
            RowAction::Skip(why) | RowAction::Wrong(why) => title.why = Some(why),
            RowAction::Check { job, loose } => {
                let files = loose.into_iter().map(|file| {
                    file.into_os_string()
                        .into_string()
                        .map_err(|name| format!("{name:?} is no Unicode"))
                });
                let written = files.collect::<Result<Vec<String>, String>>();
                let written = written.and_then(|files| {
                    let text = job.to_json().map_err(|e| e.to_string())?;
                    let job = RawValue::from_string(text).map_err(|e| e.to_string())?;
                    Ok((files, job))
                });
                match written {
                    Ok((files, job)) => (title.files, title.job) = (files, Some(job)),
                    Err(why) => title.why = Some(why),
                }
            }
        }
        title
    }

    fn read(text: &str) -> PyResult<Self> {
        serde_json::from_str(text).map_err(|e| wrong_job(format!("the title does not read: {e}")))
    }

    /// The title as a row of a catalogue. A job that does not read is the title's own fault, and its result.
    fn row(self, own: &[String]) -> Row {
        let job = self.job.map(|text| Job::from_json(text.get()));
        let action = match (self.why, job) {
            (Some(why), _) if self.skipped => RowAction::Skip(why),
            (Some(why), _) => RowAction::Wrong(why),
            (None, None) => RowAction::Wrong("there is no job".to_owned()),
            (None, Some(Err(e))) => RowAction::Wrong(e.to_string()),
            (None, Some(Ok(mut job))) => {
                let asked = job.platforms.clone();
                let own = own.iter().filter(|id| !asked.contains(id));
                job.platforms.extend(own.cloned());
                RowAction::Check {
                    job: Box::new(job),
                    loose: self.files.into_iter().map(PathBuf::from).collect(),
                }
            }
        };
        Row {
            number: self.number,
            line: self.line,
            id: self.id,
            name: self.title,
            action,
            notes: self.notes,
            named: batch::Named::default(),
        }
    }
}

/// Calls `each` with every title of a catalogue or folder, as JSON. What `job` tells wins over the catalogue. Gives what is to be
/// known about the catalogue as a whole.
#[pyfunction]
pub(crate) fn catalogue(
    path: PathBuf,
    files: Option<PathBuf>,
    job: &str,
    profiles: Vec<PathBuf>,
    each: &Bound<'_, PyAny>,
) -> PyResult<Vec<String>> {
    let told = Job::from_json(job).map_err(raised)?;
    let mut own = Job::default();
    session::profiles(&profiles, &mut own).map_err(raised)?;
    let overrides = Overrides {
        platforms: told.platforms,
        own: own.platforms,
        trim: told.trim,
        binding: told.binding,
        ink: told.ink,
        paper: told.paper,
        weight: told.weight,
        bleed: (told.bleed != Bleed::Auto).then_some(told.bleed),
        direction: told.direction,
    };
    let catalogue = Catalogue::open(&path, files.as_deref(), overrides).map_err(raised)?;
    for row in catalogue.rows().map_err(raised)? {
        let title = serde_json::to_string(&Title::of(row)).map_err(|e| wrong_job(e.to_string()))?;
        each.call1((title,))?;
    }
    Ok(catalogue.notes)
}

/// What the result of a title depends on besides its files: the hashes of the rules and of the job.
#[pyfunction]
pub(crate) fn title_key(title: &str, judging: Judging) -> PyResult<(String, String)> {
    let mut own = Job::default();
    session::profiles(&judging.profiles, &mut own).map_err(raised)?;
    let row = Title::read(title)?.row(&own.platforms);
    let job = match &row.action {
        RowAction::Check { job, loose } => batch::job_fingerprint(job, loose),
        RowAction::Skip(_) | RowAction::Wrong(_) => String::new(),
    };
    Ok((rules(&judging)?, job))
}

/// The line of `presscheck batch` for a title, and its report if it has one. `stored` says where the files are that the job
/// names; `made` is the report that was made before of the same job and files; `before` is a results file to compare with.
#[pyfunction]
pub(crate) fn title(
    py: Python<'_>,
    title: &str,
    stored: BTreeMap<String, PathBuf>,
    judging: Judging,
    made: Option<String>,
    before: Option<PathBuf>,
) -> PyResult<(String, Option<String>)> {
    let mut own = Job::default();
    let known = session::profiles(&judging.profiles, &mut own).map_err(raised)?;
    let row = Title::read(title)?.row(&own.platforms);
    let rules = rules(&judging)?;
    let stored = stored.into_iter().map(|(name, path)| {
        let source = Source::Stored {
            name: name.clone(),
            path,
        };
        (PathBuf::from(name), source)
    });
    let (mut options, cancelled) = judging.options()?;
    options.sources.extend(stored);
    let plan = TitlePlan {
        known: &known,
        options,
        rules,
        baseline: before
            .as_deref()
            .map(Baseline::open)
            .transpose()
            .map_err(raised)?,
        accepted: Acceptances::default(),
        threads: judging.threads.unwrap_or(1),
    };
    let line = interruptible(py, &cancelled, || plan.line(&row, made))?;
    let report = batch::report_of(&line);
    Ok((line, report))
}

/// The bytes of memory that a book needs whose files have so many.
#[pyfunction]
pub(crate) fn expected_memory(bytes: u64) -> u64 {
    batch::expected_memory(bytes)
}

/// The fingerprint of this module, the rules and the printers of one's own. A rule that is selected and unknown is an error.
fn rules(judging: &Judging) -> PyResult<String> {
    let texts = judging.profiles.iter().map(|path| readable::text(path));
    let texts: Vec<String> = texts.collect::<Result<_, _>>().map_err(raised)?;
    let selection = judging.selection()?;
    selection.verify().map_err(raised)?;
    Ok(batch::rules_fingerprint(
        program(),
        &texts,
        &selection,
        None,
    ))
}

/// The hash of this module's bytes. They are many, and stay as they are while it runs.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let code = session::program().map(|program| &program.code);
        code.and_then(|code| batch::of_file(code).ok())
            .unwrap_or_default()
    })
}
