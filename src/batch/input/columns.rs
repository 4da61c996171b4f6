//! The columns of catalogues: presscheck's own, and those of the spreadsheets platforms have, by their own names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::batch::input::own_columns::{ALSO, COLUMNS};

const SPREADSHEETS: [&str; 2] = [
    include_str!("../../../templates/catalogues/acs.toml"),
    include_str!("../../../templates/catalogues/ingram-export.toml"),
];

/// A kind of spreadsheet, known by its columns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::batch) struct SheetFormat {
    /// For people.
    pub(in crate::batch) title: String,
    /// The platforms its books are at.
    #[serde(rename = "for")]
    pub(in crate::batch) platforms: Vec<String>,
    /// Fields a header has to have.
    known_by: Vec<String>,
    /// The day a real one was last examined.
    checked: String,
    /// Field to column names.
    columns: BTreeMap<String, Vec<String>>,
    /// Field to words that mark its line as no printed book.
    pub(in crate::batch) skip: BTreeMap<String, Vec<String>>,
    /// Whether it is presscheck's own.
    #[serde(skip)]
    pub(in crate::batch) own: bool,
}

/// Every kind known. That the data parses is a test.
static KINDS: LazyLock<Vec<SheetFormat>> = LazyLock::new(|| {
    let own = SheetFormat {
        title: "presscheck's own catalogue".to_owned(),
        own: true,
        columns: COLUMNS
            .iter()
            .map(|c| {
                let also = ALSO
                    .iter()
                    .filter(|(name, _)| *name == c.name)
                    .flat_map(|(_, also)| *also);
                let names = std::iter::once(&c.name).chain(also);
                (c.name.to_owned(), names.map(|n| (*n).to_owned()).collect())
            })
            .collect(),
        ..SheetFormat::default()
    };
    let others = SPREADSHEETS
        .iter()
        .filter_map(|text| toml::from_str(text).ok());
    // Ours last: it is content with the least.
    others.chain(std::iter::once(own)).collect()
});

/// Where the columns of one spreadsheet are.
#[derive(Clone, Debug)]
pub(in crate::batch) struct Header {
    pub(in crate::batch) kind: &'static SheetFormat,
    /// Field to places, likeliest first. Own catalogues also have `cover-PLATFORM`.
    fields: BTreeMap<String, Vec<usize>>,
    /// Unknown columns of presscheck's own catalogue: most likely misspelt.
    pub(in crate::batch) unknown: Vec<String>,
    /// Columns that mean the same, as the header names them, likeliest first.
    pub(in crate::batch) same: Vec<Vec<String>>,
    /// How many columns there are.
    pub(in crate::batch) width: usize,
}

impl Header {
    /// Reads a header; `None` where the line is none.
    pub(in crate::batch) fn read(cells: &[String]) -> Option<Self> {
        let plain: Vec<String> = cells.iter().map(|c| plain(c)).collect();
        KINDS.iter().find_map(|kind| {
            let mut fields: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (field, names) in &kind.columns {
                for name in names {
                    let name = self::plain(name);
                    let places = plain
                        .iter()
                        .enumerate()
                        .filter(|(_, p)| **p == name)
                        .map(|(i, _)| i);
                    fields.entry(field.clone()).or_default().extend(places);
                }
            }
            fields.retain(|_, places| !places.is_empty());
            let mut unknown = Vec::new();
            if kind.own {
                let taken: Vec<usize> = fields.values().flatten().copied().collect();
                for (place, (cell, plain)) in cells.iter().zip(&plain).enumerate() {
                    let platform = cover_of(cell).filter(|_| !taken.contains(&place));
                    if let Some(platform) = platform {
                        let field = format!("cover-{platform}");
                        fields.entry(field).or_default().push(place);
                    } else if !taken.contains(&place) && !plain.is_empty() {
                        unknown.push(cell.clone());
                    }
                }
                // A file, or an ISBN among columns that are all ours.
                let named = fields
                    .keys()
                    .any(|f| matches!(f.as_str(), "interior" | "book") || f.starts_with("cover"));
                let ours = named
                    || (fields.contains_key("isbn") && fields.len() > 1 && unknown.is_empty());
                if !ours {
                    return None;
                }
            } else if !kind.known_by.iter().all(|f| fields.contains_key(f)) {
                return None;
            }
            let same = fields.values().filter_map(|places| {
                let plain = places.iter().filter_map(|place| plain.get(*place));
                // Spreadsheets of platforms have several columns for one thing, but none twice.
                let is_twice = places.len() > 1
                    && (kind.own || plain.collect::<BTreeSet<_>>().len() < places.len());
                let names = places.iter().filter_map(|place| cells.get(*place));
                is_twice.then(|| names.cloned().collect())
            });
            Some(Self {
                kind,
                same: same.collect(),
                fields,
                unknown,
                width: cells.len(),
            })
        })
    }

