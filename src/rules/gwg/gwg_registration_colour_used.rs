//! Things painted in the registration colour.

use super::faults::{Fault, find};
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgRegistrationColourUsed;

impl Rule for GwgRegistrationColourUsed {
    const META: Meta = Meta {
        id: "gwg-registration-colour-used",
        title: "something is painted in the registration colour",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange, Need::Overlaps],
        why: "The registration colour (All) prints on every plate. It is meant for marks that are cut off; the printer adds \
              those.",
        fix: "Use black instead: CMYK 0/0/0/100.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let fault = Fault::new(Self::META.level, "the registration colour is used", |one| {
            one.colour.names.iter().any(|name| name == "All")
        });
        find(cx, &[fault])
    }
}
