//! The report of a check in every format, and what changed since an earlier one.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::app::App;
use super::checks::{Check, Finished, Progress, State};
use super::problem::Problem;
use crate::answers::{self, Format};
use crate::model::error::Error;
use crate::model::flags::as_members;
use crate::report::{self, Report};

/// What a report of its own page may do: nothing but show itself, in a frame of this server's page or alone.
const PAGE_POLICY: &str = "default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// How a report is asked for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// A format by its name, as `--format` has it; before what `Accept` says.
    pub(super) format: Option<Format>,
}

/// A check that has not ended.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Unfinished {
    /// Names it in addresses.
    id: String,
    /// How far it is.
    progress: Progress,
}

/// The report of a check, or how far it is.
pub(super) async fn show(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    let check = app.checks.find(&id)?;
    respond(&app, &check, wanted.format, &headers).await
}

/// Gives a check up, and forgets it with its files.
pub(super) async fn forget(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    app.checks.remove(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The report of a check, or how far it is.
pub(super) async fn respond(
    app: &Arc<App>,
    check: &Check,
    asked: Option<Format>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let finished = match check.state() {
        State::Done(finished) => finished,
        State::Failed(problem) => return Err(problem),
        State::Measuring(progress) => return Ok(unfinished(check, progress)),
        State::Waiting => {
            let ahead = app.checks.ahead_of(check.number);
            let progress = Progress {
                ahead,
                ..Progress::default()
            };
            return Ok(unfinished(check, progress));
        }
    };
    let format = format(asked, headers)?;
    let text = text(app, &finished, format).await?;
    let media_type = match format {
        Format::Json | Format::Sarif => format.media_type().to_owned(),
        _ => format!("{}; charset=utf-8", format.media_type()),
    };
    let policy = (format == Format::Html).then(|| policy(&text));
    let mut response = Body::from(Bytes::from_owner(Text(text))).into_response();
    let headers = response.headers_mut();
    if let Ok(media_type) = HeaderValue::from_str(&media_type) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    if let Some(policy) = policy {
        let policy = HeaderValue::from_str(&policy);
        let policy = policy.map_err(|e| Problem::internal(&e.to_string()))?;
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// The format that is asked for, by its name or by what `Accept` says.
pub(super) fn format(asked: Option<Format>, headers: &HeaderMap) -> Result<Format, Problem> {
    match asked {
        Some(format) => Ok(format),
        None => acceptable(headers).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|f| f.media_type()).collect();
            Problem::new(
                StatusCode::NOT_ACCEPTABLE,
                "the report is written in none of the types that Accept names",
            )
            .help(&format!("it is written as {}", known.join(", ")))
        }),
    }
}

/// A report that all who read it share.
struct Text(Arc<str>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn unfinished(check: &Check, progress: Progress) -> Response {
    let body = Unfinished {
        id: check.id.clone(),
        progress,
    };
    let again = [(header::RETRY_AFTER, "1")];
    (StatusCode::ACCEPTED, again, Json(body)).into_response()
}

/// The text of a report.
async fn text(
    app: &Arc<App>,
    finished: &Arc<Finished>,
    format: Format,
) -> Result<Arc<str>, Problem> {
    let (its_app, its_finished) = (Arc::clone(app), Arc::clone(finished));
    let write = move |report: &Report| {
        let Finished { options, unit, .. } = &*its_finished;
        answers::report(report, &its_app.profiles, format, options, *unit)
    };
    if format != Format::Html {
        let finished = Arc::clone(finished);
        let written = app.write(move || write(&finished.report.clone().with_worst_places()));
        let text = written.await??;
        // The head of the text report names flags of its own.
        return Ok(match format {
            Format::Text => as_members(&text).into(),
            _ => text.into(),
        });
    }
    let drawing = Arc::clone(&finished.drawing).lock_owned().await;
    if let Some(page) = finished.page() {
        return Ok(page);
    }
    let finished = Arc::clone(finished);
    let written = app.draw(move || {
        // As on the command line: the page shows as many places as it has room for.
        let page: Arc<str> = write(&finished.report)?.into();
        // Kept even where the client that asked has gone.
        finished.keep_page(Some(Arc::clone(&page)));
        drop(drawing);
        Ok::<_, Error>(page)
    });
    Ok(written.await??)
}

/// The format that a client would rather have, of those it accepts; JSON where it accepts all.
fn acceptable(headers: &HeaderMap) -> Option<Format> {
    let accept: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .collect();
    if accept.is_empty() {
        return Some(Format::Json);
    }
    let mut ranges: Vec<(f32, &str)> = accept
        .iter()
        .map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let quality = parts.find_map(|part| {
                part.strip_prefix(['q', 'Q'])?
                    .strip_prefix('=')?
                    .parse()
                    .ok()
            });
            (quality.unwrap_or(1.0), name)
        })
        .collect();
    ranges.sort_by(|a, b| b.0.total_cmp(&a.0));
    let is_named = |range: &str, format: Format| {
        range.eq_ignore_ascii_case(format.media_type())
            || (format == Format::Junit && range.eq_ignore_ascii_case("text/xml"))
    };
    let is_of_kind = |range: &str, format: Format| {
        let (kind, _) = format.media_type().split_once('/').unwrap_or_default();
        let any_of_kind = range.strip_suffix("/*");
        range == "*/*" || any_of_kind.is_some_and(|k| k.eq_ignore_ascii_case(kind))
    };
    // A type that is named counts as named, whatever a range that it is part of says of others.
    let quality = |format: Format| {
        let named = ranges.iter().find(|(_, range)| is_named(range, format));
        let of_kind = || ranges.iter().find(|(_, range)| is_of_kind(range, format));
        named.or_else(of_kind).map_or(0.0, |(quality, _)| *quality)
    };
    // JSON first: programs accept whatever there is.
    let formats = [Format::Json].into_iter().chain(Format::ALL);
    let accepted = formats.filter(|format| quality(*format) > 0.0);
    // Of equals the first.
    accepted.reduce(|best, next| match quality(next) > quality(best) {
        true => next,
        false => best,
    })
}

