//! `presscheck serve`: the checks as a page in the browser and an HTTP API.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use tracing_appender::non_blocking::WorkerGuard;

use super::Exit;
use super::bounds::{Allowed, bytes, seconds};
use super::ordered::own_profiles;
use super::out;
use crate::error::Error;
use crate::serve::{Capacity, Server, Settings};

const EXAMPLES: &str = "\
Examples:
  presscheck serve --open
      the page, on this machine only; drop an interior and a cover on it
  presscheck serve --port 8017 --token \"$TOKEN\"
      programs on this machine send checks with Authorization: Bearer $TOKEN
  curl -H \"Authorization: Bearer $TOKEN\" -H 'Prefer: wait=60' -F interior=@book.pdf http://127.0.0.1:8017/api/v1/checks
      the report of a book, in one request
  presscheck serve --listen 0.0.0.0 --token \"$TOKEN\"
      for others on the network, who have to know the token; put TLS in front of it, for it travels as it is

Files that are uploaded are kept in a folder that only you can open, and deleted when the server ends.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Serve {
    /// The port; 0 for one that is free
    #[arg(long, value_name = "N", default_value_t = 8017)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// The address to listen at; others than this machine's own need --token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// A name besides its address by which the server is called, as that of a proxy (repeatable); needs --token
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// What requests that change something have to bring; on other addresses than this machine's own and with --host, all requests. Sixteen characters or more; a random one unless told
    #[arg(long, env = "PRESSCHECK_TOKEN", hide_env_values = true, value_parser = token)]
    token: Option<String>,
    /// A printer of one's own (repeatable), who can then be chosen
    #[arg(long, value_name = "FILE.toml")]
    profile: Vec<PathBuf>,
    /// Bytes that the files of a book may have together, as 500MB or 2GB; 1GB by default
    #[arg(long, value_name = "SIZE", value_parser = bytes, help_heading = "Running")]
    max_upload: Option<u64>,
    /// Checks that may run at once; one a processor by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Running")]
    at_once: Option<u16>,
    /// Checks that may wait; further ones are asked to come back
    #[arg(long, value_name = "N", default_value_t = 64, help_heading = "Running")]
    waiting: u16,
    /// Seconds that a client may be silent in the middle of a request
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds, help_heading = "Running")]
    silence: Duration,
    /// How the log is written to standard error
    #[arg(long, value_enum, default_value = "text", help_heading = "Writing")]
    log: LogFormat,
    #[command(flatten)]
    allowed: Allowed,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum LogFormat {
    /// A line an event, for people
    Text,
    /// A JSON object an event
    Json,
    /// Not at all
    None,
}

pub(super) fn run(args: &Serve, quiet: bool) -> Result<Exit, Error> {
    let usual = Capacity::default();
    let capacity = Capacity {
        upload_bytes: args.max_upload.unwrap_or(usual.upload_bytes),
        running: args.at_once.map_or(usual.running, usize::from),
        waiting: args.waiting.into(),
        silence: args.silence,
        ..usual
    };
    let server = Server::bind(Settings {
        address: SocketAddr::new(args.listen, args.port),
        hosts: args.host.clone(),
        token: args.token.clone(),
        profiles: own_profiles(&args.profile)?,
        workers: args.allowed.workers_that_give_way(),
        capacity,
    })?;
    let _log = (!quiet).then(|| log(args.log));
    let page = server.page();
    server.run(|| welcome(args, &page))?;
    Ok(Exit::Clean)
}

/// Says where the server is, and opens the browser if that is asked for.
fn welcome(args: &Serve, page: &str) -> Result<(), Error> {
    // Programs that start a server read its address from here.
    out::write(None, &format!("presscheck is at {page}\n"))?;
    if !args.listen.is_loopback() {
        out::complain(
            "others on the network can reach it; all have to know the token, which travels as it is unless a proxy adds TLS",
        );
    }
    if args.open {
        let address = match args.listen.is_loopback() {
            true => page.to_owned(),
            false => format!("{page}?token={}", args.token.as_deref().unwrap_or_default()),
        };
        if let Err(e) = open::that_detached(&address) {
            out::complain(&format!("the browser cannot be opened: {e}"));
        }
    }
    Ok(())
}

/// A token that can stand in an address and a cookie.
fn token(text: &str) -> Result<String, String> {
    let may_be = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    if text.len() < 16 {
        Err("a token has 16 characters or more".to_owned())
    } else if text.chars().all(may_be) {
        Ok(text.to_owned())
    } else {
        Err("a token is of letters, digits and -_.~".to_owned())
    }
}

/// Writes the events of the server to standard error, on a thread of its own: a reader that has gone or sleeps, or a disk that
/// is full, holds up nobody. What was not written is written when the guard is dropped.
fn log(format: LogFormat) -> WorkerGuard {
    let (writer, guard) = tracing_appender::non_blocking(std::io::stderr());
    let to_stderr = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(writer)
        .log_internal_errors(false)
        .with_ansi(false)
        .with_target(false);
    // With -vv events are written already.
    let _ = match format {
        LogFormat::Text => to_stderr.try_init(),
        LogFormat::Json => to_stderr.json().try_init(),
        LogFormat::None => Ok(()),
    };
    guard
}
