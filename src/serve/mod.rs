//! The checks as a page in the browser and as an HTTP API, on the user's own machine or a press's.
//!
//! [`Server::bind`] opens the port, [`Server::run`] answers until it is told to stop. Uploads are in a folder of their own
//! that only this user can open, and that is deleted at the end.

mod access;
mod app;
mod begin;
mod capacity;
mod checks;
mod connections;
mod events;
mod files;
mod folder;
mod form;
mod job;
mod lingering;
mod lookups;
mod openapi;
mod page;
mod problem;
mod reports;
mod router;
mod uploads;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use self::access::Access;
use self::app::App;
pub use self::capacity::Capacity;
pub use self::openapi::document as openapi;
use crate::model::error::Error;
use crate::profile::{self, Profile};
use crate::worker::Workers;

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens. On other addresses than those of loopback every request needs the token.
    pub address: SocketAddr,
    /// Names besides addresses by which it may be called, as that of a proxy.
    pub hosts: Vec<String>,
    /// The token; a random one where none is told.
    pub token: Option<String>,
    /// Printers of one's own, besides those that ship.
    pub profiles: Vec<Profile>,
    /// Processes that measure files.
    pub workers: Option<Arc<Workers>>,
    /// What it takes on.
    pub capacity: Capacity,
}

/// A server that has its port and does not answer yet.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Opens the port.
    pub fn bind(settings: Settings) -> Result<Self, Error> {
        let failed = |e: std::io::Error| {
            Error::Job(format!(
                "cannot listen at {}: {e}; another --port may be free",
                settings.address
            ))
        };
        if let Some(host) = settings.hosts.iter().find(|host| !access::is_host(host)) {
            return Err(Error::Job(format!(
                "\"{host}\" is no name of a host; write it alone, as in --host press.example"
            )));
        }
        let reached = match settings.address.ip() {
            _ if settings.token.is_some() => None,
            _ if !settings.hosts.is_empty() => {
                Some("under another name others reach presscheck".to_owned())
            }
            ip if ip.is_loopback() => None,
            ip => Some(format!(
                "at {ip} others on the network can reach presscheck"
            )),
        };
        if let Some(reached) = reached {
            return Err(Error::Job(format!(
                "{reached}, and the files that are checked with it: tell a --token that they have to know"
            )));
        }
        let listener = TcpListener::bind(settings.address).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let token = match settings.token {
            Some(token) => token,
            None => checks::random_id().map_err(|e| Error::Job(e.detail().to_owned()))?,
        };
        let access = Access::new(address, settings.hosts, token);
        let mut profiles = profile::built_in()?;
        profiles.extend(settings.profiles);
        let app = App::new(access, profiles, settings.workers, settings.capacity)?;
        Ok(Self {
            app: Arc::new(app),
            listener,
            address,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the page is, for a browser on this machine.
    pub fn page(&self) -> String {
        let port = self.address.port();
        match self.address.ip() {
            ip if ip.is_loopback() => format!("http://{}/", SocketAddr::new(ip, port)),
            ip if ip.is_unspecified() => format!("http://localhost:{port}/"),
            ip => format!("http://{}/", SocketAddr::new(ip, port)),
        }
    }

    /// Answers until the user or the system asks the program to stop, then ends what is going on and deletes all uploads.
    /// `ready` is called once it can be asked to stop.
    pub fn run(self, ready: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let failed = |e: std::io::Error| Error::Job(format!("the server cannot run: {e}"));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(failed)?;
        let folder = self.app.folder().ok().map(Path::to_owned);
        self.listener.set_nonblocking(true).map_err(failed)?;
        let app = Arc::clone(&self.app);
        let mut told = Ok(());
        let answered = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let stop = connections::stop_asked()?;
            told = ready();
            if told.is_err() {
                return Ok(());
            }
            connections::answer(listener, Arc::clone(&app), stop).await;
            Ok(())
        });
        app.checks.clear();
        runtime.shutdown_timeout(connections::LAST_ANSWERS);
        // Whatever still holds it.
        match folder.map(std::fs::remove_dir_all) {
            Some(Err(e)) if e.kind() != std::io::ErrorKind::NotFound => Err(failed(e)),
            _ => answered.map_err(failed).and(told),
        }
    }
}
