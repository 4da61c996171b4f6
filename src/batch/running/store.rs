//! The results file: lines in the catalogue's order, whole at any moment. Titles that finish early wait in a second file.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::batch::running::fingerprint::short;
use crate::batch::running::lines::{LineScan, Span, index};
use crate::model::error::Error;

/// Which of the two files a line is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Results,
    Waiting,
}

/// Where results go.
///
/// A line is written by one call and ends in a line feed, so that a kill leaves whole lines and at most one torn tail, which
/// the next run cuts off. Titles that are done before their turn are written to a second file at once. The next run finds
/// every line of both, by the title's id; whether a line still holds is not decided here.
pub(in crate::batch) struct Store {
    path: Option<PathBuf>,
    results: Option<File>,
    /// Up to here the results are those of this run.
    good: u64,
    /// The results' length; beyond `good` stand lines of an earlier run.
    end: u64,
    waiting: Option<(PathBuf, File)>,
    waiting_end: u64,
    held: HashMap<u64, (Where, Span)>,
}

impl Store {
    /// Opens the results file, or none: then lines only wait for their turn.
    ///
    /// What is in it already has to be results; with `force` anything else is emptied out.
    pub(in crate::batch) fn open(path: Option<&Path>, force: bool) -> Result<Self, Error> {
        let mut store = Self {
            path: path.map(Path::to_owned),
            results: None,
            good: 0,
            end: 0,
            waiting: None,
            waiting_end: 0,
            held: HashMap::new(),
        };
        let Some(path) = path else { return Ok(store) };
        let fault = |e: std::io::Error| Error::Write {
            path: path.to_owned(),
            why: e.to_string(),
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Catalogue(format!(
                    "{} is being written by another run; name another file",
                    path.display()
                )));
            }
            // A file system without locks: two runs into one file are then the user's own care.
            Err(TryLockError::Error(_)) => {}
        }
        let held = &mut store.held;
        let mut found = index(&file, |id, span| {
            held.insert(short(id), (Where::Results, span));
        })
        .map_err(fault)?;
        if is_strange(&file, &found).map_err(fault)? {
            if !force {
                return Err(strange(path));
            }
            held.clear();
            found = LineScan::default();
        }
        file.set_len(found.end).map_err(fault)?;
        store.end = found.end;
        store.results = Some(file);
        let waiting = waiting(path);
        if waiting.exists() {
            store.wait_in(&waiting)?;
            if let Some((path, file)) = &store.waiting {
                let held = &mut store.held;
                let found = index(file, |id, span| {
                    held.insert(short(id), (Where::Waiting, span));
                })
                .map_err(fault)?;
                if is_strange(file, &found).map_err(fault)? {
                    return Err(strange(path));
                }
                file.set_len(found.end).map_err(|e| Error::Write {
                    path: path.clone(),
                    why: e.to_string(),
                })?;
                store.waiting_end = found.end;
            }
        }
        Ok(store)
    }

    fn wait_in(&mut self, path: &Path) -> Result<(), Error> {
        let fault = |e: std::io::Error| Error::Write {
            path: path.to_owned(),
            why: e.to_string(),
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fault)?;
        self.waiting = Some((path.to_owned(), file));
        Ok(())
    }

    /// A file that only this run knows, where nothing is to be found again.
    fn wait_unnamed(&mut self) -> Result<(), Error> {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let name = format!(
            "presscheck-batch-{}-{}.waiting",
            std::process::id(),
            since.as_nanos()
        );
        let path = std::env::temp_dir().join(name);
        let fault = |e: std::io::Error| Error::Write {
            path: path.clone(),
            why: e.to_string(),
        };
        // Nobody else can have put anything there.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(fault)?;
        // Where systems allow it, the name goes at once and the file with the run; elsewhere when the run ends.
        let _ = std::fs::remove_file(&path);
        self.waiting = Some((path, file));
        Ok(())
    }

    /// The line of an earlier run, wherever it is.
    pub(in crate::batch) fn held(&mut self, id: &str) -> Option<String> {
        let (place, span) = *self.held.get(&short(id))?;
        let file = match place {
            Where::Results => self.results.as_mut()?,
            Where::Waiting => &mut self.waiting.as_mut()?.1,
        };
        span.read(file).ok()
    }

    /// Keeps a line whose turn has not come.
    pub(in crate::batch) fn wait(&mut self, line: &str) -> Result<Span, Error> {
        if self.waiting.is_none() {
            match self.path.as_deref().map(waiting) {
                Some(path) => self.wait_in(&path)?,
                None => self.wait_unnamed()?,
            }
            self.waiting_end = 0;
        }
        let span = Span {
            at: self.waiting_end,
            length: line.len() as u64,
        };
        let Some((path, file)) = &mut self.waiting else {
            return Ok(span);
        };
        append(file, span.at, line).map_err(|e| Error::Write {
            path: path.clone(),
            why: e.to_string(),
        })?;
        self.waiting_end += span.length + 1;
        Ok(span)
    }

    /// A line that waited.
    pub(in crate::batch) fn waited(&mut self, span: Span) -> Result<String, Error> {
        let (path, file) = self
            .waiting
            .as_mut()
            .ok_or_else(|| Error::Catalogue("nothing waits".to_owned()))?;
        span.read(file).map_err(|e| Error::Read {
            path: path.clone(),
            why: e.to_string(),
        })
    }

    /// Writes the line whose turn it is. A line of an earlier run that is the same stays where it is.
    pub(in crate::batch) fn write(&mut self, line: &str) -> Result<(), Error> {
        let length = line.len() as u64 + 1;
        if self.good < self.end {
            if self.stands(line) {
                self.good += length;
                return Ok(());
            }
            self.make_way()?;
        }
        let (Some(path), Some(file)) = (&self.path, &mut self.results) else {
            return Ok(());
        };
        append(file, self.good, line).map_err(|e| Error::Write {
            path: path.clone(),
            why: e.to_string(),
        })?;
        self.good += length;
        self.end = self.good;
        Ok(())
    }

    /// Whether the next line of the results is this one.
    fn stands(&mut self, line: &str) -> bool {
        let length = line.len() as u64;
        if self.good + length + 1 > self.end {
            return false;
        }
        let Some(file) = &mut self.results else {
            return false;
        };
        let there = Span {
            at: self.good,
            length: length + 1,
        }
        .read(file);
        there.is_ok_and(|there| there.strip_suffix('\n') == Some(line))
    }

    /// Moves what an earlier run has left to the lines that wait: nothing that may still hold is thrown away.
    fn make_way(&mut self) -> Result<(), Error> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        let fault = |e: std::io::Error| Error::Write {
            path: path.clone(),
            why: e.to_string(),
        };
        if self.waiting.is_none() {
            self.wait_in(&waiting(&path))?;
        }
        let (Some(results), Some((_, waiting))) = (&mut self.results, &mut self.waiting) else {
            return Ok(());
        };
        results.seek(SeekFrom::Start(self.good)).map_err(fault)?;
        waiting
            .seek(SeekFrom::Start(self.waiting_end))
            .map_err(fault)?;
        let moved = std::io::copy(results, waiting).map_err(fault)?;
        for (place, span) in self.held.values_mut() {
            if *place == Where::Results && span.at >= self.good {
                *place = Where::Waiting;
                span.at = span.at - self.good + self.waiting_end;
            }
        }
        self.waiting_end += moved;
        results.set_len(self.good).map_err(fault)?;
        self.end = self.good;
        Ok(())
    }

    /// Ends a run that came to its end: nothing waits any more.
    pub(in crate::batch) fn finish(mut self) -> Result<(), Error> {
        if let (Some(path), Some(file)) = (&self.path, &self.results) {
            let fault = |e: std::io::Error| Error::Write {
                path: path.clone(),
                why: e.to_string(),
            };
            file.set_len(self.good)
                .and_then(|()| file.sync_all())
                .map_err(fault)?;
        }
        if let Some((path, file)) = self.waiting.take() {
            drop(file);
            // It may have been cleared away already.
            let _ = std::fs::remove_file(path);
        }
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Without a results file no later run resumes from the waiting lines.
        if self.path.is_none()
            && let Some((path, _)) = self.waiting.take()
        {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// The file in which lines for this results file wait for their turn.
pub fn waiting(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".waiting");
    PathBuf::from(name)
}

fn append(file: &mut File, at: u64, line: &str) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::with_capacity(line.len() + 1);
    bytes.extend_from_slice(line.as_bytes());
    bytes.push(b'\n');
    file.write_all(&bytes)
}

fn is_strange(file: &File, found: &LineScan) -> std::io::Result<bool> {
    let length = file.metadata()?.len();
    Ok(found.strange > 0 || (found.lines == 0 && length > 0 && !is_torn(file)))
}

fn strange(path: &Path) -> Error {
    Error::Catalogue(format!(
        "{} is there already and holds something else than results of `presscheck batch`; name another file",
        path.display()
    ))
}

/// Whether all there is is the beginning of a first line.
fn is_torn(mut file: &File) -> bool {
    const START: &[u8] = b"{\"batch\":";
    let mut head = [0; START.len()];
    if file.seek(SeekFrom::Start(0)).is_err() {
        return false;
    }
    let mut read = 0;
    while let Some(rest) = head.get_mut(read..).filter(|r| !r.is_empty()) {
        match file.read(rest) {
            Ok(n) if n > 0 => read += n,
            _ => break,
        }
    }
    head.get(..read).is_some_and(|h| START.starts_with(h))
}
