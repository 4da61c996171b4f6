//! Text folded to bare letters and figures that remember where words begin.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text in which accents are one character with their letter, in whichever form they were written.
pub(crate) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Text as bare small letters and figures without spaces, with the places where words begin and end. Letters set apart
/// ("T H E") fold to the same letters as a word set tight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    letters: Vec<char>,
    /// For each letter, whether a word begins with it.
    begins: Vec<bool>,
}

impl Folded {
    /// The letters of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(text);
        folded
    }

    /// The letters of several lines; a line break parts words.
    pub(crate) fn of_lines<'t>(lines: impl IntoIterator<Item = &'t str>) -> Self {
        let mut folded = Self::default();
        for line in lines {
            folded.push(line);
        }
        folded
    }

    /// The letters of several lines, those of each in reverse: how text that runs from right to left is stored when it
    /// is stored as it looks.
    pub(crate) fn of_mirrored<'t>(lines: impl IntoIterator<Item = &'t str>) -> Self {
        let mut folded = Self::default();
        for line in lines {
            folded.push(&line.chars().rev().collect::<String>());
        }
        folded
    }

    /// Adds lines at its end.
    pub(crate) fn add(&mut self, lines: &[&str]) {
        for line in lines {
            self.push(line);
        }
    }

    /// Adds other letters at its end.
    pub(crate) fn append(&mut self, other: &Self) {
        self.letters.extend(&other.letters);
        self.begins.extend(&other.begins);
    }

    /// A part of its letters.
    pub(crate) fn part(&self, at: std::ops::Range<usize>) -> Self {
        let letters = self.letters.get(at.clone()).unwrap_or_default().to_vec();
        let begins = self.begins.get(at).unwrap_or_default().to_vec();
        Self { letters, begins }
    }

    fn push(&mut self, text: &str) {
        let mut apart = true;
        for c in text.chars() {
            match c {
                // Soft hyphens, joiners, marks of direction and apostrophes part no words; an accent that stands beside its
                // letter, as old fonts have it, is part of the letter.
                '\u{ad}' | '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`'
                | '\u{a8}' | '^' | '\u{2c6}' | '\u{2dc}' | '\u{b8}' => {}
                '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{640}' => {}
                '&' => {
                    self.word("and");
                    apart = true;
                }
                c => {
                    for plain in c.nfkd().filter(|c| !is_combining_mark(*c)) {
                        if !plain.is_alphanumeric() {
                            apart = true;
                            continue;
                        }
                        for letter in plain.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                            let begins = apart || stands_alone(letter);
                            match spelt(letter) {
                                Some(letters) => {
                                    for (n, l) in letters.chars().enumerate() {
                                        self.letter(l, begins && n == 0);
                                    }
                                }
                                None => self.letter(letter, begins),
                            }
                            apart = false;
                        }
                    }
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        for (n, letter) in word.chars().enumerate() {
            self.letter(letter, n == 0);
        }
    }

    fn letter(&mut self, letter: char, begins: bool) {
        self.letters.push(letter);
        self.begins.push(begins);
    }

    /// How many letters and figures there are.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The letters alone.
    pub(crate) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// The words one by one.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for (letter, begins) in self.letters.iter().zip(&self.begins) {
            match words.last_mut() {
                Some(word) if !begins => word.push(*letter),
                _ => words.push(letter.to_string()),
            }
        }
        words
    }

    /// Where `part` stands as whole words, if it does: the place of its first letter.
    pub(crate) fn find(&self, part: &Self) -> Option<usize> {
        let n = part.len();
        if n == 0 {
            return None;
        }
        let starts = self.letters.windows(n).enumerate();
        starts
            .filter(|(at, window)| {
                *window == part.letters.as_slice() && self.parts_at(*at) && self.parts_at(at + n)
            })
            .map(|(at, _)| at)
            .next()
    }

    /// Whether `part` stands in it as whole words.
    pub(crate) fn holds(&self, part: &Self) -> bool {
        self.find(part).is_some()
    }

    /// Whether both have the same letters.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.letters == other.letters
    }

    /// Without its figures: folios beside running heads.
    pub(crate) fn without_figures(&self) -> Self {
        let kept = self.letters.iter().zip(&self.begins);
        let mut bare = Self::default();
        for (letter, begins) in kept.filter(|(l, _)| !l.is_numeric()) {
            bare.letter(*letter, *begins);
        }
        bare
    }

    /// Whether a word begins or all ends at this place.
    fn parts_at(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or(true)
    }
}

