//! What measuring one file may take, and the worker processes that are held to it.

use std::sync::Arc;
use std::time::Duration;

use super::{Exit, program};
use crate::error::Error;
use crate::pipeline::Options;
use crate::worker::{Bounds, Workers, serve};

/// The hidden command that a worker is started with.
pub(super) const COMMAND: &str = "measure-worker";

/// What measuring one file may take.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct Allowed {
    /// Memory that measuring one file may take, as 500MB or 4GB; 2GiB by default
    #[arg(long, value_name = "SIZE", value_parser = bytes, help_heading = "Running")]
    pub(crate) memory: Option<u64>,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// How long measuring may take.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct Time {
    /// Seconds that a page may take, a file ten times as long; 60 by default
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Running")]
    pub(crate) time_limit: Option<Duration>,
}

impl Allowed {
    /// Workers held to it. None where this program cannot find itself: files are then measured in this process.
    pub(crate) fn workers(self) -> Option<Arc<Workers>> {
        self.started_with(&[])
    }

    /// Options of a run that is held to it.
    pub(crate) fn options(self) -> Options {
        Options {
            workers: self.workers(),
            ..Options::default()
        }
    }

    /// The same, for a program that has to answer others meanwhile.
    pub(crate) fn workers_that_give_way(self) -> Option<Arc<Workers>> {
        self.started_with(&["--give-way"])
    }

    fn started_with(self, further: &[&str]) -> Option<Arc<Workers>> {
        let usual = Bounds::default();
        let bounds = Bounds {
            memory: self.memory.unwrap_or(usual.memory),
            time: self.time.time_limit.unwrap_or(usual.time),
        };
        let program = program::known()?;
        let first = program.arguments.iter().map(String::as_str);
        let own: &[&str] = if tracing::enabled!(tracing::Level::DEBUG) {
            &["-vv", COMMAND]
        } else {
            &[COMMAND]
        };
        let later = [own, further].concat();
        let arguments: Vec<&str> = first.chain(later).collect();
        let path = program.path.clone();
        Some(Arc::new(Workers::new(path, &arguments, bounds)))
    }
}

/// The worker's side.
pub(super) fn work(give_way: bool, memory: u64) -> Result<Exit, Error> {
    if give_way {
        crate::worker::give_way();
    }
    serve(memory).map_err(|e| Error::Job(format!("the worker stopped: {e}")))?;
    Ok(Exit::Clean)
}

pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text
        .trim_end_matches('s')
        .trim()
        .parse()
        .map_err(|_| "a number of seconds is expected".to_owned())?;
    if (0.1..=1e6).contains(&number) {
        Ok(Duration::from_secs_f64(number))
    } else {
        Err("a number of seconds between 0.1 and 1000000 is expected".to_owned())
    }
}

/// A size: `500MB`, `2GB`, `1.5 GiB`, or megabytes.
pub(crate) fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || format!("\"{text}\" is not a size; write it as 500MB or 2GB");
    let trimmed = text.trim();
    let end = trimmed
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(trimmed.len());
    let (number, unit) = trimmed.split_at(end);
    let number: f64 = number.parse().map_err(|_| wrong())?;
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "m" | "mb" => 1e6,
        "mib" => f64::from(1 << 20),
        "g" | "gb" => 1e9,
        "gib" => f64::from(1 << 30),
        _ => return Err(wrong()),
    };
    let size = number * unit;
    if !(1e7..=1e15).contains(&size) {
        return Err(format!("{text} is not between 10MB and 1000TB"));
    }
    Ok(size as u64)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_as_people_write_them() {
        assert_eq!(bytes("500MB"), Ok(500_000_000));
        assert_eq!(bytes("1.5 GiB"), Ok(1_610_612_736));
        assert_eq!(bytes("300"), Ok(300_000_000));
        for wrong in ["", "MB", "1", "-5GB", "5 furlongs", "1e9GB", "NaN"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
