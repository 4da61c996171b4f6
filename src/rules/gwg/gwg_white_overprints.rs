//! White that overprints what lies below it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::facts::Overprint;
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgWhiteOverprints;

/// How bad it is (R0007, R0008).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Of text.
    text: Level,
    /// Of shapes and lines.
    paths: Level,
}

impl Rule for GwgWhiteOverprints {
    const META: Meta = Meta {
        id: "gwg-white-overprints",
        title: "white things are set to overprint",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "White that overprints lays no ink and takes none away: it shows on screen and is gone in print.",
        fix: "Turn overprint off for everything white.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let is_lost = |one: Painting<'_>| {
            one.is_on_others() && one.is_white() && one.object.overprint != Overprint::KnocksOut
        };
        find(
            cx,
            &[
                Fault::new(
                    limits.text,
                    "white text overprints what lies below",
                    move |one| one.is_text() && is_lost(one),
                ),
                Fault::new(
                    limits.paths,
                    "white shapes or lines overprint what lies below",
                    move |one| one.is_path() && is_lost(one),
                ),
            ],
        )
    }
}
