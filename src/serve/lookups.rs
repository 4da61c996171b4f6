//! Answers that need no file: covers, spines, products, rules; and whether the server is well.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{QueryRejection, StringRejection};
use axum::extract::{Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::app::App;
use super::files::saved_as;
use super::job;
use super::problem::Problem;
use crate::answers::{self, Covers};
use crate::model::job::{Ink, Job, Paper, WantedBinding};
use crate::pipeline;
use crate::profile::Profile;
use crate::report;

/// How the server is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    /// `ok`.
    status: &'static str,
    /// The version of the program.
    version: &'static str,
    /// Checks that run.
    running: usize,
    /// Checks that are uploaded or wait.
    waiting: usize,
}

pub(super) async fn health(Shared(app): Shared<Arc<App>>) -> Json<Health> {
    let (running, waiting) = app.load();
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        running,
        waiting,
    })
}

/// The stock that spines are asked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SpineWanted {
    /// The page count.
    #[schemars(range(min = 1, max = 10_000))]
    pages: u32,
    /// Platforms or products, separated by commas; all by default.
    #[serde(default, rename = "for")]
    platforms: Option<String>,
    /// The binding.
    #[serde(default)]
    binding: Option<WantedBinding>,
    /// The ink.
    #[serde(default)]
    ink: Option<Ink>,
    /// The paper.
    #[serde(default)]
    paper: Option<Paper>,
    /// Its weight in pounds, where a platform has several.
    #[serde(default)]
    #[schemars(range(max = 1000))]
    weight: Option<u32>,
}

/// Spines side by side, as `presscheck spine` answers.
pub(super) async fn spine(
    Shared(app): Shared<Arc<App>>,
    wanted: Result<Query<SpineWanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    let names = wanted.platforms.as_deref().unwrap_or_default().split(',');
    let job = Job {
        pages: Some(wanted.pages),
        platforms: names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        binding: wanted.binding,
        ink: wanted.ink,
        paper: wanted.paper,
        weight: wanted.weight,
        ..Job::default()
    };
    job.verify()?;
    Ok(json(report::spines_json(
        &answers::spines(&job, &app.profiles)?,
        true,
    )))
}

/// Covers of a job, as `presscheck cover` answers: JSON, or a template of one product as SVG or PDF by what `Accept` says.
pub(super) async fn cover(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    text: Result<String, StringRejection>,
) -> Result<Response, Problem> {
    let help = "send a job as JSON: for, trim, pages, paper and the other members of a book.toml";
    let media_type = headers.get(header::CONTENT_TYPE);
    if !media_type.is_some_and(|told| told.as_bytes().starts_with(b"application/json")) {
        let detail = "the request is not of type application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).help(help));
    }
    let text = text
        .map_err(|rejection| Problem::new(rejection.status(), &rejection.body_text()).help(help))?;
    let job = job::read(&text)?;
    job.verify()?;
    let covers = Covers::of(&job, &app.profiles)?;
    let accept = headers.get(header::ACCEPT).and_then(|a| a.to_str().ok());
    let wants = |media_type: &str| accept.is_some_and(|accept| accept.contains(media_type));
    let template = |media_type: &'static str, name: &str, bytes: Vec<u8>| {
        let media_type = (header::CONTENT_TYPE, media_type.to_owned());
        ([media_type, saved_as(name)], bytes).into_response()
    };
    let mut response = if wants("image/svg+xml") {
        template("image/svg+xml", "cover-template.svg", covers.svg()?.into())
    } else if wants("application/pdf") {
        template("application/pdf", "cover-template.pdf", covers.pdf()?)
    } else {
        json(report::covers_json(covers.answers(), covers.shared()))
    };
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

/// Which products are listed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfilesWanted {
    /// A product or platform; all by default.
    #[serde(default)]
    id: Option<String>,
}

/// Products with their figures, as `presscheck profiles` answers.
pub(super) async fn profiles(
    Shared(app): Shared<Arc<App>>,
    wanted: Result<Query<ProfilesWanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    let id = wanted.id.as_deref().map(pipeline::canonical);
    let is_asked = |p: &&Profile| {
        id.as_ref()
            .is_none_or(|id| p.id == *id || p.platform == *id)
    };
    let asked: Vec<&Profile> = app.profiles.iter().filter(is_asked).collect();
    if asked.is_empty() {
        let id = id.unwrap_or_default();
        let detail = format!("there is no product \"{id}\"");
        return Err(Problem::new(StatusCode::NOT_FOUND, &detail)
            .help("/api/v1/profiles without id lists them"));
    }
    Ok(json(report::profiles_json(&asked)))
}

/// The rules, as `presscheck rules` answers.
pub(super) async fn rules(Shared(app): Shared<Arc<App>>) -> Response {
    json(report::rules_json(&app.profiles))
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
