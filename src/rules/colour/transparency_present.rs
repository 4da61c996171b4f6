//! Live transparency, which presses flatten in their own way.

use crate::model::facts::{Through, Transparency};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule, words};

pub(super) struct TransparencyPresent;

impl Rule for TransparencyPresent {
    const META: Meta = Meta {
        id: "transparency-present",
        title: "there is live transparency",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "What shines through has to be turned into plain areas before it can be printed. When the printer's machine does \
              it, shadows may get hard edges and colours may shift.",
        fix: "Flatten transparency when you export: as PDF/X-1a, or as PDF 1.3.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let mut places = Vec::new();
            let mut kinds: Vec<(String, u32)> = Vec::new();
            for page in &file.pages {
                looked += 1;
                for one in &page.transparency {
                    let kind = words_for(&one.through);
                    places.push(place(page.number, one, &kind));
                    match kinds.iter_mut().find(|(known, _)| *known == kind) {
                        Some((_, marks)) => *marks = marks.saturating_add(one.marks),
                        None => kinds.push((kind, one.marks)),
                    }
                }
            }
            if places.is_empty() {
                continue;
            }
            let items: Vec<String> = kinds
                .iter()
                .map(|(kind, marks)| match marks {
                    1 => format!("{kind}, once"),
                    n => format!("{kind}, {n} times"),
                })
                .collect();
            let message = format!(
                "live transparency on {}: {}",
                words::pages(places.iter().map(|p| p.page)),
                items.join("; ")
            );
            let mut finding = Finding::about(part, message).at_places(places);
            // A file that claims to have none is broken, not just bold.
            if let Some(claim) = file.structure.pdfx.as_deref().filter(|c| forbids(c)) {
                finding = finding
                    .at(Level::Error)
                    .advise(format!("The file claims {claim}, which allows none."));
            }
            findings.push(finding);
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Whether a PDF/X of this name allows no transparency.
fn forbids(claim: &str) -> bool {
    claim.contains("X-1") || claim.contains("X-3")
}

fn words_for(through: &Through) -> String {
    match through {
        Through::Opacity => "opacity below 100 %".to_owned(),
        Through::Blend(mode) => format!("blend mode {mode}"),
        Through::SoftMask => "soft masks".to_owned(),
        Through::PictureMask => "pictures with soft edges".to_owned(),
    }
}

fn place(page: u32, one: &Transparency, kind: &str) -> Place {
    Place {
        page,
        area: Some(one.area),
        what: kind.to_owned(),
    }
}
