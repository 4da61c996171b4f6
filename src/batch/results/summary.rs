//! Summaries of a backlist as files: one line a title for spreadsheets, one page for people.

use std::path::{Path, PathBuf};

use crate::batch::results::links::Links;
use crate::batch::results::page::Page;
use crate::batch::results::tally::Tally;
use crate::batch::running::run::Sink;
use crate::batch::running::title_outcome::TitleOutcome;
use crate::model::error::Error;
use crate::model::visible::visible_lines;
use crate::output::{Scratch, Written};

/// The kinds there are, by the ending of the file's name.
enum SummaryFormat {
    Csv,
    /// The counts stand above the titles and are known last, so the titles wait in a file that nobody sees.
    Html(Box<Page>, Scratch),
}

/// A summary being written. It is written aside and moved into place when the run has ended.
pub struct Summary {
    kind: SummaryFormat,
    out: Written,
    /// What is not written yet.
    gathered: String,
    /// What the lines of an HTML page link to.
    results: Option<PathBuf>,
    links: Option<Links>,
}

/// Bytes that are written at once.
const GATHERED: usize = 1 << 16;

const COLUMNS: [&str; 17] = [
    "number",
    "line",
    "id",
    "title",
    "result",
    "errors",
    "warnings",
    "notes",
    "not_checked",
    "accepted",
    "pages",
    "change",
    "because",
    "verdicts",
    "rules",
    "worst",
    "remarks",
];

impl Summary {
    /// Begins a summary of so many titles; `results` are the lines it is of, if they are kept, and `reports` the folder of single reports with
    /// the ending of their names.
    pub fn begin(
        path: &Path,
        titles: usize,
        results: Option<&Path>,
        reports: Option<(&Path, &str)>,
    ) -> Result<Self, Error> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let kind = match ending.as_deref() {
            Some("csv") => SummaryFormat::Csv,
            Some("html" | "htm") => {
                SummaryFormat::Html(Box::new(Page::new(titles)?), Scratch::new()?)
            }
            _ => {
                return Err(Error::Catalogue(format!(
                    "{}: a summary is a file ending in .csv or .html",
                    path.display()
                )));
            }
        };
        let mut summary = Self {
            kind,
            out: Written::begin(path)?,
            gathered: String::new(),
            results: results.map(Path::to_owned),
            links: reports.map(|(folder, ending)| Links::new(path, folder, ending)),
        };
        if let SummaryFormat::Csv = summary.kind {
            // Spreadsheets take a file for UTF-8 only if it says so.
            let head = format!("\u{feff}{}", record_line(&COLUMNS.map(str::to_owned)));
            summary.put(&head)?;
        }
        Ok(summary)
    }

    fn put(&mut self, text: &str) -> Result<(), Error> {
        self.gathered.push_str(text);
        if self.gathered.len() < GATHERED {
            return Ok(());
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Error> {
        match &mut self.kind {
            SummaryFormat::Csv => self.out.put(self.gathered.as_bytes())?,
            SummaryFormat::Html(_, waiting) => waiting.put(self.gathered.as_bytes())?,
        }
        self.gathered.clear();
        Ok(())
    }

    /// Ends it and moves it into place.
    pub fn end(mut self, tally: &Tally, gone: Option<(usize, Vec<String>)>) -> Result<(), Error> {
        self.flush()?;
        if let SummaryFormat::Html(page, waiting) = self.kind {
            let (before, after) = page.around(tally, gone.as_ref(), self.results.as_deref())?;
            self.out.put(before.as_bytes())?;
            waiting.pour(&mut self.out)?;
            self.out.put(after.as_bytes())?;
        }
        self.out.end()
    }
}

impl Sink for Summary {
    fn take(&mut self, _: Option<&str>, outcome: &TitleOutcome) -> Result<(), Error> {
        let text = match &mut self.kind {
            SummaryFormat::Csv => csv_line(outcome),
            SummaryFormat::Html(page, _) => page.title(outcome, self.links.as_ref())?,
        };
        self.put(&text)
    }
}

fn csv_line(outcome: &TitleOutcome) -> String {
    let [errors, warnings, notes] = outcome.open;
    let change = outcome.change.as_ref();
    let mut rules: Vec<&str> = outcome
        .findings
        .iter()
        .filter(|f| !f.accepted)
        .map(|f| f.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let verdicts: Vec<String> = outcome
        .verdicts
        .iter()
        .map(|(p, e)| format!("{p}={}", e.word()))
        .collect();
    record_line(&[
        outcome.number.to_string(),
        outcome.line.map_or_else(String::new, |l| l.to_string()),
        outcome.id.clone(),
        outcome.title.clone().unwrap_or_default(),
        outcome.ending.word().to_owned(),
        errors.to_string(),
        warnings.to_string(),
        notes.to_string(),
        outcome.not_checked.to_string(),
        outcome.accepted.to_string(),
        outcome.pages.to_string(),
        change.map_or_else(String::new, |c| c.what.word().to_owned()),
        change.map_or_else(String::new, |c| {
            c.because
                .iter()
                .map(|b| b.word())
                .collect::<Vec<_>>()
                .join(" ")
        }),
        verdicts.join(" "),
        rules.join(" "),
        outcome.worst(),
        outcome.notes.join("; "),
    ])
}

fn record_line(cells: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory cannot fail. A cell that a spreadsheet would take for a formula is kept a text.
    let safe = cells.iter().map(|c| {
        let c = visible_lines(c);
        if c.starts_with(['=', '+', '-', '@']) {
            format!("'{c}")
        } else {
            c.into_owned()
        }
    });
    let _ = writer.write_record(safe);
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}
