//! `presscheck spine`: spine widths, every platform and stock side by side.

use super::Exit;
use super::flags::{AnswerFormat, Destination};
use super::ordered::Ordered;
use super::out;
use crate::error::Error;
use crate::{answers, report};

const EXAMPLES: &str = "\
Examples:
  presscheck spine --pages 300
      every platform and stock
  presscheck spine --pages 300 --paper cream --for kdp,ingramspark
  presscheck spine --pages 300 --binding hardcover --for kdp --format json";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Spine {
    #[command(flatten)]
    ordered: Ordered,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    format: AnswerFormat,
    #[command(flatten)]
    to: Destination,
    /// Print the JSON Schema of the answer and stop
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

pub(super) fn run(args: &Spine) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::spine_schema())?;
        return Ok(Exit::Clean);
    }
    args.to.allow(args.ordered.files())?;
    args.to.as_report(true)?;
    let (job, known) = args.ordered.read()?;
    let spines = answers::spines(&job, &known)?;
    let file = args.to.file();
    match args.format {
        AnswerFormat::Text => out::text(file, &report::spines_text(&spines, &known, job.unit()))?,
        AnswerFormat::Json | AnswerFormat::Jsonl => {
            let pretty = args.format == AnswerFormat::Json;
            out::write(file, &report::spines_json(&spines, pretty))?;
        }
    }
    Ok(Exit::Clean)
}
