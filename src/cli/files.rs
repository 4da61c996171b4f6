//! `presscheck facts`: one file, without a job; and how a single file is measured.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::Allowed;
use super::flags::{Destination, PressFlag};
use super::out;
use super::progress::Bar;
use crate::error::Error;
use crate::facts::Document;
use crate::measure::{Listener, Wanted};
use crate::pipeline::Options;
use crate::report::{self, FactsAsked};

const EXAMPLES: &str = "\
Examples:
  presscheck facts book.pdf -o facts.json
      all of it, some kilobytes a page
  presscheck facts book.pdf --pages 1-10,47 --select text,images
      what stands on some pages
  presscheck facts book.pdf --select fonts | jq .fonts
      which fonts it has";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Facts {
    /// The PDF
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Only these pages: 1-10,47
    #[arg(long, value_name = "N-N,N", value_delimiter = ',', value_parser = pages, help_heading = "Choosing")]
    pages: Vec<RangeInclusive<u32>>,
    /// Only these members of the file and its pages: text, images, art, boxes, fonts, codes ...
    #[arg(
        long,
        value_name = "NAME,NAME",
        value_delimiter = ',',
        help_heading = "Choosing"
    )]
    select: Vec<String>,
    #[command(flatten)]
    press: PressFlag,
    #[command(flatten)]
    allowed: Allowed,
    #[command(flatten)]
    to: Destination,
    /// Print the JSON Schema of the answer and stop
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

/// One page or a stretch of pages.
fn pages(text: &str) -> Result<RangeInclusive<u32>, String> {
    let wrong = || format!("\"{text}\" is no page and no stretch of pages, as in 1-10,47");
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let [first, last] = [first, last].map(|n| n.trim().parse::<u32>().ok().filter(|n| *n > 0));
    match (first, last) {
        (Some(first), Some(last)) if first <= last => Ok(first..=last),
        _ => Err(wrong()),
    }
}

pub(super) fn facts(args: &Facts, quiet: bool) -> Result<Exit, Error> {
    let (Some(file), false) = (&args.file, args.schema) else {
        out::write(None, &report::facts_schema())?;
        return Ok(Exit::Clean);
    };
    args.to.allow([file.as_path()])?;
    args.to.as_report(false)?;
    let options = Options {
        press: args.press.press()?,
        ..args.allowed.options()
    };
    let document = measure(file, Wanted::everything(), &options, quiet)?;
    let asked = FactsAsked {
        pages: args.pages.clone(),
        members: args.select.clone(),
    };
    let json = report::facts_json(&document, &asked).map_err(Error::Job)?;
    out::write(args.to.file(), &json)?;
    Ok(exit(&document))
}

/// The facts of a file, with progress.
pub(super) fn measure(
    path: &Path,
    wanted: Wanted,
    options: &Options,
    quiet: bool,
) -> Result<Document, Error> {
    let bar = Bar::new(quiet);
    let told = |done: usize, all: usize| bar.tell(path, done, all);
    let document = options.measure(path, wanted, Listener::patient(&told))?;
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
