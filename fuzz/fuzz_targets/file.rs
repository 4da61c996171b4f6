//! Bytes as a file: measured, judged by every product, and reported.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use presscheck::check::{Plan, Selection};
use presscheck::facts::Book;
use presscheck::job::Job;
use presscheck::resolve::{self, ResolvedJob};
use presscheck::profile::{self, Profile};
use presscheck_fuzz::measured;

static KNOWN: LazyLock<Vec<Profile>> =
    LazyLock::new(|| profile::built_in().expect("what ships is sound"));

fuzz_target!(|bytes: &[u8]| {
    let document = measured(bytes.to_vec());
    let book = Book {
        interior: Some(document.into()),
        cover: None,
    };
    let job = Job::default();
    let concluded = resolve::conclude_book(&job, &book, KNOWN.iter(), &KNOWN);
    for product in KNOWN.iter().filter(|p| !p.is_twin()) {
        let resolved = ResolvedJob::new(product, &job, &book, &concluded);
        let plan = Plan::new(product, &Selection::default()).expect("what ships binds");
        plan.run(&resolved, &book, &KNOWN, std::slice::from_ref(&resolved));
    }
});
