//! `presscheck init`: a `book.toml` from what the files show.

use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::Allowed;
use super::flags::Force;
use super::out;
use super::progress::Bar;
use crate::error::Error;
use crate::job::Job;
use crate::pipeline::{self, Options};
use crate::profile;
use crate::report::{self, book_toml};

const EXAMPLES: &str = "\
Examples:
  presscheck init interior.pdf cover.pdf
      writes book.toml, with every answer that the files give and the others to be filled in
  presscheck init interior.pdf --output - | less
      shows what would be written";

/// The flags of `presscheck init`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Init {
    /// The files of the book; which is the cover is found out from their pages
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Platforms or products to check for, separated by commas; all by default
    #[arg(long = "for", value_name = "P,P", value_delimiter = ',')]
    platforms: Vec<String>,
    /// The file to write; - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "book.toml")]
    output: PathBuf,
    #[command(flatten)]
    force: Force,
    #[command(flatten)]
    allowed: Allowed,
}

pub(super) fn run(args: &Init, quiet: bool) -> Result<Exit, Error> {
    let file = Some(args.output.as_path()).filter(|path| *path != Path::new("-"));
    let inputs = args.files.iter().map(PathBuf::as_path);
    crate::output::allow(file, inputs, args.force.force)?;
    let known = profile::built_in()?;
    let job = Job {
        platforms: args.platforms.clone(),
        ..Job::default()
    };
    let options = Options {
        workers: args.allowed.workers(),
        // What it writes can be corrected, and doubts what is unlikely.
        takes_unlikely_roles: true,
        ..Options::default()
    };
    let bar = Bar::new(quiet);
    let run = pipeline::check(job, &args.files, &known, &options, &|path, done, all| {
        bar.tell(path, done, all)
    })?;
    bar.finish();
    let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
    let report = report::report(&run, &known);
    let text = book_toml(&run, &report, folder);
    match file {
        // The seal is a remark.
        Some(_) => out::text(file, &format!("{text}# "))?,
        None => out::write(None, &text)?,
    }
    if let Some(path) = file.filter(|_| !quiet) {
        out::complain(&format!(
            "wrote {}; take the # from the lines that are so, correct the others, and run: presscheck check {}",
            path.display(),
            path.display()
        ));
    }
    let unread: Vec<&str> = (report.files.iter())
        .filter(|f| !f.readable)
        .map(|f| f.name.as_str())
        .collect();
    if unread.is_empty() {
        return Ok(Exit::Clean);
    }
    out::complain(&format!(
        "not all could be read, and what is said of it is a guess: {}",
        unread.join(", ")
    ));
    Ok(Exit::Unchecked)
}
