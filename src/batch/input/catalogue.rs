//! A catalogue: which titles there are, read line by line so that a million cost no more memory than ten.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch::input::columns::{self, Header};
use crate::batch::input::editions::Editions;
use crate::batch::input::folder::{self, FolderIndex};
use crate::batch::input::locations::FileLocations;
use crate::batch::input::named::pieces;
use crate::batch::input::row;
use crate::batch::input::spreadsheet::{DELIMITERS, HEADER_WITHIN, SpreadsheetReader};
use crate::batch::input::title::{Row, RowAction};
use crate::model::error::Error;
use crate::model::geometry::Direction;
use crate::model::job::{Bleed, Ink, Job, Paper, Trim, WantedBinding};
use crate::model::readable;

/// What flags say of every title: they win over the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Platforms or products.
    pub platforms: Vec<String>,
    /// The ids of the user's own printers, checked besides.
    pub own: Vec<String>,
    /// The finished size.
    pub trim: Option<Trim>,
    /// The binding.
    pub binding: Option<WantedBinding>,
    /// The ink.
    pub ink: Option<Ink>,
    /// The paper.
    pub paper: Option<Paper>,
    /// The paper's weight.
    pub weight: Option<u32>,
    /// Whether art runs off the page.
    pub bleed: Option<Bleed>,
    /// The direction.
    pub direction: Option<Direction>,
}

impl Overrides {
    fn apply(&self, job: &mut Job) {
        if !self.platforms.is_empty() {
            job.platforms.clone_from(&self.platforms);
        }
        job.platforms.extend(self.own.iter().cloned());
        job.trim = self.trim.or(job.trim);
        job.binding = self.binding.or(job.binding);
        job.ink = self.ink.or(job.ink);
        job.paper = self.paper.or(job.paper);
        job.weight = self.weight.or(job.weight);
        job.bleed = self.bleed.unwrap_or(job.bleed);
        job.direction = self.direction.or(job.direction);
    }
}

/// A catalogue that was found to be one.
pub struct Catalogue {
    path: PathBuf,
    overrides: Overrides,
    source: Source,
    /// What to know about it as a whole.
    pub notes: Vec<String>,
}

enum Source {
    Sheet {
        header: Box<Header>,
        delimiter: u8,
        /// The line after which titles begin.
        header_line: u64,
        folder: PathBuf,
        shelf: Arc<FolderIndex>,
    },
    Folder(Vec<Row>),
}

impl Catalogue {
    /// Opens a spreadsheet or folder. `files` is where its files are, unless beside it.
    pub fn open(path: &Path, files: Option<&Path>, overrides: Overrides) -> Result<Self, Error> {
        let meta = std::fs::metadata(path).map_err(|e| Error::Read {
            path: path.to_owned(),
            why: match e.kind() {
                std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
                _ => e.to_string(),
            },
        })?;
        if meta.is_dir() {
            let rows = folder::titles(path)?;
            if rows.is_empty() {
                return Err(Error::Catalogue(format!(
                    "{} holds no PDF and no book.toml",
                    path.display()
                )));
            }
            return Ok(Self {
                path: path.to_owned(),
                overrides,
                source: Source::Folder(rows),
                notes: Vec::new(),
            });
        }
        // It is read several times, which a pipe cannot be.
        readable::file(path)?;
        let (header, delimiter, header_line) = header(path)?;
        let beside = path.parent().unwrap_or_else(|| Path::new(""));
        let folder = files.unwrap_or(beside).to_owned();
        let mut notes = Vec::new();
        if !header.unknown.is_empty() {
            notes.push(format!(
                "columns that nobody knows are left out: {}",
                header.unknown.join(", ")
            ));
        }
        for names in &header.same {
            notes.push(format!(
                "columns that mean the same: {}; of each line the first of them that is filled counts",
                names.join(", ")
            ));
        }
        let shelf = Arc::new(FolderIndex::new(&folder));
        Ok(Self {
            path: path.to_owned(),
            overrides,
            source: Source::Sheet {
                header: Box::new(header),
                delimiter,
                header_line,
                folder,
                shelf,
            },
            notes,
        })
    }

