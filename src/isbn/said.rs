//! Which edition an ISBN belongs to, according to the words around it.

use super::edition::Edition;
use super::number::Written;

/// Bytes before and behind a number in which words may tell what it is of.
const NEAR: usize = 240;

/// The edition named for an ISBN: between the word `ISBN` and the number, in brackets after it, or elsewhere on its line. Where
/// the line names none, a line above that holds nothing else, or brackets below.
pub(super) fn edition(text: &str, found: &[Written], index: usize) -> Option<Edition> {
    let one = found.get(index)?;
    // Lines may be as long as a page; only words near the number belong to it.
    let near_from = text.floor_char_boundary(one.at.start.saturating_sub(NEAR));
    let near_to = text.floor_char_boundary(one.at.end.saturating_add(NEAR));
    let line_from = text
        .get(near_from..one.at.start)?
        .rfind('\n')
        .map_or(near_from, |n| near_from + n + 1);
    let line_to = text
        .get(one.at.end..near_to)?
        .find('\n')
        .map_or(near_to, |n| one.at.end + n);
    let ended = index
        .checked_sub(1)
        .and_then(|i| found.get(i))
        .map_or(0, |b| b.at.end);
    let begins = found.get(index + 1).map_or(text.len(), |n| n.at.start);
    let before = text.get(line_from.max(ended)..one.at.start)?;
    let after = text.get(one.at.end..line_to.min(begins).max(one.at.end))?;
    if let Some(said) = behind_the_word(before).and_then(Edition::first) {
        return Some(said);
    }
    if let Some(said) = bracketed(after) {
        return Some(said);
    }
    // Whoever names the first edition of a line before its number does so with all.
    let first = found.iter().find(|f| f.at.end > line_from)?;
    let leads = text
        .get(line_from..first.at.start.max(line_from))
        .and_then(Edition::last)
        .is_some();
    let beside = if leads {
        Edition::last(before)
    } else {
        Edition::first(until_the_word(after))
    };
    let own_word = || {
        before
            .to_lowercase()
            .contains("isbn")
            .then(|| Edition::last(before))
            .flatten()
    };
    let below = || bracketed(text.get(line_to..begins.min(near_to).max(line_to))?);
    let above = || {
        let above = text
            .get(ended.max(near_from).min(line_from)..line_from)?
            .trim_end();
        let line = above.rsplit('\n').next()?.trim_start();
        // Brackets belong to what they follow.
        let heads = line.split_whitespace().count() < 5 && !(index > 0 && line.starts_with('('));
        Edition::last(line).filter(|_| heads)
    };
    beside.or_else(own_word).or_else(below).or_else(above)
}

/// What brackets right at the beginning say.
fn bracketed(text: &str) -> Option<Edition> {
    let inside = text.trim_start().strip_prefix(['(', '[', '\u{ff08}'])?;
    Edition::first(inside.split([')', ']', '\u{ff09}', '\n']).next()?)
}

/// What stands before the next ISBN, which may be called eISBN.
fn until_the_word(text: &str) -> &str {
    let upper = text.to_ascii_uppercase();
    let Some(at) = upper.find("ISBN") else {
        return text;
    };
    let head = text.get(..at).unwrap_or(text);
    head.strip_suffix("e-")
        .or_else(|| head.strip_suffix(['e', 'E']))
        .unwrap_or(head)
}

/// What follows the last ISBN in a text.
pub(super) fn behind_the_word(text: &str) -> Option<&str> {
    let at = text.to_ascii_uppercase().rfind("ISBN")?;
    text.get(at + 4..)
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;

    fn editions(text: &str) -> Vec<Option<Edition>> {
        written(text).into_iter().map(|w| w.edition).collect()
    }

    #[test]
    fn editions_stand_before_or_behind() {
        use Edition::{Ebook, Hardcover, Paperback, Print};
        let (a, b) = ("978-0-306-40615-7", "978-1-55615-678-6");
        for (text, of) in [
            (
                format!("ISBN {a} (paperback)\nISBN {b} (ebook)"),
                [Some(Paperback), Some(Ebook)],
            ),
            (
                format!("ISBN {a} (pbk.) ISBN {b} (hbk.)"),
                [Some(Paperback), Some(Hardcover)],
            ),
            (
                format!("Paperback ISBN: {a}\nHardback ISBN: {b}"),
                [Some(Paperback), Some(Hardcover)],
            ),
            (
                format!("Paperback ISBN {a}, eBook ISBN {b}"),
                [Some(Paperback), Some(Ebook)],
            ),
            (
                format!("ISBN (Taschenbuch): {a}\nISBN (E-Book): {b}"),
                [Some(Paperback), Some(Ebook)],
            ),
            (format!("ISBN {a}\neISBN {b}"), [None, Some(Ebook)]),
            (format!("ISBN {a} eISBN {b}"), [None, Some(Ebook)]),
            (
                format!("ISBN {a} print / ISBN {b} epub"),
                [Some(Print), Some(Ebook)],
            ),
            (
                format!("Print ISBN {a} Ebook ISBN {b}"),
                [Some(Print), Some(Ebook)],
            ),
            (
                format!("Hardcover\nISBN {b}\nPaperback\nISBN {a}"),
                [Some(Hardcover), Some(Paperback)],
            ),
            (
                format!("ISBN {a}\n(broch\u{e9})\nISBN {b}\n(reli\u{e9})"),
                [Some(Paperback), Some(Hardcover)],
            ),
            (
                format!("{a} Softcover\n{b} Gebunden"),
                [Some(Paperback), Some(Hardcover)],
            ),
            (format!("ISBN {a}\nISBN {b}"), [None, None]),
            (
                format!(
                    "First printing, 2026\nISBN {a}\nDesigned for the web by all of us here\nISBN {b}"
                ),
                [None, None],
            ),
        ] {
            assert_eq!(editions(&text), of, "{text}");
        }
    }
}
