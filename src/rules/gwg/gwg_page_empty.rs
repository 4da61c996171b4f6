//! Pages without ink.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgPageEmpty;

impl Rule for GwgPageEmpty {
    const META: Meta = Meta {
        id: "gwg-page-empty",
        title: "pages are empty",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "A page without any ink may be one whose content was lost. In a book blank pages are common: then the printer has to \
              know that they are meant.",
        fix: "Look whether these pages are meant to be blank, and tell the printer.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.pages.len();
            let empty = file.pages.iter().filter(|page| page.is_blank());
            let on: Vec<u32> = empty.map(|page| page.number).collect();
            if !on.is_empty() {
                let message = format!(
                    "no ink on {} of the {}",
                    pages(on.iter().copied()),
                    part.word()
                );
                findings.push(Finding::about(part, message).on_pages(on));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
