//! Runs of digits in a text, of any width, with the dashes and spaces that part them.

/// Digits and what parts them.
pub(super) struct Digits {
    pub(super) digits: String,
    /// Where groups end: digits so far, letters so far, dashes among what parted them.
    pub(super) ends: Vec<(usize, usize, usize)>,
}

/// Dashes and spaces between the parts of an ISBN; where a line is set in pieces there may be one of each.
const MOST_SEPARATORS: u32 = 3;
/// More digits are no ISBN, with whatever follows it.
const MOST_DIGITS: usize = 20;

pub(super) fn digits(letters: &[(usize, char)]) -> Digits {
    let mut run = Digits {
        digits: String::new(),
        ends: Vec::new(),
    };
    let (mut separated, mut dashes, mut dashed) = (0, 0, false);
    let mut taken = 0;
    for (n, (_, c)) in letters.iter().enumerate() {
        if let Some(digit) = digit(*c) {
            if run.digits.len() == MOST_DIGITS {
                return run;
            }
            dashes += usize::from(dashed);
            (separated, dashed) = (0, false);
            run.digits.push(digit);
            taken = n + 1;
        } else if matches!(c, 'X' | 'x' | '\u{ff38}') && run.digits.len() == 9 {
            let ends = letters.get(n + 1).is_none_or(|(_, c)| !c.is_alphanumeric());
            if ends {
                run.digits.push('X');
                run.ends.push((10, n + 1, dashes + usize::from(dashed)));
            }
            return run;
        } else if is_separator(*c) && separated < MOST_SEPARATORS {
            if separated == 0 {
                run.ends.push((run.digits.len(), taken, dashes));
            }
            separated += 1;
            dashed |= !c.is_whitespace();
        } else {
            // A letter that touches the last digits makes another word of them.
            if separated > 0 || !c.is_alphanumeric() {
                run.close(taken, dashes);
            }
            return run;
        }
    }
    run.close(taken, dashes);
    run
}

impl Digits {
    fn close(&mut self, taken: usize, dashes: usize) {
        if self
            .ends
            .last()
            .is_none_or(|(n, ..)| *n < self.digits.len())
        {
            self.ends.push((self.digits.len(), taken, dashes));
        }
    }

    /// Where a group ends after so many digits: how many groups, letters and dashes until there.
    pub(super) fn after(&self, wanted: usize) -> Option<(usize, usize, usize)> {
        let at = self.ends.iter().position(|(n, ..)| *n == wanted)?;
        self.ends
            .get(at)
            .map(|(_, letters, dashes)| (at + 1, *letters, *dashes))
    }
}

fn is_separator(c: char) -> bool {
    // Hyphens, dashes, minus and soft hyphen; spaces of every width, and the end of a line.
    let dash = matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    );
    dash || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A digit of any width.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

/// Letters of double width as their narrow fellows.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}
