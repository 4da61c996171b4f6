//! Resumes a content stream behind a syntax error, as viewers do.

use hayro_syntax::content::TypedIter;

use crate::pdf::objects::is_space;

/// Appended to every content stream: when it is run, all before it was parsed.
pub(in crate::pdf) const END: &[u8] = b"\npresscheck.end\n";
/// The operator in it.
pub(in crate::pdf) const END_NAME: &[u8] = b"presscheck.end";

/// What parsing stopped at.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pdf) enum Obstacle {
    /// A stray token; viewers skip it.
    Stray(String),
    /// An operator whose operands cannot be parsed.
    Operator(String),
}

/// How often one stream is resumed.
pub(in crate::pdf) const MAX_RESUMES: usize = 200;

/// Where to go on in content of which so many operators were read, and what is passed over; none if nothing is left.
pub(in crate::pdf) fn after(content: &[u8], read: usize) -> Option<(usize, Obstacle)> {
    let from = end_of(content, read);
    let mut at = from;
    loop {
        let rest = content.get(at..)?;
        let first = *rest.first()?;
        at += match first {
            c if is_space(c) => 1,
            b'%' => rest
                .iter()
                .take_while(|c| !matches!(c, b'\n' | b'\r'))
                .count(),
            b'(' => string(rest)?,
            b'/' => 1 + regular(rest.get(1..)?),
            b'<' if rest.get(1) == Some(&b'<') => match nested(rest, b"<<", b">>") {
                Some(length) => length,
                None => return Some((at + 2, Obstacle::Stray("<<".to_owned()))),
            },
            b'<' => match rest.iter().position(|c| *c == b'>') {
                Some(length) => length + 1,
                None => return Some((at + 1, Obstacle::Stray("<".to_owned()))),
            },
            b'[' => match nested(rest, b"[", b"]") {
                Some(length) => length,
                None => return Some((at + 1, Obstacle::Stray("[".to_owned()))),
            },
            b'>' if rest.get(1) == Some(&b'>') => {
                return Some((at + 2, Obstacle::Stray(">>".to_owned())));
            }
            c if !is_regular(c) => {
                return Some((at + 1, Obstacle::Stray(char::from(c).to_string())));
            }
            _ => {
                let length = regular(rest);
                let word = rest.get(..length)?;
                if is_number(word) {
                    length
                } else {
                    return operator(content, at, word);
                }
            }
        };
    }
}

/// Whether content that was cut within an array or a dictionary ends with it: behind the stray bracket, which ends at a place of
/// the content, no operator stands.
pub(in crate::pdf) fn is_cut_within(content: &[u8], at: usize, stray: &str) -> bool {
    matches!(stray, "[" | "<<") && after(content.get(at..).unwrap_or_default(), 0).is_none()
}

/// Whether content ends in an operand: the operator that it is for was cut off. Behind it stands [`END`].
pub(in crate::pdf) fn ends_in_operand(content: &[u8]) -> bool {
    let content = content
        .strip_suffix(END)
        .unwrap_or(content)
        .trim_ascii_end();
    let content = content.strip_suffix(b"\0").unwrap_or(content);
    let line = content.iter().rposition(|c| matches!(c, b'\n' | b'\r'));
    if content
        .get(line.unwrap_or(0)..)
        .is_some_and(|line| line.contains(&b'%'))
    {
        // Whatever stands in a comment is none.
        return false;
    }
    let start = content
        .iter()
        .rposition(|c| !is_regular(*c))
        .map_or(0, |at| at + 1);
    let word = content.get(start..).unwrap_or_default();
    let before = start.checked_sub(1).and_then(|at| content.get(at));
    let closes = |open: &[u8], close: &[u8]| {
        let from = memchr::memmem::rfind(content, open);
        let last = from.and_then(|from| content.get(from..));
        last.is_some_and(|last| nested(last, open, close) == Some(last.len()))
    };
    match (word, before) {
        (b"", Some(b')')) | (_, Some(b'/')) => true,
        (b"", Some(b']')) => closes(b"[", b"]"),
        (b"", Some(b'>')) => closes(b"<<", b">>") || !content.ends_with(b">>"),
        (word, _) => is_number(word),
    }
}

/// The operator at a place that could not be read, with the data behind it if it begins an inline picture.
fn operator(content: &[u8], at: usize, word: &[u8]) -> Option<(usize, Obstacle)> {
    let after = at + word.len();
    if word == END_NAME {
        return None;
    }
    let name = String::from_utf8_lossy(word).into_owned();
    if word != b"BI" {
        return Some((after, Obstacle::Operator(name)));
    }
    let rest = content.get(after..)?;
    let end = rest.windows(4).position(|w| {
        let [before, e, i, behind] = w else {
            return false;
        };
        is_space(*before) && [*e, *i] == *b"EI" && is_space(*behind)
    })?;
    Some((after + end + 3, Obstacle::Operator(name)))
}

