//! Words around titles and names: phrases that describe books, and the shape of a name.

/// Words beside a title that are no part of it.
pub(super) fn is_said_of_books(word: &str) -> bool {
    const SAID: &[&str] = &[
        "a",
        "an",
        "the",
        "novel",
        "novella",
        "roman",
        "romance",
        "memoir",
        "story",
        "stories",
        "poems",
        "poetry",
        "book",
        "books",
        "volume",
        "vol",
        "band",
        "teil",
        "part",
        "edition",
        "by",
        "von",
        "de",
        "par",
        "one",
        "two",
        "three",
        "first",
        "second",
        "third",
        "revised",
        "illustrated",
        "ein",
        "eine",
        "un",
        "une",
        "una",
        "novela",
        "romanzo",
        "erzahlungen",
        "gedichte",
        "play",
        "tale",
        "tales",
        "thriller",
        "mystery",
        "fantasy",
        "workbook",
        "notebook",
        "journal",
        "paperback",
        "hardcover",
    ];
    SAID.contains(&word) || word.chars().all(char::is_numeric) || is_roman(word)
}

fn is_roman(word: &str) -> bool {
    word.chars()
        .all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
}

/// A line that may be a name: two to four words, each with a capital, and none that occurs in no name.
pub(super) fn name_like(text: &str) -> Option<String> {
    const NOT: &[&str] = &[
        "the",
        "of",
        "a",
        "an",
        "and",
        "in",
        "on",
        "to",
        "for",
        "novel",
        "book",
        "story",
        "press",
        "books",
        "publishing",
        "edition",
        "volume",
        "part",
        "chapter",
        "der",
        "die",
        "das",
        "und",
        "roman",
        "verlag",
        "le",
        "la",
        "les",
        "et",
        "no",
        "reserved",
        "rights",
        "copyright",
        "contents",
        "series",
        "tale",
        "house",
    ];
    let text = text.trim();
    let lower = text.to_lowercase();
    let bare = ["by ", "von ", "par ", "por ", "di ", "door "]
        .iter()
        .find_map(|by| lower.strip_prefix(by).map(|_| by.len()));
    let text = bare.and_then(|n| text.get(n..)).unwrap_or(text).trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'))
            && !NOT.contains(&word.to_lowercase().as_str())
    };
    let fits = (2..=4).contains(&words.len()) && words.iter().all(is_name);
    let is_long = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (fits && words.iter().any(is_long)).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_look_like_names() {
        for name in [
            "A. Writer",
            "by Anna Writer",
            "ANNA M. WRITER",
            "Jean-Luc O'Neill",
        ] {
            assert!(name_like(name).is_some(), "{name}");
        }
        for other in [
            "The Hill Road",
            "a novel",
            "Chapter One",
            "All Rights Reserved",
            "Hill",
            "1984 And All That",
        ] {
            assert!(name_like(other).is_none(), "{other}");
        }
    }
}
