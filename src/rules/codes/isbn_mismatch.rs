//! ISBNs of one book that differ: bar code, printed text, job, file name; and a price that differs from the add-on's.

use std::path::Path;

use crate::isbn::{self, AddOn};
use crate::model::facts::{CodeKind, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::resolve::ResolvedJob;
use crate::rules::codes::imprint::{self, Meant, OnPage};
use crate::rules::paint::list;
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct IsbnMismatch;

impl Rule for IsbnMismatch {
    const META: Meta = Meta {
        id: "isbn-mismatch",
        title: "the ISBNs of the book differ",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Codes],
        why: "The bar code, the number above it, the copyright page and the platform's record must be one and the same ISBN; \
              platforms refuse covers whose bar code belongs to another title or format.",
        fix: "Find out which ISBN this edition has, and put that one everywhere.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut claims: Vec<Claim> = Vec::new();
        if let Some(digits) = cx.resolved.isbn.as_deref().and_then(isbn::normalize) {
            claims.push(Claim::new(vec![digits], "in the job", Part::Interior));
        }
        let mut pages = Vec::new();
        for (part, file) in cx.files()? {
            let name = Path::new(&file.name)
                .file_stem()
                .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            let named = isbn::written(&name.replace('_', " "))
                .into_iter()
                .find_map(|w| w.digits);
            claims.extend(named.map(|digits| {
                Claim::new(
                    vec![digits],
                    &format!("in the {}'s file name", part.word()),
                    part,
                )
            }));
            // Bar codes in the middle of a book are of other books, or examples.
            let own = |code: &&crate::model::facts::Code| {
                part == Part::Cover || imprint::is_outer(file, code.page)
            };
            for code in scan::isbns(file).into_iter().filter(own) {
                let place = match part {
                    Part::Cover => "in the cover's bar code".to_owned(),
                    Part::Interior => {
                        format!("in the bar code on page {} of the interior", code.page)
                    }
                };
                claims.push(Claim {
                    places: vec![scan::place(code)],
                    ..Claim::new(vec![code.text.clone()], &place, part)
                });
            }
            let (own, _) = imprint::printed(part, file);
            // Digits below bars speak for themselves, unless they say what the bars say; on an imprint they are one more way
            // to list formats.
            let (mut bare, own): (Vec<_>, Vec<_>) = own
                .into_iter()
                .partition(|(_, i)| i.bare && part == Part::Cover);
            let bars = scan::isbns(file);
            bare.retain(|(_, i)| {
                !bars
                    .iter()
                    .any(|code| i.digits.as_ref() == Some(&code.text))
            });
            let pages_of_text = own.chunk_by(|a, b| a.0 == b.0);
            for on_page in pages_of_text.chain(bare.chunks(1)) {
                pages.push(PageClaims::of(part, on_page, cx.resolved));
            }
        }
        let looked = claims.len() + pages.len();
        // A page that names no edition counts only where no other page does.
        let alone = pages
            .iter()
            .find(|p| p.claim.numbers.len() == 1)
            .map(|p| p.claim.numbers.clone());
        let Some(first) = claims
            .first()
            .map(|c| c.numbers.clone())
            .or(alone)
            .and_then(|n| n.into_iter().next())
        else {
            return match looked {
                0 => Err(Skip::NotApplicable("no ISBN was told or found".to_owned())),
                n => Ok(Inspection::looked(n, Vec::new())),
            };
        };
        let mut findings: Vec<Finding> = pages
            .iter()
            .filter_map(|page| page.other_formats(&first, cx.resolved))
            .collect();
        claims.extend(
            pages
                .into_iter()
                .map(|p| p.claim)
                .filter(|c| !c.numbers.is_empty()),
        );
        findings.extend(differing(&first, claims));
        findings.extend(editions(cx));
        findings.extend(price(cx));
        Ok(Inspection::looked(looked, findings))
    }
}

