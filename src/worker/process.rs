//! The parent's side of a worker process: sends requests, reads answers, and reports how it ended.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::wire::{self, Answer, Request};
use super::{Bounds, WHOLE};
use crate::measure::Listener;

/// A process that measures.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<Answer>,
    /// The end of its standard error.
    words: Arc<Mutex<String>>,
    pub(super) files: usize,
    /// Ends the process when it is dropped.
    #[cfg(windows)]
    _job: Option<win32job::Job>,
}

/// How a worker ended prematurely.
#[derive(Debug)]
pub(super) struct Death {
    status: Option<ExitStatus>,
    words: String,
    late: bool,
    /// Whether the whole file took too long, rather than a page.
    pub(super) whole: bool,
    /// Pages it had begun but not finished.
    pub(super) pages: BTreeSet<u32>,
}

impl Worker {
    pub(super) fn start(program: &Path, arguments: &[String], memory: u64) -> io::Result<Self> {
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
                let mut stderr = stderr.map(BufReader::new);
                let mut line = Vec::new();
                while let Some(from) = &mut stderr {
                    line.clear();
                    // However long a line is, so much of it is kept at once.
                    match from.take(LINE).read_until(b'\n', &mut line) {
                        Ok(1..) => {
                            let said = String::from_utf8_lossy(&line);
                            if let Some(event) = said.strip_prefix(TRACE) {
                                tracing::debug!(target: "presscheck::worker", "{}", event.trim());
                                continue;
                            }
                            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                            if heard.len() < WORDS {
                                heard.push_str(&said);
                            }
                        }
                        _ => break,
                    }
                }
            })?;
        Ok(Self {
            #[cfg(windows)]
            _job: super::confine::job(&child, memory),
            stdin: child.stdin.take(),
            child,
            answers,
            words,
            files: 0,
        })
    }

    /// Runs a task; gives its result.
    pub(super) fn ask(
        &mut self,
        request: &Request,
        bytes: &mut dyn Read,
        bounds: Bounds,
        listener: Listener<'_>,
    ) -> Result<Answer, Death> {
        self.files += 1;
        let start = Instant::now();
        let mut pages = BTreeSet::new();
        // Where the worker dies during the write, reading its answer reports it.
        if let Some(stdin) = &mut self.stdin {
            let _ = wire::write(stdin, request)
                .and_then(|()| io::copy(&mut bytes.take(request.length), stdin));
        }
        let mut moved = Instant::now();
        loop {
            let left = (bounds.time.saturating_sub(moved.elapsed()))
                .min((bounds.time * WHOLE).saturating_sub(start.elapsed()));
            match self.answers.recv_timeout(left.min(MOMENT)) {
                // The poll interval is over.
                Err(RecvTimeoutError::Timeout) if left > MOMENT && !(listener.cancelled)() => {}
                Ok(Answer::Begun(page)) => {
                    pages.insert(page);
                }
                Ok(Answer::Done(page, done, all)) => {
                    pages.remove(&page);
                    moved = Instant::now();
                    (listener.progress)(done, all);
                }
                Ok(
                    answer @ (Answer::Measured(_)
                    | Answer::Drawn(_)
                    | Answer::Annotated(_)
                    | Answer::Plates(_)),
                ) => return Ok(answer),
                Err(end) => {
                    let late = end == RecvTimeoutError::Timeout;
                    let whole = late && start.elapsed() >= bounds.time * WHOLE;
                    let status = self.end(late);
                    // Its last output may still be in the pipe.
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

/// What a worker's lines begin with that are events of `tracing`; all others are last words.
const TRACE: &str = "DEBUG ";
/// The longest line that is read at once, in bytes.
const LINE: u64 = 64 << 10;
/// How long a cancellation may go unnoticed.
const MOMENT: Duration = Duration::from_millis(50);
/// How long a worker may take to exit once its output is closed.
const LAST: Duration = Duration::from_secs(2);
/// How long its last output may take to arrive.
const ON_ITS_WAY: Duration = Duration::from_millis(20);

impl Worker {
    /// Waits until it exits, and kills it if it does not. The exit status, if it exited by itself.
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

/// Letters kept of a worker's standard error.
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
    /// The reason, for messages.
    pub(super) fn why(&self, bounds: Bounds, memory: u64) -> String {
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
