//! Where an output's path leads: a file, a pipe or device, or one of the standard streams; and which file that is.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::own::is_own;
use crate::model::error::Error;

/// Which file it is, whatever its name: the same for hard links and for every spelling of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity(Key);

#[cfg(unix)]
type Key = (u64, u64);
#[cfg(not(unix))]
type Key = PathBuf;

impl Identity {
    /// Of a regular file that is there; folders, pipes and devices cannot be lost.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        Self::read(path, &meta)
    }

    #[cfg(unix)]
    fn read(_: &Path, meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self((meta.dev(), meta.ino())))
    }

    #[cfg(not(unix))]
    fn read(path: &Path, _: &Metadata) -> Option<Self> {
        std::fs::canonicalize(path).ok().map(Self)
    }
}

/// The file that standard output goes to, if it is one.
pub(super) fn standard_output() -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let own = std::io::stdout().as_fd().try_clone_to_owned().ok()?;
        let meta = std::fs::File::from(own).metadata().ok()?;
        meta.is_file()
            .then(|| Identity::read(Path::new("-"), &meta))
            .flatten()
    }
    #[cfg(not(unix))]
    None
}

/// How an output is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OutputKind {
    /// Standard output under a name of the file system.
    Standard,
    /// A pipe, a device, or a file that somebody holds open: it is written to as it is.
    Through,
    /// A file, there or not.
    File,
}

/// An output's path, followed to its end.
#[derive(Clone, Debug)]
pub(super) struct OutputPath {
    /// As the user gave it.
    pub(super) given: PathBuf,
    /// Where it leads.
    pub(super) path: PathBuf,
    pub(super) kind: OutputKind,
    identity: Option<Identity>,
}

/// Links followed before they are taken for a circle.
const MOST_LINKS: usize = 40;

impl OutputPath {
    pub(super) fn of(given: &Path) -> Result<Self, Error> {
        let fault = |why: &str| Error::Write {
            path: given.to_owned(),
            why: why.to_owned(),
        };
        let mut path = given.to_owned();
        for _ in 0..MOST_LINKS {
            let Some(name) = path.file_name().map(ToOwned::to_owned) else {
                return Err(fault("it is a folder; name a file"));
            };
            let folder = match path.parent() {
                Some(p) if !p.as_os_str().is_empty() => p,
                _ => Path::new("."),
            };
            let folder = std::fs::canonicalize(folder).map_err(|e| fault(&e.to_string()))?;
            if let Some(kind) = descriptor(&folder, name.to_str()) {
                return Ok(Self::new(given, folder.join(name), kind));
            }
            path = folder.join(name);
            match std::fs::read_link(&path) {
                Ok(next) => path = folder.join(next),
                Err(_) => {
                    let kind = match std::fs::metadata(&path) {
                        Ok(meta) if meta.is_dir() => {
                            return Err(fault("it is a folder; name a file"));
                        }
                        Ok(meta) if !meta.is_file() => OutputKind::Through,
                        _ => OutputKind::File,
                    };
                    return Ok(Self::new(given, path, kind));
                }
            }
        }
        Err(fault("its links lead in a circle"))
    }

    fn new(given: &Path, path: PathBuf, kind: OutputKind) -> Self {
        Self {
            given: given.to_owned(),
            identity: Identity::of(&path),
            path,
            kind,
        }
    }

    /// Whether both are one file.
    pub(super) fn is(&self, other: &Self) -> bool {
        let file = |p: &Self| p.kind == OutputKind::File || p.identity.is_some();
        let same = self.identity.is_some() && self.identity == other.identity;
        same || (file(self) && self.path == other.path)
    }

    /// Whether a file is there.
    pub(super) fn is_there(&self) -> bool {
        self.identity.is_some()
    }

    /// Whether it is this input. One that is not there yet may still be meant to come.
    pub(super) fn holds(&self, input: &Path, identity: Option<&Identity>) -> bool {
        match (&self.identity, identity) {
            (Some(own), Some(other)) => own == other,
            (None, None) if self.kind == OutputKind::File && !input.exists() => {
                Self::of(input).is_ok_and(|p| p.path == self.path)
            }
            _ => false,
        }
    }

    /// Whether nothing is lost by writing there: no file, an empty one, or one of our own.
    pub(super) fn is_free(&self) -> bool {
        // Where standard output goes was decided by the shell.
        self.kind == OutputKind::Standard || self.identity.is_none() || is_own(&self.path)
    }
}

/// What a name in a folder of open files is.
fn descriptor(folder: &Path, name: Option<&str>) -> Option<OutputKind> {
    let number: u32 = name?.parse().ok()?;
    let of_a_process = folder.starts_with("/proc") && folder.ends_with("fd");
    if !of_a_process && folder != Path::new("/dev/fd") {
        return None;
    }
    let own = !of_a_process || folder.starts_with(format!("/proc/{}", std::process::id()));
    Some(if own && number == 1 {
        OutputKind::Standard
    } else {
        OutputKind::Through
    })
}
