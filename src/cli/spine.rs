//! `presscheck spine`: spine widths, every platform and stock side by side.

use presscheck::error::Error;
use presscheck::profile::Stock;
use presscheck::{pipeline, report};

use super::Exit;
use super::flags::{Destination, Format};
use super::ordered::Ordered;
use super::out;

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
    format: Format,
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
    let (job, known) = args.ordered.read()?;
    let pages = job.pages.ok_or_else(no_pages)?;
    // Asked for nothing in particular, every product answers, guests as well.
    let products = if job.platforms.is_empty() {
        let fits = |b| job.binding.is_none_or(|wanted| wanted.takes(b));
        known.iter().filter(|p| fits(p.binding)).collect()
    } else {
        pipeline::products(&job, &known)?
    };
    let wanted = |stock: &Stock| stock.agrees(&job);
    let spines = report::spines(pages, &products, &wanted);
    if spines.rows.is_empty() {
        let why = "no product asked for has such a stock; leave out --ink, --paper or --weight";
        return Err(Error::Job(why.to_owned()));
    }
    let file = args.to.file();
    match args.format {
        Format::Text => out::text(file, &report::spines_text(&spines, &known, job.unit()))?,
        Format::Json | Format::Jsonl => {
            let pretty = args.format == Format::Json;
            out::write(file, &report::spines_json(&spines, pretty))?;
        }
    }
    Ok(Exit::Clean)
}

pub(super) fn no_pages() -> Error {
    Error::Job("the page count decides the spine: tell it with --pages".to_owned())
}
