//! Every address and what answers there.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State as Shared};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};

use super::app::App;
use super::problem::{self, Problem};
use super::{access, begin, events, files, lookups, openapi, page, reports};

/// Bytes of a request that is no form with files.
const SMALL: usize = 64 << 10;

/// The addresses of the API, which its description has to name.
pub(super) fn api(app: &Arc<App>) -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    let token = middleware::from_fn_with_state(Arc::clone(&app.access), access::token);
    let soon = middleware::from_fn_with_state(Arc::clone(app), soon);
    // Bounds what a part that is no file can take of memory; files are counted as they come.
    let form = usize::try_from(app.capacity.upload_bytes).unwrap_or(usize::MAX);
    let form = form.saturating_add(begin::FORM_BYTES as usize);
    let begin = post(begin::begin).layer(DefaultBodyLimit::max(form));
    vec![
        ("/healthz", get(lookups::health)),
        ("/api/v1/checks", begin.layer(token.clone())),
        (
            "/api/v1/checks/{id}",
            delete(reports::forget).layer(token).get(reports::show),
        ),
        ("/api/v1/checks/{id}/events", get(events::events)),
        ("/api/v1/checks/{id}/changes", get(reports::changes)),
        ("/api/v1/checks/{id}/files/{name}", get(files::proof)),
        ("/api/v1/checks/{id}/pages/{name}", get(files::page)),
        ("/api/v1/spine", get(lookups::spine)),
        ("/api/v1/cover", post(lookups::cover).layer(soon)),
        ("/api/v1/profiles", get(lookups::profiles)),
        ("/api/v1/rules", get(lookups::rules)),
        ("/api/v1/openapi.json", get(openapi::show)),
    ]
}

/// All addresses.
pub(super) fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/", get(page::page))
        .route("/app.css", get(page::style));
    for (name, script) in page::scripts() {
        let media_type = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
        let path = format!("/{name}");
        router = router.route(&path, get(move || async move { (media_type, script) }));
    }
    for (path, answers) in api(&app) {
        router = router.route(path, answers);
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::max(SMALL))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app.access),
            access::guard,
        ))
        .layer(middleware::map_response(as_problem))
        .layer(middleware::from_fn(log))
        .with_state(app)
}

async fn nothing_here(uri: Uri) -> Problem {
    let detail = format!("there is nothing at {}", uri.path());
    Problem::new(StatusCode::NOT_FOUND, &detail)
        .help("/api/v1/openapi.json lists all addresses; the page is at /")
}

async fn not_so(request: Request) -> Problem {
    let detail = format!("{} is not answered here", request.method());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, &detail)
        .help("/api/v1/openapi.json lists all addresses with their methods")
}

/// A refusal by what routes and reads requests, as a problem like all others.
async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let media_type = response.headers().get(header::CONTENT_TYPE);
    if media_type.is_some_and(|told| told == problem::MEDIA_TYPE) || !status.is_client_error() {
        return response;
    }
    let detail = "the address or the request cannot be read";
    Problem::new(status, detail).into_response()
}

/// Gives up on a small request whose body does not come.
async fn soon(Shared(app): Shared<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(app.capacity.silence, next.run(request)).await;
    answer.unwrap_or_else(|_| {
        let detail = "the request did not come to its end";
        Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response()
    })
}

/// A line of the log for each request. Queries are left out, for one may hold the token.
async fn log(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let since = Instant::now();
    let response = next.run(request).await;
    let ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(%method, path, status, ms, "request");
    response
}
