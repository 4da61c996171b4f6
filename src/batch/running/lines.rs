//! Indexes a results file: the byte span of each title's line, and a last line that a kill left incomplete.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use crate::batch::running::batch_record::read_header;

/// Where a line is in its file, its end left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::batch) struct Span {
    pub(in crate::batch) at: u64,
    pub(in crate::batch) length: u64,
}

/// A longer line was not written by presscheck.
const MOST: u64 = 256 << 20;

impl Span {
    /// The line's text.
    pub(in crate::batch) fn read(self, file: &mut File) -> std::io::Result<String> {
        file.seek(SeekFrom::Start(self.at))?;
        let mut bytes = vec![0; usize::try_from(self.length).unwrap_or(0)];
        file.read_exact(&mut bytes)?;
        String::from_utf8(bytes)
            .map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidData, e))
    }
}

/// What [`index`] counted.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::batch) struct LineScan {
    /// Lines that are results.
    pub(in crate::batch) lines: usize,
    /// Lines that are not.
    pub(in crate::batch) strange: usize,
    /// The end of the last whole line.
    pub(in crate::batch) end: u64,
}

/// Reads a file once, line by line, and calls `tell` with the id and span of each title.
pub(in crate::batch) fn index(
    file: &File,
    mut tell: impl FnMut(&str, Span),
) -> std::io::Result<LineScan> {
    let mut reader = BufReader::with_capacity(1 << 18, file);
    reader.seek(SeekFrom::Start(0))?;
    let mut found = LineScan::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut reader).take(MOST).read_until(b'\n', &mut line)? as u64;
        if line.pop() != Some(b'\n') {
            // The end, or a tail without one.
            return Ok(found);
        }
        let span = Span {
            at: found.end,
            length: read - 1,
        };
        found.end += read;
        // A line that broke off and was written over in part does not end as an object does.
        let whole = line.ends_with(b"}");
        match std::str::from_utf8(&line)
            .ok()
            .filter(|_| whole)
            .and_then(read_header)
        {
            Some(batch_record) => {
                found.lines += 1;
                tell(&batch_record.id, span);
            }
            None => found.strange += 1,
        }
    }
}
