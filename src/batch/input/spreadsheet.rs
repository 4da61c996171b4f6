//! A spreadsheet saved as text, line by line: whatever its encoding, delimiter and line ends; a quote left open costs one line.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::batch::input::workbook;
use crate::model::error::Error;

/// Lines searched for the header: spreadsheets have accounts and contacts above it.
pub(in crate::batch) const HEADER_WITHIN: usize = 40;
/// Lines a quoted cell may run over: tables of contents have a few hundred.
const CELL_LINES: usize = 2000;
/// Lines read in vain for quotes that were never closed, all together; after that a cell has few.
const VAIN: usize = 10 * CELL_LINES;
const FEW_LINES: usize = 20;
/// Bytes of one line; a longer one is no spreadsheet.
const LINE_BYTES: u64 = 16 << 20;
/// What separates cells, likeliest first.
pub(in crate::batch) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// One line of a spreadsheet, which may run over several of the file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::batch) struct Record {
    /// The line of the file it begins on, from 1.
    pub(in crate::batch) line: u64,
    /// Its cells without the blanks around them, or what is wrong with it.
    pub(in crate::batch) cells: Result<Vec<String>, String>,
    /// Its first line as it stands in the file, if it is wrong.
    pub(in crate::batch) text: String,
}

/// Reads a file's records.
pub(in crate::batch) struct SpreadsheetReader {
    lines: Box<dyn BufRead + Send>,
    end: u8,
    delimiter: u8,
    /// The number of the next line to be read.
    next: u64,
    /// Lines read ahead and given back.
    back: VecDeque<Vec<u8>>,
    /// Lines of the file that the last record took besides its first.
    last: Vec<Vec<u8>>,
    /// Lines read ahead for quotes that were never closed.
    vain: usize,
}

impl SpreadsheetReader {
    /// Opens a file, and recognises a workbook or a PDF.
    pub(in crate::batch) fn open(path: &Path, delimiter: u8) -> Result<Self, Error> {
        let fault = |e: std::io::Error| Error::Read {
            path: path.to_owned(),
            why: e.to_string(),
        };
        let mut head = Vec::new();
        File::open(path)
            .map_err(fault)?
            .take(1 << 16)
            .read_to_end(&mut head)
            .map_err(fault)?;
        let told = |why: &str| Error::Catalogue(format!("{}: {why}", path.display()));
        if let Some(why) = not_text(&head) {
            return Err(told(why));
        }
        if is_workbook(path, &head) {
            let text = workbook::text(path, delimiter).map_err(|why| told(&why))?;
            return Ok(Self::of(Box::new(Cursor::new(text)), b'\n', delimiter));
        }
        let decoder = DecodeReaderBytesBuilder::new()
            .strip_bom(true)
            .build(File::open(path).map_err(fault)?);
        // Some programs end lines with a carriage return alone.
        let end = if head.contains(&b'\r') && !head.contains(&b'\n') {
            b'\r'
        } else {
            b'\n'
        };
        Ok(Self::of(Box::new(BufReader::new(decoder)), end, delimiter))
    }

    fn of(lines: Box<dyn BufRead + Send>, end: u8, delimiter: u8) -> Self {
        Self {
            lines,
            end,
            delimiter,
            next: 1,
            back: VecDeque::new(),
            last: Vec::new(),
            vain: 0,
        }
    }

