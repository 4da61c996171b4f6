//! Files measured in processes of their own, so that no file can take the program down, whatever it does: a worker has so
//! much memory and so much time, and one that dies is a gap with its reason.

mod confine;
mod serve;
mod wire;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use serve::serve;
use wire::{Answer, Request, Task};

use crate::error::Error;
use crate::facts::Document;
use crate::limits::Limits;
use crate::measure::{self, Progress, View, Wanted};

/// What a worker may take for one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of address space. Files of a third of this and more get three times their size.
    pub memory: u64,
    /// How long it may go without finishing a page; the whole file may take ten times as long.
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
/// Files after which a worker is let go, so that it does not grow for ever.
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
        path: &Path,
        limits: &Limits,
        wanted: Wanted,
        progress: Progress<'_>,
    ) -> Result<Document, Error> {
        let length = match measure::admit(path, limits)? {
            measure::Admitted::Bytes(length) => length,
            measure::Admitted::Refused(document) => return Ok(*document),
        };
        let mut skip: Vec<(u32, String)> = Vec::new();
        let mut request = self.request(path, length, limits);
        let mut last = None;
        for _ in 0..TRIES {
            request.task = Task::Measure(wanted, skip.clone());
            match self.ask(path, &request, progress)? {
                Ok(Answer::Measured(document)) => return Ok(*document),
                Ok(_) => break,
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
        path: &Path,
        limits: &Limits,
        views: Vec<View>,
    ) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let length = match measure::admit(path, limits)? {
            measure::Admitted::Bytes(length) => length,
            measure::Admitted::Refused(_) => return Ok(vec![None; views.len()]),
        };
        let mut request = self.request(path, length, limits);
        request.task = Task::Draw(views);
        let why = match self.ask(path, &request, &|_, _| ())? {
            Ok(Answer::Drawn(Ok(pictures))) => return Ok(pictures),
            Ok(Answer::Drawn(Err(why))) => why,
            Ok(_) => "it could not be drawn".to_owned(),
            Err(death) => death.why(self.bounds, self.memory(length)),
        };
        Err(Error::Read {
            path: path.to_owned(),
            why,
        })
    }

    /// What is asked about a file of so many bytes, as yet without a task.
    fn request(&self, path: &Path, length: u64, limits: &Limits) -> Request {
        let threads = rayon::current_num_threads().max(1);
        let seconds = (self.bounds.time * WHOLE).as_secs().saturating_add(1);
        Request {
            name: path.display().to_string(),
            length,
            limits: *limits,
            threads,
            seconds: seconds.saturating_mul(threads as u64),
            task: Task::Draw(Vec::new()),
        }
    }

    /// Memory for a file of so many bytes.
    fn memory(&self, length: u64) -> u64 {
        self.bounds.memory.max(length.saturating_mul(3))
    }

    /// Asks a worker, which is kept if it answers.
    fn ask(
        &self,
        path: &Path,
        request: &Request,
        progress: Progress<'_>,
    ) -> Result<Result<Answer, Death>, Error> {
        let fault = |e: io::Error| Error::reading(path, &e);
        let memory = self.memory(request.length);
        let mut worker = self.worker(memory).map_err(fault)?;
        let file = File::open(path).map_err(fault)?;
        let answer = worker.ask(request, file, self.bounds, progress);
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

/// A process that measures.
#[derive(Debug)]
struct Worker {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<Answer>,
    /// The last it said on standard error.
    words: Arc<Mutex<String>>,
    files: usize,
}

/// How a worker ended before its time.
#[derive(Debug)]
struct Death {
    status: Option<ExitStatus>,
    words: String,
    late: bool,
    /// It was the whole of the file that took too long, and not a page.
    whole: bool,
    /// Pages it had begun and not done.
    pages: BTreeSet<u32>,
}

impl Worker {
    fn start(program: &Path, arguments: &[String], memory: u64) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .arg(memory.to_string())
            // Every heap of its own would reserve 64 MiB of addresses that it never uses.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (say, answers) = mpsc::channel();
        let stdout = child.stdout.take();
        std::thread::Builder::new()
            .name("worker".to_owned())
            .spawn(move || {
                let mut stdout = stdout.map(BufReader::new);
                while let Some(Ok(Some(answer))) = stdout.as_mut().map(wire::read::<Answer>) {
                    if say.send(answer).is_err() {
                        break;
                    }
                }
            })?;
        let words = Arc::new(Mutex::new(String::new()));
        let (stderr, heard) = (child.stderr.take(), Arc::clone(&words));
        std::thread::Builder::new()
            .name("worker-words".to_owned())
            .spawn(move || {
                let mut buffer = [0; 4096];
                let mut stderr = stderr;
                while let Some(from) = &mut stderr {
                    match from.read(&mut buffer) {
                        Ok(n @ 1..) => {
                            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                            let said = buffer.get(..n).unwrap_or_default();
                            if heard.len() < WORDS {
                                heard.push_str(&String::from_utf8_lossy(said));
                            }
                        }
                        _ => break,
                    }
                }
            })?;
        Ok(Self {
            stdin: child.stdin.take(),
            child,
            answers,
            words,
            files: 0,
        })
    }

    /// Asks for a task; gives its result.
    fn ask(
        &mut self,
        request: &Request,
        file: File,
        bounds: Bounds,
        progress: Progress<'_>,
    ) -> Result<Answer, Death> {
        self.files += 1;
        let start = Instant::now();
        let mut pages = BTreeSet::new();
        // A worker that dies while it is written to is told by its answers.
        if let Some(stdin) = &mut self.stdin {
            let _ = wire::write(stdin, request)
                .and_then(|()| io::copy(&mut file.take(request.length), stdin));
        }
        let mut moved = Instant::now();
        loop {
            let left = (bounds.time.saturating_sub(moved.elapsed()))
                .min((bounds.time * WHOLE).saturating_sub(start.elapsed()));
            match self.answers.recv_timeout(left) {
                Ok(Answer::Begun(page)) => {
                    pages.insert(page);
                }
                Ok(Answer::Done(page, done, all)) => {
                    pages.remove(&page);
                    moved = Instant::now();
                    progress(done, all);
                }
                Ok(answer @ (Answer::Measured(_) | Answer::Drawn(_))) => return Ok(answer),
                Err(end) => {
                    let late = end == RecvTimeoutError::Timeout;
                    let whole = late && start.elapsed() >= bounds.time * WHOLE;
                    let status = self.end(late);
                    // What it said last may still be on its way.
                    std::thread::sleep(ON_ITS_WAY);
                    let words = self
                        .words
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .clone();
                    return Err(Death {
                        status,
                        words,
                        late,
                        whole,
                        pages,
                    });
                }
            }
        }
    }
}

/// How long a worker that says nothing more may take to end by itself.
const LAST: Duration = Duration::from_secs(2);
/// How long what it said last may be on its way.
const ON_ITS_WAY: Duration = Duration::from_millis(20);

impl Worker {
    /// Waits for its end, and makes one if need be: how it ended, if it did so by itself.
    fn end(&mut self, now: bool) -> Option<ExitStatus> {
        let start = Instant::now();
        while !now && start.elapsed() < LAST {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                Ok(ended) => return ended,
                Err(_) => break,
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        None
    }
}

/// Letters kept of what a worker says on standard error.
const WORDS: usize = 8192;

impl Drop for Worker {
    fn drop(&mut self) {
        // Without anything more to read it ends by itself.
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Death {
    /// Why, for people.
    fn why(&self, bounds: Bounds, memory: u64) -> String {
        let said = |words: &str| self.words.contains(words);
        if self.late {
            let seconds =
                bounds.time.as_secs_f64() * if self.whole { f64::from(WHOLE) } else { 1.0 };
            return format!("measuring it took longer than {seconds} s (--time-limit allows more)");
        }
        if self.signal() == Some(24) {
            let seconds = bounds.time.as_secs_f64() * f64::from(WHOLE);
            return format!(
                "measuring it took longer than {seconds} s of processor time (--time-limit allows more)"
            );
        }
        if said("memory allocation of")
            || said("Cannot allocate memory")
            || self.signal() == Some(9)
        {
            let mib = memory >> 20;
            let amount = if mib.is_multiple_of(1024) {
                format!("{} GiB", mib >> 10)
            } else {
                format!("{mib} MiB")
            };
            return format!("measuring it needs more than {amount} (--memory allows more)");
        }
        if said("has overflowed its stack") {
            return "its structure nests too deeply to be measured".to_owned();
        }
        let how = self
            .status
            .map_or_else(String::new, |status| format!(" ({status})"));
        format!(
            "the process that measured it stopped{how}; this is a fault of presscheck {}, please report it with the file",
            env!("CARGO_PKG_VERSION")
        )
    }

    /// The signal that ended it: 9 where memory ran out, 24 where its processor time did.
    fn signal(&self) -> Option<i32> {
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt;
            self.status.and_then(|status| status.signal())
        }
        #[cfg(not(unix))]
        None
    }
}
