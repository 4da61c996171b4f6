//! Panics reported as bugs of presscheck: where in the program, in which version, and how to report them. A file is never
//! called damaged because presscheck failed on it.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// Where the last panic of this thread came from.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the place of every panic instead of printing it: panics are caught at the page or file they happen on, and reported
/// there.
pub fn keep_places() {
    panic::set_hook(Box::new(note));
}

fn note(info: &PanicHookInfo<'_>) {
    let place = info.location().map(|at| {
        // Of a dependency the crate and its own path; the folders above are the machine's that built this.
        let file = at.file().replace('\\', "/");
        let from = file.rfind("/src/").map_or(0, |src| {
            file.get(..src)
                .and_then(|f| f.rfind('/'))
                .map_or(0, |s| s + 1)
        });
        format!("{}:{}", file.get(from..).unwrap_or_default(), at.line())
    });
    LAST.with(|last| *last.borrow_mut() = place);
}

/// Runs something; a panic in it becomes a sentence for people.
pub(crate) fn fenced<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    LAST.with(|last| last.borrow_mut().take());
    panic::catch_unwind(AssertUnwindSafe(run)).map_err(|_| {
        let place = LAST.with(|last| last.borrow_mut().take());
        let place = place.map_or_else(String::new, |place| format!(" at {place}"));
        format!(
            "presscheck {} failed on it{place}; this is a fault of presscheck and not of the file: please report it with the file",
            env!("CARGO_PKG_VERSION")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::fenced;

    #[test]
    #[allow(clippy::panic, clippy::unwrap_used)]
    fn a_panic_is_told_as_a_fault_of_the_program() {
        assert_eq!(fenced(|| 7), Ok(7));
        let why = fenced(|| -> u8 { panic!("by design") }).unwrap_err();
        assert!(why.contains("fault of presscheck"), "{why}");
    }
}