    /// The next line of the file; none at its end.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.back.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        let read = (&mut self.lines)
            .take(LINE_BYTES)
            .read_until(self.end, &mut line)?;
        Ok((read > 0).then_some(line))
    }

    /// Joins lines until every quote is closed. A quote that is never closed costs its own line.
    fn record(&mut self) -> std::io::Result<Option<Record>> {
        let Some(mut text) = self.line()? else {
            return Ok(None);
        };
        let line = self.next;
        let first = text.len();
        let mut more: Vec<Vec<u8>> = Vec::new();
        let most = if self.vain < VAIN {
            CELL_LINES
        } else {
            FEW_LINES
        };
        let mut quotes = Quotes::new(self.delimiter);
        quotes.read(&text);
        while quotes.open && !quotes.astray && more.len() < most {
            let Some(next) = self.line()? else { break };
            quotes.read(&next);
            text.extend_from_slice(&next);
            more.push(next);
        }
        let cells = if quotes.open || quotes.astray {
            self.vain += more.len();
            Err("a quotation mark is opened and not closed".to_owned())
        } else {
            cells(&text, self.delimiter)
        };
        self.next += 1 + more.len() as u64;
        self.last = more;
        let mut told = String::new();
        if cells.is_err() {
            self.split_last();
            told = word(text.get(..first).unwrap_or(&text));
        }
        Ok(Some(Record {
            line,
            cells,
            text: told,
        }))
    }

    /// Takes the record just read apart again: only its first line is wrong, the others go on by themselves.
    pub(in crate::batch) fn split_last(&mut self) {
        let lines = std::mem::take(&mut self.last);
        self.next -= lines.len() as u64;
        for line in lines.into_iter().rev() {
            self.back.push_front(line);
        }
    }
}

impl Iterator for SpreadsheetReader {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        match self.record() {
            Ok(record) => record,
            Err(e) => {
                let record = Record {
                    line: self.next,
                    cells: Err(format!("the file cannot be read further: {e}")),
                    text: String::new(),
                };
                // Nothing can follow.
                self.lines = Box::new(std::io::empty());
                self.back.clear();
                Some(record)
            }
        }
    }
}

/// Whether it is a workbook that can be read as it is.
fn is_workbook(path: &Path, head: &[u8]) -> bool {
    let named = path.extension().is_some_and(|e| {
        ["xlsx", "xlsm", "ods"]
            .iter()
            .any(|end| e.eq_ignore_ascii_case(end))
    });
    head.starts_with(b"PK\x03\x04") && named
}

/// What a file is that is no text, and what to do.
fn not_text(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"PK\x03\x04") {
        None
    } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Some("this is an old Excel workbook (xls); save the sheet as CSV UTF-8 and give that")
    } else if head.starts_with(b"%PDF") {
        Some("this is a PDF; give a catalogue or a folder (`presscheck check` looks at one book)")
    } else if head.contains(&0)
        && !head.starts_with(&[0xff, 0xfe])
        && !head.starts_with(&[0xfe, 0xff])
    {
        Some("this is no text; a catalogue is a spreadsheet saved as CSV")
    } else {
        None
    }
}

/// Whether a quoted cell is still open, as lines are read. Quotes inside unquoted cells (7" singles) mean nothing.
struct Quotes {
    delimiter: u8,
    open: bool,
    start: bool,
    /// The open cell has run over the end of a line.
    over: bool,
    /// The last byte closed a cell that has.
    closed: bool,
    /// A cell that ran over the end of a line ends in the middle of a word: its first quote was never closed, and this one
    /// belongs to another cell.
    astray: bool,
}

impl Quotes {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            open: false,
            start: true,
            over: false,
            closed: false,
            astray: false,
        }
    }

    fn read(&mut self, text: &[u8]) {
        for byte in text {
            let ends = *byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
            self.astray |= std::mem::take(&mut self.closed) && !ends;
            match byte {
                b'"' if self.open => {
                    self.open = false;
                    self.closed = std::mem::take(&mut self.over);
                }
                b'\n' | b'\r' if self.open => self.over = true,
                // A doubled quote closes and opens again.
                b'"' if self.start => self.open = true,
                _ => {}
            }
            if !self.open {
                self.start = ends;
            }
        }
    }
}

fn cells(text: &[u8], delimiter: u8) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(text.len().clamp(64, 1 << 16))
        .from_reader(text);
    let mut record = csv::ByteRecord::new();
    let found = reader
        .read_byte_record(&mut record)
        .map_err(|e| e.to_string())?;
    Ok(if found {
        record.iter().map(word).collect()
    } else {
        Vec::new()
    })
}

