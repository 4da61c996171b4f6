//! Colour in a book that is printed in black.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Painted;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::job::{Ink, Setting};
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// How bad colour is on what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Text in RGB, black included; left out where RGB greys are as good as others.
    text_in_rgb: Option<Level>,
    /// Anything in colour.
    colour: Level,
}

pub(super) struct ColourInBlackInterior;

impl Rule for ColourInBlackInterior {
    const META: Meta = Meta {
        id: "colour-in-black-interior",
        title: "colour in a book printed in black",
        level: Level::Warning,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "On a black press every colour becomes a grey, and nobody chose which: red and green headings come out alike, \
              and black built of colours is printed as a screen of dots, lighter than the text around it.",
        fix: "Set text in 100 % black, turn pictures and tints into greyscale, or order the book in colour.",
        since: "0.1.0",
    };
    /// The same greys mend both.
    const EXPLAINS: &'static [Explains] = &[
        ("rgb-colour", Scope::Pages),
        ("text-multi-ink", Scope::Pages),
        ("text-not-solid-black", Scope::Places),
    ];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let file = cx.interior()?;
        if cx.stock()?.ink != Ink::Black {
            let why = "the book is printed in colour";
            return Err(Skip::NotApplicable(why.to_owned()));
        }
        let assumed = if cx.resolved.assumed.contains(&Setting::Ink) {
            " (black ink was assumed; tell another with --ink)"
        } else {
            ""
        };
        let mut looked = 0;
        let mut text: Vec<Used<'_>> = Vec::new();
        let mut colour: Vec<Used<'_>> = Vec::new();
        for used in paint::used(file) {
            looked += 1;
            let rgb = used.colour.space.is_rgb()
                && !used.colour.is_white()
                && !used.is_light_on_dark(file);
            if limits.text_in_rgb.is_some() && rgb && used.on == Painted::Text {
                text.push(used);
            } else if !used.colour.is_neutral()
                && !used.colour.is_white()
                && !used.is_gray_picture()
            {
                colour.push(used);
            }
        }
        let mut findings = Vec::new();
        if let (Some(level), false) = (limits.text_in_rgb, text.is_empty()) {
            let message = format!(
                "text in RGB on {}; a book in black wants 100 % black ink{assumed}",
                paint::pages(&text)
            );
            findings.push(
                Finding::about(Part::Interior, message)
                    .at(level)
                    .at_places(paint::places(file, &text)),
            );
        }
        // Black with other inks under it is black to the eye.
        let (colour, tinted): (Vec<_>, Vec<_>) = colour
            .into_iter()
            .partition(|used| used.colour.shows_colour());
        let kinds = [
            (colour, "in colour", "which will print grey"),
            (
                tinted,
                "in black or grey made of several inks",
                "of which only black prints here",
            ),
        ];
        for (colour, how, hence) in kinds {
            if colour.is_empty() {
                continue;
            }
            let message = format!(
                "{} {how} on {}, {hence}{assumed}",
                paint::kinds(&colour),
                paint::pages(&colour)
            );
            findings.push(
                Finding::about(Part::Interior, message)
                    .at(limits.colour)
                    .at_places(paint::places(file, &colour)),
            );
        }
        Ok(Inspection::looked(looked, findings))
    }
}
