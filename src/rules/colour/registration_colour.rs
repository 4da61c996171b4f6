//! Things painted on all plates at full strength.

use crate::model::facts::{Colour, SpaceKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Components as good as full: half a step of 8 bits below.
const FULL: f32 = 0.998;

pub(super) struct RegistrationColour;

impl Rule for RegistrationColour {
    const META: Meta = Meta {
        id: "registration-colour",
        title: "registration colour is used",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Registration colour lays all four inks in full, 400 %: it is meant for marks that are cut off. On a page it \
              never dries and shows every shift between the plates.",
        fix: "Use 100 % black instead; for a deep black on a cover 60/40/40/100 at most.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut found: Vec<Used<'_>> = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                if is_registration(used.colour) {
                    found.push(used);
                }
            }
            if !found.is_empty() {
                let message = format!(
                    "{} in registration colour (all inks, 400 %) on {}",
                    paint::kinds(&found),
                    paint::pages(&found)
                );
                findings.push(Finding::about(part, message).at_places(paint::places(file, &found)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn names_all(colour: &Colour) -> bool {
    colour.names.iter().any(|n| n == "All")
}

/// Separation All at any strength, or every process ink in full.
fn is_registration(colour: &Colour) -> bool {
    if names_all(colour) {
        return !colour.is_white();
    }
    let cmyk = matches!(colour.space, SpaceKind::DeviceCmyk | SpaceKind::IccCmyk);
    cmyk && colour.amounts.len() == 4 && colour.amounts.iter().all(|a| *a >= FULL)
}
