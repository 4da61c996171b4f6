//! Pages whose unit is not the point.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct UserUnitSet;

impl Rule for UserUnitSet {
    const META: Meta = Meta {
        id: "user-unit-set",
        title: "pages use a unit other than the point",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Much print software ignores UserUnit and takes the page for smaller or larger than it is.",
        fix: "Export the pages at their true size in points; UserUnit is meant for sheets over 200 inches.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in files {
            looked += file.pages.len();
            let scaled: Vec<_> = file
                .pages
                .iter()
                .filter(|p| (p.user_unit - 1.0).abs() > 1e-9)
                .collect();
            if let Some(first) = scaled.first() {
                let n = count(scaled.len(), "page has", "pages have");
                let message = format!(
                    "{n} a unit of {} points (UserUnit) instead of 1",
                    first.user_unit
                );
                findings
                    .push(Finding::about(part, message).on_pages(scaled.iter().map(|p| p.number)));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
