//! What targets that make files have in common.

use std::sync::LazyLock;

use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};

/// A panic within the fence around a page is told in the report, and asserted on below; only one outside it ends the run.
static FENCE: LazyLock<()> = LazyLock::new(presscheck::fault::keep_places);

/// Measures a file, and fails if that met a fault of ours.
pub fn measured(bytes: Vec<u8>) -> Document {
    LazyLock::force(&FENCE);
    let limits = Limits {
        operators: 200_000,
        file_operators: 200_000,
        ..Limits::default()
    };
    let wanted = Wanted::everything();
    let document = measure::document("x.pdf".to_owned(), bytes, &limits, wanted, &|_, _| {});
    let mut gaps = document.gaps.iter();
    let ours = gaps.find(|gap| gap.why.contains("fault of presscheck"));
    assert!(ours.is_none(), "{ours:?}");
    document
}