/// A cell as text: UTF-8, or else what Windows writes; without the blanks around it and Excel's `="..."`.
fn word(cell: &[u8]) -> String {
    let text = match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode(cell).0.into_owned(),
    };
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{a0}');
    let text = text.trim_matches(blank);
    let inner = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'));
    inner.unwrap_or(text).trim_matches(blank).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8], delimiter: u8) -> Vec<Record> {
        let folder = std::env::temp_dir().join("presscheck-sheet-tests");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        SpreadsheetReader::open(&path, delimiter).unwrap().collect()
    }

    fn words(record: &Record) -> Vec<&str> {
        record
            .cells
            .as_ref()
            .unwrap()
            .iter()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn cells_over_several_lines_keep_their_number() {
        let all = read(
            "lines.csv",
            b"a,\"b\nc\"\r\n\"x \"\"y\"\"\",7\" single\n",
            b',',
        );
        assert_eq!(words(&all[0]), ["a", "b\nc"]);
        assert_eq!(
            (all[1].line, words(&all[1])),
            (3, vec!["x \"y\"", "7\" single"])
        );
    }

    #[test]
    fn an_open_quote_costs_one_line() {
        let all = read("open.csv", b"a,b\n\"no end,b\nc,d\ne,f\n", b',');
        assert_eq!(all.len(), 4);
        assert!(all[1].cells.is_err() && all[1].line == 2);
        assert_eq!((all[2].line, words(&all[2])), (3, vec!["c", "d"]));
        assert_eq!(all[3].line, 4);
    }

    #[test]
    fn an_open_quote_is_not_closed_by_one_within_a_word_lines_below() {
        let all = read(
            "astray.csv",
            b"a,b\n\"no end,b\nc,d\ne \"x\",f\n\"g\nh\",i\n",
            b',',
        );
        let told: Vec<_> = all.iter().map(|r| (r.line, r.cells.is_ok())).collect();
        assert_eq!(
            told,
            [(1, true), (2, false), (3, true), (4, true), (5, true)]
        );
        assert_eq!(words(&all[4]), ["g\nh", "i"]);
    }

    #[test]
    fn quotes_open_on_every_line_cost_each_line_and_no_more() {
        let lines = "a,\"b\"\",c,\"6x9\n".repeat(30_000);
        let records = read("open-everywhere", format!("{lines}z,1\n").as_bytes(), b',');
        assert!(records.len() > 10_000);
        assert_eq!(records.last().map(words), Some(vec!["z", "1"]));
    }

    #[test]
    fn encodings_of_real_programs() {
        let utf16: Vec<u8> = "\u{feff}Zo\u{eb}\tb\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (name, bytes, delimiter) in [
            ("utf8.csv", "Zo\u{eb},b\n".as_bytes(), b','),
            ("bom.csv", "\u{feff}Zo\u{eb},b\n".as_bytes(), b','),
            ("windows.csv", b"Zo\xeb,b\n", b','),
            ("utf16.txt", &utf16, b'\t'),
            ("mac.csv", "Zo\u{eb},b\rc,d\r".as_bytes(), b','),
            ("excel.csv", "=\"Zo\u{eb}\", b\u{a0}\n".as_bytes(), b','),
        ] {
            assert_eq!(
                words(&read(name, bytes, delimiter)[0]),
                ["Zoë", "b"],
                "{name}"
            );
        }
    }

    #[test]
    fn workbooks_that_cannot_be_read_are_sent_back_with_advice() {
        let folder = std::env::temp_dir().join("presscheck-sheet-tests");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("book.xlsx");
        std::fs::write(&path, b"PK\x03\x04....").unwrap();
        let why = SpreadsheetReader::open(&path, b',')
            .err()
            .unwrap()
            .to_string();
        assert!(why.contains("save the sheet as CSV"), "{why}");
        let path = folder.join("book.ods");
        std::fs::write(&path, b"PK\x03\x04....mimetype").unwrap();
        let why = SpreadsheetReader::open(&path, b',')
            .err()
            .unwrap()
            .to_string();
        assert!(why.contains("save the sheet as CSV"), "{why}");
    }
}
