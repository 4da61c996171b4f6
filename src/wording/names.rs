//! The names of authors: initials, middle names, order and titles make no difference; another name does.

use super::fold::{Folded, distance};

/// One name, its words in the order they are spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Person {
    words: Vec<String>,
}

/// The stated authors, in every way the statement can be read.
#[derive(Clone, Debug)]
pub(crate) struct Authors {
    /// As stated.
    pub(crate) told: String,
    /// The possible readings: a comma may separate two people, or put one person's surname first.
    readings: Vec<Vec<Person>>,
}

/// Titles, degrees and roles around a name.
const AROUND: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "sir",
    "dame",
    "rev",
    "revd",
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "phd",
    "md",
    "mba",
    "msc",
    "esq",
    "ed",
    "eds",
    "editor",
    "editors",
    "hrsg",
    "hg",
    "author",
    "dipl",
    "ing",
    "mag",
];

/// Words before a name on a title page.
const BEFORE: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "written",
    "story",
    "geschrieben",
    "ein",
    "roman",
];

/// Most words of a name.
const MOST: usize = 6;

impl Authors {
    /// The readings of stated authors; `None` without letters.
    pub(crate) fn of(told: &str) -> Option<Self> {
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut readings: Vec<Vec<Person>> = Vec::new();
        let mut read = |parts: Vec<String>| {
            let people: Vec<Person> = parts.iter().filter_map(|p| Person::of(p)).collect();
            if !people.is_empty() && !readings.contains(&people) {
                readings.push(people);
            }
        };
        read(vec![told.clone()]);
        let apart = part(&told, false);
        read(apart.clone());
        read(apart.iter().map(|name| turned(name)).collect());
        read(part(&told, true));
        (!readings.is_empty()).then_some(Self { told, readings })
    }

    /// Whether a text names them all.
    pub(crate) fn are_in(&self, text: &Folded) -> bool {
        let words = text.words();
        self.readings
            .iter()
            .any(|people| people.iter().all(|p| p.is_in(text, &words)))
    }

    /// Whether a text names any of them.
    pub(crate) fn any_in(&self, text: &Folded) -> bool {
        let words = text.words();
        self.readings
            .iter()
            .flatten()
            .any(|p| p.is_in(text, &words))
    }

    /// Whether a text is the surname of one of them, or a name of theirs, and nothing else.
    pub(crate) fn is(&self, text: &Folded) -> bool {
        let words = name_words(text);
        self.readings.iter().flatten().any(|p| p.shows_as(&words))
    }

    /// What is left of a line without the words of their names.
    pub(crate) fn taken_out(&self, line: &Folded) -> Folded {
        let own = |word: &String| {
            let people = self.readings.iter().flatten();
            people
                .flat_map(|p| &p.words)
                .any(|w| w == word || (word.chars().count() == 1 && w.starts_with(word.as_str())))
        };
        let words: Vec<String> = line.words().into_iter().filter(|w| !own(w)).collect();
        Folded::of(&words.join(" "))
    }

    /// Whether a line is nearly the name of one of them, and yet another: a slip of the pen, or another given name.
    pub(crate) fn nearly(&self, line: &Folded) -> bool {
        let words = name_words(line);
        if words.is_empty() || words.len() > MOST || self.any_in(line) || self.is(line) {
            return false;
        }
        self.readings.iter().flatten().any(|p| p.is_near(&words))
    }
}

/// The words of a line without the usual words around names.
fn name_words(line: &Folded) -> Vec<String> {
    let mut words: Vec<String> = line.words();
    words.retain(|w| !AROUND.contains(&w.as_str()));
    while words.len() > 1 && words.first().is_some_and(|w| BEFORE.contains(&w.as_str())) {
        words.remove(0);
    }
    words
}

