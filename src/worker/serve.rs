//! The worker's side: it reads requests from standard input, answers on standard output, and touches nothing else.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Stdout, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::wire::{self, Answer, Request, Task};
use crate::measure::{self, Watch};

/// Stacks for pages whose forms nest as deep as the limit allows, in a build without optimisation too.
const STACK: usize = 32 << 20;
/// The most bytes allocated for a request before they arrive.
const AHEAD: u64 = 1 << 30;
/// How long a page that is done may go untold.
const SOON: Duration = Duration::from_millis(10);

/// Serves requests until standard input ends. `memory` bounds the address space of the process, in bytes.
pub fn serve(memory: u64) -> io::Result<()> {
    super::confine::confine(memory);
    #[cfg(unix)]
    end_with_parent();
    let (mut stdin, out) = (io::stdin().lock(), Mutex::new(Out::new()));
    while let Some(request) = wire::read::<Request>(&mut stdin)? {
        super::confine::bound_time(request.seconds);
        let room = usize::try_from(request.length.min(AHEAD)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(room);
        stdin
            .by_ref()
            .take(request.length)
            .read_to_end(&mut bytes)?;
        let say = |answer: &Answer| {
            out.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .say(answer)
        };
        let begun = |page| say(&Answer::Begun(page));
        let done = |page, done, all| say(&Answer::Done(page, done, all));
        let (name, limits) = (request.name, request.limits);
        let work = || match request.task {
            Task::Measure(wanted, skip) => {
                let skip: BTreeMap<u32, String> = skip.into_iter().collect();
                let watch = Watch {
                    begun: &begun,
                    done: &done,
                    skip: &skip,
                    cancelled: &|| false,
                };
                let document = measure::watched(name, bytes, &limits, wanted, &watch);
                Answer::Measured(Box::new(document))
            }
            Task::Annotate(comments) => {
                Answer::Annotated(measure::annotate(bytes.into(), &comments, &limits))
            }
            Task::Plates(view) => {
                let plates = measure::plates(bytes.into(), view, &limits);
                Answer::Plates(Box::new(plates))
            }
            Task::Draw(views) => {
                Answer::Drawn(measure::draw(bytes.into(), &views, &limits, &begun, &done))
            }
        };
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(request.threads)
            .stack_size(STACK)
            .build();
        match pool {
            Ok(pool) => say(&pool.install(work)),
            Err(e) => return Err(io::Error::other(e.to_string())),
        }
    }
    Ok(())
}

/// Ends the process soon after its parent has, whatever it is at: that standard input has ended shows only after a request.
#[cfg(unix)]
fn end_with_parent() {
    let parent = rustix::process::getppid();
    std::thread::spawn(move || {
        while rustix::process::getppid() == parent {
            std::thread::sleep(Duration::from_secs(1));
        }
        std::process::exit(1);
    });
}

/// Where answers go.
struct Out {
    to: BufWriter<Stdout>,
    /// When the parent was last told anything.
    told: Instant,
}

impl Out {
    fn new() -> Self {
        Self {
            to: BufWriter::new(io::stdout()),
            told: Instant::now(),
        }
    }

    /// Tells the parent, or soon: pages of text are done faster than it is worth to wake the parent twice for each. What was
    /// begun is told at once, for the worker may die of it.
    fn say(&mut self, answer: &Answer) {
        // If the parent is gone, the next read ends the worker.
        let _ = wire::write(&mut self.to, answer);
        let can_wait = matches!(answer, Answer::Done(..)) && self.told.elapsed() < SOON;
        if !can_wait {
            let _ = self.to.flush();
            self.told = Instant::now();
        }
    }
}
