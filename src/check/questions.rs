//! The questions that every verdict needs answered: for each file given, its size, its page limits and its codes.

use super::Check;
use crate::model::facts::Book;
use crate::model::finding::{Outcome, Part};
use crate::profile::Profile;
use crate::resolve::ResolvedJob;
use crate::rules;

/// A question that a verdict of `pass` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The file it is about.
    pub part: Part,
    /// The question, for people.
    pub asks: &'static str,
    /// The rule that answers it.
    pub rule: &'static str,
}

/// The questions of every verdict. A product whose profile has no figures for one of them leaves it open, and its verdict
/// says so.
pub const QUESTIONS: &[Question] = &[
    Question {
        part: Part::Interior,
        asks: "the size of the pages",
        rule: "page-size-wrong",
    },
    Question {
        part: Part::Interior,
        asks: "the fewest pages",
        rule: "page-count-too-low",
    },
    Question {
        part: Part::Interior,
        asks: "the most pages",
        rule: "page-count-too-high",
    },
    Question {
        part: Part::Interior,
        asks: "the size of QR codes",
        rule: "qr-too-small",
    },
    Question {
        part: Part::Cover,
        asks: "the size of the cover",
        rule: "cover-size-wrong",
    },
    Question {
        part: Part::Cover,
        asks: "the size of QR codes",
        rule: "qr-too-small",
    },
];

/// The questions about a book's files that no rule of a profile answers, as checks that could not look.
pub(super) fn open(profile: &Profile, book: &Book, takes: &dyn Fn(&str) -> bool) -> Vec<Check> {
    let mut open: Vec<Check> = Vec::new();
    // A standard asks for no size and no page count.
    if profile.standard {
        return open;
    }
    for question in QUESTIONS {
        let given = ResolvedJob::file(book, question.part).is_some();
        let told = open.iter().any(|c| c.meta.id == question.rule);
        if !given || told || !takes(question.rule) || profile.rules.contains_key(question.rule) {
            continue;
        }
        if let Some(entry) = rules::find(question.rule) {
            let why = format!(
                "{} cannot be judged: no figures of {} are known",
                question.asks, profile.title
            );
            open.push(Check {
                meta: entry.meta,
                source: None,
                outcome: Outcome::NotChecked(why),
            });
        }
    }
    open
}
