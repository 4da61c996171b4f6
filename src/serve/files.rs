//! Copies of files with comments, and pictures of their pages.

use std::path::Path as FilePath;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Deserialize;

use super::app::App;
use super::problem::Problem;
use crate::measure::{Area, Encoding, View};
use crate::model::error::Error;
use crate::report::{self, FileReport, Report};

/// The longest side of a page's picture, in pixels, unless another is asked for.
const LONGEST: u32 = 1600;

/// The file of a report that an address names: `interior`, `cover`, or `cover-kdp` for one platform's own.
fn file<'r>(report: &'r Report, asked: &str) -> Result<&'r FileReport, Problem> {
    let (role, platform) = match asked.split_once('-') {
        Some((role, platform)) => (role, Some(platform)),
        None => (asked, None),
    };
    let is_for = |file: &&FileReport| {
        file.role.word() == role
            && platform.is_none_or(|platform| {
                let mut platforms = file.products.iter().map(|p| p.split('/').next());
                platforms.any(|p| p == Some(platform))
            })
    };
    report.files.iter().find(is_for).ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            &format!("this check has no file \"{asked}\""),
        )
        .help("files are named interior, cover, and cover-PLATFORM where a platform has its own")
    })
}

/// A copy of a file with a comment on every place of a finding.
pub(super) async fn proof(
    Shared(app): Shared<Arc<App>>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let finished = app.checks.finished(&id)?;
    let asked = name.strip_suffix(".annotated.pdf").ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            &format!("there is no file \"{name}\""),
        )
        .help("copies with comments are named interior.annotated.pdf and cover.annotated.pdf")
    })?;
    let file = file(&finished.report, asked)?.clone();
    if !file.readable {
        let why = file.why.as_deref().unwrap_or("it cannot be read");
        let detail = format!("no copy of {} is made: {why}", file.name);
        return Err(Problem::unprocessable(&detail));
    }
    let its_app = Arc::clone(&app);
    let its = Arc::clone(&finished);
    let copy = app.draw_for(&finished.options, move |options| {
        let comments = report::comments(&its.report, &its_app.profiles, &file.name);
        options.annotate(FilePath::new(&file.name), comments)
    });
    let copy = copy
        .await?
        .map_err(|e| cannot("no comments can be put on a copy", e))?;
    let media_type = (header::CONTENT_TYPE, "application/pdf".to_owned());
    let headers = [media_type, saved_as(&format!("{asked}.annotated.pdf"))];
    Ok((headers, copy).into_response())
}

/// That something cannot be done with a file, which has a name of this machine's here that tells a client nothing.
fn cannot(what: &str, why: Error) -> Problem {
    let why = match why {
        Error::Read { why, .. } => why,
        other => other.to_string(),
    };
    Problem::unprocessable(&format!("{what}: {why}"))
}

/// Which page is drawn, and how large.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PictureWanted {
    /// `interior`, `cover`, or `cover-PLATFORM` where a platform has its own; the interior by default.
    #[serde(default)]
    file: Option<String>,
    /// The longest side in pixels; 1600 by default.
    #[serde(default)]
    #[schemars(range(min = 16, max = 6000))]
    longest: Option<u32>,
}

/// A picture of a page.
pub(super) async fn page(
    Shared(app): Shared<Arc<App>>,
    Path((id, name)): Path<(String, String)>,
    wanted: Result<Query<PictureWanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    let longest = wanted.longest.unwrap_or(LONGEST);
    if !(16..=6000).contains(&longest) {
        let detail = "the longest side is between 16 and 6000 pixels";
        return Err(Problem::unprocessable(detail));
    }
    let finished = app.checks.finished(&id)?;
    let file = file(
        &finished.report,
        wanted.file.as_deref().unwrap_or("interior"),
    )?
    .clone();
    let number = name
        .strip_suffix(".png")
        .filter(|number| !number.starts_with(['+', '0']))
        .and_then(|number| number.parse::<u32>().ok());
    let is_there = |number: &u32| (1..=file.pages).contains(number);
    let number = number.filter(is_there).ok_or_else(|| {
        let detail = format!("{} has no page \"{name}\"", file.name);
        let help = format!("its pages are 1.png to {}.png", file.pages);
        Problem::new(StatusCode::NOT_FOUND, &detail).help(&help)
    })?;
    let view = View {
        page: number,
        area: Area::Page,
        scale: f64::from(longest),
        longest: f64::from(longest),
        grey: false,
        encoding: Encoding::Png,
    };
    let drawn = app.draw_for(&finished.options, move |options| {
        options.draw(FilePath::new(&file.name), vec![view])
    });
    let mut drawn = drawn
        .await?
        .map_err(|e| cannot("the page cannot be drawn", e))?;
    let drawn = drawn
        .pop()
        .flatten()
        .ok_or_else(|| Problem::unprocessable("the page cannot be drawn"))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], drawn.data).into_response())
}

/// The header that says which name a file is saved under.
pub(super) fn saved_as(name: &str) -> (HeaderName, String) {
    (
        header::CONTENT_DISPOSITION,
        format!("attachment; filename=\"{name}\""),
    )
}
