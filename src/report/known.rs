//! What is known, for programs: the rules and the products.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::finding::{Level, Part};
use crate::model::geometry::Size;
use crate::model::job::{Binding, Ink, Paper};
use crate::profile::{Profile, Source};
use crate::rules;

use super::explain::level;

/// The rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct RulesAnswer {
    /// `presscheck-rules/1`.
    schema: &'static str,
    /// Every rule, by id.
    rules: Vec<RuleReport>,
}

/// A rule.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct RuleReport {
    /// Its id.
    id: &'static str,
    /// What it catches, in a line.
    title: &'static str,
    /// How bad it is, unless a product says otherwise.
    level: Level,
    /// The files it looks at.
    parts: &'static [Part],
    /// Why it matters.
    why: &'static str,
    /// What to do.
    fix: &'static str,
    /// What to do in the program that made the file, by the program's key.
    fix_in: BTreeMap<&'static str, &'static str>,
    /// The version that brought it.
    since: &'static str,
    /// The products that ask for it, and how bad it is there.
    products: BTreeMap<String, String>,
}

/// The rules, and how the products known judge by them.
pub(super) fn rules_answer(known: &[Profile]) -> RulesAnswer {
    let rules = rules::all().map(|entry| {
        let meta = entry.meta;
        let level = |p: &Profile| Some((p.id.clone(), level(meta, p)?));
        RuleReport {
            id: meta.id,
            title: meta.title,
            level: meta.level,
            parts: meta.parts,
            why: meta.why,
            fix: meta.fix,
            fix_in: rules::advice_by_program(meta)
                .map(|(program, advice)| (program.key.as_str(), advice))
                .collect(),
            since: meta.since,
            products: known.iter().filter_map(level).collect(),
        }
    });
    RulesAnswer {
        schema: "presscheck-rules/1",
        rules: rules.collect(),
    }
}

/// The products.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct ProfilesAnswer {
    /// `presscheck-profiles/1`.
    schema: &'static str,
    /// Every product listed.
    profiles: Vec<ProfileReport>,
}

/// A product of a platform.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct ProfileReport {
    /// `platform/product`.
    id: String,
    /// For people.
    title: String,
    /// The platform, as `--for` names it.
    platform: String,
    /// How it is bound.
    binding: Binding,
    /// Whether it takes part only by name: its figures are fewer or less sure than those of other products.
    guest: bool,
    /// Whether it is a standard that files are held to, and no product.
    standard: bool,
    /// The bleed of interior pages.
    interior_bleed_pt: Option<f64>,
    /// Finished sizes in its list.
    trims_pt: Vec<Size>,
    /// Whether sizes of one's own are taken besides.
    takes_custom_trims: bool,
    /// Its inks and papers.
    stocks: Vec<StockReport>,
    /// Its rules, and how bad each is.
    rules: Vec<String>,
    /// Who states its figures, by the keys that they are known by.
    sources: BTreeMap<String, Source>,
}

/// An ink and a paper of a product.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct StockReport {
    /// Its id within the product.
    id: String,
    /// For people.
    title: String,
    /// The ink.
    ink: Ink,
    /// The paper.
    paper: Paper,
    /// The paper's weight in pounds, where the product has several.
    weight: Option<u32>,
    /// The fewest pages over all trims, if known.
    fewest_pages: Option<u32>,
    /// The most pages over all trims, if known.
    most_pages: Option<u32>,
    /// Whether the width of its spine is known.
    spine_known: bool,
}

/// These products in full.
pub(super) fn profiles_answer(profiles: &[&Profile]) -> ProfilesAnswer {
    let of = |p: &&Profile| ProfileReport {
        id: p.id.clone(),
        title: p.title.clone(),
        platform: p.platform.clone(),
        binding: p.binding,
        guest: p.guest,
        standard: p.standard,
        interior_bleed_pt: p.interior.as_ref().map(|i| i.bleed.as_pt()),
        trims_pt: p
            .trims
            .iter()
            .map(crate::profile::OfferedTrim::size)
            .collect(),
        takes_custom_trims: !p.custom_trims.is_empty(),
        stocks: p.stocks.iter().map(stock).collect(),
        rules: p.rules.keys().cloned().collect(),
        sources: p.sources.clone(),
    };
    ProfilesAnswer {
        schema: "presscheck-profiles/1",
        profiles: profiles.iter().map(of).collect(),
    }
}

fn stock(stock: &crate::profile::Stock) -> StockReport {
    StockReport {
        id: stock.id.clone(),
        title: stock.title.clone(),
        ink: stock.ink,
        paper: stock.paper,
        weight: stock.weight,
        fewest_pages: stock.pages.fewest,
        most_pages: stock.pages.most,
        spine_known: stock.spine.is_known(),
    }
}
