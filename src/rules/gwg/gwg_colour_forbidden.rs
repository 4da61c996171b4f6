//! Colour spaces that a variant does not allow, by the kind of object.

use schemars::JsonSchema;
use serde::Deserialize;

use super::faults::{Fault, Painting, find};
use crate::model::facts::SpaceKind;
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

pub(super) struct GwgColourForbidden;

/// When colours become ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Binding {
    /// Before the file is made: grey, CMYK and named inks alone (R0027).
    Early,
    /// Pictures may be in RGB with a profile (R0028).
    Intermediate,
    /// Whatever has a profile, greys and CMYK shapes aside (R0029).
    Late,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// When colours become ink.
    binding: Binding,
}

impl Rule for GwgColourForbidden {
    const META: Meta = Meta {
        id: "gwg-colour-forbidden",
        title: "colours that the variant does not allow",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "Black text that becomes four inks, and colours that each press converts in its own way, come from colours that are \
              no ink yet. The variants without RGB take grey, CMYK and named inks; the others take RGB with a profile, in \
              pictures.",
        fix: "Convert colours to CMYK when you export. For a variant with RGB, leave the profile in the pictures and set text and \
              shapes in CMYK.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("pdfx-colour-forbidden", Scope::Pages)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let binding = limits.binding;
        let intended = KINDS.map(|(space, name)| {
            let says = move |what: &str| format!("{name} {what}");
            [
                Fault::new(Level::Error, says("pictures"), move |one: Painting<'_>| {
                    one.is_image()
                        && one.colour.space == space
                        && is_forbidden(binding, true, space)
                }),
                Fault::new(
                    Level::Error,
                    says("text, shapes or lines"),
                    move |one: Painting<'_>| {
                        // In a pattern there may be pictures.
                        let may_be_image = one.in_pattern && !is_forbidden(binding, true, space);
                        !one.is_image()
                            && one.colour.space == space
                            && is_forbidden(binding, false, space)
                            && !may_be_image
                    },
                ),
                Fault::new(
                    Level::Error,
                    format!("a named ink defined in {name}"),
                    move |one: Painting<'_>| {
                        one.colour.alternate == Some(space) && may_not_stand_in(binding, space)
                    },
                ),
            ]
        });
        let faults: Vec<Fault<'_>> = intended.into_iter().flatten().collect();
        find(cx, &faults)
    }
}

/// The spaces that some variant forbids, by their names in PDF.
const KINDS: [(SpaceKind, &str); 7] = [
    (SpaceKind::DeviceRgb, "DeviceRGB"),
    (SpaceKind::CalRgb, "CalRGB"),
    (SpaceKind::CalGray, "CalGray"),
    (SpaceKind::IccGray, "ICC grey"),
    (SpaceKind::IccRgb, "ICC RGB"),
    (SpaceKind::IccCmyk, "ICC CMYK"),
    (SpaceKind::Lab, "Lab"),
];

fn is_forbidden(binding: Binding, of_image: bool, space: SpaceKind) -> bool {
    match (binding, space) {
        (_, SpaceKind::DeviceRgb | SpaceKind::CalGray | SpaceKind::IccGray)
        | (Binding::Early, _) => true,
        (Binding::Intermediate, SpaceKind::IccCmyk) => true,
        (Binding::Intermediate, _) => !of_image,
        (Binding::Late, SpaceKind::CalRgb | SpaceKind::IccCmyk) => !of_image,
        (Binding::Late, _) => false,
    }
}

fn may_not_stand_in(binding: Binding, space: SpaceKind) -> bool {
    match (binding, space) {
        (_, SpaceKind::DeviceRgb | SpaceKind::CalGray | SpaceKind::IccGray) => true,
        (Binding::Early, _) => space != SpaceKind::Lab,
        (Binding::Intermediate, _) => space == SpaceKind::IccCmyk,
        (Binding::Late, _) => false,
    }
}