/// A claim that this book has this ISBN, or one of these.
struct Claim {
    numbers: Vec<String>,
    /// Where, for people.
    at: String,
    part: Part,
    places: Vec<Place>,
}

impl Claim {
    fn new(numbers: Vec<String>, at: &str, part: Part) -> Self {
        Self {
            numbers,
            at: at.to_owned(),
            part,
            places: Vec::new(),
        }
    }
}

/// The one finding about numbers that differ: every number with its place.
fn differing(first: &String, claims: Vec<Claim>) -> Option<Finding> {
    let (agree, differ): (Vec<Claim>, Vec<Claim>) =
        claims.into_iter().partition(|c| c.numbers.contains(first));
    let part = differ.first()?.part;
    let mut groups: Vec<(String, Vec<String>)> = vec![(first.clone(), Vec::new())];
    let mut places = Vec::new();
    let agree = agree.into_iter().map(|claim| Claim {
        numbers: vec![first.clone()],
        ..claim
    });
    for claim in agree.chain(differ) {
        add(&mut groups, &mut places, claim, part);
    }
    let told = groups.into_iter().map(|(numbers, at)| {
        let at: Vec<&str> = at.iter().map(String::as_str).collect();
        format!("{numbers} {}", list(&at))
    });
    let message = format!("the ISBNs differ: {}", told.collect::<Vec<_>>().join("; "));
    Some(Finding::about(part, message).at_places(places))
}

/// Adds what a claim says to the group of its number, and its places if they are in the file that is spoken about.
fn add(groups: &mut Vec<(String, Vec<String>)>, places: &mut Vec<Place>, claim: Claim, part: Part) {
    let numbers = claim.numbers.join(" or ");
    match groups.iter_mut().find(|(known, _)| *known == numbers) {
        Some((_, at)) if at.contains(&claim.at) => {}
        Some((_, at)) => at.push(claim.at),
        None => groups.push((numbers, vec![claim.at])),
    }
    if claim.part == part {
        places.extend(claim.places);
    }
}

/// The ISBNs on a page of text: those that may be this book's, and those of other formats.
struct PageClaims<'f> {
    claim: Claim,
    others: Vec<(OnPage<'f>, isbn::Edition)>,
    page: u32,
}

