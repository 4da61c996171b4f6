//! A workbook (xlsx, ods) as the text its first sheet would be saved as.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, DataRef, Ods, Range, Reader, Xlsx};

/// Bytes of a workbook on disk. A backlist of ten thousand titles takes two million.
const BYTES: u64 = 32 << 20;
/// Rows and columns that are read.
const ROWS: u32 = 200_000;
const COLUMNS: u32 = 500;

/// The first sheet with anything in it, its cells parted by a delimiter, one row a line; or why it cannot be had.
pub(in crate::batch) fn text(path: &Path, delimiter: u8) -> Result<Vec<u8>, String> {
    let fault = |e: &dyn std::fmt::Display| {
        format!("this workbook cannot be read ({e}); save the sheet as CSV UTF-8 and give that")
    };
    let file = File::open(path).map_err(|e| fault(&e))?;
    if file.metadata().map_err(|e| fault(&e))?.len() > BYTES {
        return Err(
            "this workbook is too large; save the sheet as CSV UTF-8 and give that".to_owned(),
        );
    }
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("ods"))
    {
        return open_document(file, delimiter).map_err(|e| fault(&e));
    }
    let mut book: Xlsx<BufReader<File>> = Xlsx::new(BufReader::new(file)).map_err(|e| fault(&e))?;
    for name in book.sheet_names() {
        let lines = sheet(&mut book, &name, delimiter).map_err(|e| fault(&e))?;
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    Err("this workbook holds no cell".to_owned())
}

/// The lines of one sheet. Empty rows are lines, so that numbers of lines are those of rows.
fn sheet(book: &mut Xlsx<BufReader<File>>, name: &str, delimiter: u8) -> Result<Vec<u8>, String> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|e| e.to_string())?;
    let mut writer = writer(delimiter);
    let mut row: Vec<String> = Vec::new();
    let mut number = 0;
    let mut any = false;
    while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
        let (at, column) = cell.get_position();
        let text = words(cell.get_value());
        if text.is_empty() || column >= COLUMNS {
            continue;
        }
        if at >= ROWS {
            return Err(format!("it has more than {ROWS} rows"));
        }
        while number < at {
            write(&mut writer, &mut row)?;
            number += 1;
        }
        let place = usize::try_from(column).unwrap_or(usize::MAX);
        if row.len() <= place {
            row.resize(place + 1, String::new());
        }
        if let Some(held) = row.get_mut(place) {
            *held = text;
        }
        any = true;
    }
    write(&mut writer, &mut row)?;
    let lines = writer.into_inner().map_err(|e| e.to_string())?;
    Ok(if any { lines } else { Vec::new() })
}

/// The same of an OpenDocument sheet.
fn open_document(file: File, delimiter: u8) -> Result<Vec<u8>, String> {
    let mut book: Ods<BufReader<File>> =
        Ods::new(BufReader::new(file)).map_err(|e| e.to_string())?;
    for name in book.sheet_names() {
        let range: Range<Data> = book.worksheet_range(&name).map_err(|e| e.to_string())?;
        let (Some((top, left)), rows) = (range.start(), range.height()) else {
            continue;
        };
        if rows > usize::try_from(ROWS).unwrap_or(usize::MAX) {
            return Err(format!("it has more than {ROWS} rows"));
        }
        let mut writer = writer(delimiter);
        // Rows and columns before the first cell count, so that numbers of lines are those of rows.
        for _ in 0..top {
            write(&mut writer, &mut Vec::new())?;
        }
        for cells in range.rows() {
            let before = (0..left).map(|_| String::new());
            let cells = cells.iter().map(|cell| words(&borrowed(cell)));
            let most = usize::try_from(COLUMNS).unwrap_or(usize::MAX);
            write(&mut writer, &mut before.chain(cells).take(most).collect())?;
        }
        return writer.into_inner().map_err(|e| e.to_string());
    }
    Err("this workbook holds no cell".to_owned())
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            DataRef::SharedString(text)
        }
        _ => DataRef::Empty,
    }
}

fn writer(delimiter: u8) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(Vec::new())
}

fn write(writer: &mut csv::Writer<Vec<u8>>, row: &mut Vec<String>) -> Result<(), String> {
    if row.is_empty() {
        row.push(String::new());
    }
    let written = writer.write_record(row.iter()).map_err(|e| e.to_string());
    row.clear();
    written
}

/// A cell as it would be typed: an ISBN kept as a number has all its digits.
fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::text;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn the_first_sheet_with_cells_is_read_row_by_row() {
        let path =
            std::env::temp_dir().join(format!("presscheck-workbook-{}.xlsx", std::process::id()));
        let mut book = Workbook::new();
        book.add_worksheet();
        let sheet = book.add_worksheet();
        for (row, column, cell) in [(0, 0, "isbn"), (0, 2, "interior"), (3, 2, "a, b.pdf")] {
            sheet.write_string(row, column, cell).unwrap();
        }
        sheet.write_number(3, 0, 9_781_234_567_897.0).unwrap();
        book.save(&path).unwrap();
        let lines = text(&path, b',').unwrap();
        std::fs::remove_file(&path).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        assert_eq!(
            lines,
            "isbn,,interior\n\"\"\n\"\"\n9781234567897,,\"a, b.pdf\"\n"
        );
    }
}
