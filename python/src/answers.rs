//! Answers about one file, or about a book that is not there yet.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use presscheck::answers::{self, Covers, Taken};
use presscheck::error::Error;
use presscheck::facts::Document;
use presscheck::job::Job;
use presscheck::measure::{Listener, Wanted};
use presscheck::pipeline::Options;
use presscheck::profile::Profile;
use presscheck::report::{self, FactsAsked};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::{raised, wrong_job};
use crate::files::File;
use crate::interrupts::interruptible;
use crate::session;

/// The facts of a file as JSON.
#[pyfunction]
pub(crate) fn facts(
    py: Python<'_>,
    file: File<'_>,
    pages: Vec<(u32, u32)>,
    select: Vec<String>,
) -> PyResult<String> {
    let document = measured(py, file, Wanted::everything())?;
    let asked = FactsAsked {
        pages: pages
            .into_iter()
            .map(|(first, last)| RangeInclusive::new(first, last))
            .collect(),
        members: select,
    };
    py.detach(|| report::facts_json(&document, &asked))
        .map_err(PyValueError::new_err)
}

/// The codes of a file as JSON.
#[pyfunction]
pub(crate) fn codes(py: Python<'_>, file: File<'_>, job: &str) -> PyResult<String> {
    let (job, known) = asked(job, &[])?;
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let document = Arc::new(measured(py, file, wanted)?);
    let taken = Taken::of(&document, &job, &known).map_err(raised)?;
    Ok(report::codes_json(&[(&document, taken.setting())]))
}

/// Covers of a book as JSON.
#[pyfunction]
pub(crate) fn cover(job: &str, profiles: Vec<PathBuf>) -> PyResult<String> {
    let (job, known) = asked(job, &profiles)?;
    let covers = Covers::of(&job, &known).map_err(raised)?;
    Ok(report::covers_json(covers.answers(), covers.shared()))
}

/// The template of a cover, as SVG or PDF.
#[pyfunction]
pub(crate) fn cover_template(job: &str, profiles: Vec<PathBuf>, format: &str) -> PyResult<Vec<u8>> {
    let (job, known) = asked(job, &profiles)?;
    let covers = Covers::of(&job, &known).map_err(raised)?;
    let template = match format {
        "svg" => covers.svg().map(String::into_bytes),
        "pdf" => covers.pdf(),
        other => {
            return Err(wrong_job(format!(
                "\"{other}\" is no format of a template; there are svg and pdf"
            )));
        }
    };
    template.map_err(raised)
}

/// Spines of a book as JSON.
#[pyfunction]
pub(crate) fn spine(job: &str, profiles: Vec<PathBuf>) -> PyResult<String> {
    let (job, known) = asked(job, &profiles)?;
    let spines = answers::spines(&job, &known).map_err(raised)?;
    Ok(report::spines_json(&spines, false))
}

/// The JSON Schema of an answer.
#[pyfunction]
pub(crate) fn schema(of: &str) -> PyResult<String> {
    Ok(match of {
        "report" => report::schema(),
        "facts" => report::facts_schema(),
        "codes" => report::codes_schema(),
        "cover" => report::cover_schema(),
        "spine" => report::spine_schema(),
        other => {
            return Err(PyValueError::new_err(format!(
                "there is no schema of \"{other}\""
            )));
        }
    })
}

/// The job told, and every product known.
fn asked(job: &str, profiles: &[PathBuf]) -> PyResult<(Job, Vec<Profile>)> {
    let mut job = Job::from_json(job).map_err(raised)?;
    let known = session::profiles(profiles, &mut job).map_err(raised)?;
    Ok((job, known))
}

fn measured(py: Python<'_>, file: File<'_>, wanted: Wanted) -> PyResult<Document> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let mut options = Options {
        workers: session::workers(None, None)?,
        ..Options::default()
    };
    let path = file.path(&mut options);
    let measure = || -> Result<Document, Error> {
        let is_cancelled = || cancelled.load(Ordering::Relaxed);
        let listener = Listener {
            progress: &|_, _| (),
            cancelled: &is_cancelled,
        };
        options.measure(&path, wanted, listener)
    };
    interruptible(py, &cancelled, || match session::pool(None) {
        Ok(pool) => pool.install(measure),
        Err(_) => measure(),
    })?
    .map_err(raised)
}
