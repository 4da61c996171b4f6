//! Invalid ISBNs: a wrong check digit, a wrong number of digits, a prefix other than 978 and 979.

use crate::isbn::{self, Parts, Ranges};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::codes::imprint::{self, OnPage};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct IsbnInvalid;

impl Rule for IsbnInvalid {
    const META: Meta = Meta {
        id: "isbn-invalid",
        title: "an ISBN is wrong in itself",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "The last digit of an ISBN checks the others. Where it does not match, a digit was mistyped or is missing, and \
              the book cannot be ordered by the number printed in it.",
        fix: "Copy the ISBN anew from the agency's record.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        if let Some(told) = &cx.resolved.isbn {
            looked += 1;
            if isbn::normalize(told).is_none() {
                let message = format!(
                    "the ISBN given with the job, \"{told}\", is not valid: {}",
                    why(told)
                );
                findings.push(Finding::about(Part::Interior, message));
            }
        }
        for (part, file) in cx.files()? {
            let (own, cited) = imprint::printed(part, file);
            looked += own.len() + cited.len();
            let places = |all: &[OnPage<'_>]| all.iter().copied().map(imprint::place).collect();
            let (of_its_own, of_others) = (wrong(&own), wrong(&cited));
            if let Some((_, first)) = of_its_own.first() {
                let message = format!(
                    "the ISBN \"{}\" printed {} is not valid: {}",
                    first.text,
                    on_or_in(part),
                    why(&first.text)
                );
                findings.push(Finding::about(part, message).at_places(places(&of_its_own)));
            }
            if let Some((_, first)) = of_others.first() {
                let why = why(&first.text);
                let message = match of_others.len() {
                    1 => format!(
                        "the ISBN \"{}\" of a book that is cited is not valid: {why}",
                        first.text
                    ),
                    n => format!(
                        "{n} ISBNs of books that are cited are not valid, such as \"{}\": {why}",
                        first.text
                    ),
                };
                findings.push(
                    Finding::about(part, message)
                        .at(Level::Note)
                        .at_places(places(&of_others)),
                );
            }
            findings.extend(hyphens(part, &own));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn on_or_in(part: Part) -> &'static str {
    match part {
        Part::Interior => "in the interior",
        Part::Cover => "on the cover",
    }
}

/// Those that are none.
fn wrong<'f>(all: &[OnPage<'f>]) -> Vec<OnPage<'f>> {
    all.iter()
        .filter(|(_, i)| i.digits.is_none())
        .copied()
        .collect()
}

/// Why a number is no ISBN.
fn why(written: &str) -> String {
    let digits: String = written
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'))
        .collect();
    match digits.len() {
        13 if digits.starts_with("9790") => "979-0 is printed music".to_owned(),
        13 if !isbn::is_bookland(&digits) => "it does not begin with 978 or 979".to_owned(),
        10 | 13 => "its check digit does not fit the others, so one of them is wrong".to_owned(),
        n => format!("it has {n} digits; an ISBN has 13 (or 10)"),
    }
}

/// ISBNs hyphenated otherwise than the agency's ranges demand, or in no known range.
fn hyphens(part: Part, own: &[OnPage<'_>]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (page, one) in own.iter().filter(|(_, i)| !i.bare) {
        let Some(digits) = one.digits.as_deref() else {
            continue;
        };
        // The ranges are read only where an ISBN is.
        let ranges = Ranges::shipped();
        let by = &ranges.checked;
        // Dashes of any kind are hyphens, and spaces divide as well; an ISBN without any divides nothing.
        let pieces: Vec<&str> = one
            .text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|p| !p.is_empty())
            .collect();
        let (written, ten) = (pieces.join("-"), !one.text.starts_with("97"));
        let divided = pieces.len() == if ten { 4 } else { 5 };
        let message = match ranges.parts(digits) {
            Parts::Whole {
                divided: right,
                group,
            } => {
                // An ISBN of ten digits has the same parts without the prefix, and a check digit of its own.
                let right = if ten { as_ten(&right, &written) } else { right };
                if !divided || written.eq_ignore_ascii_case(&right) {
                    continue;
                }
                format!(
                    "the ISBN \"{}\" has its hyphens in the wrong places; by the ISBN agency's ranges of {by} ({group}) it is {right}",
                    one.text
                )
            }
            Parts::NoRegistrant { begins, group } => {
                format!(
                    "the ISBN \"{}\" lies in no range of {begins} ({group}) that the ISBN agency had given out by {by}; it may be newer",
                    one.text
                )
            }
            Parts::NoGroup => format!(
                "the ISBN \"{}\" lies in no group that the ISBN agency had given out by {by}; it may be newer",
                one.text
            ),
        };
        if !findings.iter().any(|f| f.message == message) {
            findings.push(
                Finding::about(part, message)
                    .at(Level::Note)
                    .at_places(vec![imprint::place((*page, one))]),
            );
        }
    }
    findings
}

/// The hyphens of thirteen digits put into ten.
fn as_ten(divided: &str, ten: &str) -> String {
    let body = divided.get(4..divided.len() - 1).unwrap_or_default();
    format!("{body}{}", ten.get(ten.len() - 1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{as_ten, why};

    #[test]
    fn ten_digits_are_divided_as_thirteen() {
        assert_eq!(
            as_ten("978-0-306-40615-7", "0-306-40615-2"),
            "0-306-40615-2"
        );
        assert_eq!(as_ten("978-0-8044-2957-3", "080442957X"), "0-8044-2957-X");
    }

    #[test]
    fn it_is_said_why() {
        assert!(why("978-1-234567-89").contains("12 digits"));
        assert!(why("979-0-2600-0043-8").contains("music"));
        assert!(why("400-6381333-93-1").contains("978"));
        assert!(why("0-306-40615-3").contains("check"));
    }
}
