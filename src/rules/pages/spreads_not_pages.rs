//! Two facing pages on one sheet.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Size;
use crate::model::units::{Length, SLACK_PT};
use crate::rules::words::count;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// How near a page must be to two pages side by side.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Sides may differ by this.
    within: Length,
}

pub(super) struct SpreadsNotPages;

impl Rule for SpreadsNotPages {
    const META: Meta = Meta {
        id: "spreads-not-pages",
        title: "two facing pages stand on one sheet",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Each page of the PDF becomes one side of a leaf. A spread would be printed as a single, very wide page.",
        fix: "Export single pages: switch off \"spreads\" or \"facing pages as spreads\" in the export dialog.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[
        ("page-size-wrong", Scope::Pages),
        ("page-sizes-mixed", Scope::File),
        ("bleed-mixed", Scope::File),
        ("page-off-centre", Scope::File),
    ];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let trim = cx.trim()?;
        let within = limits.within.as_pt() + SLACK_PT;
        let bleed = cx.resolved.interior_bleed().map_or(0.0, |(bleed, _)| bleed);
        let doubles = [
            Size::new(2.0 * trim.width, trim.height),
            Size::new(2.0 * (trim.width + bleed), trim.height + 2.0 * bleed),
        ];
        let is_spread = |p: &&Page| {
            cx.resolved.sheets.is_double(p.number)
                && doubles.iter().any(|d| p.size.is_near(*d, within))
        };
        let spreads: Vec<_> = interior.pages.iter().filter(is_spread).collect();
        let finding = spreads.first().map(|first| {
            let [bare, _] = doubles;
            let bleed = if first.size.is_near(bare, within) {
                ""
            } else {
                " with bleed around them"
            };
            let message = format!(
                "{} as wide as two: {}, two pages of the trim of {}{bleed}; the book has {} pages",
                count(spreads.len(), "sheet is", "sheets are"),
                cx.resolved.size_words(first.size),
                cx.resolved.size_words(trim),
                cx.resolved.pages.unwrap_or_default(),
            );
            Finding::about(Part::Interior, message).on_pages(spreads.iter().map(|p| p.number))
        });
        Ok(Inspection::looked(
            interior.pages.len(),
            finding.into_iter().collect(),
        ))
    }
}
