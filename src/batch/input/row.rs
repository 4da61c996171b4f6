//! One line of a spreadsheet turned into a job.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::batch::input::booktype;
use crate::batch::input::columns::Header;
use crate::batch::input::isbn;
use crate::batch::input::locations::FileLocations;
use crate::batch::input::named::Named;
use crate::batch::input::title::{Row, RowAction};
use crate::model::geometry::Direction;
use crate::model::job::{Bleed, Edition, Job, WantedBinding};

/// Turns a record into a row; none if it is empty.
pub(in crate::batch) fn row(
    header: &Header,
    cells: &[String],
    line: u64,
    place: &FileLocations<'_>,
) -> Option<Row> {
    if cells.iter().all(String::is_empty) {
        return None;
    }
    let mut row = Row {
        number: 0,
        line: Some(line),
        id: String::new(),
        name: header.cell(cells, "title").map(one_line),
        action: RowAction::Skip(String::new()),
        notes: Vec::new(),
        named: Named::default(),
    };
    row.named.add_cells(cells, place.folder);
    if let Some(book) = header.cell(cells, "book") {
        row.named.add_book(place.find(book));
    }
    let isbn = header.cell(cells, "isbn");
    // In a platform's spreadsheet the ISBN is what everybody knows a title by.
    let id = header.cell(cells, "id");
    let told = if header.kind.own {
        id.or(isbn)
    } else {
        isbn.or(id)
    };
    let told = told.map(|id| isbn::thirteen(id).unwrap_or_else(|| one_line(id)));
    row.id =
        told.unwrap_or_else(|| file_id(header, cells).unwrap_or_else(|| format!("line {line}")));
    for (field, words) in &header.kind.skip {
        let cell = header.cell(cells, field).unwrap_or_default().to_lowercase();
        if words.iter().any(|w| cell.contains(w.as_str())) {
            row.action = RowAction::Skip(format!("its {field} is {cell}: no printed book"));
            return Some(row);
        }
    }
    let mut notes = Vec::new();
    row.action = match job(header, cells, place, &mut notes) {
        Ok(job) => RowAction::Check {
            job: Box::new(job),
            loose: Vec::new(),
        },
        Err(why) => {
            row.named.join(place.meant(cells));
            RowAction::Wrong(why)
        }
    };
    row.notes = notes;
    Some(row)
}

/// Whether a record took in lines that are not its own: cells that never hold line breaks do.
pub(in crate::batch) fn swallowed(header: &Header, cells: &[String]) -> bool {
    const LONG: [&str; 2] = ["title", "author"];
    header
        .cells(cells)
        .any(|(field, cell)| cell.contains('\n') && !LONG.contains(&field))
        || extra(header, cells) && cells.iter().any(|c| c.contains('\n'))
}

/// Whether there are more cells than columns, and not just empty ones.
fn extra(header: &Header, cells: &[String]) -> bool {
    cells.iter().skip(header.width).any(|c| !c.is_empty())
}

fn job(
    header: &Header,
    cells: &[String],
    place: &FileLocations<'_>,
    notes: &mut Vec<String>,
) -> Result<Job, String> {
    if extra(header, cells) {
        return Err(format!(
            "it has {} cells where the header has {}: a cell with a comma in it needs quotation marks",
            cells.len(),
            header.width
        ));
    }
    let cell = |field: &str| header.cell(cells, field);
    let path = |field: &str| cell(field).map(|c| place.find(c));
    let mut job = match path("book") {
        Some(book) => Job::from_toml(&book).map_err(|e| e.to_string())?,
        None => Job::default(),
    };
    if let Some(text) = cell("booktype") {
        let said = booktype::read(text)?;
        (job.trim, job.binding, job.ink) = (said.trim, said.binding, said.ink);
        (job.paper, job.weight) = (said.paper, said.weight);
    }
    job.title = cell("title").map(one_line).or(job.title);
    job.author = cell("author").map(one_line).or(job.author);
    if let Some(text) = cell("isbn") {
        let names_files = ["book", "interior", "cover", "jacket"]
            .iter()
            .any(|f| cell(f).is_some());
        // A column that may hold an article number instead holds no ISBN then.
        let is_isbn = |text: &str| {
            header.kind.own
                || isbn::thirteen(text).is_some()
                || text.bytes().filter(u8::is_ascii_digit).count() == 13
        };
        match isbn::cell(text) {
            Ok(text) if is_isbn(&text) => job.isbn = Some(text),
            Ok(text) => notes.push(format!(
                "\"{text}\" is no ISBN; it is taken as an article number"
            )),
            // The files are known without it; only the ISBN entered at the platform is not.
            Err(why) if names_files => {
                notes.push(why);
                job.isbn = None;
            }
            Err(why) => return Err(why),
        }
    }
    if let (Some(width), Some(height)) = (cell("trim-width"), cell("trim-height"))
        && !is_zero(width)
    {
        job.trim = Some(decimal(&format!("{width}x{height}")).parse()?);
    }
    if let Some(text) = cell("trim") {
        job.trim = Some(decimal(text).parse()?);
    }
    job.binding = value(cell("binding"), "binding")?.or(job.binding);
    job.ink = value(cell("ink"), "ink")?.or(job.ink);
    job.paper = value(cell("paper"), "paper")?.or(job.paper);
    job.bleed = value::<Bleed>(cell("bleed"), "bleed")?.unwrap_or(job.bleed);
    job.direction = value(cell("direction"), "direction")?.or(job.direction);
    if cell("right-to-left")
        .is_some_and(|c| matches!(c.to_lowercase().as_str(), "y" | "yes" | "true" | "1"))
    {
        job.direction = Some(Direction::Rtl);
    }
    job.weight = count(cell("weight"), "weight")?.or(job.weight);
    job.pages = count(cell("pages"), "pages")?
        .filter(|n| *n > 0)
        .or(job.pages);
    let platforms = cell("for").map_or_else(Vec::new, list);
    if !platforms.is_empty() {
        job.platforms = platforms;
    } else if job.platforms.is_empty() {
        job.platforms.clone_from(&header.kind.platforms);
    }
    job.interior = path("interior").or(job.interior);
    let jacket = (job.binding == Some(WantedBinding::Jacketed))
        .then(|| path("jacket"))
        .flatten();
    job.cover = jacket.or_else(|| path("cover")).or(job.cover);
    for (field, text) in header.cells(cells) {
        if let Some(platform) = field.strip_prefix("cover-") {
            let edition = Edition {
                cover: Some(place.find(text)),
                isbn: None,
            };
            job.editions.insert(platform.to_owned(), edition);
        }
    }
    by_isbn(&mut job, place, notes)?;
    Ok(job)
}

