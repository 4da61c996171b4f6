//! Searches the words of a page for phrases that must not be printed. The phrases themselves are data.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::facts::{Evidence, Page, TextRun, Visibility};

/// A phrase to search for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrase {
    /// Its words; `*` stands for one to four words of any kind.
    pub(crate) words: String,
    /// What makes a find of it.
    pub(crate) found: Evidence,
}

/// What templates and word processors leave behind.
static LEFTOVERS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(include_str!("placeholders.toml")));

/// What templates and word processors leave in books.
pub(crate) fn leftovers() -> &'static Phrases {
    &LEFTOVERS
}

/// Phrases by their first word.
pub(crate) struct Phrases {
    all: Vec<Known>,
    by_first: HashMap<String, Vec<usize>>,
}

/// A phrase with its words parted.
struct Known {
    phrase: String,
    words: Vec<String>,
    evidence: Evidence,
}

/// A list of phrases as kept in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    phrases: Vec<Phrase>,
}

impl Phrases {
    /// A list kept beside this file. Tests read them all, so that none is lost for a slip in it.
    pub(crate) fn of(list: &str) -> Self {
        let list: List = toml::from_str(list).unwrap_or(List {
            phrases: Vec::new(),
        });
        let mut phrases = Self {
            all: Vec::new(),
            by_first: HashMap::new(),
        };
        for phrase in list.phrases {
            let words = Script::of_text(&phrase.words.replace('*', " anything "));
            let words: Vec<String> = words.words().map(str::to_owned).collect();
            if let Some(first) = words.first() {
                let known = phrases.by_first.entry(first.clone()).or_default();
                known.push(phrases.all.len());
                phrases.all.push(Known {
                    phrase: phrase.words,
                    words,
                    evidence: phrase.found,
                });
            }
        }
        phrases
    }

    /// How many there are.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    /// Every place where one of them stands whole, longest first where several begin, with what it takes to count.
    pub(crate) fn find(&self, script: &Script) -> Vec<Find<'_>> {
        let mut finds = Vec::new();
        for at in 0..script.tokens.len() {
            let Some(known) = self.by_first.get(script.word(at)) else {
                continue;
            };
            for index in known {
                let Some(known) = self.all.get(*index) else {
                    continue;
                };
                if let Some(end) = script.stands(&known.words, at) {
                    finds.push(Find {
                        at: at..end,
                        phrase: &known.phrase,
                        evidence: known.evidence,
                    });
                }
            }
        }
        finds
    }
}

/// A phrase found.
#[derive(Clone, Debug)]
pub(crate) struct Find<'p> {
    /// Its tokens.
    pub(crate) at: Range<usize>,
    /// The phrase, as the list has it.
    pub(crate) phrase: &'p str,
    /// What it takes to count.
    pub(crate) evidence: Evidence,
}

/// The words of a page in small letters, by lines.
pub(crate) struct Script<'p> {
    text: String,
    tokens: Vec<Token>,
    /// The first run of each line, with its place in the page's text.
    lines: Vec<Option<(usize, &'p TextRun)>>,
}

struct Token {
    word: Range<usize>,
    line: usize,
    /// Brackets opened and closed just before it, and just after it.
    opened: bool,
    closed: bool,
    /// It begins a sentence.
    opens: bool,
    /// Quotation marks open just before it.
    quoted: bool,
}

/// Words that `*` may stand for.
const ANY: usize = 4;

impl<'p> Script<'p> {
    /// What can be read on a page.
    pub(crate) fn of(page: &'p Page) -> Self {
        let mut script = Self::empty();
        let mut last: Option<&TextRun> = None;
        let mut line = String::new();
        let mut first: Option<(usize, &'p TextRun)> = None;
        for (place, run) in page
            .text
            .iter()
            .enumerate()
            .filter(|(_, r)| r.visibility == Visibility::Visible)
        {
            if let Some(before) = last
                && !before.goes_on_in(run)
            {
                script.line(&line, first);
                line.clear();
                first = None;
            }
            if last.is_some_and(|before| before.parts_from(run)) {
                line.push(' ');
            }
            line.push_str(&run.text);
            first = first.or(Some((place, run)));
            last = Some(run);
        }
        script.line(&line, first);
        script
    }

    /// The words of one line.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut script = Self::empty();
        script.line(text, None);
        script
    }

