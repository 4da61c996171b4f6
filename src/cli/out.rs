//! The only place that writes to the terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::flags::Force;
use crate::error::Error;
use crate::output;
use crate::report::Style;
use crate::visible::{visible, visible_text};

/// When text is written in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always, into files and pipes as well.
    Always,
    /// Never.
    Never,
}

/// What was chosen for this run: colour, and whether only what was asked for is said.
static CHOSEN: OnceLock<(Colour, bool)> = OnceLock::new();

/// Chooses for this run when text is written in colour, and whether files that were written are named.
pub(super) fn choose(colour: Colour, quiet: bool) {
    // Set once: the command line is parsed once.
    let _ = CHOSEN.set((colour, quiet));
}

/// Writes a text for people, in which nothing acts on what shows it but the program's own colours. One in a file says in a
/// last line who wrote it, so that the next run knows it again.
pub(super) fn text(file: Option<&Path>, text: &str) -> Result<(), Error> {
    let text = &shown(text, style(file).colour);
    if file.is_some_and(output::is_file) {
        return write(file, &output::seal_text(text));
    }
    write(file, text)
}

/// A text with all written out that would act, except ends of lines and, if there are any, colours.
fn shown(text: &str, coloured: bool) -> String {
    if !coloured {
        return visible_text(text).into_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (place, piece) in text.split('\u{1b}').enumerate() {
        if place > 0 {
            let is_colour = COLOURS.iter().any(|code| piece.starts_with(code));
            out.push_str(if is_colour { "\u{1b}" } else { "\\u{1b}" });
        }
        out.push_str(&visible_text(piece));
    }
    out
}

/// What follows the escape character where a report is dressed in colour.
const COLOURS: [&str; 7] = ["[0m", "[1m", "[2m", "[1;31m", "[1;32m", "[1;33m", "[1;36m"];

/// Writes to a file, or to standard output. A reader that has gone away (`| head`) is no fault.
pub(super) fn write(file: Option<&Path>, text: &str) -> Result<(), Error> {
    bytes(file, text.as_bytes())
}

/// Writes binary data; never to a terminal.
pub(super) fn write_bytes(file: Option<&Path>, data: &[u8]) -> Result<(), Error> {
    if file.is_none() && std::io::stdout().is_terminal() {
        let why = "a PDF is not for a terminal: name a file with --output";
        return Err(Error::Job(why.to_owned()));
    }
    bytes(file, data)
}

fn bytes(file: Option<&Path>, data: &[u8]) -> Result<(), Error> {
    if let Some(path) = file {
        return keep_one(path, data);
    }
    let mut out = std::io::stdout();
    match out.write_all(data).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Write {
            path: "-".into(),
            why: e.to_string(),
        }),
        _ => Ok(()),
    }
}

/// Writes one file, and names it to a person who waits for it.
fn keep_one(path: &Path, data: &[u8]) -> Result<(), Error> {
    output::write(path, data)?;
    let quiet = CHOSEN.get().is_some_and(|(_, quiet)| *quiet);
    if !quiet && output::is_file(path) && std::io::stderr().is_terminal() {
        complain(&format!("wrote {}", path.display()));
    }
    Ok(())
}

/// Writes files into a folder, or none of them if one would write over an input, over somebody else's file or over the answer,
/// where that goes to a file.
pub(super) fn keep<'i>(
    folder: &Path,
    files: &[(PathBuf, Vec<u8>)],
    (answer, force): (Option<&Path>, &Force),
    inputs: impl IntoIterator<Item = &'i Path>,
) -> Result<(), Error> {
    let paths = files.iter().map(|(path, _)| path.as_path());
    let outputs = answer.into_iter().chain(paths);
    output::allow_in(folder, outputs, inputs, force.force)?;
    files
        .iter()
        .try_for_each(|(path, bytes)| keep_one(path, bytes))
}

/// Says something on standard error.
pub(super) fn complain(text: &str) {
    for line in text.lines() {
        // Nowhere is left to say that this failed.
        let _ = writeln!(std::io::stderr(), "{}", visible(line));
    }
}

/// Writes one line of a stream. Unlike in [`write`], a reader that has gone away ends the work: there may be hours of it.
pub(super) fn stream(line: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(line.as_bytes())
        .and_then(|()| out.write_all(b"\n"));
    written.map_err(|e| Error::Write {
        path: "-".into(),
        why: match e.kind() {
            std::io::ErrorKind::BrokenPipe => "whoever read it has gone away".to_owned(),
            _ => e.to_string(),
        },
    })
}

/// The columns of the terminal that standard output is; none if it is none.
pub(super) fn terminal_width() -> Option<usize> {
    std::io::stdout().is_terminal().then(|| style(None).width)
}

/// How text for this destination is dressed: colour as chosen, by default only on a terminal and never under `NO_COLOR`.
pub(super) fn style(file: Option<&Path>) -> Style {
    let terminal = file.is_none() && std::io::stdout().is_terminal();
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
        || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    // COLUMNS is for those who want another width; shells keep their own to themselves.
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let asked = || terminal_size::terminal_size().filter(|_| terminal);
    let columns = told.or_else(|| asked().map(|(width, _)| usize::from(width.0)));
    Style {
        colour: match CHOSEN.get().map(|(colour, _)| colour) {
            Some(Colour::Always) => true,
            Some(Colour::Never) => false,
            Some(Colour::Auto) | None => terminal && !refused,
        },
        width: columns.unwrap_or(80usize).clamp(50, 120),
        ..Style::default()
    }
}
