//! A `book.toml` from what a run concluded: what the files show, with the evidence, and what they cannot show to be filled in.

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use super::model::Report;
use crate::model::facts::CodeKind;
use crate::model::finding::Part;
use crate::model::geometry::{Direction, Size};
use crate::model::visible::acts;
use crate::pipeline::Run;

/// The text of a `book.toml` that stands in `folder`.
pub fn book_toml(run: &Run<'_>, report: &Report, folder: &Path) -> String {
    let mut out = String::from(
        "# The job of this book, for `presscheck check book.toml`. Lines that begin with # are remarks,\n# or what presscheck takes from the files: remove the # from what is so, and correct what is not.\n\n",
    );
    let job = &run.job;
    let info = run.judged.first().and_then(|j| j.book.interior.as_ref());
    let info = info.map(|interior| &interior.structure.info);
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(
        "# As they are entered at the platform; presscheck compares them with the files."
            .to_owned(),
    );
    let said = |value: Option<&String>, example: &str| {
        let value = value.map(|v| v.trim()).filter(|v| !v.is_empty());
        quoted(value.unwrap_or(example))
    };
    line(format!(
        "# title = {}",
        said(info.and_then(|i| i.title.as_ref()), "The Title")
    ));
    line(format!(
        "# author = {}",
        said(info.and_then(|i| i.author.as_ref()), "The Author")
    ));
    let is_isbn = |kind: CodeKind, text: &str| kind == CodeKind::Ean13 && text.starts_with("97");
    match report.codes.iter().find(|c| is_isbn(c.kind, &c.text)) {
        Some(code) => line(format!(
            "isbn = {}  # the bar code says so",
            quoted(&code.text)
        )),
        None => line("# isbn = \"978...\"".to_owned()),
    }
    line("\n# Paths count from this file.".to_owned());
    // Of two files with the pages of a book one was taken for the cover: perhaps it is none.
    let cover = report.files.iter().find(|f| f.role == Part::Cover);
    let pages = cover.map_or(0, |cover| cover.pages);
    let remark_on_cover = match pages {
        0..=2 => String::new(),
        pages => format!(
            "  # has {pages} pages: is it the cover? It was taken for it as the second file"
        ),
    };
    let files = [
        ("interior", &job.interior, ""),
        ("cover", &job.cover, &remark_on_cover),
    ];
    for (key, path, remark) in files {
        match path {
            Some(path) => line(format!("{key} = {}{remark}", quoted(&beside(path, folder)))),
            None => line(format!("# {key} = \"{key}.pdf\"")),
        }
    }
    line("\n# How it is to be made.".to_owned());
    let evidence = |what: &str| {
        let known = report.job.assumptions.iter().find(|a| a.what == what);
        known.map_or(String::new(), |a| format!("  # {}", remark(&a.evidence)))
    };
    // A guess stays one: stated, it would be judged as if somebody had ordered it.
    let guess = |what: &str, line: String| match evidence(what) {
        evidence if evidence.is_empty() => line,
        evidence => format!("# {line}{evidence}"),
    };
    match report.job.trim_pt {
        Some(size) => line(guess("trim", format!("trim = {}", quoted(&trim(size))))),
        None => line("# trim = \"6x9\"".to_owned()),
    }
    line(format!("binding = {}", value(&report.job.binding)));
    match report.job.ink {
        Some(ink) => line(guess("ink", format!("ink = {}", value(&ink)))),
        None => line("# ink = \"black\"  # or standard-colour, premium-colour".to_owned()),
    }
    match report.job.paper {
        Some(paper) => line(guess("paper", format!("paper = {}", value(&paper)))),
        None => line("# paper = \"cream\"  # or white".to_owned()),
    }
    if report.job.direction == Direction::Rtl {
        line(guess("direction", "direction = \"rtl\"".to_owned()));
    }
    if job.interior.is_none() {
        line("# pages = 240  # while there is no interior yet".to_owned());
    }
    let mut platforms: Vec<String> = Vec::new();
    for verdict in &report.verdicts {
        let named = quoted(&verdict.profile);
        if !platforms.contains(&named) {
            platforms.push(named);
        }
    }
    line("\n# Who is asked; see `presscheck profiles`.".to_owned());
    line(format!("for = [{}]", platforms.join(", ")));
    let _ = write!(
        out,
        "\n# A cover for one platform alone:\n# [editions.kdp]\n# cover = \"cover-kdp.pdf\"\n"
    );
    out
}

/// A text as a basic string of TOML, which stays on its line: those of JSON are the same but for one character.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match acts(c) {
            true => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

/// A choice as a job file names it.
fn value(choice: &impl Serialize) -> String {
    toml::Value::try_from(choice).map_or_else(|_| "\"\"".to_owned(), |v| v.to_string())
}

/// Text that stays on its line.
fn remark(text: &str) -> String {
    text.chars()
        .map(|c| if acts(c) { ' ' } else { c })
        .collect()
}

/// A path as it is written in a file of that folder.
fn beside(path: &Path, folder: &Path) -> String {
    let inside = path.strip_prefix(folder).ok();
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let written = inside.map_or_else(absolute, Path::to_owned);
    written.to_string_lossy().into_owned()
}

/// A size as people write it: in inches where these are sixteenths, else in millimetres.
fn trim(size: Size) -> String {
    let inches = size.to_array().map(|pt| pt / 72.0);
    let is_sixteenth = |v: f64| (v * 16.0 - (v * 16.0).round()).abs() < 0.016;
    if inches.into_iter().all(is_sixteenth) {
        let [width, height] = inches.map(|v| (v * 16.0).round() / 16.0);
        return format!("{width}x{height}");
    }
    let [width, height] = inches.map(|v| (v * 254.0).round() / 10.0);
    format!("{width}x{height}mm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_write_them() {
        assert_eq!(trim(Size::new(432.0, 648.0)), "6x9");
        assert_eq!(trim(Size::new(396.0, 612.0)), "5.5x8.5");
        assert_eq!(trim(Size::new(481.89, 680.31)), "170x240mm");
    }

    #[test]
    fn texts_of_files_stay_values() {
        for text in ["a\"b\nc", "\u{7f}\u{1b}[31m\u{202e}", "\\", "] #", "\"\"\""] {
            let line = quoted(text);
            assert!(!line.contains(acts), "{line:?}");
            let read: toml::Table = toml::from_str(&format!("a = {line}")).unwrap_or_default();
            assert_eq!(read.get("a").and_then(|v| v.as_str()), Some(text));
        }
        assert_eq!(remark("a\nb"), "a b");
    }
}
