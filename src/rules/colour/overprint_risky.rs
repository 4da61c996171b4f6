//! Overprint that makes things vanish or change.

use crate::model::facts::Colour;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct OverprintRisky;

impl Rule for OverprintRisky {
    const META: Meta = Meta {
        id: "overprint-risky",
        title: "white or grey is set to overprint",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "White that overprints lays nothing over what is there: it shows on screen and is gone in print. Grey that \
              overprints mixes with what lies below it.",
        fix: "Turn overprint off for white and grey things; only 100 % black text should overprint.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut white: Vec<Used<'_>> = Vec::new();
            let mut grey: Vec<Used<'_>> = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                if !used.mark.overprint {
                } else if used.colour.is_white() {
                    white.push(used);
                } else if is_grey(used.colour) {
                    grey.push(used);
                }
            }
            for (found, word, what) in [
                (white, "white", "will not be there in print"),
                (grey, "grey", "will mix with what lies below"),
            ] {
                if found.is_empty() {
                    continue;
                }
                let message = format!(
                    "{word} {} set to overprint on {}, which {what}",
                    paint::kinds(&found),
                    paint::pages(&found)
                );
                findings.push(Finding::about(part, message).at_places(paint::places(file, &found)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Black ink alone, and less than all of it.
fn is_grey(colour: &Colour) -> bool {
    !colour.has_many()
        && colour.names.is_empty()
        && colour.is_neutral()
        && colour.ink("Black") < 99.0
        && colour.laid().all(|i| i.ink == "Black")
}