    fn empty() -> Self {
        Self {
            text: String::new(),
            tokens: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn line(&mut self, line: &str, first: Option<(usize, &'p TextRun)>) {
        let number = self.lines.len();
        self.lines.push(first);
        let (mut opened, mut opens, mut quoted) = (false, true, false);
        let mut start = None;
        for c in line.chars() {
            match c {
                // Soft hyphens and apostrophes part no words.
                '\u{ad}' | '\'' | '\u{2019}' => {}
                c if c.is_alphanumeric() => {
                    start.get_or_insert(self.text.len());
                    match spelt(c) {
                        Some(letters) => self.text.push_str(letters),
                        None => self.text.extend(c.to_lowercase()),
                    }
                }
                c => {
                    if let Some(from) = start.take() {
                        self.token(from, number, [opened, opens, quoted]);
                        (opened, opens, quoted) = (false, false, false);
                    }
                    opened |= matches!(c, '[' | '<' | '{' | '\u{ab}');
                    quoted |= matches!(c, '"' | '\u{201c}' | '\u{201e}' | '\u{ab}');
                    opens |= matches!(c, '.' | ':' | ';' | '\u{2022}' | '|');
                    if matches!(c, ']' | '>' | '}' | '\u{bb}')
                        && let Some(token) = self.tokens.last_mut()
                    {
                        token.closed |= token.line == number;
                    }
                }
            }
        }
        if let Some(from) = start {
            self.token(from, number, [opened, opens, quoted]);
        }
    }

    fn token(&mut self, from: usize, line: usize, [opened, opens, quoted]: [bool; 3]) {
        self.tokens.push(Token {
            word: from..self.text.len(),
            line,
            opened,
            closed: false,
            opens,
            quoted,
        });
        self.text.push(' ');
    }

    /// Its words in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens
            .iter()
            .map(|t| self.text.get(t.word.clone()).unwrap_or_default())
    }

    /// The word at a place; empty beyond the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at);
        token
            .and_then(|t| self.text.get(t.word.clone()))
            .unwrap_or_default()
    }

    /// Whether any of these words is on the page.
    pub(crate) fn count_of(&self, words: &[&str]) -> usize {
        let is_here = |word: &&&str| self.words().any(|w| w == **word);
        words.iter().filter(is_here).count()
    }

    /// Where `words` end, if they stand at `at`.
    fn stands(&self, words: &[String], at: usize) -> Option<usize> {
        let mut here = at;
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            if word != "anything" {
                if self.word(here) != word {
                    return None;
                }
                here += 1;
                continue;
            }
            let next = words.next()?;
            let skipped = (1..=ANY).find(|n| self.word(here + n) == next)?;
            here += skipped + 1;
        }
        Some(here)
    }

    /// Whether brackets stand around these tokens, with at most three further words before the closing one.
    pub(crate) fn is_bracketed(&self, at: &Range<usize>) -> bool {
        let opened = self.tokens.get(at.start).is_some_and(|t| t.opened);
        let line = self.tokens.get(at.start).map(|t| t.line);
        let last = at.end.saturating_sub(1);
        let mut after = self.tokens.iter().skip(last).take(4);
        opened && after.any(|t| t.closed && Some(t.line) == line)
    }

    /// Whether a sentence or a line begins here.
    pub(crate) fn opens(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.opens)
    }

    /// Whether quotation marks open here.
    pub(crate) fn is_quoted(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.quoted)
    }

    /// Whether the line has no other words than these, numbers aside.
    pub(crate) fn is_line(&self, at: &Range<usize>) -> bool {
        let Some(line) = self.tokens.get(at.start).map(|t| t.line) else {
            return false;
        };
        let is_number = |n: usize| self.word(n).chars().all(|c| c.is_ascii_digit());
        let before = (0..at.start).rev().take_while(|n| self.on(*n, line));
        let after = (at.end..self.tokens.len()).take_while(|n| self.on(*n, line));
        (at.start..at.end).all(|n| self.on(n, line)) && before.chain(after).all(is_number)
    }

    fn on(&self, token: usize, line: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.line == line)
    }

    /// The run a token's line begins with.
    pub(crate) fn run(&self, at: usize) -> Option<&'p TextRun> {
        self.first(at).map(|(_, run)| run)
    }

    /// The place of that run in the page's text.
    pub(crate) fn place(&self, at: usize) -> Option<usize> {
        self.first(at).map(|(place, _)| place)
    }

    fn first(&self, at: usize) -> Option<(usize, &'p TextRun)> {
        let line = self.tokens.get(at)?.line;
        *self.lines.get(line)?
    }
}

/// Ligatures as the letters they stand for.
fn spelt(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> Option<(bool, bool, bool)> {
        let list = format!("phrases = [{{ words = '{phrase}', found = 'anywhere' }}]");
        let phrases = Phrases::of(&list);
        let script = Script::of_text(text);
        let find = phrases.find(&script).pop()?;
        Some((
            script.is_bracketed(&find.at),
            script.is_line(&find.at),
            script.opens(find.at.start),
        ))
    }

    #[test]
    fn the_list_is_read() {
        assert!(leftovers().count() > 130, "{}", leftovers().count());
    }

    #[test]
    fn phrases_are_found_whole() {
        assert_eq!(
            found("insert title", "Insert Title"),
            Some((false, true, true))
        );
        assert_eq!(
            found("insert title", "[Insert title 2024]"),
            Some((true, true, true))
        );
        assert_eq!(
            found("your name", "what is your name, she said"),
            Some((false, false, false))
        );
        assert_eq!(
            found("your name", "Dear <your name here>"),
            Some((true, false, false))
        );
        assert_eq!(found("insert title", "insert titles"), None);
        assert_eq!(
            found("printed in", "All rights reserved. Printed in 1999"),
            Some((false, false, true))
        );
        assert_eq!(
            found("authors name", "the author\u{2019}s name"),
            Some((false, false, false))
        );
    }

    #[test]
    fn a_star_stands_for_up_to_four_words() {
        assert!(found("insert * here", "Insert chapter one text here").is_some());
        assert!(found("insert * here", "Insert here").is_none());
        assert!(
            found(
                "insert * here",
                "insert the key and turn it twice right here"
            )
            .is_none()
        );
    }
}
