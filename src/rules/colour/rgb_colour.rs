//! RGB where the press wants ink.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::SpaceKind;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint;
use crate::rules::{Context, Meta, Need, Rule};

/// How bad RGB is where.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// In the interior.
    interior: Level,
    /// On the cover.
    cover: Level,
}

pub(super) struct RgbColour;

impl Rule for RgbColour {
    const META: Meta = Meta {
        id: "rgb-colour",
        title: "things are painted in RGB",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "RGB says how a screen should glow, not which inks to print. Somebody has to convert it, and if that is the \
              printer's machine, bright blues and greens turn dull without anybody having looked.",
        fix: "Convert everything to CMYK, and black and grey to black ink alone, before you export; then look at it once \
              more.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let level = match part {
                Part::Interior => limits.interior,
                Part::Cover => limits.cover,
            };
            let mut found = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                // White is no ink in any space.
                if used.colour.space.is_rgb() && !used.colour.is_white() {
                    found.push(used);
                }
            }
            if found.is_empty() {
                continue;
            }
            let lab = found
                .iter()
                .filter(|u| u.colour.space == SpaceKind::Lab)
                .count();
            let space = match lab {
                0 => "RGB",
                n if n == found.len() => "Lab",
                _ => "RGB or Lab",
            };
            let message = format!(
                "{} in {space} on {}; CMYK or black ink is wanted",
                paint::kinds(&found),
                paint::pages(&found)
            );
            findings.push(
                Finding::about(part, message)
                    .at(level)
                    .at_places(paint::places(file, &found)),
            );
        }
        Ok(Inspection::looked(looked, findings))
    }
}