/// Letters of scripts that put no spaces between words: each counts as a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Letters that have no accent to lose but are written with others where they are not to be had.
fn spelt(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        // Forms of Arabic letters that keyboards mix up.
        '\u{649}' | '\u{6cc}' => "\u{64a}",
        '\u{6a9}' => "\u{643}",
        _ => return None,
    })
}

/// Whether a text is written from right to left.
pub(crate) fn is_rtl(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut rtl, mut all) = (0usize, 0usize);
    for c in letters {
        all += 1;
        rtl += usize::from(super::is_right_to_left(c));
    }
    all > 0 && 2 * rtl >= all
}

/// Longer texts are not compared letter by letter: the cost grows with the square of the length.
const LONGEST: usize = 160;

/// How many letters have to be changed, added, left out or swapped with their neighbour to make one text of another;
/// none where they are too long or too different in length to be worth it.
pub(crate) fn distance(a: &[char], b: &[char]) -> Option<usize> {
    if a.len().max(b.len()) > LONGEST || a.len().abs_diff(b.len()) > 1 + a.len().max(b.len()) / 3 {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j) + usize::from(x != y))
                .min(at(&last, j + 1) + 1)
                .min(left + 1);
            if j > 0 && previous == Some(y) && b.get(j - 1) == Some(x) {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
            left = cost;
        }
        before = std::mem::replace(&mut last, row);
        previous = Some(x);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_different_is_the_same() {
        let told = Folded::of("The Hill Road");
        for shown in [
            "THE HILL ROAD",
            "T H E  H I L L  R O A D",
            "The\u{ad} Hill-Road.",
            "the hill\nroad",
            "\u{201c}The Hill Road\u{201d}",
            "Ｔｈｅ Ｈｉｌｌ Ｒｏａｄ",
        ] {
            assert!(Folded::of(shown).is(&told), "{shown}");
        }
        for (a, b) in [
            ("Die Müllerin", "DIE MU\u{308}LLERIN"),
            ("Die Müllerin", "Die M\u{a8}ullerin"),
            ("Straße", "STRASSE"),
            ("Office", "O\u{fb03}ce"),
            ("Œuvre", "OEUVRE"),
            ("The Keeper's Lamp", "The Keeper\u{2019}s Lamp"),
            ("Salt & Pepper", "Salt and Pepper"),
            ("سلام", "\u{feb3}\u{fefc}\u{fee1}"),
        ] {
            assert!(Folded::of(a).is(&Folded::of(b)), "{a} {b}");
        }
        assert!(!Folded::of("The Hill Roads").is(&told));
    }

    #[test]
    fn parts_stand_as_whole_words() {
        let holds = |text: &str, part: &str| Folded::of(text).holds(&Folded::of(part));
        assert!(holds(
            "by A. Writer, The Hill Road, a novel",
            "the hill road"
        ));
        assert!(holds("T H E H I L L", "hill"));
        assert!(!holds("the uphill roads", "hill road"));
        assert!(!holds("their", "the"));
        assert!(holds("日本の道路", "道路"));
    }

    #[test]
    fn letters_are_counted() {
        let far = |a: &str, b: &str| distance(Folded::of(a).letters(), Folded::of(b).letters());
        assert_eq!(far("The Hill Road", "The Hill Road"), Some(0));
        assert_eq!(far("The Hill Road", "The Hill Roads"), Some(1));
        assert_eq!(far("The Hill Road", "The Hlil Road"), Some(1));
        assert_eq!(far("The Hill Road", "The Mill Raod"), Some(2));
        assert_eq!(far("The Hill Road", "Emma"), None);
    }
}
