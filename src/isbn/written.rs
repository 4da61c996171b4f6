//! ISBNs in texts as people set them: with dashes of any kind or none, in ten or thirteen digits, over two lines, with the
//! name of an edition before or behind.

use super::digits::{digit, digits, narrow};
use super::edition::Edition;
use super::number::Written;
use super::said::{behind_the_word, edition};
use super::{is_bookland, thirteen};

/// ISBNs read from one text; what has more is a catalogue of thousands.
const MOST: usize = 500;

/// The first five hundred ISBNs in a text, in order: ten or thirteen digits after the word, thirteen of books that are divided as ISBNs are, and
/// bare ones of thirteen whose check digit is right. A wrong number of digits right after the word is a slip and is given
/// without digits. Lines end in line feeds.
pub fn written(text: &str) -> Vec<Written> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(|(_, c)| digit(*c).is_some());
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while at < letters.len() && found.len() < MOST {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let one = if is_fresh(&letters, at) {
            one(text, &letters, at)
        } else {
            None
        };
        match one {
            Some((one, end)) => {
                found.push(one);
                at = end;
            }
            // The digits that follow may begin one.
            None => {
                while is_digit(at) {
                    at += 1;
                }
            }
        }
    }
    let editions: Vec<Option<Edition>> = (0..found.len())
        .map(|index| edition(text, &found, index))
        .collect();
    for (one, edition) in found.iter_mut().zip(editions) {
        one.edition = edition;
    }
    found
}

/// Whether digits begin here that go on from no word or number; the word itself may touch them.
fn is_fresh(letters: &[(usize, char)], at: usize) -> bool {
    let before = letters.get(at.saturating_sub(4)..at).unwrap_or_default();
    let alone = before.last().is_none_or(|(_, c)| !c.is_alphanumeric());
    alone
        || before
            .iter()
            .map(|(_, c)| narrow(*c).to_ascii_uppercase())
            .eq("ISBN".chars())
}

/// The ISBN whose digits begin here, and the letter after it.
fn one(text: &str, letters: &[(usize, char)], at: usize) -> Option<(Written, usize)> {
    let run = digits(letters.get(at..)?);
    let first = run.ends.first()?.0;
    // A number of fewer digits can neither be one nor be meant as one.
    if run.digits.len() < 9 {
        return None;
    }
    let before: String = letters
        .get(at.saturating_sub(BEFORE)..at)?
        .iter()
        .map(|(_, c)| narrow(*c))
        .collect();
    let named = naming(&before);
    // The kind of ISBN, not its beginning.
    if named == Named::Right && first == 2 && matches!(run.digits.get(..2), Some("10" | "13")) {
        return None;
    }
    let made = |count: usize, bare: bool| {
        let (_, length, _) = run.after(count)?;
        let from = letters.get(at)?.0;
        let to = letters
            .get(at + length)
            .map_or(text.len(), |(byte, _)| *byte);
        let words: Vec<&str> = text.get(from..to)?.split_whitespace().collect();
        let one = Written {
            at: from..to,
            text: words.join(" "),
            digits: thirteen(run.digits.get(..count)?),
            bare,
            edition: None,
        };
        Some((one, at + length))
    };
    let right = |count: usize| {
        run.after(count).is_some() && run.digits.get(..count).and_then(thirteen).is_some()
    };
    if let Some((groups, _, dashes)) = run.after(13).filter(|_| is_bookland(&run.digits)) {
        let right = right(13);
        let divided = first == 3 && groups == 5 && (dashes == 4 || right) || right && dashes > 1;
        let said = named == Named::Right || right && named == Named::Near || divided;
        if said || right {
            return made(13, !said);
        }
    }
    if named != Named::Right {
        return None;
    }
    if right(10) {
        return made(10, false);
    }
    // A wrong number of digits right after the word is a slip worth telling.
    let slips = run
        .ends
        .iter()
        .map(|(n, ..)| *n)
        .filter(|n| (9..=14).contains(n));
    let meant = if matches!(run.digits.get(..3), Some("978" | "979")) {
        13_usize
    } else {
        10
    };
    made(slips.min_by_key(|n| n.abs_diff(meant))?, false)
}

/// How far before a number the word `ISBN` is searched for, in letters.
const BEFORE: usize = 48;

/// Whether the word ISBN names a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// The word is just before, with only its kind, an edition and punctuation between.
    Right,
    /// The word is before, with other words between.
    Near,
    /// It does not.
    Not,
}

