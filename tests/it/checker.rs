//! The library's face: a book from paths or memory, progress, cancellation, and values that can be written and read again.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use presscheck::error::Error;
use presscheck::facts::Document;
use presscheck::job::Job;
use presscheck::measure::{self, Wanted};
use presscheck::report::{self, FactsAsked, Report};
use presscheck::worker::{Bounds, Workers};
use presscheck::{Checker, limits, profile};

use crate::support::fixture;

fn book(name: &str) -> PathBuf {
    fixture("books").join(name)
}

/// A report without what tells paths from memory.
fn bare(report: &Report) -> String {
    let mut report = report.clone();
    for file in &mut report.files {
        file.name = String::new();
    }
    report
        .findings
        .iter_mut()
        .for_each(|f| f.name = String::new());
    report
        .causes
        .iter_mut()
        .for_each(|c| c.name = String::new());
    report
        .covers
        .iter_mut()
        .for_each(|c| c.name = String::new());
    report::json(&report, false)
}

#[test]
fn memory_says_what_paths_say_with_workers_or_without() {
    let profiles = profile::built_in().unwrap();
    let (interior, cover) = (
        book("faulty-twin/interior.pdf"),
        book("faulty-twin/cover.pdf"),
    );
    let checker = || Checker::new(&profiles).platform("kdp");
    let from_paths = checker()
        .interior(interior.clone())
        .cover(cover.clone())
        .check()
        .unwrap();
    let bytes = |path: &PathBuf| std::fs::read(path).unwrap();
    let from_memory = || checker().interior(bytes(&interior)).cover(bytes(&cover));
    assert_eq!(bare(&from_memory().check().unwrap()), bare(&from_paths));
    let program = env!("CARGO_BIN_EXE_presscheck").into();
    let workers = Arc::new(Workers::new(
        program,
        &["measure-worker"],
        Bounds::default(),
    ));
    let by_workers = from_memory().workers(Arc::clone(&workers)).check().unwrap();
    assert_eq!(bare(&by_workers), bare(&from_paths));
    assert_eq!(from_paths.verdicts.len(), 1);
    assert!(from_paths.verdicts[0].errors > 0);
}

#[test]
fn a_check_that_is_cancelled_ends_with_an_error() {
    let profiles = profile::built_in().unwrap();
    let cancel = |workers: Option<Arc<Workers>>| {
        let flag = Arc::new(AtomicBool::new(false));
        let pages = AtomicUsize::new(0);
        let told = |_: &std::path::Path, _: usize, _: usize| {
            pages.fetch_add(1, Ordering::Relaxed);
            flag.store(true, Ordering::Relaxed);
        };
        let mut checker = Checker::new(&profiles)
            .interior(book("novel/interior.pdf"))
            .progress(told)
            .cancelled_by(Arc::clone(&flag));
        if let Some(workers) = workers {
            checker = checker.workers(workers);
        }
        let ended = checker.check().map(|_| ());
        assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");
    };
    cancel(None);
    let told_before = Arc::new(AtomicBool::new(true));
    let ended = Checker::new(&profiles)
        .interior(book("novel/interior.pdf"))
        .cancelled_by(told_before)
        .check();
    assert!(matches!(ended.map(|_| ()), Err(Error::Cancelled)));
}

#[test]
fn reports_and_facts_that_are_read_again_are_what_was_written() {
    let profiles = profile::built_in().unwrap();
    for name in ["novel", "faulty-twin"] {
        let job = Job::from_toml(&book(name).join("book.toml")).unwrap();
        let report = Checker::new(&profiles).job(job).check().unwrap();
        let written = report::json(&report, false);
        let read: Report = serde_json::from_str(&written).unwrap();
        assert_eq!(report::json(&read, false), written, "{name}");
        let path = book(name).join("interior.pdf");
        let limits = limits::Limits::default();
        let facts = measure::file(&path, &limits, Wanted::everything(), &|_, _| {}).unwrap();
        let written = report::facts_json(&facts, &FactsAsked::default()).unwrap();
        let read: Document = serde_json::from_str(&written).unwrap();
        let again = report::facts_json(&read, &FactsAsked::default()).unwrap();
        assert!(again == written, "{name}");
    }
}
