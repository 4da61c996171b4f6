//! How much the server takes on.

use std::time::Duration;

/// Bounds on what the server takes on.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Bytes of one book's files.
    pub upload_bytes: u64,
    /// Checks that run at once.
    pub running: usize,
    /// Checks that wait for one of them to end; others are refused.
    pub waiting: usize,
    /// Checks whose files and reports are kept; the oldest are forgotten.
    pub kept_checks: usize,
    /// Bytes of files that are kept.
    pub kept_bytes: u64,
    /// How long a client may be silent in the middle of a request.
    pub silence: Duration,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            upload_bytes: 1_000_000_000,
            running: std::thread::available_parallelism().map_or(1, usize::from),
            waiting: 64,
            kept_checks: 100,
            kept_bytes: 4_000_000_000,
            silence: Duration::from_secs(30),
        }
    }
}