/// Several names in one statement.
fn part(told: &str, commas: bool) -> Vec<String> {
    let mut names = told.replace(" & ", ";");
    for and in [
        " and ", " und ", " et ", " y ", " with ", " mit ", " / ", "|",
    ] {
        names = names.replace(and, ";");
    }
    let mut parts: Vec<String> = names.split(';').map(str::to_owned).collect();
    if commas {
        parts = parts
            .iter()
            .flat_map(|p| p.split(','))
            .map(str::to_owned)
            .collect();
    }
    parts.retain(|p| p.chars().any(char::is_alphanumeric));
    parts
}

/// "Writer, Anna" as it is spoken.
fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
        None => name.to_owned(),
    }
}

impl Person {
    fn of(name: &str) -> Option<Self> {
        let mut words = Folded::of(name).words();
        words.retain(|w| !AROUND.contains(&w.as_str()));
        (!words.is_empty()).then_some(Self { words })
    }

    /// Given names and the surname.
    fn parts(&self) -> (&[String], &str) {
        match self.words.split_last() {
            Some((last, given)) => (given, last),
            None => (&[], ""),
        }
    }

    /// Whether a text names this person.
    fn is_in(&self, text: &Folded, words: &[String]) -> bool {
        let (given, last) = self.parts();
        // A single word is a word of any text; among few others it is a name.
        if given.is_empty() {
            return words.len() <= MOST && words.iter().any(|w| w == last);
        }
        if text.holds(&Folded::of(&self.words.join(" "))) {
            return true;
        }
        let ends = words
            .iter()
            .enumerate()
            .filter(|(_, w)| *w == last)
            .map(|(n, _)| n);
        for at in ends {
            for most in 1..=(given.len() + 2).min(at) {
                if let Some(shown) = words.get(at - most..at)
                    && agree(shown, given)
                {
                    return true;
                }
            }
        }
        // The surname first, as catalogues and some languages have it.
        let n = self.words.len();
        let mut sorted = self.words.clone();
        sorted.sort();
        words.windows(n).any(|window| {
            let mut shown = window.to_vec();
            shown.sort();
            shown == sorted
        })
    }

    /// Whether these words are this name, or its surname alone.
    fn shows_as(&self, shown: &[String]) -> bool {
        let (given, last) = self.parts();
        match shown.split_last() {
            Some((end, [])) => end == last,
            // A surname may be of several words: García-López, Le Guin.
            Some((end, before)) => end == last && (agree(before, given) || given.ends_with(before)),
            None => false,
        }
    }

    fn is_near(&self, shown: &[String]) -> bool {
        let (given, last) = self.parts();
        let told: Vec<char> = self.words.concat().chars().collect();
        let other: Vec<char> = shown.concat().chars().collect();
        let letters = told.len().max(other.len());
        if letters >= 6
            && distance(&told, &other).is_some_and(|n| n > 0 && n <= (letters / 5).max(1))
        {
            return true;
        }
        // The same surname with given names that are not theirs; a title may be "The Writer".
        shown.split_last().is_some_and(|(end, before)| {
            end == last
                && last.chars().count() > 2
                && !before.is_empty()
                && before.len() <= 2
                && !given.is_empty()
                && !agree(before, given)
                && before.iter().all(|w| !NO_NAMES.contains(&w.as_str()))
        })
    }
}

/// Words that no given name is.
const NO_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "and",
    "in",
    "for",
    "to",
    "my",
    "our",
    "der",
    "die",
    "das",
    "le",
    "la",
    "les",
    "el",
    "copyright",
    "c",
    "illustrated",
    "edited",
    "translated",
    "foreword",
    "family",
    "press",
    "books",
];

/// Whether given names as shown may be those told: equal, initials, several initials run together, names left out on
/// either side; the first has to agree.
fn agree(shown: &[String], told: &[String]) -> bool {
    let initials: String = told.iter().filter_map(|w| w.chars().next()).collect();
    let told_alike = |a: &str, b: &str| alike(a, b) || a == initials || run_together(b, shown);
    let (Some(first_shown), Some(first_told)) = (shown.first(), told.first()) else {
        return false;
    };
    if !told_alike(first_shown, first_told) {
        return false;
    }
    if *first_shown == initials || run_together(first_told, shown) {
        return true;
    }
    // Other names on the page have to be among the stated ones, unless only one was stated.
    let mut left = told.iter().skip(1);
    let rest = shown.get(1..).unwrap_or_default();
    told.len() == 1 || rest.iter().all(|s| left.any(|t| alike(s, t)))
}

