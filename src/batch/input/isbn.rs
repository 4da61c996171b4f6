//! ISBNs as spreadsheets and file names have them: with hyphens, as ten digits, as numbers a program has rounded.

use crate::isbn::twin;

/// The thirteen digits of an ISBN, hyphens and blanks left out; ten digits are turned into thirteen.
pub(in crate::batch) fn thirteen(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}' | '\u{a0}'))
        .collect();
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match digits.len() {
        13 if plain(&digits) && (digits.starts_with("978") || digits.starts_with("979")) => {
            Some(digits)
        }
        10 => {
            let (body, last) = digits.split_at_checked(9)?;
            (plain(body) && (plain(last) || last.eq_ignore_ascii_case("x"))).then(|| twin(body))?
        }
        _ => None,
    }
}

/// An ISBN cell, tidied; or what a spreadsheet did to it.
pub(in crate::batch) fn cell(text: &str) -> Result<String, String> {
    let text = text.trim_start_matches('\'').trim();
    let lower = text.to_ascii_lowercase();
    let text = lower.strip_prefix("isbn").map_or(text, |rest| {
        text.get(text.len() - rest.len()..).unwrap_or(text)
    });
    let text = text.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
    // A whole number with a fraction of nothing is how some programs write one.
    let text = text.strip_suffix(".0").unwrap_or(text);
    let number = lower.split_once("e+").is_some_and(|(a, b)| {
        let digits = |s: &str| {
            !s.is_empty()
                && s.bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        };
        digits(a) && digits(b)
    });
    if number {
        return Err(format!(
            "the spreadsheet rounded the ISBN to {text}: its digits are lost; format the column as text, enter it again and save as CSV"
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns_as_people_write_them() {
        let wanted = Some("9781234567897".to_owned());
        assert_eq!(thirteen("978-1-234-56789-7"), wanted);
        assert_eq!(thirteen("9781234567897"), wanted);
        assert_eq!(thirteen("0-306-40615-2"), Some("9780306406157".to_owned()));
        assert_eq!(thirteen("080442957X"), Some("9780804429573".to_owned()));
        for wrong in [
            "",
            "1234567890123",
            "978123456789",
            "97812345678ab",
            "08044X9573",
            "ééééé",
        ] {
            assert_eq!(thirteen(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_spreadsheets_do_to_them() {
        assert_eq!(cell("'9781234567897"), Ok("9781234567897".to_owned()));
        assert_eq!(
            cell("ISBN: 978-1-234-56789-7"),
            Ok("978-1-234-56789-7".to_owned())
        );
        assert_eq!(cell("9781234567897.0"), Ok("9781234567897".to_owned()));
        assert!(cell("9.78123E+12").is_err() && cell("9,78123e+12").is_err());
    }
}
