//! The private folder of uploads. It is gone with the server; where the server was killed, with the next one that starts.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// What names of such folders begin with.
const PREFIX: &str = "presscheck-serve-";
/// The file in it that a server holds locked while it runs. Uploads have longer names.
const LOCK: &str = "lock";

/// A folder that only its owner may look into.
pub(super) struct Folder {
    folder: TempDir,
    _lock: File,
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
        // The lock has its name only once it is locked: until then no other server takes the folder for a left one.
        let unnamed = folder.path().join("unlocked");
        let lock = File::create(&unnamed)?;
        lock.lock()?;
        fs::rename(unnamed, folder.path().join(LOCK))?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes folders whose lock nobody holds. What cannot be removed stays: another user's, for one.
fn remove_left(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let lock = File::open(entry.path().join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
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
        let killed = parent.path().join("presscheck-serve-killed");
        fs::create_dir(&killed).unwrap();
        fs::write(killed.join(LOCK), "").unwrap();
        fs::write(killed.join("upload.pdf"), "%PDF").unwrap();
        let strangers = parent.path().join("presscheck-serve-strangers");
        fs::create_dir(&strangers).unwrap();
        let next = Folder::within(parent.path()).unwrap();
        assert!(!killed.exists());
        assert!(strangers.exists() && running.path().exists() && next.path().exists());
    }
}
