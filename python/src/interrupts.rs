//! Long work without the interpreter's lock, that ends when somebody presses Control-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often the interpreter is asked for signals.
const MOMENT: Duration = Duration::from_millis(50);

/// Works on a thread of its own while this one looks for signals. On one, `cancelled` is set and the signal's exception raised
/// once the work has ended.
pub(crate) fn interruptible<T: Send>(
    py: Python<'_>,
    cancelled: &Arc<AtomicBool>,
    work: impl FnOnce() -> T + Send,
) -> PyResult<T> {
    py.detach(|| {
        std::thread::scope(|scope| {
            let (say, hear) = mpsc::channel();
            scope.spawn(move || say.send(work()));
            loop {
                match hear.recv_timeout(MOMENT) {
                    Ok(done) => return Ok(done),
                    Err(RecvTimeoutError::Timeout) => {
                        if let Err(signal) = Python::attach(|py| py.check_signals()) {
                            cancelled.store(true, Ordering::Relaxed);
                            let _ = hear.recv();
                            return Err(signal);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        let fault = "presscheck failed here, which is a fault of its own: please report it with the file";
                        return Err(PyRuntimeError::new_err(fault));
                    }
                }
            }
        })
    })
}
