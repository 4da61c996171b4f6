//! The words that name an ISBN's edition: bindings and file formats, in the languages the platforms print in.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The edition that the text names for an ISBN.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Edition {
    /// A book in a soft cover.
    Paperback,
    /// A book between boards.
    Hardcover,
    /// A printed book, whichever way it is bound.
    Print,
    /// A file to read.
    Ebook,
    /// A recording.
    Audio,
    /// Several volumes together.
    Set,
}

/// Words, in small letters, and what they are said of. Those of one letter case or two stand for nothing else beside an ISBN.
const WORDS: &[(Edition, &[&str])] = &[
    (
        Edition::Paperback,
        &[
            "paperback",
            "paper back",
            "softcover",
            "soft cover",
            "softback",
            "pbk",
            "pb",
            "sc",
            "perfect bound",
            "mass market",
            "taschenbuch",
            "broschur",
            "broschiert",
            "brosch",
            "softcoverausgabe",
            "broch\u{e9}",
            "broch\u{e9}e",
            "livre de poche",
            "couverture souple",
            "poche",
            "brossura",
            "tapa blanda",
            "tapa r\u{fa}stica",
            "r\u{fa}stica",
            "capa mole",
            "brochura",
            "brochado",
            "h\u{e4}ftad",
            "h\u{e6}ftet",
            "pocket",
            "ingenaaid",
            "oprawa mi\u{119}kka",
            "paperbackausgabe",
        ],
    ),
    (
        Edition::Hardcover,
        &[
            "hardcover",
            "hard cover",
            "hardback",
            "hard back",
            "hbk",
            "hb",
            "hc",
            "hdbk",
            "casebound",
            "case bound",
            "case laminate",
            "cloth",
            "jacketed",
            "dust jacket",
            "gebunden",
            "gebundene",
            "festeinband",
            "hardcoverausgabe",
            "reli\u{e9}",
            "reli\u{e9}e",
            "couverture rigide",
            "cartonn\u{e9}",
            "tapa dura",
            "carton\u{e9}",
            "rilegato",
            "copertina rigida",
            "capa dura",
            "inbunden",
            "innbundet",
            "indbundet",
            "gebonden",
            "oprawa twarda",
        ],
    ),
    (
        Edition::Print,
        &[
            "print",
            "printed",
            "print edition",
            "printausgabe",
            "druckausgabe",
            "papier",
            "large print",
            "impreso",
            "imprim\u{e9}",
        ],
    ),
    (
        Edition::Ebook,
        &[
            "ebook",
            "e-book",
            "e book",
            "ebooks",
            "eisbn",
            "e-isbn",
            "epub",
            "epub3",
            "epub2",
            "kindle",
            "mobi",
            "azw",
            "pdf",
            "epdf",
            "digital",
            "electronic",
            "online",
            "web",
            "num\u{e9}rique",
            "elektronisch",
            "livre num\u{e9}rique",
            "libro electr\u{f3}nico",
            "edi\u{e7}\u{e3}o digital",
        ],
    ),
    (
        Edition::Audio,
        &[
            "audiobook",
            "audio book",
            "audio",
            "audio cd",
            "h\u{f6}rbuch",
            "livre audio",
            "audiolibro",
            "luisterboek",
        ],
    ),
    (
        Edition::Set,
        &[
            "set",
            "boxed set",
            "box set",
            "boxset",
            "complete set",
            "gesamtwerk",
            "obra completa",
        ],
    ),
];

impl Edition {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Paperback => "the paperback",
            Self::Hardcover => "the hardcover",
            Self::Print => "the printed book",
            Self::Ebook => "the e-book",
            Self::Audio => "the audiobook",
            Self::Set => "a set",
        }
    }

    /// What the first word in a text says that says any.
    pub(super) fn first(text: &str) -> Option<Self> {
        places(text)
            .min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)))
            .map(|(.., edition)| edition)
    }

    /// What the last word says.
    pub(super) fn last(text: &str) -> Option<Self> {
        places(text)
            .max_by_key(|(at, length, _)| (at + length, *length))
            .map(|(.., edition)| edition)
    }
}

/// Where words stand whole in a text: the byte in its small letters, their length, what they say.
fn places(text: &str) -> impl Iterator<Item = (usize, usize, Edition)> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for (edition, words) in WORDS {
        for word in *words {
            found.extend(
                lower
                    .match_indices(word)
                    .filter(|(at, _)| stands(&lower, *at, word.len()))
                    .map(|(at, _)| (at, word.len(), *edition)),
            );
        }
    }
    found.into_iter()
}

fn stands(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let after = text.get(at + length..).unwrap_or_default().chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::Edition;

    #[test]
    fn editions_are_told_by_whole_words() {
        for (text, edition) in [
            ("(Taschenbuch)", Some(Edition::Paperback)),
            ("HARDBACK", Some(Edition::Hardcover)),
            ("e-Book", Some(Edition::Ebook)),
            ("eISBN", Some(Edition::Ebook)),
            ("(broch\u{e9})", Some(Edition::Paperback)),
            ("printing history", None),
            ("website", None),
            ("large print paperback", Some(Edition::Print)),
            ("", None),
        ] {
            assert_eq!(Edition::first(text), edition, "{text}");
        }
        assert_eq!(
            Edition::last("paperback, then hardcover"),
            Some(Edition::Hardcover)
        );
        assert_eq!(
            Edition::last("large print paperback"),
            Some(Edition::Paperback)
        );
    }
}
