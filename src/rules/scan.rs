//! What rules about codes share: how a code is named, and ISBNs in text, file names and jobs.

use crate::facts::{Code, CodeKind, Document, Page, SpaceKind, Visibility};
use crate::finding::{Level, Place};
use crate::units::Length;

/// A code as a place: what it says, how wide it is.
pub(super) fn place(code: &Code) -> Place {
    let says: String = code
        .text
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    Place {
        page: code.page,
        area: Some(code.area),
        what: format!(
            "{} \"{says}\", {:.1} mm wide, modules of {:.2} mm",
            code.kind.word(),
            code.side_mm,
            code.module_mm
        ),
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn short(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if clean.chars().count() <= 60 {
        return clean;
    }
    format!("{}…", clean.chars().take(59).collect::<String>())
}

/// What stands like a code of a kind and cannot be read.
pub(super) fn unread(file: &Document, kind: CodeKind) -> Vec<Place> {
    let of = file.unread.iter().filter(|u| u.kind == kind);
    of.map(|u| Place {
        page: u.page,
        area: Some(u.area),
        what: format!("looks like a {}: {}", kind.word(), u.tried),
    })
    .collect()
}

/// What a code's dark parts are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inked {
    /// Black alone, however much of it.
    Black,
    /// One ink that is not black.
    Other,
    /// Several inks.
    Several,
    /// Light: RGB, of which the press makes inks.
    Light,
    /// Nobody could tell.
    Unknown,
}

/// What a code's dark parts are drawn in.
pub(super) fn inked(code: &Code) -> Inked {
    if code.space.is_some_and(SpaceKind::is_rgb) {
        return Inked::Light;
    }
    match code.inks.as_deref() {
        None | Some([]) => Inked::Unknown,
        Some([one]) if one.ink == "Black" => Inked::Black,
        Some([_]) => Inked::Other,
        Some(_) => Inked::Several,
    }
}

/// Inks for people: `Cyan 60 %, Black 100 %`.
pub(super) fn ink_words(code: &Code) -> String {
    let inks = code.inks.as_deref().unwrap_or_default();
    let words = inks.iter().map(|i| format!("{} {:.0} %", i.ink, i.percent));
    words.collect::<Vec<_>>().join(", ")
}

/// The thirteen digits of an ISBN that was told, however it was written.
pub(super) fn told(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    thirteen(&digits.to_uppercase())
}

/// Codes with what was measured of each, the limit they fall short of, and how bad that is.
type Graded<'c, L> = (Vec<(f64, &'c Code)>, L, Level);

/// Codes parted by two limits, the worst first in each part: those that are refused and those that are doubtful.
/// `value` is what is measured of a code, `below` whether it falls short of a limit.
pub(super) fn graded<'c, L: Copy>(
    codes: impl Iterator<Item = (f64, &'c Code)>,
    [error, warning]: [L; 2],
    below: impl Fn(f64, L) -> bool,
) -> [Graded<'c, L>; 2] {
    let mut codes: Vec<(f64, &Code)> = codes.collect();
    codes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (refused, mut doubtful): (Vec<_>, Vec<_>) =
        codes.into_iter().partition(|(v, _)| below(*v, error));
    doubtful.retain(|(v, _)| below(*v, warning));
    [
        (refused, error, Level::Error),
        (doubtful, warning, Level::Warning),
    ]
}

/// The QR codes of a file.
pub(super) fn qr(file: &Document) -> impl Iterator<Item = &Code> + Clone {
    file.codes.iter().filter(|c| c.kind == CodeKind::Qr)
}

/// Corners are found to a part in some hundreds, so a code drawn exactly at its limit may measure a little less.
const SLACK: f64 = 0.004;

/// Whether a printed length in millimetres falls short of a limit.
pub(super) fn is_short(mm: f64, limit: Length) -> bool {
    Length::mm(mm).as_pt() < limit.as_pt() * (1.0 - SLACK)
}

