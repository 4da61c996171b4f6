//! Small text and thin lines in DeviceGray on other ink, and DeviceGray that overprints.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::facts::Overprint;
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::model::units::Length;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct GwgGreyOnOtherInk;

/// Where DeviceGray does harm (R0011, R0012, R0013).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Text smaller than this.
    text_below: Length,
    /// Lines thinner than this.
    #[serde(default)]
    lines_below: Option<Length>,
    /// Whatever overprints.
    #[serde(default)]
    overprinting: bool,
}

impl Rule for GwgGreyOnOtherInk {
    const META: Meta = Meta {
        id: "gwg-grey-on-other-ink",
        title: "grey of the device lies on other ink where it does harm",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "Black in DeviceGray overprints on some presses and knocks out on others. On other ink, small letters and thin \
              lines that knock out get white edges, and grey that overprints is mixed with what lies below.",
        fix: "Use CMYK 0/0/0/100 for black text and lines that lie on colour, and set those to overprint.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let is_grey = |one: Painting<'_>| one.is_on_others() && one.is_device_gray();
        let of = |limit: Length, says, is_kind: fn(Painting<'_>) -> bool| {
            Fault::below(limit.as_pt(), Self::META.level, says, move |one| {
                is_kind(one) && is_grey(one)
            })
        };
        let text = "text in DeviceGray on other ink,";
        let mut faults = vec![of(limits.text_below, text, |one| one.is_text())];
        let lines = "lines in DeviceGray on other ink,";
        faults.extend(
            limits
                .lines_below
                .map(|limit| of(limit, lines, |one| one.is_path())),
        );
        if limits.overprinting {
            let says = "DeviceGray overprints what lies below";
            faults.push(Fault::new(Self::META.level, says, move |one| {
                is_grey(one) && !one.is_image() && one.object.overprint != Overprint::KnocksOut
            }));
        }
        find(cx, &faults)
    }
}
