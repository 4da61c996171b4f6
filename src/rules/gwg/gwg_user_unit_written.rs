//! Pages whose dictionary has a unit of its own.

use crate::model::facts::Construct;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::exchange;
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgUserUnitWritten;

impl Rule for GwgUserUnitWritten {
    const META: Meta = Meta {
        id: "gwg-user-unit-written",
        title: "pages name a unit of their own",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "Much print software ignores UserUnit and takes the page for smaller or larger than it is.",
        fix: "Export the pages at their true size in points, without UserUnit.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            looked += file.pages.len();
            let constructs = exchange(file)?.constructs.iter();
            let units = constructs.filter(|one| one.construct == Construct::UserUnit);
            let on: Vec<u32> = units.filter_map(|one| one.page).collect();
            if !on.is_empty() {
                let message = format!(
                    "UserUnit is written on {} of the {}",
                    pages(on.iter().copied()),
                    part.word()
                );
                findings.push(Finding::about(part, message).on_pages(on));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