impl<'f> PageClaims<'f> {
    /// Takes the ISBNs that name this binding; where none does, those that name no edition.
    fn of(part: Part, on_page: &[OnPage<'f>], resolved: &ResolvedJob<'_>) -> Self {
        let page = on_page.first().map_or(1, |(page, _)| *page);
        let binding = resolved.profile.binding;
        let taken = |wanted: Meant| {
            on_page
                .iter()
                .filter(move |(_, i)| imprint::meant(i, binding) == wanted && i.digits.is_some())
                .copied()
                .collect::<Vec<_>>()
        };
        let mut speak = taken(Meant::Own);
        if speak.is_empty() {
            speak = taken(Meant::Open);
        }
        let mut numbers: Vec<String> = speak.iter().filter_map(|(_, i)| i.digits.clone()).collect();
        numbers.sort();
        numbers.dedup();
        let others = on_page
            .iter()
            .filter_map(|one| match imprint::meant(one.1, binding) {
                Meant::Other(edition) if one.1.digits.is_some() => Some((*one, edition)),
                _ => None,
            });
        let at = match part {
            Part::Cover if speak.iter().all(|(_, i)| i.bare) => {
                "in the digits on the cover".to_owned()
            }
            Part::Cover => "in the cover's text".to_owned(),
            Part::Interior => format!("on page {page} of the interior"),
        };
        let claim = Claim {
            places: speak.into_iter().map(imprint::place).collect(),
            ..Claim::new(numbers, &at, part)
        };
        Self {
            claim,
            others: others.collect(),
            page,
        }
    }

    /// The page gives this book's ISBN to another format, or has ISBNs of other formats only.
    fn other_formats(&self, first: &str, resolved: &ResolvedJob<'_>) -> Option<Finding> {
        let (_, first_edition) = self.others.first()?;
        let binding = resolved.profile.binding.word();
        let here = match self.claim.part {
            Part::Cover => "the cover".to_owned(),
            Part::Interior => format!("page {} of the interior", self.page),
        };
        let given = self
            .others
            .iter()
            .find(|((_, i), _)| i.digits.as_deref() == Some(first));
        // Where the page has numbers for this book, only those are compared.
        if !self.claim.numbers.is_empty() {
            return None;
        }
        let (message, level) = match given {
            Some((_, edition)) => {
                let message = format!(
                    "{here} gives ISBN {first} to {}; this is a {binding} book",
                    edition.words()
                );
                (message, Level::Warning)
            }
            None => {
                let message = format!(
                    "{here} has the ISBN of {} and not this book's, {first}",
                    first_edition.words()
                );
                (message, Level::Note)
            }
        };
        let places = self
            .others
            .iter()
            .map(|(one, _)| imprint::place(*one))
            .collect();
        Some(
            Finding::about(self.claim.part, message)
                .at(level)
                .at_places(places),
        )
    }
}

/// Another product in the same format with another ISBN: one edition has one.
fn editions(cx: &Context<'_>) -> Option<Finding> {
    let own = number(cx.resolved)?;
    let (peer, theirs) = cx
        .peers
        .iter()
        .filter(|peer| {
            peer.profile.id != cx.resolved.profile.id
                && peer.profile.binding == cx.resolved.profile.binding
        })
        .find_map(|peer| Some((peer, number(peer).filter(|theirs| *theirs != own)?)))?;
    let message = format!(
        "{} has ISBN {own}; {} has {theirs}, though both are {} books",
        cx.resolved.profile.title,
        peer.profile.title,
        cx.resolved.profile.binding.word()
    );
    // An ISBN a platform gives away may be used on that platform alone.
    Some(Finding::about(Part::Cover, message).at(Level::Warning))
}

/// The ISBN of one edition: stated, or in the bar code on its cover.
fn number(resolved: &ResolvedJob<'_>) -> Option<String> {
    let bars = || {
        let codes = resolved
            .cover_codes
            .iter()
            .filter(|(kind, _)| *kind == CodeKind::Ean13);
        codes
            .filter_map(|(_, digits)| isbn::thirteen(digits))
            .next()
    };
    resolved
        .isbn
        .as_deref()
        .and_then(isbn::normalize)
        .or_else(bars)
}

/// A price beside the bars that is not the one printed on the cover.
fn price(cx: &Context<'_>) -> Option<Finding> {
    let cover = cx.cover().ok()?;
    let priced =
        scan::isbns(cover)
            .into_iter()
            .find_map(|code| match AddOn::of(code.add_on.as_deref()?)? {
                AddOn::Price { currency, cents } => Some((code, currency, cents)),
                _ => None,
            });
    let (code, currency, cents) = priced?;
    let add_on = code.add_on.as_deref()?;
    let lines = cover
        .pages
        .iter()
        .flat_map(|p| &p.text)
        .filter(|r| r.visibility == Visibility::Visible);
    let printed: Vec<(Option<isbn::Currency>, u32)> =
        lines.flat_map(|r| isbn::prices(&r.text)).collect();
    // Dollars of no country are of this one, where this one has dollars; but they are others' where others are named.
    let is_dollar = currency != isbn::Currency::Gbp;
    let same = |c: &Option<isbn::Currency>| *c == Some(currency) || (c.is_none() && is_dollar);
    let (_, first) = printed.iter().find(|(c, _)| same(c))?;
    if printed.iter().any(|(c, price)| same(c) && *price == cents) {
        return None;
    }
    let message = format!(
        "the price beside the bar code is {} ({add_on}); printed on the cover is {}",
        currency.price(cents),
        currency.price(*first)
    );
    Some(
        Finding::about(Part::Cover, message)
            .at(Level::Warning)
            .at_places(vec![scan::place(code)]),
    )
}