fn naming(before: &str) -> Named {
    // Small capitals and kerning split words.
    let upper: String = before
        .to_uppercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let Some(at) = upper.rfind("ISBN") else {
        return Named::Not;
    };
    let between = upper.get(at + 4..).unwrap_or_default();
    let word = between.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word
        .trim_start_matches("10")
        .trim_start_matches("13")
        .trim_matches(|c: char| !c.is_alphanumeric());
    let known = matches!(
        word,
        "" | "10"
            | "13"
            | "NO"
            | "NR"
            | "N"
            | "NUM"
            | "NUMBER"
            | "NUMMER"
            | "NUMERO"
            | "N\u{da}MERO"
            | "NUM\u{c9}RO"
    );
    // An edition was split as well, so it is looked for in the text as it stands.
    let edition =
        || word.chars().count() < 26 && behind_the_word(before).and_then(Edition::first).is_some();
    match known || edition() {
        true => Named::Right,
        // Words after another number belong to that number.
        false if word.contains(|c: char| c.is_ascii_digit()) => Named::Not,
        false => Named::Near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<Option<String>> {
        written(text)
            .into_iter()
            .filter(|w| !w.bare)
            .map(|w| w.digits)
            .collect()
    }

    #[test]
    fn isbns_are_found_however_they_are_written() {
        let right = Some("9780306406157".to_owned());
        for text in [
            "ISBN 978-0-306-40615-7",
            "ISBN-13: 9780306406157",
            "ISBN\u{2011}13\u{a0}9780306406157",
            "ISBN9780306406157",
            "ISBN: 978 0 306 40615 7 (paperback)",
            "isbn 978\u{2013}0\u{2013}306\u{2013}40615\u{2013}7",
            "ISBN 978\u{2212}0\u{2015}306\u{ad}\u{2010}40615\u{ff0d}7",
            "ISBN 0-306-40615-2",
            "ISBN-10 0306406152",
            "ISBN\u{2011}10: 0\u{2011}306\u{2011}40615\u{2011}2",
            "ISBN (13): 978-0-306-40615-7",
            "see 978-0-306-40615-7.",
            "ISBN 978-0- 306- 40615-7",
            "ISBN 978-0-306-\n40615-7",
            "ISBN\n978-0-306-40615-7",
            "IS BN (pbk.): 978\u{2011}0\u{2009}306\u{a0}\u{2013} 40615 7",
            "eISBN 978-0-306-40615-7",
            "ISBN der Printausgabe: 978-0-306-40615-7",
            "ISBN (Taschenbuch) 978-0-306-40615-7",
            "ISBN 978-0-306-40615-7 2026 1 3 5",
            "ISBN 0-306-40615-2 978",
            "\u{ff29}\u{ff33}\u{ff22}\u{ff2e}\u{ff19}\u{ff17}\u{ff18}-0-306-40615-7",
        ] {
            assert_eq!(digits(text), std::slice::from_ref(&right), "{text}");
        }
        assert_eq!(
            digits("ISBN 080442957X"),
            [Some("9780804429573".to_owned())]
        );
        assert_eq!(
            digits("ISBN 0-8044-2957-x."),
            [Some("9780804429573".to_owned())]
        );
        assert_eq!(
            digits("ISBN-10: 0-306-40615-2 ISBN-13: 978-0-306-40615-7"),
            [right.clone(), right]
        );
    }

    #[test]
    fn what_is_no_isbn_is_left_alone_and_slips_are_told() {
        for text in [
            "call 978 555 0100, or 1978030640615 7 apples in 1984-1985",
            "ISBN to be announced in 2024",
            "978-1-2345-6789",
            "978 12 345 678 90 1",
            "ISSN 0306-4061, 12345678901234567890123",
            "ISBN A978030640615",
        ] {
            assert!(digits(text).is_empty(), "{text}: {:?}", digits(text));
        }
        for text in [
            "ISBN 978-0-306-40615-8",
            "978-0-306-40615-8",
            "ISBN 978-0-306-40615",
            "ISBN 978-0-306-40615 2024",
            "ISBN 97803064061570",
            "ISBN 0-306-40615-3",
            "ISBN 979-0-2600-0043-8",
        ] {
            assert_eq!(digits(text), [None], "{text}");
        }
    }

    #[test]
    fn digits_below_bars_are_bare() {
        let found = written("ISBN 978-0-306-40615-7\n52995\n9 780306 406157");
        assert_eq!(
            found.iter().map(|f| f.bare).collect::<Vec<_>>(),
            [false, true]
        );
        assert!(
            found
                .iter()
                .all(|f| f.digits.as_deref() == Some("9780306406157"))
        );
        assert!(written("9 780306 406158").is_empty());
    }

    #[test]
    fn a_page_of_nothing_else_ends() {
        let text = "ISBN 978-0-306-40615-7 paperback ".repeat(20_000);
        assert_eq!(written(&text).len(), MOST);
        assert!(written(&"1 ".repeat(500_000)).is_empty());
        assert!(written(&"9".repeat(1_000_000)).is_empty());
    }
}