/// The bar codes of a file that are ISBNs: their prefix is that of books.
pub(super) fn isbns(file: &Document) -> Vec<&Code> {
    let is_book = |c: &&Code| c.kind == CodeKind::Ean13 && is_bookland(&c.text);
    file.codes.iter().filter(is_book).collect()
}

fn is_bookland(digits: &str) -> bool {
    // 979-0 is printed music.
    digits.starts_with("978") || digits.starts_with("979") && !digits.starts_with("9790")
}

/// An ISBN as it is written somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// As written.
    pub(super) text: String,
    /// Its thirteen digits, if its check digit is right; an ISBN of ten digits is given its thirteen.
    pub(super) digits: Option<String>,
}

/// ISBNs in a text: ten or thirteen digits after the word, or thirteen that begin with 978 or 979 and are hyphenated.
pub(super) fn written(text: &str) -> Vec<Written> {
    let letters: Vec<char> = text.chars().collect();
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let starts = letters.get(at).is_some_and(char::is_ascii_digit)
            && !at
                .checked_sub(1)
                .and_then(|b| letters.get(b))
                .is_some_and(|c| c.is_alphanumeric());
        if !starts {
            at += 1;
            continue;
        }
        let (run, digits) = run(letters.get(at..).unwrap_or_default());
        let before: String = letters
            .get(at.saturating_sub(32)..at)
            .unwrap_or_default()
            .iter()
            .collect();
        let named = is_named(&before);
        // The kind of ISBN, not its beginning.
        let kind: String = run.chars().take_while(char::is_ascii_digit).collect();
        if named && matches!(kind.as_str(), "10" | "13") && digits.len() > 2 {
            at += 2;
            continue;
        }
        let hyphens = run.chars().filter(|c| !c.is_ascii_alphanumeric()).count();
        let bookland = digits.len() == 13 && is_bookland(&digits);
        let is_one = match digits.len() {
            13 => bookland && (named || hyphens >= 3),
            10 => named,
            _ => false,
        };
        // A wrong number of digits right after the word is a slip worth telling.
        let slip = named && !is_one && (9..=14).contains(&digits.len());
        if is_one || slip {
            let one = Written {
                text: run.trim().to_owned(),
                digits: thirteen(&digits),
            };
            if !found.contains(&one) {
                found.push(one);
            }
        }
        at += run.chars().count().max(1);
    }
    found
}

/// The stretch of digits, hyphens, dashes and single spaces at the beginning, and its digits.
fn run(letters: &[char]) -> (String, String) {
    let mut text = String::new();
    let mut digits = String::new();
    let mut separated = 0;
    for c in letters {
        match c {
            '0'..='9' => {
                digits.push(*c);
                separated = 0;
            }
            'X' | 'x' if digits.len() == 9 => {
                digits.push('X');
                text.push(*c);
                break;
            }
            c if is_separator(*c) && separated < MOST_SEPARATORS && digits.len() < 13 => {
                separated += 1;
            }
            _ => break,
        }
        text.push(*c);
    }
    let text = text
        .trim_end_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_owned();
    (text, digits)
}

/// Dashes and spaces between the parts of an ISBN; where a line is set in pieces there may be one of each.
const MOST_SEPARATORS: u32 = 3;

fn is_separator(c: char) -> bool {
    // Hyphens, dashes, minus and soft hyphen; spaces of every width.
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{2060}')
}

/// Whether the word ISBN stands just before, with nothing but its kind and punctuation between.
fn is_named(before: &str) -> bool {
    // Small capitals and kerning split words.
    let upper: String = before
        .to_uppercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    upper.rfind("ISBN").is_some_and(|at| {
        let between = upper.get(at + 4..).unwrap_or_default();
        let word = between.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(
            word,
            "" | "13"
                | "10"
                | "NO"
                | "NR"
                | "NUMBER"
                | "PAPERBACK"
                | "HARDCOVER"
                | "PRINT"
                | "SOFTCOVER"
                | "HARDBACK"
                | "PBK"
                | "HBK"
        )
    })
}