    /// The cell of a field in a record, unless it is empty.
    pub(in crate::batch) fn cell<'r>(&self, cells: &'r [String], field: &str) -> Option<&'r str> {
        let places = self.fields.get(field)?;
        places
            .iter()
            .filter_map(|i| cells.get(*i))
            .map(String::as_str)
            .find(|c| !c.is_empty())
    }

    /// Every field there is, with its cell.
    pub(in crate::batch) fn cells<'s>(
        &'s self,
        cells: &'s [String],
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.fields
            .keys()
            .filter_map(|f| Some((f.as_str(), self.cell(cells, f)?)))
    }
}

/// Letters, digits and # in lower case: what counts of a column's name.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric() || *c == '#')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The platform of a column `cover-PLATFORM`.
fn cover_of(cell: &str) -> Option<String> {
    let lower = cell.to_lowercase().replace(['_', ' ', ':'], "-");
    let platform = lower.strip_prefix("cover-")?;
    let word = !platform.is_empty() && platform.chars().all(|c| c.is_alphanumeric() || c == '-');
    word.then(|| platform.to_owned())
}

/// What catalogues are known, for when a file is none.
pub(in crate::batch) fn expected() -> String {
    let columns = |k: &SheetFormat| {
        let names = k
            .known_by
            .iter()
            .filter_map(|f| k.columns.get(f)?.first().map(|n| format!("\"{n}\"")));
        names.collect::<Vec<_>>().join(" and ")
    };
    let mut out = "a column \"interior\" or \"cover\" (presscheck's own catalogue)".to_owned();
    for kind in KINDS.iter().filter(|k| !k.own) {
        let _ = write!(out, ", or {} ({})", columns(kind), kind.title);
    }
    out
}

/// A catalogue to fill in.
pub fn example() -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = COLUMNS.iter().map(|c| c.name);
    let examples = COLUMNS.iter().map(|c| c.example);
    // Writing to memory cannot fail.
    let _ = writer.write_record(names);
    let _ = writer.write_record(examples);
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

