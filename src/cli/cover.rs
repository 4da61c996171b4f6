//! `presscheck cover`: cover geometry and templates; and backwards, what a cover of a size was made for.

use clap::ValueEnum;
use presscheck::error::Error;
use presscheck::job::{Job, Trim};
use presscheck::profile::Profile;
use presscheck::resolve::ResolvedJob;
use presscheck::{output, pdf, pipeline, report};

use super::Exit;
use super::flags::Destination;
use super::ordered::Ordered;
use super::out;
use super::spine::no_pages;

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
    job.pages.ok_or_else(no_pages)?;
    if job.trim.is_none() {
        return Err(Error::Job(
            "tell the finished size with --trim, as in --trim 6x9".to_owned(),
        ));
    }
    let resolved_jobs = pipeline::resolve_jobs(&job, &known)?;
    for resolved in &resolved_jobs {
        possible(resolved)?;
    }
    let answers: Vec<_> = resolved_jobs
        .iter()
        .filter_map(report::cover_answer)
        .collect();
    match args.format {
        CoverFormat::Text | CoverFormat::Json => {
            let shared = report::shared(&resolved_jobs);
            let covers: Vec<_> = answers.into_iter().map(|(answer, _)| answer).collect();
            if args.format == CoverFormat::Json {
                out::write(args.to.file(), &report::covers_json(covers, shared))?;
            } else {
                let text = report::covers_text(&covers, shared.as_ref(), job.unit());
                out::text(args.to.file(), &text)?;
            }
        }
        CoverFormat::Svg | CoverFormat::Pdf => {
            let ([resolved], [(_, cover)]) = (resolved_jobs.as_slice(), answers.as_slice()) else {
                let why = "a template is for one product: name it, as in --for kdp/paperback";
                return Err(Error::Job(why.to_owned()));
            };
            let guides = report::guides(resolved, cover);
            if args.format == CoverFormat::Svg {
                out::write(args.to.file(), &output::seal_markup(&report::svg(&guides)))?;
            } else {
                let bytes = output::seal_pdf(pdf::template(&guides)?);
                out::write_bytes(args.to.file(), &bytes)?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// Fails where a product's cover cannot be computed, with the reason.
pub(super) fn possible(resolved: &ResolvedJob<'_>) -> Result<(), Error> {
    let profile = resolved.profile;
    if profile.cover.is_none() {
        return Err(Error::Job(format!(
            "how {} composes its covers is not known; use the platform's own template",
            profile.title
        )));
    }
    let Some(stock) = resolved.stock else {
        let stocks: Vec<&str> = profile.stocks.iter().map(|s| s.title.as_str()).collect();
        return Err(Error::Job(format!(
            "{} has no such stock; it has {}",
            profile.title,
            stocks.join(", ")
        )));
    };
    if resolved.spine().is_none() {
        return Err(Error::Job(format!(
            "how wide the spine of {} in {} is, only the printer's own calculator knows; tell its answer with --spine, as in \
             --spine 0.5in",
            profile.title, stock.title
        )));
    }
    Ok(())
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
