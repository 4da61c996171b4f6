//! Spine widths side by side: every platform and stock for one page count.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::tables::columns;
use crate::model::job::{Binding, Ink, Paper};
use crate::model::units::{Length, Unit, round3};
use crate::profile::{Confidence, PageRange, Profile, Source, Stock};

/// Spine widths for a page count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpineReport {
    /// `presscheck-spine/1`.
    pub schema: &'static str,
    /// The page count given.
    pub pages: u32,
    /// One row a product and stock.
    pub rows: Vec<SpineRow>,
}

/// One product and stock.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpineRow {
    /// The product.
    pub profile: String,
    /// The product for people.
    pub title: String,
    /// Its binding.
    pub binding: Binding,
    /// The stock's id.
    pub stock: String,
    /// The stock for people.
    pub stock_title: String,
    /// The ink.
    pub ink: Ink,
    /// The paper.
    pub paper: Paper,
    /// The paper's weight in pounds, where the product has several.
    pub weight: Option<u32>,
    /// Pages printed: the count given, padded where the press pads.
    pub printed_pages: u32,
    /// The spine; none where only the platform's own calculator tells it.
    pub spine_pt: Option<f64>,
    /// The true width lies within this of it, as far as known.
    pub tolerance_pt: f64,
    /// Whether the stock is offered at this page count, as far as its limits are known.
    pub offered: bool,
    /// The fewest and most pages of the stock; none where a limit is not known.
    pub pages_range: [Option<u32>; 2],
    /// How sure the figure is.
    pub confidence: Option<Confidence>,
    /// The source of the figures.
    pub source: Option<Source>,
}

/// The spines of `pages` pages in every stock of `products` that `wanted` lets pass.
pub fn spines(pages: u32, products: &[&Profile], wanted: &dyn Fn(&Stock) -> bool) -> SpineReport {
    let row = |profile: &Profile, stock: &Stock| {
        // The likeliest of the right counts gives the spine; what is printed is even.
        let counted = profile
            .printed_counts(pages)
            .first()
            .copied()
            .unwrap_or(pages);
        let printed = pages + pages % 2;
        let source = profile.source(&stock.source).cloned();
        SpineRow {
            profile: profile.id.clone(),
            title: profile.title.clone(),
            binding: profile.binding,
            stock: stock.id.clone(),
            stock_title: stock.title.clone(),
            ink: stock.ink,
            paper: stock.paper,
            weight: stock.weight,
            printed_pages: printed,
            spine_pt: stock.spine.width(counted).map(|w| round3(w.as_pt())),
            tolerance_pt: round3(stock.spine.tolerance(counted).as_pt()),
            offered: !stock.pages.refuses(printed),
            pages_range: [stock.pages.fewest, stock.pages.most],
            confidence: source.as_ref().map(|s| s.confidence),
            source,
        }
    };
    SpineReport {
        schema: "presscheck-spine/1",
        pages,
        rows: products
            .iter()
            .flat_map(|p| p.stocks.iter().filter(|s| wanted(s)).map(|s| row(p, s)))
            .collect(),
    }
}

/// The spines for people: one block a product, products with the same figures together.
pub fn spines_text(report: &SpineReport, known: &[Profile], unit: Unit) -> String {
    let mut blocks: Vec<ProductSection> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    for row in &report.rows {
        let profile = known.iter().find(|p| p.id == row.profile);
        let stock = profile.and_then(|p| p.stocks.iter().find(|s| s.id == row.stock));
        let stock = stock.map_or_else(|| row.stock.clone(), |s| s.title.clone());
        if !row.offered {
            let [fewest, most] = row.pages_range;
            let range = PageRange { fewest, most }.words();
            left_out.push(format!("{} in {stock} ({range})", row.title));
            continue;
        }
        let guest = if profile.is_some_and(|p| p.guest) {
            " (guest)"
        } else {
            ""
        };
        let title = format!("{}{guest}", row.title);
        if blocks.last().is_none_or(|b| b.titles != [title.as_str()]) {
            blocks.push(ProductSection {
                titles: vec![title],
                rows: Vec::new(),
                sources: Vec::new(),
            });
        }
        let Some(block) = blocks.last_mut() else {
            continue;
        };
        let within = if row.spine_pt.is_none() {
            "its own calculator tells it".to_owned()
        } else if row.tolerance_pt > EXACT_PT {
            format!("within {}", Length::pt(row.tolerance_pt).show(unit))
        } else {
            String::new()
        };
        let spine = row.spine_pt.map_or_else(
            || "not known".to_owned(),
            |points| Length::pt(points).show(unit),
        );
        block.rows.push(vec![format!("  {stock}"), spine, within]);
        if let Some(source) = row.source.as_ref().filter(|_| row.spine_pt.is_some()) {
            let says = format!("{}, read {}", source.title, source.checked);
            if !block.sources.contains(&says) {
                block.sources.push(says);
            }
        }
    }
    // Platforms of one company share their paper and get one section.
    let mut said: Vec<ProductSection> = Vec::new();
    for block in blocks {
        match said
            .iter_mut()
            .find(|b| b.rows == block.rows && b.sources == block.sources)
        {
            Some(first) => first.titles.extend(block.titles),
            None => said.push(block),
        }
    }
    let mut out = format!("Spines of {} pages\n", report.pages);
    for block in &said {
        let _ = writeln!(out, "\n{}", block.titles.join(", "));
        let [head, rest @ ..] = block.rows.as_slice() else {
            continue;
        };
        out.push_str(&columns(head, rest));
        for source in &block.sources {
            let _ = writeln!(out, "  says  {source}");
        }
    }
    if !left_out.is_empty() {
        let _ = writeln!(
            out,
            "\nNot offered with {} pages: {}.",
            report.pages,
            left_out.join("; ")
        );
    }
    out
}

/// A tolerance up to this, in points, is the rounding of calculators to three decimals and is not spoken of.
pub(super) const EXACT_PT: f64 = 0.1;

/// The section of one product, or of several alike.
struct ProductSection {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
    sources: Vec<String>,
}
