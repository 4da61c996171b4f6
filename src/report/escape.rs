//! Text made safe for the languages it is written into.

use crate::model::visible::{isolated, visible_lines};

/// Text as HTML, in attributes too.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in isolated(&visible_lines(text)).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text as HTML in which what the wording has between backticks is code: commands, for the most part.
pub(crate) fn worded(text: &str) -> String {
    let escaped = html(text);
    let pieces: Vec<&str> = escaped.split('`').collect();
    // One that nothing closes stays what it is.
    if pieces.len().is_multiple_of(2) {
        return escaped;
    }
    let pieces = pieces.into_iter().enumerate();
    let words = pieces.map(|(place, piece)| match place % 2 {
        1 => format!("<code>{piece}</code>"),
        _ => piece.to_owned(),
    });
    words.collect()
}

/// A part of an address, its other bytes in per cent.
pub(crate) fn address(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::worded;

    #[test]
    fn what_stands_between_backticks_is_code_and_nothing_is_markup() {
        assert_eq!(worded("see `a <b>`"), "see <code>a &lt;b&gt;</code>");
        assert_eq!(worded("a ` b"), "a ` b");
        assert_eq!(worded("\"\u{5d0}\""), "&quot;\u{2068}\u{5d0}\u{2069}&quot;");
    }
}
