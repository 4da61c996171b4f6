//! Right-to-left text that a file stores in the order it is seen, turned into the order it is read.
//!
//! Many programs place the glyphs of an Arabic or Hebrew line from left to right, so that the characters come out
//! backwards. A glyph may stand for several characters (a ligature), so whole glyphs change places, not characters.

use crate::wording::is_right_to_left;

/// What a glyph's characters are for the order of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharacterOrder {
    /// Letters read from right to left.
    Right,
    /// Letters and figures read from left to right.
    Left,
    /// Spaces and marks.
    Neutral,
}

fn kind(glyph: &str) -> CharacterOrder {
    if glyph.chars().any(is_right_to_left) {
        CharacterOrder::Right
    } else if glyph.chars().any(char::is_alphanumeric) {
        CharacterOrder::Left
    } else {
        CharacterOrder::Neutral
    }
}

/// The glyphs of one line, given from left to right, in the order they are read.
pub(in crate::measure) fn as_read(glyphs: &[&str]) -> String {
    let kinds: Vec<CharacterOrder> = glyphs.iter().map(|g| kind(g)).collect();
    let right = kinds
        .iter()
        .filter(|k| **k == CharacterOrder::Right)
        .count();
    // Figures say nothing about the direction of a line.
    let is_latin = |glyph: &str| {
        let mut letters = glyph.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(|c| !is_right_to_left(c))
    };
    let left = glyphs.iter().filter(|g| is_latin(g)).count();
    let mut order: Vec<usize> = (0..glyphs.len()).collect();
    if right >= left {
        order.reverse();
        turn_spans(&mut order, &kinds, CharacterOrder::Left);
    } else {
        turn_spans(&mut order, &kinds, CharacterOrder::Right);
    }
    order
        .into_iter()
        .filter_map(|n| glyphs.get(n).copied())
        .collect()
}

/// Reverses every stretch that begins and ends with glyphs of a kind and holds no letters of the other.
fn turn_spans(order: &mut [usize], kinds: &[CharacterOrder], wanted: CharacterOrder) {
    let kind_at = |order: &[usize], at: usize| {
        let glyph = order.get(at).and_then(|n| kinds.get(*n));
        glyph.copied().unwrap_or(CharacterOrder::Neutral)
    };
    let mut at = 0;
    while at < order.len() {
        if kind_at(order, at) != wanted {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        for next in at + 1..order.len() {
            match kind_at(order, next) {
                found if found == wanted => end = next + 1,
                CharacterOrder::Neutral => {}
                _ => break,
            }
        }
        if let Some(span) = order.get_mut(at..end) {
            span.reverse();
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_seen_from_left_to_right_is_read_from_right_to_left() {
        assert_eq!(as_read(&["ד", "ג", " ", "ב", "א"]), "אב גד");
        // A ligature keeps its characters in order.
        assert_eq!(as_read(&["م", "لا", "س"]), "سلام");
    }

    #[test]
    fn figures_and_latin_words_keep_their_order() {
        assert_eq!(as_read(&["1", "9", ".", "5", " ", "ב", "א"]), "אב 19.5");
        assert_eq!(as_read(&["ב", "א", " ", "o", "k", " ", "ג"]), "ג ok אב");
        // One Hebrew word within English.
        assert_eq!(
            as_read(&["s", "e", "e", " ", "ב", "א", " ", "n", "o", "w"]),
            "see אב now"
        );
    }
}