/// Whether a stated word, such as "jrr", is the initials of the names shown.
fn run_together(told: &str, shown: &[String]) -> bool {
    let initials: String = shown.iter().filter_map(|w| w.chars().next()).collect();
    told.chars().count() > 1 && told == initials
}

/// Whether two given names are the same, one of them perhaps an initial.
fn alike(a: &str, b: &str) -> bool {
    let is_initial = |w: &str| w.chars().count() == 1;
    a == b || ((is_initial(a) || is_initial(b)) && a.chars().next() == b.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(told: &str, text: &str) -> bool {
        Authors::of(told).is_some_and(|a| a.are_in(&Folded::of(text)))
    }

    #[test]
    fn a_surname_alone_is_the_name_and_another_given_name_is_not() {
        let shown =
            |told: &str, text: &str| Authors::of(told).is_some_and(|a| a.is(&Folded::of(text)));
        assert!(shown("José García-López", "García\u{2013}López"));
        assert!(shown("Ursula K. Le Guin", "LE GUIN"));
        assert!(shown("Anna Writer", "Writer"));
        assert!(!shown("Anna Writer", "Anne Writer"));
        assert!(!shown("José García-López", "Pérez-López"));
    }

    #[test]
    fn names_are_written_in_many_ways() {
        for (told, shown) in [
            ("J. R. R. Tolkien", "JRR Tolkien"),
            ("JRR Tolkien", "J. R. R. Tolkien"),
            ("J.R.R. Tolkien", "John Ronald Reuel Tolkien"),
            ("John Ronald Reuel Tolkien", "a tale by J.R.R. TOLKIEN"),
            ("Anna Maria Writer", "Anna Writer"),
            ("Anna Writer", "Anna M. Writer"),
            ("Writer, Anna", "Anna Writer"),
            ("Anna Writer and Ben Scribe", "Ben Scribe\nAnna Writer"),
            ("Anna Writer; Ben Scribe", "Anna Writer & Ben Scribe"),
            ("Anna Writer, Ben Scribe", "ANNA WRITER  BEN SCRIBE"),
            ("Dr. Anna Writer, PhD", "Anna Writer"),
            ("Anna Writer", "A N N A  W R I T E R"),
            ("Søren Kierkegård", "SOREN KIERKEGARD"),
            ("Haruki Murakami", "Murakami Haruki"),
            ("A. Writer", "Anna Writer"),
            ("Plato", "by Plato"),
        ] {
            assert!(named(told, shown), "{told} / {shown}");
        }
        for (told, shown) in [
            ("Anna Writer", "Anne Writer"),
            ("Anna Writer", "Ben Writer"),
            ("Nobody", "A. Writer"),
            ("Nobody", "the boats lay in rows and nobody spoke"),
            ("Anna Writer and Ben Scribe", "Anna Writer"),
        ] {
            assert!(!named(told, shown), "{told} / {shown}");
        }
    }

    #[test]
    fn a_slip_is_nearly_the_name() {
        let near =
            |told: &str, line: &str| Authors::of(told).is_some_and(|a| a.nearly(&Folded::of(line)));
        assert!(near("Anna Writer", "Anne Writer"));
        assert!(near("Anna Writer", "by Anna Wirter"));
        assert!(near("Anna Writer", "Ben Writer"));
        assert!(!near("Anna Writer", "A. Writer"));
        assert!(!near("Anna Writer", "The Writer"));
        assert!(!near("Anna Writer", "The Hill Road"));
        assert!(!near("Anna Writer", "Anna Writer"));
    }
}