/// Where the last of so many operators ends, found by reading ever longer beginnings of the content.
fn end_of(content: &[u8], read: usize) -> usize {
    let holds = |length: usize| {
        let mut operators = TypedIter::new(content.get(..length).unwrap_or(content));
        let mut count = 0;
        while count < read && operators.next().is_some() {
            count += 1;
        }
        count == read
    };
    let mut high = 64;
    while high < content.len() && !holds(high) {
        high *= 2;
    }
    let (mut low, mut high) = (0, high.min(content.len()));
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    // A beginning that ends within an operator holds a shorter one.
    high + regular(content.get(high..).unwrap_or_default())
}

fn is_regular(c: u8) -> bool {
    !is_space(c) && !b"()<>[]{}/%".contains(&c)
}

/// The number of regular characters at the beginning.
fn regular(rest: &[u8]) -> usize {
    rest.iter().take_while(|c| is_regular(**c)).count()
}

pub(in crate::pdf::reading) fn is_number(word: &[u8]) -> bool {
    let is_part = |c: &u8| c.is_ascii_digit() || b"+-.".contains(c);
    !word.is_empty() && word.iter().all(is_part)
}

/// The length of a string in brackets; none if it has no end.
pub(in crate::pdf::reading) fn string(rest: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (n, c) in rest.iter().enumerate() {
        match c {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth <= 1 => return Some(n + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The length of an array or dictionary that holds no operator; none if it has no end.
pub(in crate::pdf) fn nested(rest: &[u8], open: &[u8], close: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    loop {
        let here = rest.get(at..).filter(|here| !here.is_empty())?;
        if here.starts_with(open) {
            depth += 1;
            at += open.len();
        } else if here.starts_with(close) {
            depth -= 1;
            at += close.len();
            if depth == 0 {
                return Some(at);
            }
        } else if here.first() == Some(&b'(') {
            at += string(here)?;
        } else {
            let word = regular(here);
            let allowed = here.get(..word).is_some_and(|w| {
                w.is_empty() || is_number(w) || matches!(w, b"true" | b"false" | b"null" | b"R")
            });
            if !allowed {
                return None;
            }
            at += if here.first() == Some(&b'/') {
                1 + regular(here.get(1..)?)
            } else {
                word.max(1)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_ends_in_an_operand_was_cut() {
        let ends = |text: &str| ends_in_operand(&[text.as_bytes(), END].concat());
        for cut in [
            "0 0 10",
            "/F1",
            "q (a)",
            "BT [(a)]",
            "<41>",
            "/P <</MCID 0>>\r\n",
            "1 0 0 1 -.5",
            "S 0 .",
        ] {
            assert!(ends(cut), "{cut}");
        }
        for whole in [
            "",
            " \n",
            "q Q",
            "0 0 10 10 re f*",
            "BI /W 1 ID x EI",
            "T*\n",
            "Q ]",
            "Q >>",
            "Q % (a)",
            "Q\0",
        ] {
            assert!(!ends(whole), "{whole}");
        }
    }

    /// Reads content to the end with all that is passed over: the operators that were read, and what stood in the way.
    fn read(content: &str) -> (usize, Vec<Obstacle>) {
        let content = [content.as_bytes(), END].concat();
        let (mut from, mut total, mut bars) = (0, 0, Vec::new());
        loop {
            let rest = &content[from..];
            let mut operators = TypedIter::new(rest);
            let mut count = 0;
            while operators.next().is_some() {
                count += 1;
            }
            total += count;
            match after(rest, count) {
                Some((by, bar)) => {
                    from += by;
                    bars.push(bar);
                }
                None => return (total, bars),
            }
        }
    }

    fn stray(what: &str) -> Obstacle {
        Obstacle::Stray(what.to_owned())
    }

    #[test]
    fn content_is_read_on_behind_strays() {
        assert_eq!(read("0 g 1 1 m 2 2 l S"), (5, vec![]));
        assert_eq!(read("0 g ] 1 1 m 2 2 l S"), (5, vec![stray("]")]));
        assert_eq!(
            read("0 g >> 1 1 m } 2 2 l ) S"),
            (5, vec![stray(">>"), stray("}"), stray(")")])
        );
        assert_eq!(read("q [ 1 1 m 2 2 l S Q"), (6, vec![stray("[")]));
    }

    #[test]
    fn operators_without_operands_are_passed_over_alone() {
        let bar = Obstacle::Operator("l".to_owned());
        assert_eq!(read("0 g 1 1 m 2 l 3 3 l S"), (5, vec![bar]));
    }

    #[test]
    fn what_has_no_end_takes_the_rest() {
        let (read, bars) = read("0 g (no end Tj 1 1 m 2 2 l S");
        assert_eq!((read, bars.len()), (1, 0));
    }
}
