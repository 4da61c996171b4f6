//! Bytes as a file: measured, judged by every product, and reported.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use presscheck::check::{Plan, Selection};
use presscheck::extract::{self, Wanted};
use presscheck::facts::Book;
use presscheck::job::Job;
use presscheck::limits::Limits;
use presscheck::order::{self, Order};
use presscheck::profile::{self, Profile};

static KNOWN: LazyLock<Vec<Profile>> =
    LazyLock::new(|| profile::built_in().expect("what ships is sound"));

/// A panic within the fence around a page is told in the report, and asserted on below; only one outside it ends the run.
static FENCE: LazyLock<()> = LazyLock::new(presscheck::fault::keep_places);

fuzz_target!(|bytes: &[u8]| {
    LazyLock::force(&FENCE);
    let limits = Limits {
        operators: 200_000,
        file_operators: 200_000,
        ..Limits::default()
    };
    let wanted = Wanted::everything();
    let document = extract::document(
        "x.pdf".to_owned(),
        bytes.to_vec(),
        &limits,
        wanted,
        &|_, _| {},
    );
    let ours = document
        .gaps
        .iter()
        .find(|gap| gap.why.contains("fault of presscheck"));
    assert!(ours.is_none(), "{ours:?}");
    let book = Book {
        interior: Some(document.into()),
        cover: None,
    };
    let job = Job::default();
    let concluded = order::conclude_book(&job, &book, KNOWN.iter(), &KNOWN);
    for product in KNOWN.iter().filter(|p| !p.is_twin()) {
        let order = Order::new(product, &job, &book, &concluded);
        let plan = Plan::new(product, &Selection::default()).expect("what ships binds");
        plan.run(&order, &book, &KNOWN, std::slice::from_ref(&order));
    }
});
