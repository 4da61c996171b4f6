//! A file that nobody sees, for what is written before what comes above it is known.

use std::fs::File;
use std::io::{Read, Seek, Write};

use super::beside::Written;
use crate::model::error::Error;

/// Bytes that are copied at once.
const PIECE: usize = 1 << 16;

/// A file without a name. It goes when it is dropped.
#[derive(Debug)]
pub struct Scratch(File);

impl Scratch {
    /// An empty one.
    pub fn new() -> Result<Self, Error> {
        tempfile::tempfile().map(Self).map_err(fault)
    }

    /// Writes more.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write_all(bytes).map_err(fault)
    }

    /// Copies all of it to the end of a file being written.
    pub fn pour(mut self, to: &mut Written) -> Result<(), Error> {
        self.0.rewind().map_err(fault)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = self.0.read(&mut piece).map_err(fault)?;
            match piece.get(..read) {
                None | Some([]) => return Ok(()),
                Some(bytes) => to.put(bytes)?,
            }
        }
    }
}

fn fault(error: std::io::Error) -> Error {
    Error::Write {
        path: std::env::temp_dir(),
        why: error.to_string(),
    }
}