/// The policy of a report's page: its own style sheet, known by its digest, and the pictures in it.
fn policy(page: &str) -> String {
    match report::style_digest(page) {
        Some(digest) => PAGE_POLICY.replace("'self'; base", &format!("'{digest}'; base")),
        None => PAGE_POLICY.to_owned(),
    }
}

/// The earlier check that changes are counted from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    /// Its id.
    since: String,
}

/// What changed from an earlier check of the book.
pub(super) async fn changes(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(Since { since }) = since?;
    let (before, after) = (app.checks.finished(&since)?, app.checks.finished(&id)?);
    Ok(Json(report::changes(&before.report, &after.report)).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::acceptable;
    use crate::answers::Format;

    fn of(accept: &'static str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        acceptable(&headers)
    }

    #[test]
    fn the_report_has_the_type_that_the_client_would_rather_have() {
        assert_eq!(acceptable(&HeaderMap::new()), Some(Format::Json));
        assert_eq!(of("*/*"), Some(Format::Json));
        assert_eq!(of("text/html, */*;q=0.1"), Some(Format::Html));
        assert_eq!(of("text/html;q=0.2, text/plain"), Some(Format::Text));
        assert_eq!(of("text/xml"), Some(Format::Junit));
        assert_eq!(of("TEXT/HTML"), Some(Format::Html));
        assert_eq!(of("image/png"), None);
        // A browser's own header.
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(of(browser), Some(Format::Html));
    }

    #[test]
    fn a_type_that_the_client_refuses_is_not_sent_though_a_range_would_allow_it() {
        assert_ne!(of("application/json;q=0, */*"), Some(Format::Json));
        assert_eq!(of("text/html;q=0, text/*"), Some(Format::Text));
        assert_eq!(of("*/*;q=0"), None);
    }
}
