//! ISBNs of one book that differ: bar code, printed text, job, file name.

use std::path::Path;

use super::scan;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "isbn-mismatch",
        title: "the ISBNs of the book differ",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Codes],
        why: "The bar code, the number above it, the copyright page and the platform's record must be one and the same ISBN; \
              platforms refuse covers whose bar code belongs to another title or format.",
        fix: "Find out which ISBN this edition has, and put that one everywhere.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut all: Vec<(String, String, Part)> = Vec::new();
        let mut add = |digits: Option<String>, place: String, part: Part| {
            all.extend(digits.map(|d| (d, place, part)));
        };
        if let Some(told) = &at.order.isbn {
            let digits: String = told.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
            add(scan::thirteen(&digits), "the job".to_owned(), Part::Interior);
        }
        let mut lists = Vec::new();
        for (part, file) in at.files()? {
            let name = Path::new(&file.name).file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
            add(scan::thirteen(&digits), format!("the {}'s file name", part.word()), part);
            for code in scan::isbns(file) {
                add(Some(code.text.clone()), format!("the bar code in the {}, page {}", part.word(), code.page), part);
            }
            // A page that lists several ISBNs lists formats; it agrees if any of them is this book's.
            let printed = scan::printed(file);
            let mut pages: Vec<u32> = printed.iter().map(|(p, _)| *p).collect();
            pages.dedup();
            for page in pages {
                let mut on_page: Vec<String> = printed.iter().filter(|(p, _)| *p == page).filter_map(|(_, w)| w.digits.clone()).collect();
                on_page.sort();
                on_page.dedup();
                let place = format!("the text of the {}, page {page}", part.word());
                match on_page.as_slice() {
                    [one] => add(Some(one.clone()), place, part),
                    [] => {}
                    _ => lists.push((on_page, place, part)),
                }
            }
        }
        let looked = all.len() + lists.len();
        let Some((first, where_first, _)) = all.first().cloned() else {
            return Err(Outcome::NotApplicable("no ISBN was told or found".to_owned()));
        };
        let mut differing: Vec<(String, String, Part)> = all.into_iter().filter(|(d, ..)| *d != first).collect();
        differing.extend(lists.into_iter().filter(|(on_page, ..)| !on_page.contains(&first)).map(|(on_page, place, part)| {
            (on_page.join(", "), place, part)
        }));
        let finding = differing.first().map(|(digits, place, part)| {
            let more = differing.len() - 1;
            let others = if more > 0 { format!(", and {more} more places differ") } else { String::new() };
            let message = format!("{where_first} has ISBN {first}; {place} has {digits}{others}");
            Finding::about(*part, message)
        });
        Ok(Outcome::looked(looked, finding.into_iter().collect()))
    }
}
