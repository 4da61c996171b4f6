//! Text of templates that was never replaced.

use std::sync::LazyLock;

use super::phrases::{Evidence, Find, Phrases, Script};
use super::words;
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::facts::Document;
use crate::finding::{Finding, Level, Outcome, Part, Place};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "placeholder-text",
        title: "text of a template was never replaced",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "\"Lorem ipsum\", \"Insert title here\" or a template's own labels show that the file is not finished. \
              Reviewers look for them and send the book back, and readers remember them.",
        fix: "Replace the text or delete it. If your book means it, as one about typography may, pass over this finding.",
        fix_in: &[
            ("word", "In Word select all and press F9 to renew the fields, then search for [ and for \"Error!\"."),
            ("libreoffice", "In LibreOffice press F9 to renew fields, then search for [ and for \"Error:\"."),
            ("indesign", "In InDesign hide or delete the template's layer, and look for frames that were filled with placeholder text."),
            ("affinity", "In Affinity delete the template's layer, and look for frames that were filled with filler text."),
            ("canva", "In Canva click through every page: text boxes keep their first words until they are typed over."),
            ("vellum", "In Vellum open Title Page and Copyright, and fill in what still stands in brackets."),
            ("atticus", "In Atticus open Book Details, Title Page and Copyright, and fill in what still stands in brackets."),
        ],
        since: "0.2.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let files = at.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += file.pages.len();
            findings.extend(look(part, file));
        }
        Ok(Outcome::looked(looked, findings))
    }
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(include_str!("phrases/placeholders.toml")));

/// Pages from the first on which a title, an author or a year is asked for.
const FRONT: u32 = 6;

/// How sure it is that nobody meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// A book may well say so.
    Spoken,
    /// Letters and exercises have such blanks.
    Perhaps,
    /// Nobody prints this.
    Quite,
}

fn look(part: Part, file: &Document) -> Vec<Finding> {
    let mut finds: Vec<(Sure, Place)> = Vec::new();
    for page in &file.pages {
        let script = Script::of(page);
        let mut on_page = PHRASES.find(&script);
        // Of phrases that begin at one word only the longest counts.
        on_page.sort_by_key(|find| (find.at.start, std::cmp::Reverse(find.at.end)));
        let front = part == Part::Cover || page.number <= FRONT;
        let labels = labels(part, &script, &on_page);
        let mut last_run = None;
        for find in on_page {
            let Some(sure) = weigh(part, front, labels, &script, &find) else {
                continue;
            };
            // A paragraph of filler is one place, not one for every phrase in it.
            let run = script.run(find.at.start);
            if run.is_some() && run.map(std::ptr::from_ref) == last_run {
                continue;
            }
            last_run = run.map(std::ptr::from_ref);
            let what = run.map_or_else(|| "text".to_owned(), |run| words::text(file, run, None));
            finds.push((sure, Place { page: page.number, area: run.map(|run| run.area), what }));
        }
    }
    // A book that speaks of filler in its sentences may show some.
    let spoken_of = finds.iter().any(|(sure, _)| *sure == Sure::Spoken);
    let graded = [(Sure::Quite, Level::Error), (Sure::Perhaps, Level::Warning), (Sure::Spoken, Level::Note)];
    let findings = graded.into_iter().filter_map(|(sure, level)| {
        let places = finds.iter().filter(|(s, _)| *s == sure).map(|(_, place)| place.clone());
        let places: Vec<Place> = places.collect();
        let what = places.first()?.what.clone();
        let count = words::count(places.len(), "piece", "pieces");
        let message = match sure {
            Sure::Quite => format!("{count} of placeholder text in the {}, such as {what}", part.word()),
            Sure::Perhaps => format!("{count} of text in the {} that may be a template's, such as {what}", part.word()),
            Sure::Spoken => format!("the {} speaks of placeholder text, as in {what}", part.word()),
        };
        let level = if spoken_of { level.max(Level::Warning) } else { level };
        let finding = Finding::about(part, message).at_places(places);
        // The rule's own level is the platform's to set.
        Some(if level == Level::Error { finding } else { finding.at(level) })
    });
    findings.collect()
}

/// How many different labels of a cover's template stand on it as lines of their own.
fn labels(part: Part, script: &Script<'_>, finds: &[Find]) -> usize {
    if part != Part::Cover {
        return 0;
    }
    let alone = finds.iter().filter(|f| f.evidence == Evidence::Label && script.is_line(&f.at));
    let mut labels: Vec<Vec<&str>> = alone.map(|f| f.at.clone().map(|n| script.word(n)).collect()).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.len()
}

/// Whether a phrase counts where it stands, and how surely.
fn weigh(part: Part, front: bool, labels: usize, script: &Script<'_>, find: &Find) -> Option<Sure> {
    let line = || script.is_line(&find.at);
    let brackets = || script.is_bracketed(&find.at);
    match find.evidence {
        // Who quotes it means it, or may.
        Evidence::Anywhere if script.is_quoted(find.at.start) => Some(Sure::Perhaps),
        Evidence::Anywhere => Some(Sure::Quite),
        Evidence::Line => line().then_some(Sure::Quite),
        Evidence::Front => (front && line()).then_some(Sure::Quite),
        Evidence::Brackets if front => brackets().then_some(Sure::Quite),
        Evidence::Brackets => brackets().then_some(Sure::Perhaps),
        Evidence::FrontBrackets => (front && brackets() && line()).then_some(Sure::Perhaps),
        Evidence::Label => (labels > 1 && line()).then_some(Sure::Quite),
        Evidence::Cover => (part == Part::Cover).then_some(Sure::Quite),
        Evidence::Mention if is_among_filler(script, find) => Some(Sure::Quite),
        Evidence::Mention => Some(Sure::Spoken),
        Evidence::Opens => None,
    }
}

/// Whether the words around a find are filler, too, rather than a sentence about it.
fn is_among_filler(script: &Script<'_>, find: &Find) -> bool {
    const AROUND: usize = 5;
    let before = find.at.start.saturating_sub(AROUND)..find.at.start;
    let after = find.at.end..find.at.end + AROUND;
    before.chain(after).filter(|at| FILLER.contains(&script.word(*at))).count() > 2
}

/// The commonest words of filler that are rare in sentences of any language.
const FILLER: &[&str] = &[
    "dolor", "amet", "sit", "elit", "adipiscing", "consectetur", "consectetuer", "eiusmod", "tempor", "incididunt", "labore",
    "nulla", "vitae", "mauris", "eget", "quis", "nec", "vel", "ac", "ut", "sed", "primis", "faucibus", "vestibulum", "nunc",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read() {
        assert!(PHRASES.count() > 150, "{}", PHRASES.count());
    }
}
