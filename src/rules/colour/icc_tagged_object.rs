//! Objects that carry a colour profile of their own.

use crate::model::facts::Painted;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::makers::is_by;
use crate::rules::paint::{self, Used};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct IccTaggedObject;

impl Rule for IccTaggedObject {
    const META: Meta = Meta {
        id: "icc-tagged-object",
        title: "objects carry a colour profile of their own",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A profile on an object makes the press recompute its ink: 100 % black turns into a dark grey of four inks, and \
              text looks soft.",
        fix: "Export without profiles on objects. The one profile of the output intent, which PDF/X asks for, is no fault.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut found: Vec<Used<'_>> = Vec::new();
            for used in paint::used(file) {
                looked += 1;
                if used.colour.space.is_icc() && !used.colour.is_white() {
                    found.push(used);
                }
            }
            if found.is_empty() {
                continue;
            }
            let mut names: Vec<&str> = found
                .iter()
                .filter_map(|u| u.colour.profile.as_deref())
                .collect();
            names.sort_unstable();
            names.dedup();
            let named = if names.is_empty() {
                String::new()
            } else {
                format!(": {}", paint::list(&names))
            };
            let kinds = paint::kinds(&found);
            let own = if kinds == "text" { "its" } else { "their" };
            let message = format!(
                "{kinds} with a colour profile (ICC) of {own} own on {}{named}",
                paint::pages(&found)
            );
            let mut finding = Finding::about(part, message).at_places(paint::places(file, &found));
            if is_by("typst", &file.structure.info) {
                finding = finding.advise_alone(in_typst(&found));
            }
            findings.push(finding);
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Typst gives every colour and picture a profile but those in CMYK: what to do depends on what it is.
fn in_typst(found: &[Used<'_>]) -> String {
    let pictures = found.iter().any(|u| u.on == Painted::Image);
    let drawn = found.iter().any(|u| u.on != Painted::Image);
    let mut advice = Vec::new();
    if drawn {
        advice.push(
            "Typst writes luma and rgb colours, black text among them, with a profile: give them as cmyk, such as #set \
             text(fill: cmyk(0%, 0%, 0%, 100%)).",
        );
    }
    if pictures {
        advice.push(
            "It gives pictures one too, whether they had one or not, but for JPEG in CMYK and for pictures that are PDF files \
             themselves: include those.",
        );
    }
    advice.join(" ")
}
