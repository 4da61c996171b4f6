//! Some pages with bleed, some without.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::units::{Length, SLACK_PT};
use crate::rules::words::count;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope, fold_pages};

/// When a page counts as one or the other.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Sides may differ by this.
    within: Length,
}

pub(super) struct BleedMixed;

impl Rule for BleedMixed {
    const META: Meta = Meta {
        id: "bleed-mixed",
        title: "some pages have bleed and some have not",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "The file is printed either with bleed or without. If one page bleeds, all pages must have the larger size.",
        fix: "Export all pages with bleed, those without art at the edge as well.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("page-sizes-mixed", Scope::File)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let trim = cx.trim()?;
        let within = limits.within.as_pt() + SLACK_PT;
        let alike = |size| -> Vec<u32> {
            let near = interior
                .pages
                .iter()
                .filter(|p| p.size.is_near(size, within));
            near.map(|p| p.number).collect()
        };
        let Some(with_bleed) = cx.resolved.bleed_page(trim) else {
            return Err(Skip::NotApplicable(
                "nothing is known of the platform's bleed".to_owned(),
            ));
        };
        let (with, without) = (alike(with_bleed), alike(trim));
        let finding = (!with.is_empty() && !without.is_empty()).then(|| {
            let fewer = if with.len() < without.len() {
                &with
            } else {
                &without
            };
            let word = if with.len() < without.len() {
                "with"
            } else {
                "without"
            };
            let which = match fewer.as_slice() {
                [one] => format!("page {one} is the odd one out ({word} bleed)"),
                many => format!(
                    "pages {} are the odd ones out ({word} bleed)",
                    fold_pages(many, 8)
                ),
            };
            let message = format!(
                "{} bleed and {} none; {which}",
                count(with.len(), "page has", "pages have"),
                count(without.len(), "page has", "pages have"),
            );
            Finding::about(Part::Interior, message).on_pages(fewer.iter().copied())
        });
        Ok(Inspection::looked(
            interior.pages.len(),
            finding.into_iter().collect(),
        ))
    }
}
