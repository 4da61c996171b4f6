//! What all requests share: products, workers, uploads, checks, and how much may be going on at once.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::access::Access;
use super::capacity::Capacity;
use super::checks::Checks;
use super::folder::Folder;
use super::problem::Problem;
use crate::model::error::Error;
use crate::model::limits::Limits;
use crate::pipeline::Options;
use crate::profile::Profile;
use crate::worker::Workers;

/// Stacks of threads that may measure files themselves, where no worker can be started.
const STACK: usize = 32 << 20;

/// What all requests share.
pub(super) struct App {
    pub(super) access: Arc<Access>,
    pub(super) profiles: Vec<Profile>,
    pub(super) workers: Option<Arc<Workers>>,
    pub(super) limits: Limits,
    pub(super) capacity: Capacity,
    pub(super) checks: Checks,
    folder: Folder,
    /// Permits of checks that are uploaded, wait or run.
    taken: Arc<Semaphore>,
    /// Permits of checks that run.
    busy: Arc<Semaphore>,
    /// Permits of reports and pictures that are drawn: who looks at one does not wait for all checks before.
    drawing: Arc<Semaphore>,
    /// Permits of reports that are written without pictures, which takes a moment.
    writing: Arc<Semaphore>,
}

impl App {
    pub(super) fn new(
        access: Access,
        profiles: Vec<Profile>,
        workers: Option<Arc<Workers>>,
        capacity: Capacity,
    ) -> Result<Self, Error> {
        let folder = Folder::new().map_err(|e| Error::Write {
            path: std::env::temp_dir(),
            why: e.to_string(),
        })?;
        Ok(Self {
            access: Arc::new(access),
            profiles,
            workers,
            limits: Limits::default(),
            capacity,
            checks: Checks::new(capacity),
            folder,
            taken: Arc::new(Semaphore::new(capacity.running + capacity.waiting)),
            busy: Arc::new(Semaphore::new(capacity.running)),
            drawing: Arc::new(Semaphore::new(capacity.running + 1)),
            writing: Arc::new(Semaphore::new(capacity.running + 1)),
        })
    }

    /// Where uploads go.
    pub(super) fn folder(&self) -> Result<&Path, Problem> {
        self.folder.path().map_err(|e| {
            Problem::internal(&format!(
                "the folder of uploads is gone, and cannot be made again: {e}"
            ))
        })
    }

    /// A permit for one more check, from its upload to its end.
    pub(super) fn admit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.taken).try_acquire_owned().map_err(|_| {
            Problem::busy("as many checks as are allowed are running or waiting; try again soon")
        })
    }

    /// Waits for its turn, then checks on a thread where it may block.
    pub(super) async fn check<T: Send + 'static>(
        &self,
        check: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (busy, most) = (Arc::clone(&self.busy), self.capacity.running);
        let shared = move || {
            let running = most.saturating_sub(busy.available_permits());
            match threads(running) {
                Ok(pool) => pool.install(check),
                Err(_) => check(),
            }
        };
        blocking(&self.busy, shared).await
    }

    /// Waits for its turn, then draws on a thread where it may block.
    pub(super) async fn draw<T: Send + 'static>(
        &self,
        draw: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        blocking(&self.drawing, draw).await
    }

    /// The same for one client alone: what is drawn is given up once that has gone.
    pub(super) async fn draw_for<T: Send + 'static>(
        &self,
        options: &Options,
        draw: impl FnOnce(&Options) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let gone = Gone::default();
        let options = Options {
            cancelled: Some(Arc::clone(&gone.0)),
            ..options.clone()
        };
        let drawn = self.draw(move || draw(&options)).await;
        drop(gone);
        drawn
    }

    /// Waits for its turn, then writes a report without pictures on a thread where it may block.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        blocking(&self.writing, write).await
    }

    /// How many checks run and how many wait.
    pub(super) fn load(&self) -> (usize, usize) {
        let running = self.capacity.running - self.busy.available_permits();
        let all = self.capacity.running + self.capacity.waiting - self.taken.available_permits();
        (running, all.saturating_sub(running))
    }
}

/// Says that a client has gone, once its request is let go of.
#[derive(Default)]
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The threads of a check: all processors where it is alone, its share of them where others run.
fn threads(running: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads((processors / running.max(1)).max(1))
        .stack_size(STACK)
        .build()
}

/// Does work on a thread where it may block, once there is a permit.
async fn blocking<T: Send + 'static>(
    permits: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let permit = Arc::clone(permits).acquire_owned().await;
    let permit = permit.map_err(|_| Problem::internal("the server is stopping"))?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    });
    let failed = "presscheck failed here, which is a fault of its own; its log says where";
    done.await.map_err(|_| Problem::internal(failed))
}
