//! A form as it comes in, of which no more than a piece is in memory.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use futures_util::Stream;

use super::problem::Problem;

/// Bytes of the head of a part, which the reader of forms holds until it has all of it.
const HEAD_BYTES: usize = 64 << 10;

/// The parts of a form, one after the other.
pub(super) struct Form {
    parts: Multipart,
    /// Bytes that may yet come before the head that is awaited has to be whole.
    left: Arc<AtomicUsize>,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = MultipartRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let left = Arc::new(AtomicUsize::new(HEAD_BYTES));
        let request = request.map(|body| {
            Body::from_stream(Pieces {
                body: body.into_data_stream(),
                left: Arc::clone(&left),
                has_given: false,
            })
        });
        let parts = Multipart::from_request(request, state).await?;
        Ok(Self { parts, left })
    }
}

impl Form {
    /// The next part, of which the head was read.
    pub(super) async fn next_part(&mut self) -> Result<Option<Field<'_>>, Problem> {
        self.left.store(HEAD_BYTES, Ordering::Relaxed);
        let part = self.parts.next_field().await;
        let left = self.left.swap(usize::MAX, Ordering::Relaxed);
        match part {
            Err(_) if left == 0 => {
                let detail = format!("the head of a part has more than {HEAD_BYTES} bytes");
                Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, &detail))
            }
            part => part.map_err(refused),
        }
    }
}

/// A body that comes in pieces with a pause after each. The reader of forms takes all that it can get before it looks at any
/// of it.
struct Pieces {
    body: BodyDataStream,
    left: Arc<AtomicUsize>,
    has_given: bool,
}

impl Stream for Pieces {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.has_given) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            let error = axum::Error::new("the head of a part does not end");
            return Poll::Ready(Some(Err(error)));
        }
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        if let Some(Ok(piece)) = &piece {
            self.has_given = true;
            let left = left.saturating_sub(piece.len());
            self.left.store(left, Ordering::Relaxed);
        }
        Poll::Ready(piece)
    }
}

/// What a form that does not read is answered.
pub(super) fn refused(error: MultipartError) -> Problem {
    // A body that breaks off is the client's fault.
    let status = match error.status() {
        status if status.is_server_error() => StatusCode::BAD_REQUEST,
        status => status,
    };
    Problem::new(
        status,
        &format!("the form does not read: {}", error.body_text()),
    )
}