/// The page about catalogues: every column of every kind.
pub fn catalogue_page() -> String {
    let mut out = String::from(
        "<!-- generated from src/batch/columns.rs and templates/catalogues; UPDATE=1 cargo test rewrites it -->\n\
         # Catalogues\n\n\
         `presscheck batch` takes a workbook (xlsx, ods), a spreadsheet saved as text (CSV; commas, semicolons, tabs or bars; UTF-8, UTF-16 or Windows) or a\n\
         folder. The header is looked for in the first 40 lines, and says which kind it is. Capitals, blanks and punctuation of\n\
         column names do not count, nor does their order. A line that is wrong is reported with its number; the others go on.\n\n\
         ## presscheck's own\n\n`presscheck batch --example` prints one to fill in.\n\n| column | holds | example |\n|---|---|---|\n",
    );
    for column in COLUMNS {
        let example = if column.example.is_empty() {
            String::new()
        } else {
            format!("`{}`", column.example)
        };
        let _ = writeln!(out, "| `{}` | {} | {example} |", column.name, column.holds);
    }
    for kind in KINDS.iter().filter(|k| !k.own) {
        let _ = write!(
            out,
            "\n## {}\n\nFor {} unless `--for` says otherwise. Columns as seen on {}.\n\n| what is read | from the column |\n|---|---|\n",
            kind.title,
            kind.platforms.join(", "),
            kind.checked
        );
        for (field, names) in &kind.columns {
            let _ = writeln!(out, "| {field} | {} |", names.join(", or "));
        }
        for (field, words) in &kind.skip {
            let _ = write!(
                out,
                "\nLines whose {field} is {} are left out: they are no printed books.\n",
                words.join(", ")
            );
        }
    }
    out.push_str(
        "\nTrim, binding, ink and paper are read from the booktype, such as `B&W 6 x 9 in or 229 x 152 mm Perfect Bound on White\n\
         w/Gloss Lam`. Where a line names no files, they are looked for by their ISBN in the catalogue's folder and below, or in\n\
         `--files FOLDER`.\n\n\
         ## A folder\n\n\
         Files belong together by their names; folders are searched too.\n\n\
         | name | is |\n|---|---|\n\
         | `9781234567897_txt.pdf`, `9781234567897_cvr.pdf` | interior and cover of that ISBN |\n\
         | `lamp-interior.pdf`, `lamp-cover-final.pdf`, `cover-lamp.pdf` | the same by words |\n\
         | `lamp-cover-kdp.pdf` | a platform's name makes it that platform's cover |\n\
         | `lamp.pdf` beside `lamp-cover.pdf` | its interior |\n\
         | `PAPERBACK_6.000x9.000_161_BW_CREAM_en_US.pdf` | a cover on KDP's template: its name tells trim, pages, ink and paper; the interior is the one beside it |\n\
         | `book.toml` | a book of its own; the files it names belong to it |\n\
         | two files alone in a folder | a book; their pages tell which is the cover |\n\n\
         What cannot be matched is reported as not checked. PDFs whose names hide them, do not end in `.pdf` or go on behind it\n\
         are left out, and named.\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(cells: &[&str]) -> Option<Header> {
        let cells: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
        Header::read(&cells)
    }

    #[test]
    fn the_data_parses() {
        for text in SPREADSHEETS {
            let kind: SheetFormat = toml::from_str(text).unwrap();
            assert!(
                !kind.known_by.is_empty() && !kind.platforms.is_empty(),
                "{}",
                kind.title
            );
        }
        assert_eq!(KINDS.len(), 3);
    }

    #[test]
    fn headers_are_told_apart() {
        let kind = |cells: &[&str]| header(cells).map(|h| h.kind.title.clone());
        assert_eq!(
            kind(&["ID", "Interior", "Papper"]),
            Some("presscheck's own catalogue".to_owned())
        );
        let acs = [
            "Parent ISBN",
            "ISBN or SKU",
            "Rendition /Booktype",
            "Title",
            "Interior Path / Filename",
            "Cover Path / Filename",
        ];
        assert_eq!(
            kind(&acs),
            Some("Lightning Source ACS spreadsheet".to_owned())
        );
        let export = [
            "ISBN",
            "Title",
            "SKU",
            "Status",
            "Format",
            "Booktype",
            "Page Count",
            "BookTypeId",
        ];
        assert_eq!(
            kind(&export),
            Some("Ingram full metadata export".to_owned())
        );
        assert_eq!(kind(&["Name", "Price"]), None);
        assert_eq!(
            kind(&["ISBN", "Title"]).as_deref(),
            Some("presscheck's own catalogue")
        );
        assert_eq!(kind(&["ISBN", "Title", "Price"]), None);
    }

    #[test]
    fn unknown_columns_of_our_own_are_told() {
        let header = header(&["interior", "papper", "Cover KDP", ""]).unwrap();
        assert_eq!(header.unknown, ["papper"]);
        let cells: Vec<String> = ["a.pdf", "x", "k.pdf", ""]
            .iter()
            .map(|c| (*c).to_owned())
            .collect();
        assert_eq!(header.cell(&cells, "cover-kdp"), Some("k.pdf"));
    }

    #[test]
    fn the_example_is_understood() {
        let example = example();
        let first: Vec<String> = example
            .lines()
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect();
        let header = Header::read(&first).unwrap();
        assert!(header.kind.own && header.unknown.is_empty());
    }
}
