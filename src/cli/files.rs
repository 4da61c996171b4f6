//! `presscheck facts` and `presscheck codes`: one file, without a job.

use presscheck::error::Error;
use presscheck::extract::{self, Wanted};
use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::report;

use super::Exit;
use super::args::{Codes, Format, OneFile};
use super::out;
use super::progress::Bar;

pub(super) fn facts(args: &OneFile, quiet: bool) -> Result<Exit, Error> {
    let document = measure(&args.file, quiet)?;
    out::write(args.output.as_deref(), &report::facts_json(&document))?;
    Ok(exit(&document))
}

pub(super) fn codes(args: &Codes, quiet: bool) -> Result<Exit, Error> {
    let document = measure(&args.file, quiet)?;
    let text = match args.format {
        Format::Text => report::codes_text(&document, out::style(args.output.as_deref())),
        Format::Json | Format::Jsonl => report::codes_json(&document),
    };
    out::write(args.output.as_deref(), &text)?;
    Ok(exit(&document))
}

fn measure(path: &std::path::Path, quiet: bool) -> Result<Document, Error> {
    let bar = Bar::new(quiet);
    let document = extract::file(
        path,
        &Limits::default(),
        Wanted { codes: true },
        &|done, all| {
            bar.tell(path, done, all);
        },
    )?;
    bar.finish();
    Ok(document)
}

fn exit(document: &Document) -> Exit {
    if document.unreadable.is_some() || !document.gaps.is_empty() {
        Exit::Unchecked
    } else {
        Exit::Clean
    }
}
