//! Every file that a line of a catalogue may name, whether the line is understood or not: none of them is written over.

use std::path::{Path, PathBuf};

use crate::model::readable;

/// Paths that may be meant. Most of what a line holds is no path; whoever uses them looks which are there.
#[derive(Clone, Debug, Default)]
pub struct Named {
    files: Vec<PathBuf>,
    /// Jobs, which name files in turn.
    books: Vec<PathBuf>,
}

impl Named {
    /// Every path, with those that the jobs among them name.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let of_books = self.books.iter().flat_map(|book| of_book(book));
        let own = self.files.iter().chain(&self.books).cloned();
        own.chain(of_books)
    }

    /// One more. A name that ends in `.toml` is a job's.
    pub(in crate::batch) fn add(&mut self, path: PathBuf) {
        let is_toml = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("toml"));
        if is_toml {
            self.books.push(path);
        } else {
            self.files.push(path);
        }
    }

    /// A job, whatever its name ends in.
    pub(in crate::batch) fn add_book(&mut self, path: PathBuf) {
        self.books.push(path);
    }

    /// Those of another.
    pub(in crate::batch) fn join(&mut self, other: Self) {
        self.files.extend(other.files);
        self.books.extend(other.books);
    }

    /// The cells of a line.
    pub(in crate::batch) fn add_cells(&mut self, cells: &[String], folder: &Path) {
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            self.add_text(cell, folder);
        }
    }

    /// A text as a path: as it is, with the separators of another system, and by its name alone.
    pub(in crate::batch) fn add_text(&mut self, text: &str, folder: &Path) {
        self.add(folder.join(text));
        if text.contains('\\') {
            self.add(folder.join(text.replace('\\', "/")));
        }
        if text.contains(['\\', '/']) {
            self.add(folder.join(last_name(text)));
        }
    }
}

/// What stands behind the last separator of either system.
pub(in crate::batch) fn last_name(text: &str) -> &str {
    text.rsplit(['/', '\\']).next().unwrap_or(text)
}

/// What a line may hold whose quotes are in disorder: all between quotes, and all between delimiters.
pub(in crate::batch) fn pieces(text: &str, delimiter: u8) -> Vec<String> {
    let mut pieces = Vec::new();
    for quoted in text.split(['"', '\n', '\r']) {
        pieces.push(quoted.trim().to_owned());
        let parts = quoted.split(char::from(delimiter));
        pieces.extend(parts.map(|part| part.trim().to_owned()));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.dedup();
    pieces
}

/// What the texts in a job name, beside it. In one that is no TOML all between quotes or behind an equals sign is a text.
fn of_book(book: &Path) -> Vec<PathBuf> {
    let Ok(text) = readable::text(book) else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    match text.parse::<toml::Table>() {
        Ok(table) => strings(&toml::Value::Table(table), &mut texts),
        Err(_) => {
            let parts = text.split(['"', '\'', '=', '\n', '\r']);
            texts.extend(parts.map(|part| part.trim().to_owned()));
        }
    }
    let mut named = Named::default();
    let folder = book.parent().unwrap_or_else(|| Path::new(""));
    named.add_cells(&texts, folder);
    named.files.extend(named.books);
    named.files
}

fn strings(value: &toml::Value, out: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => out.push(text.clone()),
        toml::Value::Array(values) => values.iter().for_each(|v| strings(v, out)),
        toml::Value::Table(table) => table.values().for_each(|v| strings(v, out)),
        _ => {}
    }
}
