//! Text made harmless before anybody sees it: control characters, and characters that turn the direction of what follows, are
//! written out.

use std::borrow::Cow;

/// Whether a character is no letter but acts on the direction or the lines of what follows it.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character acts on what shows it: controls, marks of direction, ends of lines and paragraphs; or is none, so that
/// XML may not hold it.
pub(crate) fn acts(c: char) -> bool {
    let is_none = matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff);
    c.is_control() || turns(c) || c == '\u{feff}' || is_none
}

/// Text with what would not be seen, but act, written out: `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, acts)
}

/// Text of several lines, which keeps them.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    written_out(text, |c| acts(c) && c != '\n')
}

/// Text that was made visible, in which what stands in quotation marks and is read from right to left is kept apart from the
/// words and figures around it: isolates of the Unicode bidirectional algorithm.
pub(crate) fn isolated(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let pieces: Vec<&str> = line.split('"').collect();
        // A quotation that goes on in the next line is left as it is.
        let is_whole = pieces.len() % 2 == 1;
        for (place, piece) in pieces.into_iter().enumerate() {
            if place > 0 {
                out.push('"');
            }
            match is_whole && place % 2 == 1 && piece.chars().any(is_right_to_left) {
                true => out.extend(
                    ['\u{2068}']
                        .into_iter()
                        .chain(piece.chars())
                        .chain(['\u{2069}']),
                ),
                false => out.push_str(piece),
            }
        }
    }
    out.into()
}

/// Letters of scripts that run from right to left: Hebrew to Arabic, and those beside them.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Text of several lines that is shown to people: isolates stay.
pub fn visible_text(text: &str) -> Cow<'_, str> {
    written_out(text, |c| {
        acts(c) && !matches!(c, '\n' | '\u{2068}' | '\u{2069}')
    })
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
    use super::{isolated, visible, visible_lines, visible_text};

    #[test]
    fn what_acts_is_written_out_and_the_rest_stays() {
        assert_eq!(visible("häß ب"), "häß ب");
        assert_eq!(visible("\u{ffff}\u{fffd}"), "\\u{ffff}\u{fffd}");
        assert_eq!(
            visible("a\u{1b}[31m\r\n\u{202e}"),
            "a\\u{1b}[31m\\u{d}\\u{a}\\u{202e}"
        );
        assert_eq!(visible_lines("a\n\u{7}b"), "a\n\\u{7}b");
    }

    #[test]
    fn quotations_that_run_from_right_to_left_are_kept_apart() {
        let isolated_one = "text \"\u{2068}שלום\u{2069}\", 0.857 in, \"left\"\n";
        assert_eq!(
            isolated("text \"שלום\", 0.857 in, \"left\"\n"),
            isolated_one
        );
        assert_eq!(visible_text(isolated_one), isolated_one);
        assert_eq!(isolated("\"left\""), "\"left\"");
        assert_eq!(isolated("\"שלום, not closed"), "\"שלום, not closed");
    }
}