/// Files by ISBN, where none are named.
fn by_isbn(
    job: &mut Job,
    place: &FileLocations<'_>,
    notes: &mut Vec<String>,
) -> Result<(), String> {
    if job.interior.is_some()
        || job.cover.is_some()
        || job.editions.values().any(|e| e.cover.is_some())
    {
        return Ok(());
    }
    let Some(isbn) = job.isbn.as_deref().and_then(isbn::thirteen) else {
        return Err("it names no file, and has no ISBN to find one by".to_owned());
    };
    let Some(found) = place.shelf.of(&isbn) else {
        return Err(format!(
            "no file is named by the ISBN {isbn} in {}; name them like {isbn}_txt.pdf and {isbn}_cvr.pdf, or say --files FOLDER",
            shown(place.folder)
        ));
    };
    found.put(job)?;
    match (
        &job.interior,
        job.cover.is_some() || !job.editions.is_empty(),
    ) {
        (None, _) => notes.push("no interior is named by its ISBN".to_owned()),
        (_, false) => notes.push("no cover is named by its ISBN".to_owned()),
        _ => {}
    }
    Ok(())
}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() {
        "this folder".to_owned()
    } else {
        folder.display().to_string()
    }
}

/// A word of the job as people write it: in any case, with blanks, in either spelling.
fn value<T: DeserializeOwned>(cell: Option<&str>, column: &str) -> Result<Option<T>, String> {
    let Some(text) = cell else { return Ok(None) };
    let word = text
        .to_lowercase()
        .replace([' ', '_'], "-")
        .replace("color", "colour")
        .replace("creme", "cream");
    let word = match word.as_str() {
        "b&w" | "bw" | "black-and-white" | "black-&-white" => "black".to_owned(),
        "softcover" | "softback" | "perfect-bound" | "perfectbound" | "perfect" => {
            "paperback".to_owned()
        }
        "hardback" | "hard-cover" => "hardcover".to_owned(),
        "y" | "true" => "yes".to_owned(),
        "n" | "false" => "no".to_owned(),
        _ => word,
    };
    T::deserialize(toml::Value::String(word))
        .map(Some)
        .map_err(|e| {
            format!(
                "{column} \"{text}\": {}",
                e.to_string().trim().lines().next().unwrap_or_default()
            )
        })
}

fn count(cell: Option<&str>, column: &str) -> Result<Option<u32>, String> {
    let Some(text) = cell else { return Ok(None) };
    let plain = text
        .strip_suffix(".0")
        .unwrap_or(text)
        .replace([',', ' '], "");
    let number = plain.trim_end_matches(|c: char| c.is_alphabetic() || c == '#');
    let number = number
        .parse()
        .map_err(|_| format!("{column} \"{text}\" is not a whole number"))?;
    Ok(Some(number))
}

fn list(cell: &str) -> Vec<String> {
    let parts = cell
        .split([',', ';', ' ', '+', '|'])
        .filter(|p| !p.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Half of Europe writes 5,5 for 5.5.
fn decimal(text: &str) -> String {
    text.replace(',', ".")
}

fn is_zero(text: &str) -> bool {
    decimal(text).parse::<f64>().is_ok_and(|v| v == 0.0)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without id and ISBN goes by its file.
fn file_id(header: &Header, cells: &[String]) -> Option<String> {
    let file = header
        .cells(cells)
        .find(|(f, _)| matches!(*f, "interior" | "book") || f.starts_with("cover"));
    file.map(|(_, path)| path.replace('\\', "/"))
}
