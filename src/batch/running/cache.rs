//! Results kept between runs: one file a job, replaced whole, good for as long as everything it depends on is the same.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

use crate::batch::running::fingerprint::{self, Stat};
use crate::model::error::Error;
use crate::model::readable;

/// The number of an entry's shape; entries of another are not read. Also the folder's name.
const SHAPE: &str = "reports-1";
/// What a report unpacks to at most: a broken entry must not fill the memory.
const MOST: u64 = 256 << 20;

/// A file a result depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::batch) struct FileStamp {
    /// Its path as the report has it.
    pub(in crate::batch) name: String,
    /// What it held.
    pub(in crate::batch) sha256: String,
    /// By what it is known again without being read; none if it has to be.
    pub(in crate::batch) stat: Option<Stat>,
}

/// The first line of an entry.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    rules: String,
    files: Vec<FileStamp>,
}

/// A folder of results. Any number of runs may use it at once: entries are written aside and moved into place.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What is in a cache.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stock {
    /// How many results.
    pub entries: usize,
    /// How many bytes.
    pub bytes: u64,
}

impl Cache {
    /// The cache in a folder, which is made when something is first kept.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.join(SHAPE),
        }
    }

    /// Where an entry is. 256 folders, so that none holds too many files.
    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key.get(..2).unwrap_or("00")).join(key)
    }

    /// The key of a job: its statements, and the real paths of its files, so that two books of the same relative path do not
    /// take each other's place.
    pub(in crate::batch) fn key(job: &str, selection: &str, files: &[&Path]) -> String {
        let mut text = format!("{job}\n{selection}\n");
        for file in files {
            let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
            text.push_str(&whole.to_string_lossy());
            text.push('\n');
        }
        fingerprint::sha256(text.as_bytes())
    }

    /// The report that was kept, if it was made by the same rules and its files are still what they were.
    pub(in crate::batch) fn look(&self, key: &str, rules: &str) -> Option<String> {
        let bytes = std::fs::read(self.path(key)).ok()?;
        let end = bytes.iter().position(|b| *b == b'\n')?;
        let head: Head = serde_json::from_slice(bytes.get(..end)?).ok()?;
        if head.rules != rules {
            return None;
        }
        let (files, read_anew) = unchanged(&head.files)?;
        let mut report = String::new();
        let packed = bytes.get(end + 1..)?;
        // The packed form ends in a checksum: half an entry is none.
        ZlibDecoder::new(packed)
            .take(MOST)
            .read_to_string(&mut report)
            .ok()?;
        if read_anew {
            self.write(
                key,
                &Head {
                    rules: rules.to_owned(),
                    files,
                },
                packed,
            );
        }
        Some(report)
    }

    /// What is remembered of a job's files, whatever became of the rules: hashes that need no reading.
    pub(in crate::batch) fn stamps(&self, key: &str) -> Vec<FileStamp> {
        let read = || {
            let bytes = std::fs::read(self.path(key)).ok()?;
            let end = bytes.iter().position(|b| *b == b'\n')?;
            serde_json::from_slice::<Head>(bytes.get(..end)?).ok()
        };
        read().map(|h| h.files).unwrap_or_default()
    }

    /// Keeps a result. A cache that cannot be written to is as good as none.
    pub(in crate::batch) fn keep(
        &self,
        key: &str,
        rules: &str,
        files: Vec<FileStamp>,
        report: &str,
    ) {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        let packed = packer
            .write_all(report.as_bytes())
            .and_then(|()| packer.finish());
        if let Ok(packed) = packed {
            self.write(
                key,
                &Head {
                    rules: rules.to_owned(),
                    files,
                },
                &packed,
            );
        }
    }

    fn write(&self, key: &str, head: &Head, packed: &[u8]) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let path = self.path(key);
        let Ok(mut bytes) = serde_json::to_vec(head) else {
            return;
        };
        bytes.push(b'\n');
        bytes.extend_from_slice(packed);
        let aside = path.with_extension(format!(
            "{}-{}.new",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        let Some(folder) = path.parent() else { return };
        let kept = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&aside, &bytes))
            .and_then(|()| std::fs::rename(&aside, &path));
        if kept.is_err() {
            // Nothing half-written stays behind.
            let _ = std::fs::remove_file(&aside);
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is in it.
    pub fn stock(&self) -> Stock {
        let mut stock = Stock::default();
        self.each(|_, meta| {
            stock.entries += 1;
            stock.bytes += meta.len();
            Ok(())
        })
        // Counting cannot fail.
        .unwrap_or_default();
        stock
    }

    /// Removes entries older than this; all of them without an age. Returns what was removed.
    pub fn clear(&self, older: Duration) -> Result<Stock, Error> {
        let now = SystemTime::now();
        let mut gone = Stock::default();
        self.each(|path, meta| {
            let age = meta
                .modified()
                .ok()
                .and_then(|m| now.duration_since(m).ok())
                .unwrap_or_default();
            if age < older {
                return Ok(());
            }
            match std::fs::remove_file(path) {
                Ok(()) => {
                    gone.entries += 1;
                    gone.bytes += meta.len();
                    Ok(())
                }
                // Another run was quicker.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
                Err(e) => Err(Error::Write {
                    path: path.to_owned(),
                    why: e.to_string(),
                }),
            }
        })?;
        Ok(gone)
    }

    /// Every file of ours: in folders of two digits, named by a hash. Nothing else is touched, whatever the folder.
    fn each(
        &self,
        mut visit: impl FnMut(&Path, &std::fs::Metadata) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ours = |name: &str, least: usize| {
            name.len() >= least && name.bytes().take(least).all(|b| b.is_ascii_hexdigit())
        };
        for folder in std::fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = folder.file_name();
            if name.len() != 2 || !ours(&name.to_string_lossy(), 2) {
                continue;
            }
            for entry in std::fs::read_dir(folder.path())
                .into_iter()
                .flatten()
                .flatten()
            {
                if ours(&entry.file_name().to_string_lossy(), 64)
                    && let Ok(meta) = entry.metadata()
                {
                    visit(&entry.path(), &meta)?;
                }
            }
        }
        Ok(())
    }
}

