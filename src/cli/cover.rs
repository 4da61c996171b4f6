//! `presscheck cover`: cover geometry and templates; and backwards, what a cover of a size was made for.

use clap::ValueEnum;

use super::Exit;
use super::flags::Destination;
use super::ordered::Ordered;
use super::out;
use crate::answers::Covers;
use crate::error::Error;
use crate::job::{Job, Trim};
use crate::profile::Profile;
use crate::{output, pipeline, report};

const EXAMPLES: &str = "\
Examples:
  presscheck cover --for kdp --trim 6x9 --pages 240 --paper cream
      size, spine, panels, safe areas and the bar code's box
  presscheck cover --for kdp,ingramspark --trim 6x9 --pages 240 --paper cream
      two covers, and what one artwork for both has to respect
  presscheck cover --for ingramspark/jacketed --trim 6x9 --pages 240 --format svg -o jacket.svg
      a template at full size, one layer a kind of guide
  presscheck cover --for blurb --trim 6x9 --pages 240 --spine 0.61in
      where only the platform's own calculator knows the spine
  presscheck cover --fits 12.85x9.25
      backwards: every platform, binding, stock and page count a cover of this size fits";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Cover {
    #[command(flatten)]
    ordered: Ordered,
    /// Backwards: what a cover of this size fits (with --trim for one trim only)
    #[arg(long, value_name = "WxH", value_parser = |s: &str| s.parse::<Trim>())]
    fits: Option<Trim>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    format: CoverFormat,
    #[command(flatten)]
    to: Destination,
    /// Print the JSON Schema of the answer and stop
    #[arg(long, help_heading = "Writing")]
    schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CoverFormat {
    Text,
    Json,
    Svg,
    Pdf,
}

pub(super) fn run(args: &Cover) -> Result<Exit, Error> {
    if args.schema {
        out::write(None, &report::cover_schema())?;
        return Ok(Exit::Clean);
    }
    args.to.allow(args.ordered.files())?;
    let (job, known) = args.ordered.read()?;
    if let Some(size) = args.fits {
        return fits(args, size, &job, &known);
    }
    let covers = Covers::of(&job, &known)?;
    let file = args.to.file();
    match args.format {
        CoverFormat::Json => {
            out::write(
                file,
                &report::covers_json(covers.answers(), covers.shared()),
            )?;
        }
        CoverFormat::Text => {
            let text = report::covers_text(&covers.answers(), covers.shared().as_ref(), job.unit());
            out::text(file, &text)?;
        }
        CoverFormat::Svg => out::write(file, &output::seal_markup(&covers.svg()?))?,
        CoverFormat::Pdf => out::write_bytes(file, &output::seal_pdf(covers.pdf()?))?,
    }
    Ok(Exit::Clean)
}

fn fits(args: &Cover, size: Trim, job: &Job, known: &[Profile]) -> Result<Exit, Error> {
    // Only products named with --for; without it, every product known.
    let asked: Vec<Profile> = if job.platforms.is_empty() {
        known.to_vec()
    } else {
        let named = |p: &&Profile| job.platforms.iter().any(|n| *n == p.id || *n == p.platform);
        let named: Vec<Profile> = known.iter().filter(named).cloned().collect();
        if named.is_empty() {
            pipeline::products(job, known)?;
        }
        named
    };
    let answer = report::fits_answer(&asked, size.size, job.trim.map(|t| t.size));
    let file = args.to.file();
    match args.format {
        CoverFormat::Text => out::text(file, &report::fits_text(&answer, known, size.unit))?,
        CoverFormat::Json => out::write(file, &report::fits_json(&answer))?,
        CoverFormat::Svg | CoverFormat::Pdf => {
            return Err(Error::Job("--fits answers in text or json".to_owned()));
        }
    }
    Ok(Exit::Clean)
}
