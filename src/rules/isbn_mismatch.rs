//! ISBNs of one book that differ: bar code, printed text, job, file name.

use std::path::Path;

use super::scan;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::facts::{CodeKind, Document, Visibility};
use crate::finding::{Finding, Level, Outcome, Part};
use crate::order::Order;

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
            for page in own_pages(part, file, &printed) {
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
        let findings = [finding, editions(at, &first), price(at)];
        Ok(Outcome::looked(looked, findings.into_iter().flatten().collect()))
    }
}

/// The pages on which a file speaks of its own ISBN: in an interior the imprint's or, without one, the first that names
/// any. Others cite other people's books.
fn own_pages(part: Part, file: &Document, printed: &[(u32, scan::Written)]) -> Vec<u32> {
    let mut pages: Vec<u32> = printed.iter().map(|(p, _)| *p).collect();
    pages.dedup();
    if part == Part::Cover {
        return pages;
    }
    let is_imprint = |number: &&u32| file.pages.iter().any(|p| p.number == **number && scan::is_imprint(p));
    let imprint: Vec<u32> = pages.iter().filter(is_imprint).copied().collect();
    if imprint.is_empty() {
        pages.truncate(1);
        return pages;
    }
    imprint
}

/// Another product in the same format with another ISBN: one edition has one.
fn editions(at: &Context<'_>, own: &str) -> Option<Finding> {
    let other = |peer: &&Order<'_>| {
        let bars = peer.cover_codes.iter().find(|(kind, digits)| *kind == CodeKind::Ean13 && scan::thirteen(digits).is_some());
        let theirs = peer.isbn.as_deref().and_then(scan::told).or_else(|| Some(bars?.1.clone()));
        peer.profile.binding == at.order.profile.binding && theirs.is_some_and(|t| t != own)
    };
    let peer = at.peers.iter().find(other)?;
    let message = format!(
        "{} has ISBN {own}; {} has another, though both are {} books",
        at.order.profile.title,
        peer.profile.title,
        at.order.profile.binding.word()
    );
    // An ISBN a platform gives away may be used on that platform alone.
    Some(Finding::about(Part::Cover, message).at(Level::Warning))
}

/// A price beside the bars that is not the one printed on the cover.
fn price(at: &Context<'_>) -> Option<Finding> {
    let cover = at.cover().ok()?;
    let code = scan::isbns(cover).into_iter().find(|c| c.add_on.as_deref().is_some_and(|a| a.len() == 5 && a.starts_with('5')))?;
    let add_on = code.add_on.as_deref()?;
    let cents: u32 = add_on.get(1..)?.parse().ok()?;
    let lines = cover.pages.iter().flat_map(|p| &p.text).filter(|r| r.visibility == Visibility::Visible);
    let printed: Vec<u32> = lines.flat_map(|r| dollars(&r.text)).collect();
    // 59999 stands for any price above what the digits hold.
    let first = printed.first().filter(|_| !printed.contains(&cents) && cents != 9999)?;
    let message = format!(
        "the add-on {add_on} beside the bar code says US$ {}.{:02}; the cover says $ {}.{:02}",
        cents / 100,
        cents % 100,
        first / 100,
        first % 100
    );
    Some(Finding::about(Part::Cover, message).at(Level::Warning).at_places(vec![scan::place(code)]))
}

/// Prices in US dollars in a text, in cents; other dollars have letters before their sign.
fn dollars(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('$') {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let country = before.ends_with("US") || !before.ends_with(|c: char| c.is_alphabetic());
        let can = before.ends_with("CAN") || before.ends_with("CDN");
        let after = text.get(at + 1..).unwrap_or_default().trim_start();
        let number: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        if let Some((whole, part)) = number.trim_end_matches('.').split_once('.').filter(|(_, part)| part.len() == 2 && country && !can)
            && let (Ok(whole), Ok(part)) = (whole.parse::<u32>(), part.parse::<u32>())
        {
            found.push(whole.saturating_mul(100).saturating_add(part));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn us_prices_are_found() {
        assert_eq!(dollars("US $29.95 / CAN $39.95"), [2995]);
        assert_eq!(dollars("$ 9.99."), [999]);
        assert!(dollars("A$12.00, about $5").is_empty());
    }
}
