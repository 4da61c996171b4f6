//! A check from its request to its end.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::Query;
use axum::extract::State as Shared;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use super::app::App;
use super::checks::{Check, Finished, Progress, State};
use super::form::Form;
use super::problem::Problem;
use super::reports::{self, Wanted};
use super::uploads::{self, Files, Request, too_large};
use crate::model::error::Error;
use crate::model::job::Job;
use crate::pipeline::{self, Options};
use crate::report;

/// Bytes of a form besides its files.
pub(super) const FORM_BYTES: u64 = 1 << 20;
/// Places of each finding that are kept for proofs and pages: files can be made that have millions.
const KEPT_PLACES: usize = 2000;
/// The longest wait that a client may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// A check that was begun.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Begun {
    /// Names it in addresses.
    id: String,
    /// Where its events are.
    events: String,
    /// Where its report will be.
    report: String,
}

/// Begins a check. With `Prefer: wait=SECONDS` the answer is the report if it is there within that time.
pub(super) async fn begin(
    Shared(app): Shared<Arc<App>>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
    form: Result<Form, MultipartRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    // Nobody shall wait for a report that is then not written.
    reports::format(wanted.format, &headers)?;
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > app.capacity.upload_bytes + FORM_BYTES) {
        return Err(too_large(&app.capacity));
    }
    let form = form.map_err(|rejection| {
        Problem::new(rejection.status(), &rejection.body_text())
            .help("send a form of type multipart/form-data with parts interior, cover, cover[PLATFORM], file and job")
    })?;
    let permit = app.admit()?;
    let request = uploads::read(form, app.folder()?, &app.capacity).await?;
    let earlier = match &request.from {
        None => None,
        Some(id) => Some(app.checks.find(id)?),
    };
    let before = earlier.as_ref().map(|check| settled(check));
    if before.is_none() && request.files.is_empty() {
        let problem = Problem::unprocessable("there is nothing to check");
        return Err(problem.help("send an interior, a cover or both as parts of the form"));
    }
    // What is wrong with the job is said before anything is measured.
    let mut job = request.job.clone();
    request.files.tell(&mut job);
    pipeline::products(&job, &app.profiles)?;
    pipeline::verify_editions(&job, &app.profiles)?;
    let files = match &before {
        Some(before) if request.files.is_one_loose() => before.clone(),
        Some(before) => before.replaced_by(request.files.clone()),
        None => request.files.clone(),
    };
    let check = app.checks.add(Arc::new(files))?;
    tracing::info!(id = check.id, bytes = check.files.bytes(), "check begun");
    let task = run(
        Arc::clone(&app),
        Arc::clone(&check),
        request,
        before,
        permit,
    );
    tokio::spawn(task);
    let address = format!("/api/v1/checks/{}", check.id);
    let begun = Begun {
        id: check.id.clone(),
        events: format!("{address}/events"),
        report: address.clone(),
    };
    let location = HeaderValue::from_str(&address).ok();
    if let Some(patience) = wait(&headers)
        && ended_within(&check, patience).await
    {
        let answer = reports::respond(&app, &check, wanted.format, &headers).await;
        let mut response = answer.unwrap_or_else(IntoResponse::into_response);
        let applied = HeaderValue::from_static("wait");
        let name = HeaderName::from_static("preference-applied");
        response.headers_mut().insert(name, applied);
        if let Some(location) = location {
            let name = header::CONTENT_LOCATION;
            response.headers_mut().insert(name, location);
        }
        return Ok(response);
    }
    let mut response = (StatusCode::ACCEPTED, Json(begun)).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The files of a check, with their parts as far as they were found out.
fn settled(check: &Check) -> Files {
    match check.state() {
        State::Done(finished) => finished.files.clone(),
        _ => Files::clone(&check.files),
    }
}

/// How long a client prefers to wait for the report (RFC 7240).
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let preferences = headers.get_all("prefer").iter();
    let mut told = preferences
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split([',', ';']));
    let seconds = told.find_map(|one| {
        let (name, seconds) = one.split_once('=')?;
        let is_wait = name.trim().eq_ignore_ascii_case("wait");
        is_wait.then(|| seconds.trim().parse().ok())?
    })?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

async fn ended_within(check: &Check, patience: Duration) -> bool {
    let mut watch = check.watch();
    let ended = watch.wait_for(State::is_final);
    matches!(tokio::time::timeout(patience, ended).await, Ok(Ok(_)))
}

/// Waits for its turn, checks, and says how it ended.
async fn run(
    app: Arc<App>,
    check: Arc<Check>,
    request: Request,
    before: Option<Files>,
    permit: OwnedSemaphorePermit,
) {
    let started = std::time::Instant::now();
    let (its_app, its_check) = (Arc::clone(&app), Arc::clone(&check));
    let mut watch = check.watch();
    let ended = tokio::select! {
        ended = app.check(move || checked(&its_app, &its_check, request, before)) => ended,
        // Given up: its files and its place are free at once. What has begun ends by the flag that it looks at.
        _ = watch.wait_for(State::is_final) => return,
    };
    let state = match ended {
        Ok(Ok(finished)) => State::Done(Arc::new(finished)),
        Ok(Err(error)) => State::Failed(error.into()),
        Err(problem) => State::Failed(problem),
    };
    // What failed may name a file.
    let outcome = match &state {
        State::Failed(_) => "failed",
        _ => "reported",
    };
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(id = check.id, ms, outcome, "check ended");
    check.set(state);
    app.checks.lighten();
    drop(permit);
}

/// Checks on the thread that it is called on.
fn checked(
    app: &App,
    check: &Check,
    request: Request,
    before: Option<Files>,
) -> Result<Finished, Error> {
    let one = |files: &Files, mut job: Job| {
        let loose = files.tell(&mut job);
        let options = Options {
            limits: app.limits,
            workers: app.workers.clone(),
            sources: files.sources(),
            measured: Some(Arc::clone(&files.measured)),
            cancelled: Some(Arc::clone(&check.cancelled)),
            ..Options::default()
        };
        let told = |file: &Path, pages_done: usize, pages: usize| {
            check.tell(|| Progress {
                ahead: 0,
                file: Some(file.display().to_string()),
                pages_done,
                pages,
            });
        };
        let run = pipeline::check(job, &loose, &app.profiles, &options, &told)?;
        let files = files.settled(&run.job);
        let report = report::report_with_all_places(&run, &app.profiles)
            .with_places(KEPT_PLACES)
            .with_members_named();
        Ok((files, report, run.job.unit(), options))
    };
    let files = match before {
        // Which of the earlier files it replaces shows by itself.
        Some(before) if request.files.is_one_loose() => {
            let (settled, ..) = one(&request.files, request.job.clone())?;
            before.replaced_by(settled)
        }
        _ => Files::clone(&check.files),
    };
    let (files, report, unit, options) = one(&files, request.job)?;
    Ok(Finished::new(report, unit, files, options))
}
