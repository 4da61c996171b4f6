//! ISBNs that cannot be right: a wrong check digit, a wrong number of digits, a prefix that is none of books.

use super::scan;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part, Place};
use crate::profile::{Parts, Ranges};

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
        findings.extend(hyphens(at)?);
        Ok(Outcome::looked(looked, findings))
    }
}

/// ISBNs whose hyphens stand elsewhere than the agency's ranges have them, or that lie in no range known.
fn hyphens(at: &Context<'_>) -> Result<Vec<Finding>, Outcome> {
    let ranges = Ranges::shipped();
    let mut findings = Vec::new();
    for (part, file) in at.files()? {
        let mut said: Vec<String> = Vec::new();
        for (page, one) in scan::printed(file) {
            let Some(digits) = one.digits.as_deref().filter(|_| one.text.starts_with("97")) else {
                continue;
            };
            // Dashes of any kind are hyphens; an ISBN without any divides nothing.
            let written: String = one.text.chars().map(|c| if c.is_ascii_digit() { c } else { '-' }).collect();
            let parts: Vec<&str> = written.split('-').filter(|p| !p.is_empty()).collect();
            let written = parts.join("-");
            let divided = parts.len() == 5;
            let message = match ranges.parts(digits) {
                Parts::Whole(right) if divided && written != right => {
                    format!("the ISBN \"{}\" is divided wrongly; by the agency's ranges of {} it is {right}", one.text, ranges.checked)
                }
                Parts::Group(begins) if divided && !written.starts_with(&format!("{begins}-")) => {
                    format!("the ISBN \"{}\" is divided wrongly; by the agency's ranges of {} it begins {begins}-", one.text, ranges.checked)
                }
                Parts::Unassigned => {
                    format!("the ISBN \"{}\" lies in no range of the agency's of {}; it may be newer", one.text, ranges.checked)
                }
                Parts::Whole(_) | Parts::Group(_) => continue,
            };
            if said.contains(&message) {
                continue;
            }
            said.push(message.clone());
            let place = Place {
                page,
                area: None,
                what: format!("ISBN {}", one.text),
            };
            findings.push(Finding::about(part, message).at(Level::Note).at_places(vec![place]));
        }
    }
    Ok(findings)
}
