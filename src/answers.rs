//! What commands answer, for every way of asking: the command line, the server and programs.

mod codes;
mod copies;

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::error::Error;
use crate::model::job::Job;
use crate::model::units::Unit;
use crate::pdf;
use crate::pictures;
use crate::pipeline::{self, Options};
use crate::profile::{Profile, Stock};
use crate::report::{self, CoverAnswer, Report, SpineReport, Style};
use crate::resolve::ResolvedJob;

pub use codes::Taken;
pub use copies::{Copies, copies};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
    /// The same on one line.
    Jsonl,
    /// One page to look at, with pictures.
    Html,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// JUnit XML, for CI servers.
    Junit,
    /// For issues, pull requests and mails.
    Markdown,
    /// Workflow commands of GitHub Actions.
    Github,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Html,
        Self::Sarif,
        Self::Junit,
        Self::Markdown,
        Self::Github,
    ];

    /// What the names of its files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text | Self::Github => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
            Self::Sarif => "sarif",
            Self::Junit => "xml",
            Self::Markdown => "md",
        }
    }

    /// Its media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text | Self::Github => "text/plain",
            Self::Json => "application/json",
            Self::Jsonl => "application/x-ndjson",
            Self::Html => "text/html",
            Self::Sarif => "application/sarif+json",
            Self::Junit => "application/xml",
            Self::Markdown => "text/markdown",
        }
    }

    /// What the name of a file asks for; text where it asks for nothing.
    pub fn of(file: Option<&Path>) -> Self {
        let end = file
            .and_then(Path::extension)
            .map(|e| e.to_ascii_lowercase());
        match end.as_ref().and_then(|e| e.to_str()) {
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::Jsonl,
            Some("html" | "htm") => Self::Html,
            Some("sarif") => Self::Sarif,
            Some("xml") => Self::Junit,
            Some("md" | "markdown") => Self::Markdown,
            _ => Self::Text,
        }
    }
}

/// A report in a format. `known` gives products their names, `options` the files that pictures are drawn from, and `unit`
/// comes first in lengths.
pub fn report(
    report: &Report,
    known: &[Profile],
    format: Format,
    options: &Options,
    unit: Unit,
) -> Result<String, Error> {
    Ok(match format {
        Format::Json => report::json(report, true),
        Format::Jsonl => report::json(report, false),
        Format::Sarif => report::sarif(report),
        Format::Junit => report::junit(report),
        Format::Markdown => report::markdown(report, known, unit),
        Format::Github => report::github(report),
        Format::Html => {
            let pictures = pictures::pictures(report, options);
            report::html(report, known, &pictures, unit)?
        }
        Format::Text => {
            let style = Style {
                unit,
                ..Style::default()
            };
            report::text(report, known, style)
        }
    })
}

/// The covers of a book that is told and not there yet.
pub struct Covers<'k> {
    resolved: Vec<ResolvedJob<'k>>,
}

impl<'k> Covers<'k> {
    /// Those of a job, of which the page count and the trim have to be known. A product whose cover cannot be computed is an
    /// error with the reason.
    pub fn of(job: &Job, known: &'k [Profile]) -> Result<Self, Error> {
        job.pages.ok_or_else(no_pages)?;
        if job.trim.is_none() {
            return Err(Error::Job(
                "tell the finished size with --trim, as in --trim 6x9".to_owned(),
            ));
        }
        let resolved = pipeline::resolve_jobs(job, known)?;
        resolved.iter().try_for_each(possible)?;
        Ok(Self { resolved })
    }

    /// One answer a product.
    pub fn answers(&self) -> Vec<CoverAnswer> {
        let answers = self.resolved.iter().filter_map(report::cover_answer);
        answers.map(|(answer, _)| answer).collect()
    }

    /// What one artwork for all of them has to respect.
    pub fn shared(&self) -> Option<report::Shared> {
        report::shared(&self.resolved)
    }

    /// The template of the one product asked for, as SVG.
    pub fn svg(&self) -> Result<String, Error> {
        Ok(report::svg(&self.guides()?))
    }

    /// The template of the one product asked for, as a PDF.
    pub fn pdf(&self) -> Result<Vec<u8>, Error> {
        pdf::template(&self.guides()?)
    }

    fn guides(&self) -> Result<crate::guides::Guides, Error> {
        let one = match self.resolved.as_slice() {
            [resolved] => report::cover_answer(resolved).map(|(_, cover)| (resolved, cover)),
            _ => None,
        };
        let (resolved, cover) = one.ok_or_else(|| {
            let why = "a template is for one product: name it, as in --for kdp/paperback";
            Error::Job(why.to_owned())
        })?;
        Ok(report::guides(resolved, &cover))
    }
}

/// Fails where a product's cover cannot be computed, with the reason.
pub fn possible(resolved: &ResolvedJob<'_>) -> Result<(), Error> {
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

/// The spines of a job, whose page count has to be known. Asked for nothing in particular, every product answers, guests as
/// well.
pub fn spines(job: &Job, known: &[Profile]) -> Result<SpineReport, Error> {
    let pages = job.pages.ok_or_else(no_pages)?;
    let products = if job.platforms.is_empty() {
        let fits = |b| job.binding.is_none_or(|wanted| wanted.takes(b));
        known.iter().filter(|p| fits(p.binding)).collect()
    } else {
        pipeline::products(job, known)?
    };
    let wanted = |stock: &Stock| stock.agrees(job);
    let spines = report::spines(pages, &products, &wanted);
    if spines.rows.is_empty() {
        let why = "no product asked for has such a stock; leave out --ink, --paper or --weight";
        return Err(Error::Job(why.to_owned()));
    }
    Ok(spines)
}

fn no_pages() -> Error {
    Error::Job("the page count decides the spine: tell it with --pages".to_owned())
}
