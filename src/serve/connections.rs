//! Connections: how many there may be, and how long one may be silent.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::app::App;
use super::lingering::Lingering;
use super::router::router;

/// Connections at once, where the system lets a process open as many files. Further ones wait until one ends.
const CONNECTIONS: u64 = 2000;
/// Files that are kept open besides connections: uploads, workers.
#[cfg(unix)]
const OTHER_FILES: u64 = 400;
/// How long a client may take to send the head of a request, or stay connected between two.
const HEAD: Duration = Duration::from_secs(15);
/// How long what is going on may take to end when the server stops.
pub(super) const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// The signal of a file that would be larger than this process may write (POSIX).
#[cfg(unix)]
const SIGXFSZ: i32 = 25;
/// How long to wait when the system has no more files to open.
const BREATH: Duration = Duration::from_millis(50);

/// Ends when the user or the system asks the program to stop.
pub(super) fn stop_asked() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut asked = {
        use tokio::signal::unix::{SignalKind, signal};
        (
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            // The terminal is closed.
            signal(SignalKind::hangup())?,
            signal(SignalKind::quit())?,
            // Where files may only be so large, a write that fails is told to the client; unheard, it would end the program.
            signal(SignalKind::from_raw(SIGXFSZ))?,
        )
    };
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = asked.0.recv() => (),
            _ = asked.1.recv() => (),
            _ = asked.2.recv() => (),
            _ = asked.3.recv() => (),
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// How many connections there may be, so that there is always a file to open for an upload or a worker.
fn connections() -> usize {
    #[cfg(unix)]
    let most = {
        let files = rlimit::increase_nofile_limit(CONNECTIONS + OTHER_FILES).unwrap_or(OTHER_FILES);
        files.saturating_sub(OTHER_FILES).clamp(64, CONNECTIONS)
    };
    #[cfg(not(unix))]
    let most = CONNECTIONS;
    usize::try_from(most).unwrap_or(64)
}

/// Bytes that are kept for a client that is slow to take them.
#[cfg(unix)]
const SENT_AHEAD: usize = 128 << 10;

/// Answers until `stop` is there.
pub(super) async fn answer(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) {
    let router = router(Arc::clone(&app));
    let room = Arc::new(Semaphore::new(connections()));
    let graceful = GracefulShutdown::new();
    // The system says that there is room again only when a good part of this is taken, which a slow client has to do in time.
    #[cfg(unix)]
    if let Err(e) = rustix::net::sockopt::set_socket_send_buffer_size(&listener, SENT_AHEAD) {
        tracing::warn!(error = %e, "slow clients may be let go");
    }
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let permit = Arc::clone(&room).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, stream) = tokio::select! {
            (permit, accepted) = accepted => match accepted {
                Ok((stream, _)) => (permit, stream),
                Err(e) => {
                    tracing::warn!(error = %e, "connection refused");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let mut stream = TimeoutStream::new(stream);
        // A client that takes nothing of its answer is let go as one that sends nothing is.
        stream.set_write_timeout(Some(app.capacity.silence));
        let stream = Lingering::new(Box::pin(stream));
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that hangs up is no fault of the server.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    app.checks.clear();
    let _ = tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await;
}
