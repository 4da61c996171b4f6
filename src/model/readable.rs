//! What can be read: files, and texts from files or from pipes that are open already; nothing that may never end.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use crate::model::error::Error;

/// Bytes of a text that somebody writes: a job, a profile, accepted findings. The longest profile that ships has 12,000.
const TEXT_BYTES: u64 = 16 << 20;

/// A file's metadata; an error for folders, pipes and devices, which may have no end.
pub(crate) fn file(path: &Path) -> Result<Metadata, Error> {
    let meta = std::fs::metadata(path).map_err(|e| Error::reading(path, &e))?;
    match what_it_is(&meta) {
        None => Ok(meta),
        Some(why) => Err(fault(path, why)),
    }
}

/// What something is that is no file.
pub(crate) fn what_it_is(meta: &Metadata) -> Option<&'static str> {
    if meta.is_file() {
        None
    } else if meta.is_dir() {
        Some("it is a folder")
    } else {
        Some("it is no file but a pipe or a device")
    }
}

/// A text. It may come from a pipe that is open already (`/dev/stdin`, or what a shell hands over), and ends in any case.
pub fn text(path: &Path) -> Result<String, Error> {
    if !is_open_already(path) {
        file(path)?;
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(TEXT_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|e| Error::reading(path, &e))?;
    if bytes.len() as u64 > TEXT_BYTES {
        let why = format!("it is longer than {} MiB", TEXT_BYTES >> 20);
        return Err(fault(path, &why));
    }
    String::from_utf8(bytes).map_err(|_| fault(path, "it is no text in UTF-8"))
}

/// Whether a path names an open file of this process: a pipe by name would be waited for until somebody writes to it.
fn is_open_already(path: &Path) -> bool {
    let own = ["/dev/fd", "/proc/self/fd", "/proc/thread-self/fd"];
    path == Path::new("/dev/stdin") || own.iter().any(|folder| path.starts_with(folder))
}

fn fault(path: &Path, why: &str) -> Error {
    Error::Read {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}
