//! The private folder of uploads. It is gone with the server; where the server was killed, with the next one that starts.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

/// What names of such folders begin with.
const PREFIX: &str = "presscheck-serve-";
/// The file in it that a server holds locked while it runs. Uploads have longer names.
const LOCK: &str = "lock";

/// A folder that only its owner may look into.
pub(super) struct Folder {
    // Dropped first: on Windows a folder with an open file in it cannot be removed.
    lock: Mutex<File>,
    folder: TempDir,
}

impl Folder {
    /// A new folder. Those that killed servers left are removed.
    pub(super) fn new() -> io::Result<Self> {
        Self::within(&std::env::temp_dir())
    }

    fn within(parent: &Path) -> io::Result<Self> {
        remove_left(parent);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir_in(parent)?;
        let lock = Mutex::new(locked(folder.path())?);
        Ok(Self { lock, folder })
    }

    /// Where it is. It is made again where somebody has removed it, as programs do that tidy up temporary files.
    pub(super) fn path(&self) -> io::Result<&Path> {
        let path = self.folder.path();
        let mut lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if !path.exists() {
            private().create(path)?;
            *lock = locked(path)?;
        }
        Ok(path)
    }
}

/// Makes folders that only their owner may look into.
fn private() -> DirBuilder {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    }
    #[cfg(not(unix))]
    DirBuilder::new()
}

/// The lock of a folder. It has its name only once it is locked: until then no other server takes the folder for a left one.
fn locked(folder: &Path) -> io::Result<File> {
    let unnamed = folder.join("unlocked");
    let lock = File::create(&unnamed)?;
    lock.lock()?;
    fs::rename(unnamed, folder.join(LOCK))?;
    Ok(lock)
}

/// Whether a folder is this user's, and nobody else can have put anything into it.
#[cfg(unix)]
fn is_private(folder: &fs::DirEntry) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    let of_user =
        |kept: fs::Metadata| kept.is_dir() && kept.uid() == user && kept.mode() & 0o077 == 0;
    folder.metadata().is_ok_and(of_user)
}

#[cfg(not(unix))]
fn is_private(folder: &fs::DirEntry) -> bool {
    folder.file_type().is_ok_and(|kind| kind.is_dir())
}

/// Removes folders whose lock nobody holds. What cannot be removed stays: another user's, for one.
fn remove_left(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let is_named = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !is_named || !is_private(&entry) {
            continue;
        }
        let lock = entry.path().join(LOCK);
        // Opening a pipe would wait for its other end.
        let is_file = fs::symlink_metadata(&lock).is_ok_and(|lock| lock.is_file());
        // Closed again before the folder is removed, which Windows asks for.
        let is_left = || File::open(lock).is_ok_and(|lock| lock.try_lock().is_ok());
        if is_file && is_left() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_a_killed_server_left_is_removed_and_that_of_a_running_one_stays() {
        let parent = tempfile::tempdir().unwrap();
        let running = Folder::within(parent.path()).unwrap();
        let left = Folder::within(parent.path()).unwrap();
        fs::write(left.path().unwrap().join("upload.pdf"), "%PDF").unwrap();
        // What is left of it when its process is killed: the folder, and a lock that nobody holds.
        drop(left.lock);
        let killed = left.folder.keep();
        let open = parent.path().join("presscheck-serve-open");
        fs::create_dir(&open).unwrap();
        fs::write(open.join(LOCK), "").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let next = Folder::within(parent.path()).unwrap();
        assert!(!killed.exists());
        assert!(cfg!(not(unix)) || open.exists());
        assert!(running.path().unwrap().exists() && next.path().unwrap().exists());
    }

    #[test]
    fn a_folder_that_somebody_removed_is_made_again() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::within(parent.path()).unwrap();
        fs::remove_dir_all(folder.path().unwrap()).unwrap();
        assert!(folder.path().unwrap().join(LOCK).exists());
        drop(Folder::within(parent.path()).unwrap());
        assert!(folder.path().unwrap().exists());
    }
}
