//! Measures files in worker processes, so that no file can take the program down: a worker has limits on memory and
//! time, and one that dies becomes a gap with its reason.

mod confine;
mod process;
mod serve;
mod wire;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use confine::give_way;
use process::{Death, Worker};
pub use serve::serve;
use wire::{Answer, Request, Task};

use crate::measure::{self, Drawn, Listener, PlatePictures, PlateView, Source, View, Wanted};
use crate::model::comment::Comment;
use crate::model::error::Error;
use crate::model::facts::Document;
use crate::model::limits::Limits;

/// The limits of a worker for one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of address space. Files of a third of this and more get three times their size.
    pub memory: u64,
    /// The time limit for a page; the whole file may take ten times as long.
    pub time: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            memory: 2 << 30,
            time: Duration::from_secs(60),
        }
    }
}

/// How often a file is begun again without the pages that workers died of.
const TRIES: usize = 4;
/// Files after which a worker is replaced, so that it does not grow for ever.
const FILES: usize = 64;
/// The whole of a file may take so many times what a page may.
const WHOLE: u32 = 10;
/// What a worker needs in address space before it has read anything: stacks of its threads, its program, its heap's reserve.
const START: u64 = 512 << 20;

/// Workers of one program, kept warm between files. Any number of threads may use them at once.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    arguments: Vec<String>,
    bounds: Bounds,
    idle: Mutex<Vec<Worker>>,
}

impl Workers {
    /// Workers that are started by running a program with these arguments and then the bytes of memory it may have; it has
    /// to call [`serve`] with them.
    #[must_use]
    pub fn new(program: PathBuf, arguments: &[&str], bounds: Bounds) -> Self {
        Self {
            program,
            arguments: arguments.iter().map(|&a| a.to_owned()).collect(),
            bounds,
            idle: Mutex::default(),
        }
    }

    /// Measures a file with as many threads as this one's pool has. A file that workers die of gives a document that says so; only a path that
    /// cannot be opened is an error.
    pub fn measure(
        &self,
        source: &Source,
        limits: &Limits,
        wanted: Wanted,
        listener: Listener<'_>,
    ) -> Result<Document, Error> {
        let path = source.path();
        let length = match source.admit(limits)? {
            measure::Admitted::Bytes(length) => length,
            measure::Admitted::Refused(document) => return Ok(*document),
        };
        let mut skip: Vec<(u32, String)> = Vec::new();
        let mut request = self.request(
            path,
            length,
            limits,
            Task::Measure(wanted.clone(), Vec::new()),
        );
        let mut last = None;
        for _ in 0..TRIES {
            request.task = Task::Measure(wanted.clone(), skip.clone());
            match self.ask(source, &request, listener)? {
                Ok(Answer::Measured(document)) => return Ok(*document),
                Ok(_) => break,
                Err(_) if (listener.cancelled)() => return Err(Error::Cancelled),
                Err(death) => {
                    let why = death.why(self.bounds, self.memory(length));
                    match death.pages.iter().copied().collect::<Vec<_>>().as_slice() {
                        [] => {
                            last = Some(why);
                            break;
                        }
                        [page] => skip.push((*page, why.clone())),
                        // One of several pages: the next worker takes them one by one.
                        _ => {}
                    }
                    if death.whole {
                        last = Some(why);
                        break;
                    }
                    request.threads = 1;
                    last = Some(why);
                }
            }
        }
        let why = last.unwrap_or_else(|| "it could not be measured".to_owned());
        Ok(measure::stopped(path, length, why))
    }

    /// Draws places of a file as PNG files, each at its place in the answer; none for one that cannot be drawn.
    pub fn draw(
        &self,
        source: &Source,
        limits: &Limits,
        views: Vec<View>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Option<Drawn>>, Error> {
        if let measure::Admitted::Refused(_) = source.admit(limits)? {
            return Ok(vec![None; views.len()]);
        }
        self.once(
            source,
            limits,
            Task::Draw(views),
            cancelled,
            |answer| match answer {
                Answer::Drawn(pictures) => pictures,
                _ => Err("it could not be drawn".to_owned()),
            },
        )
    }

    /// A copy of a file with comments on its pages.
    pub fn annotate(
        &self,
        source: &Source,
        limits: &Limits,
        comments: Vec<Comment>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<u8>, Error> {
        self.once(
            source,
            limits,
            Task::Annotate(comments),
            cancelled,
            |answer| match answer {
                Answer::Annotated(copy) => copy,
                _ => Err("it could not be annotated".to_owned()),
            },
        )
    }

    /// The separations of a page as pictures.
    pub fn plates(
        &self,
        source: &Source,
        limits: &Limits,
        view: PlateView,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<PlatePictures, Error> {
        self.once(
            source,
            limits,
            Task::Plates(view),
            cancelled,
            |answer| match answer {
                Answer::Plates(plates) => *plates,
                _ => Err("its separations could not be made".to_owned()),
            },
        )
    }

    /// Has one worker do a task, once.
    fn once<T>(
        &self,
        source: &Source,
        limits: &Limits,
        task: Task,
        cancelled: &(dyn Fn() -> bool + Sync),
        take: impl FnOnce(Answer) -> Result<T, String>,
    ) -> Result<T, Error> {
        let path = source.path();
        let done = match source.admit(limits)? {
            measure::Admitted::Refused(_) => Err("it is larger than the limit".to_owned()),
            measure::Admitted::Bytes(length) => {
                let request = self.request(path, length, limits, task);
                match self.ask(source, &request, Listener::silent(cancelled))? {
                    Ok(answer) => take(answer),
                    Err(_) if cancelled() => return Err(Error::Cancelled),
                    Err(death) => Err(death.why(self.bounds, self.memory(length))),
                }
            }
        };
        done.map_err(|why| Error::Read {
            path: path.to_owned(),
            why,
        })
    }

    /// The request for a file of so many bytes.
    fn request(&self, path: &Path, length: u64, limits: &Limits, task: Task) -> Request {
        let threads = rayon::current_num_threads().max(1);
        let seconds = (self.bounds.time * WHOLE).as_secs().saturating_add(1);
        Request {
            name: path.display().to_string(),
            length,
            limits: *limits,
            threads,
            seconds: seconds.saturating_mul(threads as u64),
            task,
        }
    }

    /// Memory for a file of so many bytes.
    fn memory(&self, length: u64) -> u64 {
        self.bounds.memory.max(length.saturating_mul(3))
    }

    /// Sends a request to a worker, and keeps the worker if it answers.
    fn ask(
        &self,
        source: &Source,
        request: &Request,
        listener: Listener<'_>,
    ) -> Result<Result<Answer, Death>, Error> {
        let fault = |e: io::Error| Error::reading(source.path(), &e);
        let memory = self.memory(request.length);
        let mut worker = self.worker(memory).map_err(fault)?;
        let mut bytes = source.open().map_err(fault)?;
        let answer = worker.ask(request, &mut *bytes, self.bounds, listener);
        if answer.is_ok() {
            self.give_back(worker, memory);
        }
        Ok(answer)
    }

    /// A worker that is idle, or a new one.
    fn worker(&self, memory: u64) -> io::Result<Worker> {
        let usual = memory == self.bounds.memory;
        let idle = usual.then(|| {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.pop()
        });
        match idle.flatten() {
            Some(worker) => Ok(worker),
            None => Worker::start(&self.program, &self.arguments, memory.saturating_add(START)),
        }
    }

    fn give_back(&self, worker: Worker, memory: u64) {
        if memory == self.bounds.memory && worker.files < FILES {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(worker);
        }
    }
}
