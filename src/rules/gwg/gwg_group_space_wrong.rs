//! Transparency groups composed in another space than DeviceCMYK.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::facts::{Construct, ConstructUse};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::{exchange, gaps};
use crate::rules::{Context, Explains, Meta, Need, NoLimits, Rule, Scope};

pub(super) struct GwgGroupSpaceWrong;

impl Rule for GwgGroupSpaceWrong {
    const META: Meta = Meta {
        id: "gwg-group-space-wrong",
        title: "transparency is composed in another space than CMYK",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "What lies in a transparency group is converted to the space of the group. In RGB, black text becomes four inks, \
              and named inks are lost.",
        fix: "Set the blend space of the document to CMYK before you export (in InDesign: Edit > Transparency Blend Space).",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("pdfx-colour-forbidden", Scope::Pages)];
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let constructs = &exchange(file)?.constructs;
            looked += constructs.len();
            let mut wrong: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
            for one in constructs.iter().filter(|one| is_wrong(one)) {
                let of = match one.construct {
                    Construct::MaskGroupSpace => "the group of a soft mask",
                    _ => "a transparency group",
                };
                let space = one.value.as_deref().unwrap_or("an unknown space");
                let on = wrong.entry(format!("{of} in {space}")).or_default();
                on.extend(one.page);
            }
            for (what, on) in wrong {
                let message = format!("{what} in the {}", part.word());
                findings.push(Finding::about(*part, message).on_pages(on));
            }
        }
        Ok(Inspection {
            at: looked,
            findings,
            gaps: gaps(&files),
        })
    }
}

fn is_wrong(one: &ConstructUse) -> bool {
    let space = one.value.as_deref().unwrap_or_default();
    match one.construct {
        Construct::GroupSpace => space != "DeviceCMYK",
        Construct::MaskGroupSpace => !matches!(space, "DeviceCMYK" | "DeviceGray"),
        _ => false,
    }
}
