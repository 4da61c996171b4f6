//! Server-sent events of a check: how far it is, then how it ended. A client that comes back gets where it is now.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::watch;

use super::app::App;
use super::checks::{Check, PACE, Progress, State};
use super::problem::Problem;
use crate::report::VerdictReport;

/// The last event's id, by which a client says that it knows how the check ended.
const LAST: &str = "end";
/// How often those that wait are told how many come first.
const WAITING: Duration = Duration::from_secs(1);

/// The data of `done`.
#[derive(Debug, Serialize, JsonSchema)]
struct Done {
    /// Where the report is.
    report: String,
    /// One verdict a product.
    verdicts: Vec<VerdictReport>,
}

/// The events of a check.
pub(super) async fn events(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let check = app.checks.find(&id)?;
    // An event source that has seen the end must not come again: no content tells it so.
    let knows = headers.get("last-event-id").is_some_and(|id| id == LAST);
    if knows && check.state().is_final() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let follower = Follower {
        states: check.watch(),
        app,
        check,
        told: None,
        has_ended: false,
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response())
}

/// One client that follows a check.
struct Follower {
    app: Arc<App>,
    check: Arc<Check>,
    states: watch::Receiver<State>,
    /// What the client was told last.
    told: Option<Progress>,
    has_ended: bool,
}

impl Follower {
    async fn next(&mut self) -> Option<Event> {
        while !self.has_ended {
            let state = self.states.borrow_and_update().clone();
            let progress = match state {
                State::Waiting => Progress {
                    ahead: self.app.checks.ahead_of(self.check.number),
                    ..Progress::default()
                },
                State::Measuring(progress) => progress,
                State::Done(finished) => {
                    self.has_ended = true;
                    let done = Done {
                        report: format!("/api/v1/checks/{}", self.check.id),
                        verdicts: finished.report.verdicts.clone(),
                    };
                    return event("done", &done).map(|event| event.id(LAST));
                }
                State::Failed(problem) => {
                    self.has_ended = true;
                    return event("failed", &problem).map(|event| event.id(LAST));
                }
            };
            if self.told.as_ref() != Some(&progress) {
                if self.told.is_some() {
                    tokio::time::sleep(PACE).await;
                }
                let event = event("progress", &progress);
                self.told = Some(progress);
                return event;
            }
            // A check that is forgotten ends its events.
            if let Ok(Err(_)) = tokio::time::timeout(WAITING, self.states.changed()).await {
                return None;
            }
        }
        None
    }
}

fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}
