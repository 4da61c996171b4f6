//! `presscheck facts`: one file, without a job; and how a single file is measured.

use std::path::Path;

use presscheck::error::Error;
use presscheck::extract::{self, Wanted};
use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::report;
use presscheck::worker::Workers;

use super::Exit;
use super::args::OneFile;
use super::out;
use super::progress::Bar;

pub(super) fn facts(args: &OneFile, quiet: bool) -> Result<Exit, Error> {
    args.to.allow([args.file.as_path()])?;
    let workers = args.allowed.workers();
    let document = measure(&args.file, Wanted::everything(), workers.as_deref(), quiet)?;
    out::write(args.to.file(), &report::facts_json(&document))?;
    Ok(exit(&document))
}

pub(super) fn measure(
    path: &Path,
    wanted: Wanted,
    workers: Option<&Workers>,
    quiet: bool,
) -> Result<Document, Error> {
    let bar = Bar::new(quiet);
    let limits = Limits::default();
    let told = |done: usize, all: usize| bar.tell(path, done, all);
    let document = match workers {
        Some(workers) => workers.measure(path, &limits, wanted, &told)?,
        None => extract::file(path, &limits, wanted, &told)?,
    };
    bar.finish();
    Ok(document)
}

pub(super) fn exit(document: &Document) -> Exit {
    if document.unreadable.is_some() || !document.gaps.is_empty() {
        Exit::Unchecked
    } else {
        Exit::Clean
    }
}
