//! What all calls share: the products that are known, and how workers are started.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use presscheck::check::{Plan, Selection};
use presscheck::cli::Program;
use presscheck::error::Error;
use presscheck::job::Job;
use presscheck::profile::{self, Profile};
use presscheck::readable;
use presscheck::worker::{Bounds, Workers};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The command of the command line that a worker is.
const WORKER: &str = "measure-worker";
/// Stacks for pages whose forms nest as deep as the limit allows.
const STACK: usize = 32 << 20;

static PROGRAM: OnceLock<Program> = OnceLock::new();
/// The process that started them, and the workers that are kept warm between calls.
static WORKERS: Mutex<Option<(u32, Option<Arc<Workers>>)>> = Mutex::new(None);
static SHIPPED: OnceLock<Vec<Profile>> = OnceLock::new();

/// Sets how this module is started; the first that is told counts.
pub(crate) fn start_with(program: Program) {
    PROGRAM.get_or_init(|| program);
}

/// How this module is started, if it was told.
pub(crate) fn program() -> Option<&'static Program> {
    PROGRAM.get()
}

/// Workers with bounds of their own, or those that are kept warm between calls. None where it is not known how to start any:
/// files are then measured in this process.
pub(crate) fn workers(memory: Option<u64>, seconds: Option<f64>) -> PyResult<Option<Arc<Workers>>> {
    if memory.is_some_and(|bytes| !(10_000_000..=1_000_000_000_000_000).contains(&bytes)) {
        let why = "memory is told in bytes, between 10 MB and 1000 TB";
        return Err(PyValueError::new_err(why));
    }
    if seconds.is_some_and(|seconds| !(0.1..=1e6).contains(&seconds)) {
        let why = "time_limit is told in seconds, between 0.1 and 1000000";
        return Err(PyValueError::new_err(why));
    }
    let usual = Bounds::default();
    let bounds = Bounds {
        memory: memory.unwrap_or(usual.memory),
        time: seconds.map_or(usual.time, Duration::from_secs_f64),
    };
    let start = || {
        let program = program()?;
        let first = program.arguments.iter().map(String::as_str);
        let arguments: Vec<&str> = first.chain([WORKER]).collect();
        Some(Arc::new(Workers::new(
            program.path.clone(),
            &arguments,
            bounds,
        )))
    };
    if bounds != usual {
        return Ok(start());
    }
    let mut kept = WORKERS.lock().unwrap_or_else(PoisonError::into_inner);
    let own = std::process::id();
    Ok(match &*kept {
        Some((process, workers)) if *process == own => workers.clone(),
        _ => {
            let workers = start();
            // After a fork they are the parent's, which still asks them: the child neither asks nor ends them.
            std::mem::forget(kept.replace((own, workers.clone())));
            workers
        }
    })
}

/// The products that ship, then the user's own, whose ids are asked for as well.
pub(crate) fn profiles(own: &[PathBuf], job: &mut Job) -> Result<Vec<Profile>, Error> {
    let shipped = match SHIPPED.get() {
        Some(shipped) => shipped,
        None => {
            let shipped = profile::built_in()?;
            SHIPPED.get_or_init(|| shipped)
        }
    };
    let mut known = shipped.clone();
    for file in own {
        let text = readable::text(file)?;
        let profile = profile::from_text(&file.display().to_string(), &text)?;
        // Binding its rules once reports a wrong limit, whatever is asked.
        Plan::new(&profile, &Selection::default())?;
        job.platforms.push(profile.id.clone());
        known.push(profile);
    }
    Ok(known)
}

/// Threads with room for deep pages; as many as there are processors where `threads` is none.
pub(crate) fn pool(
    threads: Option<usize>,
) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .stack_size(STACK)
        .build()
}
