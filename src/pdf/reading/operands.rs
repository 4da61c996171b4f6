//! Finds what the parser of content passes over without a word: operands that no operator takes, and operators that have run
//! together with a number.

use crate::pdf::objects::is_space;
use crate::pdf::reading::resume::{END_NAME, is_number, string};

/// What was passed over.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pdf) enum Leftover {
    /// More operands than the operator takes; with its name.
    Surplus(String),
    /// A word that begins as a number and ends as something else, and what it ends in.
    RunTogether(String),
}

/// Things told of one stream at most.
const MOST: usize = 12;

/// Looks through content, up to the first inline picture: what is data behind it cannot be told without decoding it.
pub(in crate::pdf) fn leftovers(content: &[u8]) -> Vec<Leftover> {
    let mut found = Vec::new();
    let (mut at, mut operands) = (0usize, 0usize);
    while let Some(rest) = content.get(at..).filter(|rest| !rest.is_empty())
        && found.len() < MOST
    {
        let first = rest.first().copied().unwrap_or(0);
        at += match first {
            c if is_space(c) => 1,
            b'(' => match string(rest) {
                Some(length) => {
                    operands += 1;
                    length
                }
                None => break,
            },
            b'%' => rest
                .iter()
                .take_while(|c| !matches!(c, b'\n' | b'\r'))
                .count(),
            b'/' => {
                operands += 1;
                1 + word(rest.get(1..).unwrap_or_default())
            }
            b'<' | b'[' => match enclosed(rest) {
                Some(length) => {
                    operands += 1;
                    length
                }
                None => break,
            },
            c if !is_regular(c) => {
                // A stray; the parser tells it.
                operands = 0;
                1
            }
            c => {
                let length = word(rest);
                let name = rest.get(..length).unwrap_or_default();
                let numeric = c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.');
                if numeric && is_number(name) || matches!(name, b"true" | b"false" | b"null") {
                    operands += 1;
                } else if matches!(name, b"BI") || name == END_NAME {
                    break;
                } else if numeric {
                    found.extend(run_together(name));
                    operands = 0;
                } else {
                    if takes(name).is_some_and(|most| operands > most) {
                        let name = String::from_utf8_lossy(name).into_owned();
                        found.push(Leftover::Surplus(name));
                    }
                    operands = 0;
                }
                length
            }
        };
    }
    found
}

/// A word that begins as a number, with the operator that it ends in.
fn run_together(name: &[u8]) -> Option<Leftover> {
    let digits = name
        .iter()
        .take_while(|c| c.is_ascii_digit() || b"+-.".contains(c))
        .count();
    let rest = name.get(digits..).unwrap_or_default();
    // Damage is a byte that no operator has.
    let letters = rest.iter().position(|c| c.is_ascii_graphic());
    let operator = rest.get(letters?..)?;
    takes(operator)?;
    Some(Leftover::RunTogether(
        String::from_utf8_lossy(operator).into_owned(),
    ))
}

/// Whether words are made of a byte. Every byte of every page is looked at.
fn is_regular(c: u8) -> bool {
    !matches!(
        c,
        0 | b'\t'
            | b'\n'
            | 12
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// The length of a word.
fn word(rest: &[u8]) -> usize {
    rest.iter().take_while(|c| is_regular(**c)).count()
}

/// The length of an array, a dictionary or a string of figures, to the bracket that closes it; none if it has no end.
fn enclosed(rest: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0usize);
    loop {
        match rest.get(at..)? {
            [] => return None,
            [b'(', ..] => {
                at += string(rest.get(at..)?)?;
                continue;
            }
            [b'[' | b'<', ..] => depth += 1,
            [b']' | b'>', ..] => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The most operands that an operator takes, of those that have a fixed number.
fn takes(name: &[u8]) -> Option<usize> {
    Some(match name {
        b"q" | b"Q" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*"
        | b"n" | b"W" | b"W*" | b"BT" | b"ET" | b"T*" => 0,
        b"w" | b"J" | b"j" | b"M" | b"ri" | b"i" | b"gs" | b"CS" | b"cs" | b"G" | b"g" | b"sh"
        | b"Do" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"Tj" | b"TJ" | b"'" => 1,
        b"d" | b"m" | b"l" | b"Tf" | b"Td" | b"TD" | b"d0" => 2,
        b"RG" | b"rg" | b"\"" => 3,
        b"v" | b"y" | b"re" | b"K" | b"k" => 4,
        b"cm" | b"c" | b"Tm" | b"d1" => 6,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surplus(name: &str) -> Leftover {
        Leftover::Surplus(name.to_owned())
    }

    #[test]
    fn operands_that_no_operator_takes_are_found() {
        let none: &[&str] = &[
            "q 1 0 0 1 0 0 cm BT /F1 9 Tf (a (b) 1 2) Tj [(a) 3 <41>] TJ ET Q",
            "/P << /MCID 0 >> BDC 1 0 0 rg % 1 2 3\n0 0 9 9 re f EMC",
            "0.1 0.2 0.3 0.4 0.5 /P1 scn 7 frobnicate",
            "q BI /W 1 ID 1 2 3 f EI Q",
        ];
        for content in none {
            assert_eq!(leftovers(content.as_bytes()), [], "{content}");
        }
        assert_eq!(leftovers(b"q 3 Q"), [surplus("Q")]);
        assert_eq!(leftovers(b"0 0 9 9 re (a) f"), [surplus("f")]);
        assert_eq!(leftovers(b"7 1 0 0 rg"), [surplus("rg")]);
    }

    #[test]
    fn operators_that_run_together_with_a_number_are_found() {
        let together = |name: &str| Leftover::RunTogether(name.to_owned());
        assert_eq!(leftovers(b"0 0 150 100\xbbre f"), [together("re")]);
        assert_eq!(leftovers(b"1 0 0 1 72 300cm Q"), [together("cm")]);
        assert_eq!(leftovers(b"1 0 0 1 72 300xyz Q"), []);
    }
}
