//! The summary as one page for people: self-contained, sortable, every title with a link of its own and as many of its findings
//! as a page that opens at once has room for.

use std::path::Path;

use minijinja::{Value, context};

use crate::batch::results::change::What;
use crate::batch::results::links::Links;
use crate::batch::results::table::{changes, grouped, rule, totals};
use crate::batch::results::tally::Tally;
use crate::batch::running::batch_record::Ending;
use crate::batch::running::title_outcome::{FindingDigest, TitleOutcome};
use crate::model::error::Error;
use crate::report::page_templates::{PALETTE, Templates};
use crate::rules::{self, fold_pages};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Where the titles stand in the page.
const TITLES: &str = "<!-- titles -->\n";
/// All titles of a page together, in bytes; with more titles than have room, each has its line.
const MOST_BYTES: usize = 4_500_000;
/// Characters of a name or of the worst finding in a title's line.
const LONGEST: usize = 160;
/// The same, and no verdicts, where a title's share of the page is less than this many bytes.
const LONGEST_OF_MANY: usize = 90;
const OF_MANY: usize = 800;

const TEMPLATES: [(&str, &str); 4] = [
    ("page", include_str!("page.html")),
    ("title", include_str!("page_title.html")),
    ("details", include_str!("page_details.html")),
    ("finding", include_str!("page_finding.html")),
];

/// Writes the page's parts, and shares its room among the titles.
pub(in crate::batch) struct Page {
    templates: Templates,
    /// What the titles to come may take, in bytes.
    room: usize,
    /// How many they are.
    left: usize,
    /// Whether a title's share was too small for its findings.
    many: bool,
}

impl Page {
    /// A page for so many titles.
    pub(in crate::batch) fn new(titles: usize) -> Result<Self, Error> {
        Ok(Self {
            templates: Templates::new(&TEMPLATES)?,
            room: MOST_BYTES,
            left: titles,
            many: false,
        })
    }

    /// One title: its line, and below it its findings, worst first, until its share of the page is used. What a title leaves
    /// is for those after it.
    pub(in crate::batch) fn title(
        &mut self,
        outcome: &TitleOutcome,
        links: Option<&Links>,
    ) -> Result<String, Error> {
        let share = self.room / self.left.max(1);
        let mut out = self.line(outcome, links, share)?;
        if share < OF_MANY {
            self.many = true;
        } else {
            self.details(outcome, share, &mut out)?;
        }
        out.push_str("</tbody>\n");
        self.room = self.room.saturating_sub(out.len());
        self.left = self.left.saturating_sub(1);
        Ok(out)
    }

    fn details(&self, outcome: &TitleOutcome, share: usize, out: &mut String) -> Result<(), Error> {
        out.push_str(&self.verdicts(outcome)?);
        let mut findings = outcome.findings.iter();
        for found in findings.by_ref() {
            let text = self.finding(found)?;
            if out.len() + text.len() > share {
                let others = 1 + findings.len();
                let word = if others == 1 { "finding" } else { "findings" };
                out.push_str(&format!(
                    "<p>{others} more {word}, for which this page has no room</p>"
                ));
                break;
            }
            out.push_str(&text);
        }
        out.push('\n');
        Ok(())
    }

    fn line(
        &self,
        outcome: &TitleOutcome,
        links: Option<&Links>,
        share: usize,
    ) -> Result<String, Error> {
        let [errors, warnings, _] = outcome.open;
        let longest = if share < OF_MANY {
            LONGEST_OF_MANY
        } else {
            LONGEST
        };
        let report = links.filter(|_| !outcome.verdicts.is_empty());
        self.templates.render(
            "title",
            context! {
                n => outcome.number,
                result => outcome.ending.word(),
                name => short(outcome.title.as_deref().unwrap_or(&outcome.id), longest),
                id => outcome.title.as_ref().map(|_| short(&outcome.id, longest)),
                // The address is safe in an attribute: it is percent-encoded.
                report => report.map(|links| links.to(outcome)),
                errors, warnings,
                gaps => outcome.not_checked,
                change => change(outcome),
                worst => short(&outcome.worst(), longest),
            },
        )
    }

    fn verdicts(&self, outcome: &TitleOutcome) -> Result<String, Error> {
        let verdicts = outcome.verdicts.iter();
        let verdicts: Vec<Value> = verdicts
            .map(|(product, ending)| context! { product, result => ending.word() })
            .collect();
        let [_, _, notes] = outcome.open;
        self.templates.render(
            "details",
            context! { verdicts, notes, remarks => &outcome.notes },
        )
    }

    fn finding(&self, found: &FindingDigest) -> Result<String, Error> {
        self.templates.render(
            "finding",
            context! {
                level => found.level.word(),
                rule => &found.rule,
                accepted => found.accepted,
                message => &found.message,
                part => found.part,
                pages => pages(found),
                products => found.products.join(", "),
                advice => advice(found),
            },
        )
    }

    /// The page before and after its titles.
    pub(in crate::batch) fn around(
        &self,
        tally: &Tally,
        gone: Option<&(usize, Vec<String>)>,
        results: Option<&Path>,
    ) -> Result<(String, String), Error> {
        let endings = Ending::ALL
            .iter()
            .filter(|ending| tally.ended(**ending) > 0);
        let endings: Vec<Value> = endings
            .map(|ending| context! { ending => ending.word(), titles => grouped(tally.ended(*ending)) })
            .collect();
        let rules: Vec<Value> = (tally.rules().into_iter())
            .map(|count| {
                context! {
                    level => count.level.word(),
                    id => &count.rule,
                    titles => rule(count),
                    fix => rules::find(&count.rule).map_or("", |e| e.meta.fix),
                }
            })
            .collect();
        let results = results.and_then(|path| path.file_name());
        let page = self.templates.render(
            "page",
            context! {
                style => [PALETTE, STYLE].concat(),
                script => SCRIPT,
                version => env!("CARGO_PKG_VERSION"),
                totals => totals(tally),
                pages => grouped(usize::try_from(tally.pages).unwrap_or(usize::MAX)),
                changes => changes(tally, gone),
                results => results.map(|name| name.to_string_lossy()),
                many => self.many,
                endings, rules,
            },
        )?;
        let (before, after) = page.split_once(TITLES).unwrap_or((&page, ""));
        Ok((before.to_owned(), after.to_owned()))
    }
}

/// A text, cut to what a line has room for.
fn short(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 3).collect();
    kept + "..."
}

fn pages(found: &FindingDigest) -> String {
    if found.pages.is_empty() {
        return String::new();
    }
    let word = if found.pages_total == 1 {
        "page"
    } else {
        "pages"
    };
    let more = match found.pages_total.saturating_sub(found.pages.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(", {word} {}{more}", fold_pages(&found.pages, 12))
}

/// The advice for this very case; the rule's own advice is printed once, with the rule.
fn advice(found: &FindingDigest) -> &str {
    let general = rules::find(&found.rule).map_or("", |e| e.meta.fix);
    found.fix.split(general).next().unwrap_or_default().trim()
}

fn change(outcome: &TitleOutcome) -> String {
    let Some(change) = &outcome.change else {
        return String::new();
    };
    if change.what == What::Same {
        return String::new();
    }
    let because: Vec<&str> = change.because.iter().map(|c| c.word()).collect();
    let because = if because.is_empty() {
        String::new()
    } else {
        format!(" ({})", because.join(", "))
    };
    format!("{}{because}", change.what.word())
}
