//! The array of a `TJ` operator read in one go: strings and kerns, nearly all of a book's content. Whatever is not
//! plain (escapes, odd numbers, other objects) is left to the general reader.

/// The items of one array, kept for the next so that nothing is allocated a line.
#[derive(Debug, Default)]
pub(in crate::pdf) struct ShowArray {
    bytes: Vec<u8>,
    items: Vec<TextItem>,
}

/// An item of the array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::pdf) enum TextItem {
    /// Text: a stretch of the bytes.
    Text(usize, usize),
    /// Thousandths of the em to move back by.
    Kern(f64),
}

impl ShowArray {
    /// Parses an array, with or without its brackets. False if it holds anything but plain strings and numbers.
    pub(in crate::pdf) fn read(&mut self, source: &[u8]) -> bool {
        self.bytes.clear();
        self.items.clear();
        let mut rest = source.strip_prefix(b"[").unwrap_or(source);
        loop {
            rest = rest.trim_ascii_start();
            let Some((first, after)) = rest.split_first() else {
                return true;
            };
            let start = self.bytes.len();
            let next = match first {
                b'<' => hex(after, &mut self.bytes),
                b'(' => literal(after, &mut self.bytes),
                b']' => return after.trim_ascii_start().is_empty(),
                b'0'..=b'9' | b'-' | b'+' | b'.' => match number(rest) {
                    Some((value, next)) => {
                        self.items.push(TextItem::Kern(value));
                        rest = next;
                        continue;
                    }
                    None => None,
                },
                _ => None,
            };
            let Some(next) = next else {
                return false;
            };
            self.items.push(TextItem::Text(start, self.bytes.len()));
            rest = next;
        }
    }

    /// How many items there are.
    pub(in crate::pdf) fn items(&self) -> &[TextItem] {
        &self.items
    }

    /// The bytes of a text item.
    pub(in crate::pdf) fn text(&self, from: usize, to: usize) -> &[u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }
}

fn hex<'s>(source: &'s [u8], out: &mut Vec<u8>) -> Option<&'s [u8]> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        b'A'..=b'F' => Some(b - b'A' + 10),
        _ => None,
    };
    let end = source.iter().position(|b| *b == b'>')?;
    let (digits, rest) = source.split_at_checked(end)?;
    let mut pairs = digits.chunks_exact(2);
    for pair in &mut pairs {
        let [high, low] = pair else {
            return None;
        };
        out.push(digit(*high)? << 4 | digit(*low)?);
    }
    pairs.remainder().is_empty().then_some(rest.get(1..)?)
}

fn literal<'s>(source: &'s [u8], out: &mut Vec<u8>) -> Option<&'s [u8]> {
    let end = source
        .iter()
        .position(|b| matches!(b, b')' | b'(' | b'\\' | b'\r'))?;
    if source.get(end) != Some(&b')') {
        return None;
    }
    out.extend_from_slice(source.get(..end)?);
    source.get(end + 1..)
}

fn number(source: &[u8]) -> Option<(f64, &[u8])> {
    let end = source
        .iter()
        .position(|b| !matches!(b, b'0'..=b'9' | b'-' | b'.'))
        .unwrap_or(source.len());
    let (digits, rest) = source.split_at_checked(end)?;
    // What follows must end a number; a sign within one is nothing plain.
    let ends = rest
        .first()
        .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'(' | b']'));
    let text = std::str::from_utf8(digits).ok()?;
    (ends && digits.len() < 16).then_some((text.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &[u8]) -> Option<Vec<String>> {
        let mut array = ShowArray::default();
        array.read(source).then(|| {
            let items = array.items().iter();
            items
                .map(|item| match item {
                    TextItem::Text(a, b) => format!("{:?}", array.text(*a, *b)),
                    TextItem::Kern(by) => by.to_string(),
                })
                .collect()
        })
    }

    #[test]
    fn plain_arrays_are_read() {
        let found = read(b"[(ab)-12.5<0041fF> 3 (c) ]").unwrap_or_default();
        assert_eq!(found, ["[97, 98]", "-12.5", "[0, 65, 255]", "3", "[99]"]);
        assert_eq!(
            read(b"(x) -.5"),
            Some(vec!["[120]".to_owned(), "-0.5".to_owned()])
        );
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        for odd in [
            &b"[(a\\n)]"[..],
            b"[(a(b)c)]",
            b"[<4>]",
            b"[<4 1>]",
            b"[/N]",
            b"[1-2]",
            b"[1.2.3]",
            b"[(a",
            b"[<41",
            b"[(a)] x",
        ] {
            assert_eq!(read(odd), None, "{}", String::from_utf8_lossy(odd));
        }
    }
}
