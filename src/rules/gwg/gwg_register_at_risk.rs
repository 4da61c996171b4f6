//! Text and lines too small for plates that do not meet exactly: white on ink, and in several inks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::model::units::Length;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgRegisterAtRisk;

/// The least sizes (R0016 to R0019). Exactly as much is enough.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Of white text on something else.
    white_text: Length,
    /// Of text in several inks.
    text: Length,
    /// Of white lines on something else.
    white_line: Length,
    /// Of lines in several inks.
    line: Length,
}

impl Rule for GwgRegisterAtRisk {
    const META: Meta = Meta {
        id: "gwg-register-at-risk",
        title: "small text or thin lines are white, or of several inks",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "Each ink is printed on its own, and they never meet exactly. A small shift closes thin white letters and lines, \
              and leaves coloured edges on thin ones of several inks.",
        fix: "Make them larger, or use one ink: black for text, one ink below white letters.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let fault = |limit: Length, says, is: fn(Painting<'_>) -> bool| {
            Fault::below(limit.as_pt(), Self::META.level, says, is)
        };
        find(
            cx,
            &[
                fault(limits.white_text, "white text", |one| {
                    one.is_text() && is_white(one)
                }),
                fault(limits.text, "text in several inks", |one| {
                    one.is_text() && is_mixed(one)
                }),
                fault(limits.white_line, "white lines", |one| {
                    one.is_path() && is_white(one)
                }),
                fault(limits.line, "lines in several inks", |one| {
                    one.is_path() && is_mixed(one)
                }),
            ],
        )
    }
}

fn is_white(one: Painting<'_>) -> bool {
    one.is_on_others() && one.is_white()
}

fn is_mixed(one: Painting<'_>) -> bool {
    one.object.visible && one.inks() > 1
}