    /// What kind of catalogue it is, for people.
    pub fn kind(&self) -> &str {
        match &self.source {
            Source::Sheet { header, .. } => &header.kind.title,
            Source::Folder(_) => "a folder",
        }
    }

    /// Its lines, in order; each call reads it anew.
    pub fn rows(&self) -> Result<Rows<'_>, Error> {
        let lines: Box<dyn Iterator<Item = Row> + Send + '_> = match &self.source {
            Source::Folder(rows) => Box::new(rows.iter().cloned()),
            Source::Sheet {
                header,
                delimiter,
                header_line,
                folder,
                shelf,
            } => Box::new(SheetRows {
                sheet: SpreadsheetReader::open(&self.path, *delimiter)?,
                delimiter: *delimiter,
                header,
                after: *header_line,
                place: FileLocations { folder, shelf },
            }),
        };
        Ok(Rows {
            lines,
            overrides: &self.overrides,
            number: 0,
            seen: HashMap::new(),
            editions: Editions::default(),
        })
    }
}

/// Finds the header and with it the delimiter.
fn header(path: &Path) -> Result<(Header, u8, u64), Error> {
    for delimiter in DELIMITERS {
        for record in SpreadsheetReader::open(path, delimiter)?.take(HEADER_WITHIN) {
            let found = record.cells.ok().and_then(|cells| Header::read(&cells));
            // One column is what a wrong delimiter makes of any line.
            if let Some(header) = found.filter(|h| h.width > 1 || delimiter == b',') {
                return Ok((header, delimiter, record.line));
            }
        }
    }
    Err(Error::Catalogue(format!(
        "{}: none of its first {HEADER_WITHIN} lines is the header of a catalogue; expected is {}",
        path.display(),
        columns::expected()
    )))
}

/// The lines of a spreadsheet as rows.
struct SheetRows<'c> {
    sheet: SpreadsheetReader,
    delimiter: u8,
    header: &'c Header,
    after: u64,
    place: FileLocations<'c>,
}

impl Iterator for SheetRows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let record = self.sheet.next()?;
            if record.line <= self.after {
                continue;
            }
            let wrong = |why: String, text: &str| Row {
                number: 0,
                line: Some(record.line),
                id: format!("line {}", record.line),
                name: None,
                action: RowAction::Wrong(why),
                notes: Vec::new(),
                named: self.place.meant(&pieces(text, self.delimiter)),
            };
            let cells = match &record.cells {
                Ok(cells) => cells,
                Err(why) => return Some(wrong(why.clone(), &record.text)),
            };
            if row::swallowed(self.header, cells) {
                self.sheet.split_last();
                let why = "a quotation mark in it takes in the lines below";
                return Some(wrong(why.to_owned(), &cells.join("\n")));
            }
            if let Some(row) = row::row(self.header, cells, record.line, &self.place) {
                return Some(row);
            }
        }
    }
}

/// The rows of a catalogue, numbered, each with an id of its own.
pub struct Rows<'c> {
    lines: Box<dyn Iterator<Item = Row> + Send + 'c>,
    overrides: &'c Overrides,
    number: usize,
    /// How often an id was met, by its hash: ids themselves would be the catalogue in memory.
    seen: HashMap<u64, u32>,
    editions: Editions,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut row = self.lines.next()?;
        match &mut row.action {
            RowAction::Skip(_) => return Some(row),
            RowAction::Check { job, .. } => self.overrides.apply(job),
            RowAction::Wrong(_) => {}
        }
        self.number += 1;
        row.number = self.number;
        if let RowAction::Check { job, .. } = &row.action {
            row.notes.extend(self.editions.compare(self.number, job));
        }
        let times = self
            .seen
            .entry(crate::batch::running::fingerprint::short(&row.id))
            .or_default();
        *times += 1;
        if *times > 1 {
            row.notes
                .push(format!("the id \"{}\" was met before", row.id));
            row.id = format!("{} ({times})", row.id);
        }
        Some(row)
    }
}
