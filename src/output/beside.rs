//! Atomic writes: a temporary file beside the target is renamed over it, so that a full disk or a kill leaves the old file.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::place::{OutputKind, OutputPath};
use crate::model::error::Error;

/// A file being written. Until [`Written::end`] what stood there stays as it was.
#[derive(Debug)]
pub struct Written {
    given: PathBuf,
    path: PathBuf,
    to: To,
}

#[derive(Debug)]
enum To {
    /// A file of a passing name in the target's folder. It goes when it is dropped.
    Beside(NamedTempFile),
    /// A pipe or a device: there is nothing to keep.
    Through(File),
    Standard(Stdout),
}

impl Written {
    /// Begins to write to a path.
    pub fn begin(path: &Path) -> Result<Self, Error> {
        let place = OutputPath::of(path)?;
        let fault = |e: std::io::Error| Error::Write {
            path: path.to_owned(),
            why: e.to_string(),
        };
        let to = match place.kind {
            OutputKind::Standard => To::Standard(std::io::stdout()),
            OutputKind::Through => To::Through(
                OpenOptions::new()
                    .write(true)
                    .truncate(true)
                    .open(&place.path)
                    .map_err(fault)?,
            ),
            OutputKind::File => To::Beside(aside(&place.path).map_err(fault)?),
        };
        Ok(Self {
            given: place.given,
            path: place.path,
            to,
        })
    }

    /// Writes more.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let put = match &mut self.to {
            To::Beside(file) => file.write_all(bytes),
            To::Through(file) => gone_is_fine(file.write_all(bytes)),
            To::Standard(out) => gone_is_fine(out.write_all(bytes)),
        };
        put.map_err(|e| self.fault(&e))
    }

    /// Ends it and moves it into place.
    pub fn end(self) -> Result<(), Error> {
        let fault = |e: std::io::Error| Error::Write {
            path: self.given.clone(),
            why: e.to_string(),
        };
        match self.to {
            // Some file systems tell only now that there was no room.
            To::Beside(file) => file
                .as_file()
                .sync_all()
                .and_then(|()| file.persist(&self.path).map_err(|e| e.error))
                .map(|_| ())
                .map_err(fault),
            To::Through(_) => Ok(()),
            To::Standard(mut out) => gone_is_fine(out.flush()).map_err(fault),
        }
    }

    fn fault(&self, e: &std::io::Error) -> Error {
        Error::Write {
            path: self.given.clone(),
            why: e.to_string(),
        }
    }
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = Written::begin(path)?;
    file.put(bytes)?;
    file.end()
}

/// A reader that has gone away (`| head`) is no fault.
fn gone_is_fine(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// A new file in the target's folder, with the rights that the target has or would get.
fn aside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let there = std::fs::metadata(path).ok().map(|m| m.permissions());
    if there.as_ref().is_some_and(std::fs::Permissions::readonly) {
        // A rename over it would work, but the user made it read-only on purpose.
        return Err(std::io::Error::new(
            ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".presscheck-").suffix(".new");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask takes away is taken away from this, too.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(rights) = there {
        file.as_file().set_permissions(rights)?;
    }
    Ok(file)
}
