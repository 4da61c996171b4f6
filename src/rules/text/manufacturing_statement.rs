//! Statements of where and by whom the book was printed.

use std::sync::LazyLock;

use crate::model::facts::{Document, Page};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::phrases::{Phrases, Script};
use crate::rules::words;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct ManufacturingStatement;

impl Rule for ManufacturingStatement {
    const META: Meta = Meta {
        id: "manufacturing-statement",
        title: "the book says where it was printed",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A book printed on demand comes from whichever of the printer's plants is nearest. The printer adds a line \
              of its own that is true for each copy; \"Printed in the USA\" in your file will be wrong for some of them, \
              which customs and consumer laws mind.",
        fix: "Delete the statement from the imprint page and the cover.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            let (pages, places, first) = statements(part, file, states);
            looked += pages;
            if let Some(first) = first {
                let message = format!("the {} says where it was printed: {first}", part.word());
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(include_str!("../../phrases/manufacture.toml")));
static PLACES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(include_str!("../../phrases/places.toml")));

/// Where `look` finds something on the imprint pages or the cover: how many pages were looked at, the places, and what
/// the first of them says.
pub(super) fn statements(
    part: Part,
    file: &Document,
    look: fn(&Script<'_>) -> Vec<usize>,
) -> (usize, Vec<Place>, Option<String>) {
    let mut places = Vec::new();
    let mut first = None;
    let mut looked = 0;
    for page in &file.pages {
        if part == Part::Interior && !is_outer(file, page) {
            continue;
        }
        looked += 1;
        let script = Script::of(page);
        if part == Part::Interior && script.count_of(IMPRINT) < 2 {
            continue;
        }
        let runs: Vec<_> = look(&script)
            .into_iter()
            .filter_map(|at| script.run(at))
            .collect();
        first = first.or_else(|| runs.first().map(|run| words::quote(run)));
        places.extend(runs.into_iter().map(|run| Place {
            page: page.number,
            area: Some(run.area),
            what: words::text(file, run, None),
        }));
    }
    places.dedup();
    (looked, places, first)
}

/// Whether this page may be an imprint: it is among the first or the last.
fn is_outer(file: &Document, page: &Page) -> bool {
    const FIRST: u32 = 10;
    const LAST: u32 = 4;
    page.number <= FIRST || page.number + LAST > file.page_count()
}

/// Words of imprint pages. One of them may stand in any sentence.
const IMPRINT: &[&str] = &[
    "copyright",
    "isbn",
    "rights",
    "reserved",
    "edition",
    "published",
    "publisher",
    "congress",
    "catalogue",
    "cataloging",
    "auflage",
    "verlag",
    "rechte",
    "vorbehalten",
    "impressum",
    "herausgeber",
    "droits",
    "réservés",
    "dépôt",
    "éditions",
    "derechos",
    "reservados",
    "edición",
    "depósito",
    "diritti",
    "riservati",
    "edizione",
    "direitos",
    "edição",
    "rechten",
    "voorbehouden",
    "uitgave",
    "rättigheter",
    "upplaga",
    "rettigheder",
    "oplag",
    "prawa",
    "zastrzeżone",
    "wydanie",
];

/// Where the words of a page say where it was printed.
fn states(script: &Script<'_>) -> Vec<usize> {
    let places = PLACES.find(script);
    let is_place = |at: usize| places.iter().any(|place| place.at.start == at);
    let found = PHRASES.find(script).into_iter();
    found
        .filter(|find| script.opens(find.at.start))
        // The country may have an article.
        .filter(|find| is_place(find.at.end) || is_place(find.at.end + 1))
        .map(|find| find.at.start)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> bool {
        !states(&Script::of_text(text)).is_empty()
    }

    #[test]
    fn places_make_a_statement() {
        for text in [
            "Printed in the United States of America",
            "First edition. Printed and bound in Great Britain by the press",
            "Printed in U.S.A.",
            "Printed in Poland",
            "Gedruckt in Deutschland",
            "Imprimé en France",
            "Impreso en España",
            "Stampato in Italia",
            "ISBN 978 | Printed in China",
        ] {
            assert!(says(text), "{text}");
        }
        for text in [
            "Printed in Garamond and Futura",
            "Printed in full colour",
            "the first Bible printed in Germany was",
            "It was made in China",
        ] {
            assert!(!says(text), "{text}");
        }
    }

    #[test]
    fn the_lists_are_read() {
        assert!(PHRASES.count() > 15 && PLACES.count() > 60);
    }
}
