//! Writes the sample novel: a small grammar that tells of a lighthouse, its keepers and the weather, page after page.

use super::rng::Rng;
use std::collections::BTreeMap;

/// The symbols and their choices; the file's head explains its form.
const STORY: &str = include_str!("story.txt");

/// One paragraph, or what stands between paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// Ordinary text.
    Text(String),
    /// An entry of the keeper's log, to be set in italics.
    Log(String),
    /// A pause in the story.
    Break,
}

/// A writer who never tires and always writes the same book for the same seed.
#[derive(Clone, Debug)]
pub struct Writer {
    rng: Rng,
    symbols: BTreeMap<&'static str, Symbol>,
    day: usize,
    since_break: usize,
}

impl Writer {
    /// A writer whose every word follows from the seed.
    pub fn new(seed: u64) -> Self {
        Self {
            rng: Rng::new(seed),
            symbols: symbols(),
            day: 0,
            since_break: 0,
        }
    }

    /// The first paragraph of a chapter: calm, and long enough for a large initial.
    pub fn opening(&mut self) -> Passage {
        self.since_break = 0;
        let mut text = self.sentence("opening");
        for kind in ["scene", "deed", "thought", "deed"] {
            text = text + " " + &self.sentence(kind);
        }
        Passage::Text(text)
    }

    /// The next passage of the story.
    pub fn next(&mut self) -> Passage {
        self.since_break += 1;
        if self.since_break > 11 && self.rng.percent(30) {
            self.since_break = 0;
            return Passage::Break;
        }
        match self.rng.below(20) {
            0..2 => self.log(),
            2..10 => Passage::Text(self.talk()),
            _ => Passage::Text(self.narration()),
        }
    }

    /// One short sentence for under a picture.
    pub fn caption(&mut self) -> String {
        self.sentence("caption")
    }

    fn narration(&mut self) -> String {
        const SHAPES: &[&[&str]] = &[
            &["scene", "deed", "thought"],
            &["deed", "deed", "scene", "short", "thought"],
            &["thought", "deed", "scene", "deed"],
            &["memory", "memory", "thought", "short"],
            &["deed", "scene", "memory", "short", "deed"],
            &["scene", "scene", "deed", "memory", "thought", "deed"],
            &["short", "deed", "thought"],
        ];
        let shape = *self.rng.pick(SHAPES);
        let all: Vec<String> = shape.iter().map(|kind| self.sentence(kind)).collect();
        all.join(" ")
    }

    fn talk(&mut self) -> String {
        let shape = *self.rng.pick(&["talk", "talk", "talk", "answer"]);
        let mut text = self.sentence(shape);
        if self.rng.percent(25) {
            text = text + " " + &self.sentence("deed");
        }
        text
    }

    fn log(&mut self) -> Passage {
        const MONTHS: [(&str, usize); 12] = [
            ("September", 30),
            ("October", 31),
            ("November", 30),
            ("December", 31),
            ("January", 31),
            ("February", 28),
            ("March", 31),
            ("April", 30),
            ("May", 31),
            ("June", 30),
            ("July", 31),
            ("August", 31),
        ];
        self.day += 1 + self.rng.below(4);
        let mut day = self.day % 365;
        let mut month = 0;
        while day >= MONTHS[month].1 {
            day -= MONTHS[month].1;
            month += 1;
        }
        let entry = self.sentence("log");
        Passage::Log(format!("{} {}. {entry}", day + 1, MONTHS[month].0))
    }

    /// A sentence from a symbol of the grammar, its first letter a capital.
    fn sentence(&mut self, symbol: &str) -> String {
        let text = self.expand(symbol);
        let mut out = String::with_capacity(text.len());
        let mut start = true;
        for c in text.chars() {
            if start && c.is_alphabetic() {
                out.extend(c.to_uppercase());
                start = false;
            } else {
                out.push(c);
            }
        }
        out
    }

    /// A choice of the symbol with all symbols in braces expanded in turn.
    fn expand(&mut self, symbol: &str) -> String {
        let mut rest = self.draw(symbol);
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let (inner, tail) = after.split_once('}').expect("braces come in pairs");
            out += before;
            out += &self.expand(inner);
            rest = tail;
        }
        out + rest
    }

    /// Takes a choice like a card from a shuffled deck, so that none returns before the others had their turn.
    fn draw(&mut self, symbol: &str) -> &'static str {
        let symbol = self
            .symbols
            .get_mut(symbol)
            .unwrap_or_else(|| panic!("the story has no symbol {symbol}"));
        if symbol.deck.is_empty() {
            symbol.deck.clone_from(&symbol.choices);
        }
        let card = self.rng.below(symbol.deck.len());
        symbol.deck.swap_remove(card)
    }
}

/// A symbol's choices, and those not yet used since the deck was last filled.
#[derive(Clone, Debug, Default)]
struct Symbol {
    choices: Vec<&'static str>,
    deck: Vec<&'static str>,
}

fn symbols() -> BTreeMap<&'static str, Symbol> {
    let mut symbols = BTreeMap::<_, Symbol>::new();
    let mut name = "";
    for line in STORY.lines().filter(|line| !line.starts_with(';')) {
        if let Some(next) = line.strip_prefix("= ") {
            name = next;
        } else if !line.is_empty() {
            let choices = &mut symbols.entry(name).or_default().choices;
            choices.extend(line.split(" | "));
        }
    }
    symbols
}