/// Whether files still hold what they held; then also whether any had to be read for it.
pub(in crate::batch) fn unchanged(files: &[FileStamp]) -> Option<(Vec<FileStamp>, bool)> {
    let mut now = Vec::with_capacity(files.len());
    let mut read = false;
    for stamp in files {
        let path = Path::new(&stamp.name);
        let stat = Stat::of(path);
        if stat.is_none() || stat != stamp.stat {
            // Looked at before it is read: a change while reading shows next time.
            readable::file(path).ok()?;
            if fingerprint::of_file(path).ok()? != stamp.sha256 {
                return None;
            }
            read = true;
        }
        now.push(FileStamp {
            stat,
            ..stamp.clone()
        });
    }
    Some((now, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> PathBuf {
        let folder = std::env::temp_dir()
            .join(format!("presscheck-cache-tests-{}", std::process::id()))
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn stamp(path: &Path) -> FileStamp {
        FileStamp {
            name: path.display().to_string(),
            sha256: fingerprint::of_file(path).unwrap(),
            stat: Stat::of(path),
        }
    }

    #[test]
    fn a_result_holds_until_something_changes() {
        let folder = place("holds");
        let file = folder.join("a.pdf");
        std::fs::write(&file, "one").unwrap();
        let cache = Cache::new(&folder.join("cache"));
        let key = Cache::key("job", "", &[&file]);
        assert!(cache.look(&key, "rules").is_none());
        cache.keep(&key, "rules", vec![stamp(&file)], "{\"a\":1}");
        assert_eq!(cache.look(&key, "rules").unwrap(), "{\"a\":1}");
        assert!(cache.look(&key, "other rules").is_none());
        // The same length within the same instant: a young file is read, never trusted.
        std::fs::write(&file, "two").unwrap();
        assert!(cache.look(&key, "rules").is_none());
        std::fs::write(&file, "one").unwrap();
        assert!(cache.look(&key, "rules").is_some());
        std::fs::remove_file(&file).unwrap();
        assert!(cache.look(&key, "rules").is_none());
    }

    #[test]
    fn a_time_set_back_does_not_deceive() {
        let folder = place("back");
        let file = folder.join("a.pdf");
        std::fs::write(&file, "one").unwrap();
        let old = SystemTime::now() - Duration::from_secs(86_400);
        let dated = |file: &Path| {
            std::fs::File::options()
                .write(true)
                .open(file)
                .unwrap()
                .set_modified(old)
                .unwrap()
        };
        dated(&file);
        let cache = Cache::new(&folder.join("cache"));
        let key = Cache::key("job", "", &[&file]);
        cache.keep(&key, "rules", vec![stamp(&file)], "{}");
        std::fs::write(&file, "two").unwrap();
        dated(&file);
        assert!(cache.look(&key, "rules").is_none());
    }

    #[test]
    fn broken_entries_are_none() {
        let folder = place("broken");
        let cache = Cache::new(&folder);
        let key = Cache::key("job", "", &[]);
        cache.keep(&key, "rules", Vec::new(), "{\"report\":\"whole\"}");
        let whole = std::fs::read(cache.path(&key)).unwrap();
        for length in 0..whole.len() {
            std::fs::write(cache.path(&key), &whole[..length]).unwrap();
            assert!(
                cache.look(&key, "rules").is_none(),
                "{length} bytes of {}",
                whole.len()
            );
        }
    }

    #[test]
    fn only_its_own_files_are_cleared() {
        let folder = place("clear");
        let cache = Cache::new(&folder);
        for n in 0..5 {
            cache.keep(
                &Cache::key(&n.to_string(), "", &[]),
                "rules",
                Vec::new(),
                "{}",
            );
        }
        let stranger = cache.folder().join("ab");
        std::fs::create_dir_all(&stranger).unwrap();
        std::fs::write(stranger.join("notes.txt"), "mine").unwrap();
        assert_eq!(cache.stock().entries, 5);
        assert_eq!(cache.clear(Duration::from_secs(3600)).unwrap().entries, 0);
        assert_eq!(cache.clear(Duration::ZERO).unwrap().entries, 5);
        assert_eq!(cache.stock().entries, 0);
        assert!(stranger.join("notes.txt").exists());
    }

    #[test]
    fn two_writers_leave_one_whole_entry() {
        let cache = Cache::new(&place("two"));
        let key = Cache::key("job", "", &[]);
        std::thread::scope(|scope| {
            for writer in 0..2 {
                let (cache, key) = (&cache, &key);
                scope.spawn(move || {
                    for _ in 0..200 {
                        cache.keep(key, "rules", Vec::new(), &format!("{{\"by\":{writer}}}"));
                        assert!(cache.look(key, "rules").is_some());
                    }
                });
            }
        });
        assert_eq!(cache.stock().entries, 1);
    }
}
