//! `presscheck facts`: one file, without a job; and how a single file is measured.

use std::path::Path;
use std::sync::Arc;

use presscheck::error::Error;
use presscheck::extract::{self, Wanted};
use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::report;

use super::Exit;
use super::args::OneFile;
use super::out;
use super::progress::Bar;

pub(super) fn facts(args: &OneFile, quiet: bool) -> Result<Exit, Error> {
    args.to.allow([args.file.as_path()])?;
    let (document, _) = measure(&args.file, Wanted::everything(), quiet)?;
    out::write(args.to.file(), &report::facts_json(&document))?;
    Ok(exit(&document))
}

pub(super) fn measure(
    path: &Path,
    wanted: Wanted,
    quiet: bool,
) -> Result<(Document, Arc<Vec<u8>>), Error> {
    let bar = Bar::new(quiet);
    let measured = extract::file_and_bytes(path, &Limits::default(), wanted, &|done, all| {
        bar.tell(path, done, all);
    })?;
    bar.finish();
    Ok(measured)
}

pub(super) fn exit(document: &Document) -> Exit {
    if document.unreadable.is_some() || !document.gaps.is_empty() {
        Exit::Unchecked
    } else {
        Exit::Clean
    }
}
