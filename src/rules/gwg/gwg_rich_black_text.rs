//! Text in black that is built of too much ink.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::facts::{SpaceKind, is_process};
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgRichBlackText;

/// What rich black is (R0015).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// So much black or more, in per cent.
    black: f64,
    /// And more than this of all process inks together, in per cent.
    most: f64,
}

/// Amounts are rounded to a thousandth.
const ROUNDED: f64 = 0.06;

impl Rule for GwgRichBlackText {
    const META: Meta = Meta {
        id: "gwg-rich-black-text",
        title: "text is set in rich black",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "Letters in four inks get coloured edges where the plates do not meet, and so much ink spreads and fills them in.",
        fix: "Set text in 100 % black alone: CMYK 0/0/0/100.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let is_rich = |one: Painting<'_>| {
            let process: Vec<(&str, f64)> = process(one);
            let black = process.iter().find(|(ink, _)| *ink == "Black");
            let sum: f64 = process.iter().map(|(_, percent)| percent).sum();
            one.is_text()
                && one.object.visible
                && process.len() > 1
                && black.is_some_and(|(_, percent)| *percent >= limits.black - ROUNDED)
                && sum > limits.most + ROUNDED
        };
        let says = format!(
            "text in {} % black or more, with more than {} % of all process inks,",
            limits.black, limits.most
        );
        find(cx, &[Fault::new(Self::META.level, says, is_rich)])
    }
}

/// The process inks of a colour in DeviceCMYK or DeviceN, in per cent.
fn process(one: Painting<'_>) -> Vec<(&str, f64)> {
    let colour = one.colour;
    let names: Vec<&str> = match colour.space {
        SpaceKind::DeviceCmyk => vec!["Cyan", "Magenta", "Yellow", "Black"],
        SpaceKind::DeviceN => colour.names.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let amounts = colour
        .amounts
        .iter()
        .map(|amount| f64::from(*amount) * 100.0);
    let all = names.into_iter().zip(amounts);
    all.filter(|(ink, _)| is_process(ink)).collect()
}
