//! Detects the language of a text by its commonest words.

/// A language of which it is known how its books are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Swedish, Danish or Norwegian.
    Scandinavian,
}

impl Language {
    /// The language a tag names: `en-GB`, `fr`.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        Some(
            match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
                "en" => Self::English,
                "de" => Self::German,
                "fr" => Self::French,
                "es" | "ca" | "gl" => Self::Spanish,
                "it" => Self::Italian,
                "pt" => Self::Portuguese,
                "nl" | "af" => Self::Dutch,
                "sv" | "da" | "no" | "nb" | "nn" => Self::Scandinavian,
                _ => return None,
            },
        )
    }
}

/// Words that are common in one language and rare in the others, without their accents.
const WORDS: &[(Language, &[&str])] = &[
    (
        Language::English,
        &[
            "the", "and", "of", "that", "was", "with", "for", "you", "his", "her", "they", "which",
            "from", "by",
        ],
    ),
    (
        Language::German,
        &[
            "der", "und", "das", "nicht", "ein", "ist", "mit", "sich", "auf", "dem", "eine",
            "auch", "wie", "von",
        ],
    ),
    (
        Language::French,
        &[
            "le", "les", "et", "des", "est", "une", "dans", "qui", "pour", "pas", "sur", "avec",
            "du", "je",
        ],
    ),
    (
        Language::Spanish,
        &[
            "el", "los", "y", "las", "del", "una", "con", "por", "su", "para", "como", "pero",
            "mas", "lo",
        ],
    ),
    (
        Language::Italian,
        &[
            "il", "di", "che", "non", "per", "della", "gli", "sono", "con", "piu", "del", "anche",
            "si", "nel",
        ],
    ),
    (
        Language::Portuguese,
        &[
            "o", "os", "nao", "uma", "do", "da", "em", "um", "para", "com", "mais", "ao", "pela",
            "dos",
        ],
    ),
    (
        Language::Dutch,
        &[
            "het", "een", "niet", "van", "dat", "zijn", "voor", "naar", "ik", "maar", "ook",
            "werd", "aan", "haar",
        ],
    ),
    (
        Language::Scandinavian,
        &[
            "och", "att", "det", "som", "inte", "og", "ikke", "jeg", "jag", "han", "hun", "till",
            "til", "av",
        ],
    ),
];

/// Words counted at most: a language shows in a page or two.
const ENOUGH: usize = 4000;
/// Fewer of a language's words than this tell nothing.
const FEWEST: usize = 3;

/// The language most of whose common words are in a text, if it has clearly more of them than any other.
pub(crate) fn language<'w>(words: impl Iterator<Item = &'w str>) -> Option<Language> {
    let mut counts: Vec<(Language, usize)> =
        WORDS.iter().map(|(language, _)| (*language, 0)).collect();
    for word in words.take(ENOUGH) {
        for ((_, words), (_, count)) in WORDS.iter().zip(&mut counts) {
            *count += usize::from(words.contains(&word));
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counts.as_slice() {
        [(first, most), (_, second), ..] if *most >= FEWEST && *most * 2 >= second * 3 => {
            Some(*first)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_commonest_words() {
        let of = |text: &str| language(text.split_whitespace());
        assert_eq!(
            of("the house stood on the hill and the road went past"),
            Some(Language::English)
        );
        assert_eq!(
            of("das haus stand auf dem berg und der weg ging daran vorbei nicht weit von uns"),
            Some(Language::German)
        );
        assert_eq!(
            of("la maison est sur la colline et le chemin passe dans les champs pour aller"),
            Some(Language::French)
        );
        assert_eq!(
            of("la casa estaba en el monte y los caminos del pueblo con una puerta"),
            Some(Language::Spanish)
        );
        assert_eq!(of("lorem ipsum dolor sit amet"), None);
        assert_eq!(of("the hill road"), None);
    }
}
