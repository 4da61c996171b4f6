//! Reads ISBNs in the text of a page, and classifies the page around them.

use crate::isbn;
use crate::model::facts::{Page, PrintedIsbn, TextRun, Visibility};

/// Words that only an imprint has, in the languages the platforms print in; in small letters.
const IMPRINT: &[&str] = &[
    "\u{a9}",
    "copyright",
    "all rights reserved",
    "alle rechte vorbehalten",
    "impressum",
    "tous droits",
    "d\u{e9}p\u{f4}t l\u{e9}gal",
    "achev\u{e9} d\u{2019}imprimer",
    "derechos reservados",
    "dep\u{f3}sito legal",
    "diritti riservati",
    "direitos reservados",
    "alle rechten voorbehouden",
    "colophon",
    "colof\u{f3}n",
    "colofon",
    "library of congress",
    "deutsche nationalbibliothek",
    "british library",
    "wszelkie prawa",
    "alla r\u{e4}ttigheter",
];

/// Words over lists of books.
const LISTS: &[&str] = &[
    "also by",
    "other books by",
    "by the same author",
    "books by",
    "more from",
    "bibliography",
    "references",
    "works cited",
    "further reading",
    "weitere b\u{fc}cher",
    "von derselben",
    "vom selben autor",
    "literaturverzeichnis",
    "literatur",
    "du m\u{ea}me auteur",
    "de la m\u{ea}me auteure",
    "bibliographie",
    "de la misma autora",
    "del mismo autor",
    "bibliograf\u{ed}a",
    "bibliografia",
    "dello stesso autore",
    "do mesmo autor",
    "from the same publisher",
    "coming soon",
];

/// Reads them. Pages without nine digits, which are most, cost a look at their bytes.
pub(in crate::measure) fn read(page: &Page) -> Vec<PrintedIsbn> {
    let visible = || {
        page.text
            .iter()
            .filter(|r| r.visibility == Visibility::Visible)
    };
    // The lead byte of digits of double width stands for one of them.
    let digits = visible()
        .flat_map(|r| r.text.bytes())
        .filter(|b| b.is_ascii_digit() || *b == 0xef);
    if digits.take(9).count() < 9 {
        return Vec::new();
    }
    let mut text = String::new();
    let mut places: Vec<(usize, &TextRun)> = Vec::new();
    let mut last: Option<&TextRun> = None;
    for run in visible() {
        match last {
            Some(before) if !before.goes_on_in(run) => text.push('\n'),
            Some(before) if before.parts_from(run) => text.push(' '),
            _ => {}
        }
        places.push((text.len(), run));
        text.push_str(&run.text);
        last = Some(run);
    }
    let found = isbn::written(&text);
    if found.is_empty() {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    let imprint = IMPRINT.iter().any(|word| lower.contains(word));
    let list = lower.lines().any(|line| {
        line.len() < 60
            && LISTS
                .iter()
                .any(|words| line.trim_start().starts_with(words))
    });
    let area = |at: &std::ops::Range<usize>| {
        let on = places
            .iter()
            .filter(|(from, run)| *from < at.end && from + run.text.len() > at.start);
        on.map(|(_, run)| run.area)
            .reduce(crate::model::geometry::Rect::union)
    };
    let printed = found.into_iter().filter_map(|one| {
        Some(PrintedIsbn {
            area: area(&one.at)?,
            text: one.text,
            digits: one.digits,
            bare: one.bare,
            edition: one.edition,
            imprint,
            list,
        })
    });
    printed.collect()
}
