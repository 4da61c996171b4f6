//! Small black text and thin black lines that knock out what lies below them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::facts::{Overprint, SpaceKind};
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::model::units::Length;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgBlackKnocksOut;

/// Up to which size black has to overprint (R0009, R0010).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Black text smaller than this.
    text_below: Length,
    /// Black lines thinner than this.
    #[serde(default)]
    lines_below: Option<Length>,
}

impl Rule for GwgBlackKnocksOut {
    const META: Meta = Meta {
        id: "gwg-black-knocks-out",
        title: "small black text or thin black lines knock out what lies below",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "Where black replaces the colours below it, the other plates have a hole of its shape. Plates never meet exactly, \
              so small letters and thin lines get white edges. Black that overprints needs no hole.",
        fix: "Set 100 % black text and lines to overprint, with overprint mode 1 (in layout programs: the [Black] swatch, \
              \"overprint black\").",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let knocks_out = |one: Painting<'_>| {
            let keeps_below = match one.object.overprint {
                Overprint::KnocksOut => false,
                // DeviceCMYK replaces the inks at zero as well.
                Overprint::Overprints => one.colour.space != SpaceKind::DeviceCmyk,
                Overprint::OverprintsNonzero => true,
            };
            one.is_on_others() && one.is_black_ink() && !keeps_below
        };
        let of = |limit: Length, says, is_kind: fn(Painting<'_>) -> bool| {
            Fault::below(limit.as_pt(), Self::META.level, says, move |one| {
                is_kind(one) && knocks_out(one)
            })
        };
        let mut faults = vec![of(
            limits.text_below,
            "black text that knocks out what lies below it,",
            |one| one.is_text(),
        )];
        faults.extend(limits.lines_below.map(|limit| {
            of(
                limit,
                "black lines that knock out what lies below them,",
                |one| one.is_path(),
            )
        }));
        find(cx, &faults)
    }
}
