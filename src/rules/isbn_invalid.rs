//! ISBNs that cannot be right: a wrong check digit, a wrong number of digits, a prefix that is none of books.

use super::scan;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part, Place};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "isbn-invalid",
        title: "an ISBN is wrong in itself",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "The last digit of an ISBN checks the others. Where it does not match, a digit was mistyped or is missing, and \
              the book cannot be ordered by the number printed in it.",
        fix: "Copy the ISBN anew from the agency's record.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        if let Some(told) = &at.order.isbn {
            looked += 1;
            let digits: String = told.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
            if scan::thirteen(&digits).is_none() {
                let message = format!("the ISBN told, \"{told}\", is none: its digits do not check");
                findings.push(Finding::about(Part::Interior, message));
            }
        }
        for (part, file) in at.files()? {
            let printed = scan::printed(file);
            looked += printed.len();
            let wrong: Vec<_> = printed.into_iter().filter(|(_, w)| w.digits.is_none()).collect();
            let Some((_, first)) = wrong.first() else {
                continue;
            };
            let message = format!("the ISBN \"{}\" printed in the {} is none: its digits do not check", first.text, part.word());
            let places = wrong.iter().map(|(page, w)| Place {
                page: *page,
                area: None,
                what: format!("ISBN {}", w.text),
            });
            findings.push(Finding::about(part, message).at_places(places.collect()));
        }
        Ok(Outcome::looked(looked, findings))
    }
}
