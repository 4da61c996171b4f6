//! Inks that the press does not have.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct SpotColour;

impl Rule for SpotColour {
    const META: Meta = Meta {
        id: "spot-colour",
        title: "spot colours are used",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Digital presses print with four inks. A spot colour is replaced by a mix that nobody looked at, or the file is \
              refused.",
        fix: "Convert spot colours to CMYK in the program that made the file, and look at the result.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            // One finding an ink: each is mended on its own.
            let mut inks: Vec<(&str, Vec<Used<'_>>)> = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                for name in used.colour.spots() {
                    // None of this ink: it spares paper.
                    if !used.colour.has_many() && used.colour.ink(name) <= 0.0 {
                        continue;
                    }
                    match inks.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, found)) => found.push(used),
                        None => inks.push((name, vec![used])),
                    }
                }
            }
            for (name, found) in inks {
                let alternate = found
                    .iter()
                    .find_map(|u| u.colour.alternate)
                    .map_or_else(String::new, |a| {
                        format!(" ({} where the press has no such ink)", a.word())
                    });
                let message = format!(
                    "spot colour \"{name}\"{alternate} on {} on {}",
                    paint::kinds(&found),
                    paint::pages(&found)
                );
                findings.push(Finding::about(part, message).at_places(paint::places(file, &found)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
