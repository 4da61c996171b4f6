//! Greys too light for the press to hold.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Painted;
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::model::job::Ink;
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Meta, Need, Rule};

/// How dark a grey has to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The lightest grey that holds, in per cent of black.
    least: f64,
}

/// A tint lighter than this, in per cent, is paper white that a conversion has tinged.
const FAINTEST: f64 = 1.0;
/// Half a step of 8 bits, in per cent.
const SLACK: f64 = 0.2;

pub(super) struct GrayTooLight;

impl Rule for GrayTooLight {
    const META: Meta = Meta {
        id: "gray-too-light",
        title: "greys are too light to be printed evenly",
        level: Level::Note,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "A grey is a screen of dots. Below a certain tint the dots are so small that they come out blotchy or not at \
              all: shaded boxes vanish.",
        fix: "Make tints darker, or leave them white.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let file = cx.interior()?;
        if cx.stock()?.ink != Ink::Black {
            let why = "the book is printed in colour";
            return Err(Skip::NotApplicable(why.to_owned()));
        }
        let mut looked = 0;
        let mut found: Vec<Used<'_>> = Vec::new();
        let mut lightest = f64::INFINITY;
        for used in paint::used(file) {
            if used.colour.has_many() || used.on == Painted::Image {
                continue;
            }
            looked += 1;
            if used.colour.is_white() {
                continue;
            }
            let dark = paint::darkness(used.colour);
            if dark >= FAINTEST && dark < limits.least - SLACK && !used.is_light_on_dark(file) {
                lightest = lightest.min(dark);
                found.push(used);
            }
        }
        if found.is_empty() {
            return Ok(Inspection::looked(looked, Vec::new()));
        }
        let message = format!(
            "{} in a grey of {lightest:.0} % on {}; {:.0} % is the lightest that prints evenly",
            paint::kinds(&found),
            paint::pages(&found),
            limits.least
        );
        let measure = |v| Measure::new(v, MeasureUnit::Percent);
        Ok(Inspection::looked(
            looked,
            vec![
                Finding::about(Part::Interior, message)
                    .at_places(paint::places(file, &found))
                    .measured(measure(lightest), measure(limits.least)),
            ],
        ))
    }
}
