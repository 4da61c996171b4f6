//! Interior pages of different sizes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::units::{Length, SLACK_PT};
use crate::rules::{Context, Meta, Need, Rule, fold_pages};

/// When two pages count as alike.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Sides may differ by this.
    within: Length,
}

pub(super) struct PageSizesMixed;

impl Rule for PageSizesMixed {
    const META: Meta = Meta {
        id: "page-sizes-mixed",
        title: "pages have different sizes",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "A book is cut as one block: all its pages have one size and one orientation.",
        fix: "Give every section of the document the same page size, cover pages and landscape tables included; turn \
              wide tables within the page instead of turning the page.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let within = limits.within.as_pt() + SLACK_PT;
        let mut groups: Vec<Vec<&Page>> = Vec::new();
        for page in &interior.pages {
            match groups
                .iter_mut()
                .find(|g| g.first().is_some_and(|p| p.size.is_near(page.size, within)))
            {
                Some(group) => group.push(page),
                None => groups.push(vec![page]),
            }
        }
        if groups.len() < 2 {
            return Ok(Inspection::looked(interior.pages.len(), Vec::new()));
        }
        groups.sort_by_key(|g| std::cmp::Reverse(g.len()));
        let census: Vec<String> = groups
            .iter()
            .take(5)
            .filter_map(|group| {
                let pages: Vec<u32> = group.iter().map(|p| p.number).collect();
                let size = cx.resolved.size_words(group.first()?.size);
                Some(format!("{size} on {}", named(&pages)))
            })
            .collect();
        let more = groups.len().saturating_sub(5);
        let rest = if more > 0 {
            format!(", and {more} further sizes")
        } else {
            String::new()
        };
        let odd = groups.iter().skip(1).flatten().map(|p| Place {
            page: p.number,
            area: None,
            what: cx.resolved.size_words(p.size),
        });
        let message = format!(
            "pages have {} sizes: {}{rest}",
            groups.len(),
            census.join("; ")
        );
        let mut places: Vec<Place> = odd.collect();
        places.sort_by_key(|p| p.page);
        let finding = Finding::about(Part::Interior, message).at_places(places);
        Ok(Inspection::looked(interior.pages.len(), vec![finding]))
    }
}

/// `page 62`, or `119 pages (1-61, 63-74, 76-121)`.
fn named(pages: &[u32]) -> String {
    match pages {
        [one] => format!("page {one}"),
        many => format!("{} pages ({})", many.len(), fold_pages(many, 4)),
    }
}
