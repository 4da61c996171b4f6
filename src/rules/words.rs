//! How rules name things: page lists, text, images.

use crate::model::facts::{Document, PlacedImage, TextRun, Tip};
use crate::model::finding::Level;
use crate::wording;

/// Page numbers folded for people: `3, 9-14, 201`, and `and 38 more` beyond `most` stretches.
pub fn fold_pages(pages: &[u32], most: usize) -> String {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match stretches.last_mut() {
            Some((_, end)) if *end + 1 == *page => *end = *page,
            _ => stretches.push((*page, *page)),
        }
    }
    let shown: Vec<String> = stretches
        .iter()
        .take(most)
        .map(|(a, b)| match b - a {
            0 => a.to_string(),
            1 => format!("{a}, {b}"),
            _ => format!("{a}-{b}"),
        })
        .collect();
    let left: u32 = stretches.iter().skip(most).map(|(a, b)| b - a + 1).sum();
    match left {
        0 => shown.join(", "),
        n => format!("{} and {n} more", shown.join(", ")),
    }
}

/// What a limit of this level is: one to keep, or one to keep if possible.
pub(super) fn wanted(level: Level) -> &'static str {
    match level {
        Level::Error => "needed",
        Level::Warning | Level::Note => "recommended",
    }
}

/// `1 page`, `12 pages`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// The first `most` different ones in a row, and how many there are beyond: `a, b and 3 more`.
pub(super) fn some_of(all: impl Iterator<Item = String>, most: usize) -> String {
    let mut different: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for one in all {
        if known.insert(one.clone()) {
            different.push(one);
        }
    }
    let left = different.len().saturating_sub(most);
    different.truncate(most);
    match left {
        0 => different.join(", "),
        n => format!("{} and {n} more", different.join(", ")),
    }
}

/// On how many pages these are: `1 page`, `12 pages`.
pub(super) fn pages(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut pages: Vec<u32> = numbers.into_iter().collect();
    pages.sort_unstable();
    pages.dedup();
    count(pages.len(), "page", "pages")
}

/// A run for people: `text "f" in Garamond-Italic 10.5 pt (line "... the wolf")`.
pub(super) fn text(document: &Document, run: &TextRun, tip: Option<&Tip>) -> String {
    let font = document.font_name(run.font);
    let size = (f64::from(run.size) * 10.0).round() / 10.0;
    let glyph = tip.map_or("", |t| t.text.trim());
    let line = clip(&run.text, tip.is_some_and(|t| t.area.x1 >= run.area.x1));
    match (glyph.is_empty(), line.is_empty()) {
        (true, true) => format!("text in {font} {size} pt"),
        (true, false) => format!("text \"{line}\" in {font} {size} pt"),
        (false, _) if run.text.trim() == glyph => format!("text \"{glyph}\" in {font} {size} pt"),
        (false, _) => format!("text \"{glyph}\" in {font} {size} pt (line \"{line}\")"),
    }
}

/// A length with what it is in another measure: `0.042 in (1.1 mm, 1.0 modules)`.
pub(super) fn also(length: &str, other: &str) -> String {
    match length.strip_suffix(')') {
        Some(start) => format!("{start}, {other})"),
        None => format!("{length} ({other})"),
    }
}

/// The text of a run in quotes, for messages; its place names font and size.
pub(super) fn quote(run: &TextRun) -> String {
    format!("\"{}\"", clip(&run.text, false))
}

/// The beginning or end of a line, short enough to find it by.
fn clip(line: &str, end: bool) -> String {
    const MOST: usize = 36;
    // Control characters and noncharacters show as nothing, or worse.
    let nothing =
        |c: char| (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{fffe}' | '\u{ffff}');
    // Marks that turn the direction of what follows would turn the report.
    let line: String = line
        .replace(wording::turns, "")
        .replace(nothing, "\u{fffd}");
    let line: String = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    if length <= MOST {
        line
    } else if end {
        format!("…{}", line.chars().skip(length - MOST).collect::<String>())
    } else {
        format!("{}…", line.chars().take(MOST).collect::<String>())
    }
}

/// An image for people: `a picture of 1200 x 900 pixels (object 34 0 R)`.
pub(super) fn image(image: &PlacedImage) -> String {
    let [w, h] = image.pixels;
    if image.object == "inline" {
        format!("a picture of {w} x {h} pixels (inline)")
    } else {
        format!("a picture of {w} x {h} pixels (object {})", image.object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_fold() {
        assert_eq!(
            fold_pages(&[3, 9, 10, 11, 14, 15, 201], 9),
            "3, 9-11, 14, 15, 201"
        );
        assert_eq!(fold_pages(&[1, 3, 5, 7, 8, 9], 2), "1, 3 and 4 more");
        assert_eq!(fold_pages(&[], 2), "");
    }
}
