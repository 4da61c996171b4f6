//! `presscheck codes`: the codes of files, with pictures of them; distances from folds and gutter where the job tells them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Exit;
use super::bounds::Allowed;
use super::files::{exit, measure};
use super::flags::{AnswerFormat, Destination};
use super::ordered::Ordered;
use super::out;
use super::picture_names::Names;
use crate::answers::Taken;
use crate::error::Error;
use crate::facts::Document;
use crate::measure::{self, Wanted};
use crate::output;
use crate::pipeline::Options;
use crate::report::{self, Setting};
use crate::visible::visible;

const EXAMPLES: &str = "\
Examples:
  presscheck codes poster.pdf
      what every code says, how large it is printed, how far it is from the edges
  presscheck codes cover.pdf --for kdp --trim 6x9 --pages 240 --paper cream
      the cover's folds are measured from, too
  presscheck codes interior.pdf --trim 6x9
      pages of a book: how far codes are from the gutter
  presscheck codes cards.pdf --trim us-card --png pictures
      cards (us-card, eu-card, id-1, jp-card, au-card), and a picture of each code
  presscheck codes *.pdf --format jsonl | jq -r '.codes[] | [.text, .side_mm] | @tsv'
      many files, a line each

Exit codes: 0 all was searched, whether anything was found or not, 2 the run could not start
(bad flag, missing file), 3 a file could not be read, or a page of it not searched.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Codes {
    /// The PDFs
    #[arg(required_unless_present = "schema")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    ordered: Ordered,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    format: AnswerFormat,
    /// Write a picture of each code into this folder, for the human eye
    #[arg(long, value_name = "DIR", help_heading = "Writing")]
    png: Option<PathBuf>,
    #[command(flatten)]
    allowed: Allowed,
    #[command(flatten)]
    to: Destination,
    /// Print the JSON Schema of the answer and stop
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

pub(super) fn run(args: &Codes, quiet: bool) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::codes_schema())?;
        return Ok(Exit::Clean);
    }
    let inputs = || args.files.iter().map(PathBuf::as_path);
    args.to.allow(inputs().chain(args.ordered.files()))?;
    args.to.as_report(true)?;
    let (job, known) = args.ordered.read()?;
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let mut names = Names::default();
    let mut measured = Vec::new();
    let mut pictures = Vec::new();
    let options = args.allowed.options();
    for file in &args.files {
        let document = measure(file, wanted.clone(), &options, quiet)?;
        let document = Arc::new(document);
        let taken = Taken::of(&document, &job, &known)?;
        if let Some(folder) = &args.png {
            pictures.extend(draw(file, &document, folder, &mut names, &options)?);
        }
        measured.push((document, taken));
    }
    if let Some(folder) = &args.png {
        let inputs = args.files.iter().map(PathBuf::as_path);
        let inputs = inputs.chain(args.ordered.files());
        out::keep(folder, &pictures, (args.to.file(), &args.to.force), inputs)?;
    }
    let answers: Vec<(&Document, Setting<'_>)> = measured
        .iter()
        .map(|(document, taken)| (&**document, taken.setting()))
        .collect();
    let file = args.to.file();
    match args.format {
        AnswerFormat::Text => {
            let mut style = out::style(args.to.file());
            style.unit = job.unit();
            let mut text = String::new();
            for (document, setting) in &answers {
                let found = report::codes_text(document, *setting, style);
                // Where nothing was found the file is named already.
                let name = visible(&document.name);
                if answers.len() > 1 && !found.starts_with(&*name) {
                    text += &format!("{name}\n");
                }
                text += &found;
                if answers.len() > 1 {
                    text.push('\n');
                }
            }
            for (path, _) in &pictures {
                text += &format!("picture: {}\n", visible(&path.display().to_string()));
            }
            out::text(file, &text)?;
        }
        AnswerFormat::Json => out::write(file, &report::codes_json(&answers))?,
        AnswerFormat::Jsonl => out::write(file, &report::codes_lines(&answers))?,
    }
    let all_searched = measured
        .iter()
        .all(|(document, _)| exit(document) == Exit::Clean);
    Ok(if all_searched {
        Exit::Clean
    } else {
        Exit::Unchecked
    })
}

/// A picture of every code, each with its path: `FILE-page-N-code-M.png`.
fn draw(
    file: &Path,
    document: &Document,
    folder: &Path,
    names: &mut Names,
    options: &Options,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let begin = names.begin(file);
    if document.codes.is_empty() {
        return Ok(Vec::new());
    }
    let views = measure::code_views(document);
    let pictures = options.draw(file, views)?;
    let named = document.codes.iter().zip(1..).zip(pictures);
    Ok(named
        .filter_map(|((code, number), png)| {
            let name = format!("{begin}-page-{}-code-{number}.png", code.page);
            Some((folder.join(name), output::seal_png(&png?.data)))
        })
        .collect())
}
