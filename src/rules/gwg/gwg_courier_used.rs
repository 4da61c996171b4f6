//! Text set in Courier, which programs put in the place of fonts that they do not have.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgCourierUsed;

impl Rule for GwgCourierUsed {
    const META: Meta = Meta {
        id: "gwg-courier-used",
        title: "text is set in Courier",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Programs that lack a font put Courier in its place. Where nobody chose it, another typeface is missing.",
        fix: "Look whether these pages are meant to be in Courier. If not, install the missing font and export anew.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.fonts.len();
            let courier = file.fonts.iter().filter(|font| font.name == "Courier");
            let on: Vec<u32> = courier
                .flat_map(|font| font.pages.iter().chain(&font.unseen_pages))
                .copied()
                .collect();
            if !on.is_empty() {
                let message = format!(
                    "text in Courier on {} of the {}",
                    pages(on.iter().copied()),
                    part.word()
                );
                findings.push(Finding::about(part, message).on_pages(on));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
