//! `presscheck cache`: shows or clears the cache of `batch`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Exit;
use super::out;
use crate::batch::Cache;
use crate::error::Error;

#[derive(Debug, clap::Args)]
pub(crate) struct CacheArgs {
    /// Throw results away: all, or those of --older-than
    #[arg(long)]
    clear: bool,
    /// Only what was written more than so many days ago
    #[arg(long, value_name = "DAYS", requires = "clear")]
    older_than: Option<u64>,
    /// The folder, if it is not the usual one
    #[arg(
        long,
        value_name = "FOLDER",
        env = "PRESSCHECK_CACHE",
        hide_env_values = true
    )]
    cache: Option<PathBuf>,
}

/// The cache in this folder, or where this platform keeps such things.
pub(super) fn open(folder: Option<&Path>) -> Option<Cache> {
    match folder {
        Some(folder) => Some(Cache::new(folder)),
        None => dirs::cache_dir().map(|d| Cache::new(&d.join("presscheck"))),
    }
}

pub(super) fn run(args: &CacheArgs) -> Result<Exit, Error> {
    let cache = open(args.cache.as_deref()).ok_or_else(|| {
        Error::Job("this system has no folder for caches: name one with --cache".to_owned())
    })?;
    let stock = if args.clear {
        let days = args.older_than.unwrap_or(0);
        cache.clear(Duration::from_secs(days.saturating_mul(86_400)))?
    } else {
        cache.stock()
    };
    let what = if args.clear { "cleared " } else { "" };
    out::write(
        None,
        &format!(
            "{what}{} results, {:.1} MB, in {}\n",
            stock.entries,
            stock.bytes as f64 / 1e6,
            cache.folder().display()
        ),
    )?;
    Ok(Exit::Clean)
}
