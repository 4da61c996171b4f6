//! Decides how many books run at once, on how many threads, within the memory budget. No book waits for ever.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What any book needs, whatever its size: fonts, a page in the making, a region drawn in search of codes. Of a thousand
/// real files the hungriest took twice this, most a third.
const LEAST: u64 = 64 << 20;
/// Bytes of facts for each byte of file: facts are many times larger than the compressed streams they are measured from.
const FACTS: u64 = 16;
/// Facts of one book never need more than this: five thousand pages of a novel.
const MOST_FACTS: u64 = 160 << 20;

/// The memory a book is expected to need, from the size of its files: themselves, half as much again, and the facts.
pub(in crate::batch) fn memory(bytes: u64) -> u64 {
    LEAST + bytes.saturating_add(bytes / 2) + bytes.saturating_mul(FACTS).min(MOST_FACTS)
}

/// The memory this process holds, where the system tells.
fn held() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.split_whitespace()
        .next()?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}

/// What the books now being checked use.
#[derive(Debug, Default)]
struct Used {
    threads: usize,
    memory: u64,
    books: usize,
    /// Bytes and number of books begun, for the mean.
    begun: (u64, u64),
}

/// Admits books while threads and memory last.
#[derive(Debug)]
pub(in crate::batch) struct Scheduler {
    threads: usize,
    memory: u64,
    /// Held by the one book that waits to be let in, so that a large one is not overtaken for ever by small ones.
    door: Mutex<()>,
    used: Mutex<Used>,
    freed: Condvar,
}

/// The right of one book to run; dropping it frees its threads and memory.
#[derive(Debug)]
pub(in crate::batch) struct Permit<'p> {
    scheduler: &'p Scheduler,
    /// The threads it may use for its pages.
    pub(in crate::batch) threads: usize,
    memory: u64,
}

impl Scheduler {
    pub(in crate::batch) fn new(threads: usize, memory: u64) -> Self {
        Self {
            threads: threads.max(1),
            memory,
            door: Mutex::new(()),
            used: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a book of so many bytes may begin; `left` titles come after it.
    ///
    /// A book gets the share of the threads that its bytes have of all that is left to do, at least one: while there are many
    /// books, each has one thread and its pages are done one after the other, which costs nothing; the last ones, and those
    /// that outweigh the rest, are done by several. A book that needs more memory than the budget runs alone; while more is
    /// held than the budget, because a book needed more than expected, no other begins.
    pub(in crate::batch) fn admit(&self, bytes: u64, left: usize) -> Permit<'_> {
        let _door = self.door.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = self.used();
        used.begun.0 += bytes;
        used.begun.1 += 1;
        let mean = used.begun.0 / used.begun.1.max(1);
        let memory = memory(bytes).min(self.memory);
        let alone = memory >= self.memory;
        let threads = if alone {
            self.threads
        } else {
            share(self.threads, bytes, mean.saturating_mul(left as u64))
        };
        let full = |used: &Used| {
            used.threads + threads > self.threads || used.memory + memory > self.memory
        };
        while used.books > 0 && (full(&used) || held().is_some_and(|held| held > self.memory)) {
            used = self
                .freed
                .wait(used)
                .unwrap_or_else(PoisonError::into_inner);
        }
        used.books += 1;
        used.threads += threads;
        used.memory += memory;
        Permit {
            scheduler: self,
            threads,
            memory,
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut used = self.scheduler.used();
        used.books -= 1;
        used.threads -= self.threads;
        used.memory -= self.memory;
        self.scheduler.freed.notify_all();
    }
}

/// So many of the threads as `own` is of `own` and `rest` together.
fn share(threads: usize, own: u64, rest: u64) -> usize {
    let all = u128::from(own) + u128::from(rest);
    if all == 0 {
        return if rest == 0 { threads } else { 1 };
    }
    let half_up = (u128::from(own) * threads as u128 * 2 + all) / (all * 2);
    usize::try_from(half_up)
        .unwrap_or(threads)
        .clamp(1, threads)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn threads_go_where_the_work_is() {
        assert_eq!(share(8, 10, 0), 8);
        assert_eq!(share(8, 10, 10), 4);
        assert_eq!(share(8, 10, 10_000), 1);
        assert_eq!(share(8, 9_000, 1_000), 7);
        assert_eq!(share(1, 10, 10), 1);
    }

    #[test]
    fn never_more_than_there_are_and_nobody_is_left_out() {
        let scheduler = Scheduler::new(4, (1 << 40) + memory(10 << 20));
        let (threads, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let done = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for worker in 0..4u64 {
                let (scheduler, threads, most, done) = (&scheduler, &threads, &most, &done);
                scope.spawn(move || {
                    for book in 0..200u64 {
                        // Every seventh is larger than the budget.
                        let bytes = if (worker + book).is_multiple_of(7) {
                            1 << 40
                        } else {
                            1 << 20
                        };
                        let permit = scheduler.admit(bytes, 100);
                        let now =
                            threads.fetch_add(permit.threads, Ordering::SeqCst) + permit.threads;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        threads.fetch_sub(permit.threads, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 4);
        assert_eq!(done.load(Ordering::SeqCst), 800);
        let used = scheduler.used();
        assert_eq!((used.threads, used.memory, used.books), (0, 0, 0));
    }
}
