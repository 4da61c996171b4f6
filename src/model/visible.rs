//! Text made harmless before anybody sees it: control characters, and characters that turn the direction of what follows, are
//! written out.

use std::borrow::Cow;

/// Whether a character is no letter but acts on the direction or the lines of what follows it.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character acts on what shows it: controls, marks of direction, ends of lines and paragraphs.
pub(crate) fn acts(c: char) -> bool {
    c.is_control() || turns(c) || c == '\u{feff}'
}

/// Text with what would not be seen, but act, written out: `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, acts)
}

/// Text of several lines, which keeps them.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    written_out(text, |c| acts(c) && c != '\n')
}

fn written_out(text: &str, which: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&which) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if which(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_lines};

    #[test]
    fn what_acts_is_written_out_and_the_rest_stays() {
        assert_eq!(visible("häß ب"), "häß ب");
        assert_eq!(
            visible("a\u{1b}[31m\r\n\u{202e}"),
            "a\\u{1b}[31m\\u{d}\\u{a}\\u{202e}"
        );
        assert_eq!(visible_lines("a\n\u{7}b"), "a\n\\u{7}b");
    }
}
