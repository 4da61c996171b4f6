//! The protocol between a worker and its parent: frames of a kind, a length and a body.

use std::io::{self, Read, Write};

use bitcode::{Decode, Encode};

use crate::measure::{Drawn, PlatePictures, PlateView, View, Wanted};
use crate::model::comment::Comment;
use crate::model::facts::Document;
use crate::model::limits::Limits;

/// A request to measure a file; its bytes follow.
#[derive(Clone, Debug, Encode, Decode)]
pub(super) struct Request {
    /// The path as the user gave it.
    pub(super) name: String,
    /// Bytes of the file.
    pub(super) length: u64,
    /// Bounds on it.
    pub(super) limits: Limits,
    /// Threads to use.
    pub(super) threads: usize,
    /// Seconds of processor time that it may take with all threads.
    pub(super) seconds: u64,
    /// What to do.
    pub(super) task: Task,
}

/// The task for a file.
#[derive(Clone, Debug, Encode, Decode)]
pub(super) enum Task {
    /// Measure the file, except these pages, with the reason for each.
    Measure(Wanted, Vec<(u32, String)>),
    /// Draw these parts of pages.
    Draw(Vec<View>),
    /// Put these comments on a copy.
    Annotate(Vec<Comment>),
    /// Make the separations of a page.
    Plates(PlateView),
}

/// A message of a worker.
#[derive(Clone, Debug, Encode, Decode)]
pub(super) enum Answer {
    /// It has begun a page.
    Begun(u32),
    /// It has done a page: so many of so many.
    Done(u32, usize, usize),
    /// The facts.
    Measured(Box<Document>),
    /// The copy with comments, or why there is none.
    Annotated(Result<Vec<u8>, String>),
    /// The pictures, none for what cannot be drawn; or why the file cannot be opened.
    Drawn(Result<Vec<Option<Drawn>>, String>),
    /// The separations, or why there are none.
    Plates(Box<Result<PlatePictures, String>>),
}

/// The largest frame accepted: facts of the largest books have some hundred megabytes.
const MOST: u64 = 2 << 30;

/// Bytes that are set aside for a frame before they arrive.
const AHEAD: u64 = 64 << 20;

/// Writes a frame, which may stay in a buffer.
pub(super) fn write(to: &mut impl Write, body: &impl Encode) -> io::Result<()> {
    let body = bitcode::encode(body);
    to.write_all(&(body.len() as u64).to_le_bytes())?;
    to.write_all(&body)
}

/// Reads a frame; none at the end.
pub(super) fn read<T: for<'d> Decode<'d>>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(e) => return Err(e),
    }
    let length = u64::from_le_bytes(length);
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = Vec::with_capacity(usize::try_from(length.min(AHEAD)).unwrap_or(0));
    from.take(length).read_to_end(&mut body)?;
    bitcode::decode(&body)
        .map(Some)
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))
}