/// Thirteen digits with a right check digit, from thirteen or ten.
pub(super) fn thirteen(digits: &str) -> Option<String> {
    let value = |c: char| c.to_digit(10);
    let weighed = |digits: &str| -> Option<u32> {
        let weights = [1, 3].into_iter().cycle();
        digits
            .chars()
            .zip(weights)
            .map(|(c, weight)| Some(value(c)? * weight))
            .sum()
    };
    match digits.len() {
        13 => (weighed(digits)? % 10 == 0 && is_bookland(digits)).then(|| digits.to_owned()),
        10 => {
            let sum: Option<u32> = digits
                .chars()
                .zip((1..=10).rev())
                .map(|(c, weight)| Some(if c == 'X' { 10 } else { value(c)? } * weight))
                .sum();
            if sum? % 11 != 0 {
                return None;
            }
            let body = format!("978{}", digits.get(..9)?);
            let sum = weighed(&body)?;
            Some(format!("{body}{}", (10 - sum % 10) % 10))
        }
        _ => None,
    }
}

/// ISBNs printed in a file, each with its page; of a long one only the front matter and the last pages are read.
pub(super) fn printed(file: &Document) -> Vec<(u32, Written)> {
    const FRONT: usize = 12;
    const BACK: usize = 4;
    let count = file.pages.len();
    let mut found: Vec<(u32, Written)> = Vec::new();
    let pages = file.pages.iter().enumerate();
    for (_, page) in pages.filter(|(n, _)| *n < FRONT || *n + BACK >= count) {
        let lines = page
            .text
            .iter()
            .filter(|r| r.visibility == Visibility::Visible);
        let text = lines.map(|r| r.text.as_str()).collect::<Vec<_>>().join(" ");
        for one in written(&text) {
            found.push((page.number, one));
        }
    }
    found
}

/// Words that only an imprint has, in the languages the platforms print in; in small letters.
const IMPRINT: &[&str] = &[
    "©",
    "copyright",
    "all rights reserved",
    "alle rechte vorbehalten",
    "impressum",
    "tous droits",
    "dépôt légal",
    "derechos reservados",
    "depósito legal",
    "diritti riservati",
    "direitos reservados",
    "alle rechten voorbehouden",
    "colophon",
];

/// Whether a page is the book's imprint, or part of it.
pub(super) fn is_imprint(page: &Page) -> bool {
    let lines = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible);
    let text = lines
        .map(|r| r.text.to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    IMPRINT.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<Option<String>> {
        written(text).into_iter().map(|w| w.digits).collect()
    }

    #[test]
    fn isbns_are_found_however_they_are_written() {
        let right = Some("9780306406157".to_owned());
        for text in [
            "ISBN 978-0-306-40615-7",
            "ISBN-13: 9780306406157",
            "ISBN: 978 0 306 40615 7 (paperback)",
            "isbn 978\u{2013}0\u{2013}306\u{2013}40615\u{2013}7",
            "ISBN 0-306-40615-2",
            "ISBN-10 0306406152",
            "see 978-0-306-40615-7.",
            "ISBN 978-0- 306- 40615-7",
            "IS BN (pbk.): 978\u{2011}0\u{2009}306\u{a0}\u{2013} 40615 7",
        ] {
            assert_eq!(digits(text), std::slice::from_ref(&right), "{text}");
        }
        assert_eq!(
            digits("ISBN 080442957X"),
            [Some("9780804429573".to_owned())]
        );
    }

    #[test]
    fn what_is_no_isbn_is_left_alone_and_slips_are_told() {
        assert!(digits("call 978 555 0100, or 9780306406157 apples in 1984-1985").is_empty());
        assert_eq!(digits("ISBN 978-0-306-40615-8"), [None]);
        assert_eq!(digits("ISBN 978-0-306-40615"), [None]);
        assert!(digits("ISBN to be announced in 2024").is_empty());
    }
}
