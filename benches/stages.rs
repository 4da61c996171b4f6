//! How long each stage takes: open, structure, walk, codes, rules, each report; on two books made by code,
//! and on the book the environment variable PRESSCHECK_BENCH names, if it does.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use presscheck::facts::{Book, Document};
use presscheck::job::Job;
use presscheck::limits::Limits;
use presscheck::measure::{self, Listener, Source, Wanted};
use presscheck::pdf::{Reader, skeleton};
use presscheck::pipeline::{Judged, Run};
use presscheck::profile::{Profile, built_in};
use presscheck::report::{self, Style};
use presscheck::worker::{Bounds, Workers};
use presscheck::{check, resolve};

fn main() {
    divan::main();
}

const BOOKS: [&str; 3] = ["text-300", "picture-40", "named"];

static TEXT: LazyLock<Vec<u8>> = LazyLock::new(|| presscheck_fixtures::text_book(300));
static PICTURES: LazyLock<Vec<u8>> = LazyLock::new(|| presscheck_fixtures::picture_book(40));
static NAMED: LazyLock<Option<Vec<u8>>> =
    LazyLock::new(|| std::fs::read(std::env::var_os("PRESSCHECK_BENCH")?).ok());

/// The bytes of a book, or none when none is named.
fn bytes(book: &str) -> Option<Vec<u8>> {
    match book {
        "text-300" => Some(TEXT.clone()),
        "picture-40" => Some(PICTURES.clone()),
        _ => NAMED.clone(),
    }
}

fn quiet(_: usize, _: usize) {}

fn measured(book: &str, wanted: Wanted) -> Option<Document> {
    Some(measure::document(
        book.to_owned(),
        bytes(book)?,
        &Limits::default(),
        wanted,
        &quiet,
    ))
}

/// The sample novel of 200 pages, measured in this process or by a warm worker: what the worker costs is the difference, and is
/// to stay under 5 ms.
#[divan::bench(args = ["here", "worker"])]
fn novel(bencher: Bencher, by: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("test_pdfs/books/novel/interior.pdf");
    let program = env!("CARGO_BIN_EXE_presscheck").into();
    let workers = Workers::new(program, &["measure-worker"], Bounds::default());
    let (limits, wanted) = (Limits::default(), Wanted::everything());
    bencher.bench(|| match by {
        "here" => measure::file(&path, &limits, wanted.clone(), &quiet),
        _ => workers.measure(
            &Source::from(path.as_path()),
            &limits,
            wanted.clone(),
            Listener::patient(&quiet),
        ),
    });
}

#[divan::bench(args = BOOKS)]
fn open(bencher: Bencher, book: &str) {
    let Some(bytes) = bytes(book).map(Arc::new) else {
        return;
    };
    bencher.bench(|| {
        Reader::open(black_box(Arc::clone(&bytes)), Limits::default()).map(|r| r.page_count())
    });
}

#[divan::bench(args = BOOKS)]
fn structure(bencher: Bencher, book: &str) {
    let Some(bytes) = bytes(book) else { return };
    bencher.bench(|| skeleton(black_box(&bytes), &Limits::default()));
}

/// Everything but the search for codes.
#[divan::bench(args = BOOKS)]
fn walk(bencher: Bencher, book: &str) {
    if bytes(book).is_some() {
        bencher.bench(|| measured(black_box(book), Wanted::default()));
    }
}

/// The walk and the search for codes: what it has over `walk` is the price of codes.
#[divan::bench(args = BOOKS)]
fn walk_and_codes(bencher: Bencher, book: &str) {
    if bytes(book).is_some() {
        bencher.bench(|| measured(black_box(book), Wanted::everything()));
    }
}

fn run<'a>(document: &Arc<Document>, known: &'a [Profile]) -> Run<'a> {
    let job = Job::default();
    let book = Book {
        interior: Some(Arc::clone(document)),
        cover: None,
    };
    let concluded = resolve::conclude_book(&job, &book, known, known);
    let judged = known
        .iter()
        .map(|profile| {
            let plan = check::Plan::new(profile, &check::Selection::default()).unwrap();
            let resolved = resolve::ResolvedJob::new(profile, &job, &book, &concluded);
            let checks = plan.run(&resolved, &book, known, std::slice::from_ref(&resolved));
            Judged {
                resolved,
                book: book.clone(),
                checks,
            }
        })
        .collect();
    Run {
        job,
        concluded,
        judged,
    }
}

/// All rules for all products.
#[divan::bench(args = BOOKS)]
fn rules(bencher: Bencher, book: &str) {
    let Some(document) = measured(book, Wanted::everything()).map(Arc::new) else {
        return;
    };
    let known = built_in().unwrap();
    bencher.bench(|| run(black_box(&document), &known).judged.len());
}

#[divan::bench(args = BOOKS)]
fn report_json(bencher: Bencher, book: &str) {
    let Some(document) = measured(book, Wanted::everything()).map(Arc::new) else {
        return;
    };
    let known = built_in().unwrap();
    let run = run(&document, &known);
    bencher.bench(|| report::json(&report::report(black_box(&run), &known), true));
}

#[divan::bench(args = BOOKS)]
fn report_text(bencher: Bencher, book: &str) {
    let Some(document) = measured(book, Wanted::everything()).map(Arc::new) else {
        return;
    };
    let known = built_in().unwrap();
    let run = run(&document, &known);
    bencher.bench(|| {
        report::text(
            &report::report(black_box(&run), &known),
            &known,
            Style::default(),
        )
    });
}

#[divan::bench(args = BOOKS)]
fn facts_json(bencher: Bencher, book: &str) {
    let Some(document) = measured(book, Wanted::everything()) else {
        return;
    };
    bencher.bench(|| report::facts_json(black_box(&document), &Default::default()));
}
