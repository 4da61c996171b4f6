//! Who demands what: products of platforms as data, and the geometry that follows from it. Knows no rule.

mod cover;
mod fit;
mod load;
mod spine;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cover::{Panel, PaperbackCover};
pub use fit::{Fit, fits};
pub use load::{BUILT_IN, built_in, from_text};
pub use spine::{Spine, Tolerance};

use crate::job::{Binding, Ink, Paper};
use crate::units::Length;

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read on the platform's own page.
    Official,
    /// Read from the platform's page or calculator by others, with a date.
    Transcribed,
    /// Measured off templates, previews or messages of the platform.
    Measured,
    /// Told by others.
    Secondary,
    /// Follows from other figures.
    Derived,
    /// Sources differ; the note says how and which is used.
    Conflicting,
    /// A demand of presscheck itself.
    Mission,
}

/// Who states a figure, and when somebody looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// The page, calculator or guide.
    pub title: String,
    /// Its address, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day it was read, `YYYY-MM-DD`.
    pub checked: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What to know about it: conflicts and how they were settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An allowance around a page, with its source.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allowance {
    /// How far art must run beyond the trim.
    pub bleed: Length,
    /// A key of `sources`.
    pub source: String,
}

/// How a page count becomes the count that is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Printed {
    /// Odd counts are padded to even before anything is computed.
    Even,
    /// The calculator takes odd counts as they are, the press pads them: both are right.
    AsCountedOrEven,
}

/// How pages are counted, with its source.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Counting {
    /// The rule.
    pub printed: Printed,
    /// A key of `sources`.
    pub source: String,
}

/// A trim a product is offered in.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfferedTrim {
    /// Its name in the trade.
    pub name: String,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Page limits by stock, where they depend on the trim. A stock not named is not offered.
    #[serde(default)]
    pub pages: BTreeMap<String, [u32; 2]>,
    /// A key of `sources`.
    pub source: String,
}

/// Ink on paper: what the book block is made of.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stock {
    /// Its id within the product.
    pub id: String,
    /// For people: `black ink on cream paper`.
    pub title: String,
    /// The ink.
    pub ink: Ink,
    /// The paper.
    pub paper: Paper,
    /// Its weight in pounds, where the platform has several.
    pub weight: Option<u32>,
    /// Fewest and most pages over all trims.
    pub pages: [u32; 2],
    /// A key of `sources`.
    pub source: String,
    /// How its spine follows from the page count.
    pub spine: Spine,
}

/// One product of one platform.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// `platform/product`.
    pub id: String,
    /// For people.
    pub title: String,
    /// The platform, as `--for` names it.
    pub platform: String,
    /// How it is bound.
    pub binding: Binding,
    /// The profile this one says only the differences to.
    pub extends: Option<String>,
    /// Who states the figures below.
    pub sources: BTreeMap<String, Source>,
    /// The book block's pages.
    pub interior: Allowance,
    /// The cover.
    pub cover: Allowance,
    /// How pages are counted.
    pub pages: Counting,
    /// Trims offered.
    pub trims: Vec<OfferedTrim>,
    /// Stocks offered.
    pub stocks: Vec<Stock>,
    /// Limits by rule, bound to rules by `check`.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub rules: toml::Table,
}

impl Profile {
    /// The source with this key. Loading has made sure that every key used is there.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// The page counts that are right for a book of `pages` pages: what may be printed, likeliest first.
    pub fn printed_counts(&self, pages: u32) -> Vec<u32> {
        let even = pages.saturating_add(pages % 2);
        match self.pages.printed {
            Printed::Even => vec![even],
            Printed::AsCountedOrEven if even != pages => vec![pages, even],
            Printed::AsCountedOrEven => vec![pages],
        }
    }

    /// The newest day any of its figures was read.
    pub fn checked(&self) -> &str {
        self.sources
            .values()
            .map(|s| s.checked.as_str())
            .max()
            .unwrap_or("never")
    }
}
