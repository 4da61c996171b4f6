//! Text of templates that was never replaced.

use crate::model::facts::{Document, Evidence, Leftover};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PlaceholderText;

impl Rule for PlaceholderText {
    const META: Meta = Meta {
        id: "placeholder-text",
        title: "text of a template was never replaced",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Leftovers],
        why: "\"Lorem ipsum\", \"Insert title here\" or a template's own labels show that the file is not finished. \
              Reviewers look for them and send the book back, and readers remember them.",
        fix: "Replace the text or delete it. If your book means it, as one about typography may, pass over this finding.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += file.pages.len();
            findings.extend(look(part, file));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Front pages on which placeholders for title, author and year are searched for.
const FRONT: u32 = 6;

/// How sure it is that the text was left by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// A book may well print such words.
    Spoken,
    /// Letters and exercises have such blanks.
    Perhaps,
    /// Nobody prints this.
    Quite,
}

fn look(part: Part, file: &Document) -> Vec<Finding> {
    let mut finds: Vec<(Sure, Place, String)> = Vec::new();
    for page in &file.pages {
        let front = part == Part::Cover || page.number <= FRONT;
        let mut last = None;
        for left in &page.leftovers {
            let Some(sure) = weigh(front, left) else {
                continue;
            };
            // A paragraph of filler is one place, not one for every phrase in it.
            if last == Some(left.run) {
                continue;
            }
            last = Some(left.run);
            let run = usize::try_from(left.run)
                .ok()
                .and_then(|n| page.text.get(n));
            let what = run.map_or_else(|| "text".to_owned(), |run| words::text(file, run, None));
            let says = run.map_or_else(|| "text".to_owned(), words::quote);
            finds.push((
                sure,
                Place {
                    page: page.number,
                    area: run.map(|run| run.area),
                    what,
                },
                says,
            ));
        }
    }
    // A book that is about placeholder text may print some.
    let spoken_of = finds.iter().any(|(sure, ..)| *sure == Sure::Spoken);
    let graded = [
        (Sure::Quite, Level::Error),
        (Sure::Perhaps, Level::Warning),
        (Sure::Spoken, Level::Note),
    ];
    let findings = graded.into_iter().filter_map(|(sure, level)| {
        let found: Vec<_> = finds.iter().filter(|(s, ..)| *s == sure).collect();
        let places: Vec<Place> = found.iter().map(|(_, place, _)| place.clone()).collect();
        let (.., says) = found.first()?;
        let says = if found.len() == 1 {
            format!(": {says}")
        } else {
            format!(", such as {says}")
        };
        let count = words::count(places.len(), "piece", "pieces");
        let message = match sure {
            Sure::Quite => format!("{count} of placeholder text in the {}{says}", part.word()),
            Sure::Perhaps => format!(
                "{count} of text in the {} that may be left over from a template{says}",
                part.word()
            ),
            Sure::Spoken => format!("the {} speaks of placeholder text{says}", part.word()),
        };
        let level = if spoken_of {
            level.max(Level::Warning)
        } else {
            level
        };
        let finding = Finding::about(part, message).at_places(places);
        // The rule's own level is the platform's to set.
        Some(if level == Level::Error {
            finding
        } else {
            finding.at(level)
        })
    });
    findings.collect()
}

/// Whether a phrase counts at its place, and how surely. `cover-template-visible` handles the labels of cover templates.
fn weigh(front: bool, left: &Leftover) -> Option<Sure> {
    match left.evidence {
        // Who quotes it means it, or may.
        Evidence::Anywhere if left.quoted => Some(Sure::Perhaps),
        Evidence::Anywhere | Evidence::Line => Some(Sure::Quite),
        Evidence::Front => front.then_some(Sure::Quite),
        Evidence::Brackets if front => Some(Sure::Quite),
        Evidence::Brackets => Some(Sure::Perhaps),
        Evidence::FrontBrackets => front.then_some(Sure::Perhaps),
        Evidence::Mention if left.among_filler => Some(Sure::Quite),
        Evidence::Mention => Some(Sure::Spoken),
        Evidence::Opens => None,
    }
}
