//! Who demands what: products of platforms as data, and the geometry that follows from it. Knows no rule.

mod cover;
mod figures;
mod fit;
mod layout;
mod load;
mod offer;
mod origin;
mod range;
mod shipped;
mod spine;

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cover::{BarcodeBox, CoverModel, Edge, HingeAt, SpineSafety, TemplateSheet};
pub use fit::{StockFit, covers};
pub use layout::{Cover, Panel, PanelKind};
pub use load::{built_in, from_text};
pub use offer::Offer;
use origin::Origin;
pub use range::PageRange;
pub use shipped::BUILT_IN;
pub use spine::{Band, Spine, Tolerance};

use crate::model::error::Error;
use crate::model::geometry::Size;
use crate::model::job::{Binding, Ink, Job, Paper, WantedBinding};
use crate::model::units::Length;

/// How sure a figure is, surest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
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
    /// A figure of presscheck's own, which no platform states.
    #[serde(alias = "mission")]
    Own,
}

impl Confidence {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Transcribed => "transcribed",
            Self::Measured => "measured",
            Self::Secondary => "secondary",
            Self::Derived => "derived",
            Self::Conflicting => "sources differ",
            Self::Own => "presscheck's own figure",
        }
    }
}

/// Who states a figure, and when it was last checked.
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

/// The edges of an interior page that have bleed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BleedEdges {
    /// Top, bottom and outside: nothing at the bind edge.
    #[default]
    Outer,
    /// All four.
    All,
}

/// How far an interior's art runs beyond the trim, with its source.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InteriorBleed {
    /// How far.
    pub bleed: Length,
    /// On which edges.
    #[serde(default)]
    pub edges: BleedEdges,
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
    pub pages: BTreeMap<String, PageRange>,
    /// A key of `sources`.
    pub source: String,
}

/// Which trims a list of the platform's products has on which stock. What a stock's list leaves out is doubted, not
/// refused, for such lists grow old; a trim with page limits by stock is not looked up here.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrimsByStock {
    /// Names of `trims`, by stock. A stock without a list is not doubted.
    pub stocks: BTreeMap<String, Vec<String>>,
    /// A key of `sources`.
    pub source: String,
}

/// Sizes between the trims offered that a product can be had in.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CustomTrims {
    /// The stocks this holds for.
    pub stocks: Vec<String>,
    /// Least and greatest width.
    pub width: [Length; 2],
    /// Least and greatest height.
    pub height: [Length; 2],
    /// Least and greatest width beyond which sources differ, where they do.
    pub doubtful_width: Option<[Length; 2]>,
    /// Least and greatest height beyond which sources differ, where they do.
    pub doubtful_height: Option<[Length; 2]>,
    /// Sources differ on whether it can be had at all.
    #[serde(default)]
    pub doubtful: bool,
    /// Page limits by stock beyond which it is doubtful: platforms state none for sizes of one's own.
    #[serde(default)]
    pub doubtful_pages: BTreeMap<String, PageRange>,
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
    pub pages: PageRange,
    /// Fewest and most pages beyond which sources differ, where they do.
    pub doubtful_pages: Option<PageRange>,
    /// A key of `sources`.
    pub source: String,
    /// How its spine follows from the page count.
    pub spine: Spine,
}

impl Stock {
    /// Whether it agrees with the ink, paper and weight of a job.
    pub fn agrees(&self, job: &Job) -> bool {
        job.ink.is_none_or(|ink| ink == self.ink)
            && job.paper.is_none_or(|paper| paper == self.paper)
            && job
                .weight
                .is_none_or(|weight| self.weight.is_none_or(|w| w == weight))
    }
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
    /// How it is bound; says nothing of a standard.
    #[serde(default)]
    pub binding: Binding,
    /// A standard that files are held to, not a product: it has no binding, trims, papers or page limits, and is asked only by
    /// its own name.
    #[serde(default)]
    pub standard: bool,
    /// The profile that this one extends; only differences are written.
    pub extends: Option<String>,
    /// Rules of that profile that this one does not have.
    #[serde(default)]
    pub without: Vec<String>,
    /// Asked only by name: its figures are fewer or less sure than those of the platforms presscheck is made for.
    #[serde(default)]
    pub guest: bool,
    /// Who states the figures below.
    pub sources: BTreeMap<String, Source>,
    /// The book block's bleed; absent where nothing is known of it.
    pub interior: Option<InteriorBleed>,
    /// The cover; absent where its composition is not known.
    pub cover: Option<CoverModel>,
    /// How pages are counted; absent of a standard alone.
    pub pages: Option<Counting>,
    /// Trims offered.
    #[serde(default)]
    pub trims: Vec<OfferedTrim>,
    /// Which of them a list has on which stock.
    pub trims_by_stock: Option<TrimsByStock>,
    /// Sizes of one's own.
    #[serde(default)]
    pub custom_trims: Vec<CustomTrims>,
    /// Stocks offered.
    #[serde(default)]
    pub stocks: Vec<Stock>,
    /// Limits by rule, bound to rules by `check`.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub rules: toml::Table,
    /// Where it was written.
    #[serde(skip)]
    origin: Arc<Origin>,
}

/// Two trims this near in points are one: 0.02 in, which Ingram's rounding to whole millimetres asks for.
pub const SAME_TRIM_PT: f64 = 1.44;

impl OfferedTrim {
    /// Width and height.
    pub fn size(&self) -> Size {
        Size::new(self.width.as_pt(), self.height.as_pt())
    }
}

impl Profile {
    /// The source with this key. Loading has made sure that every key used is there.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// An error in this profile: the keys that lead to it, and what is wrong. It shows the line.
    pub fn fault(&self, path: &[String], why: &str) -> Error {
        self.origin.fault(path, why)
    }

    /// Whether a book of this binding may be held to it.
    pub fn is_for(&self, binding: WantedBinding) -> bool {
        self.standard || binding.takes(self.binding)
    }

    /// The page counts that are right for a book of `pages` pages: what may be printed, likeliest first.
    pub fn printed_counts(&self, pages: u32) -> Vec<u32> {
        let even = pages.saturating_add(pages % 2);
        match self.pages.as_ref().map(|counting| counting.printed) {
            Some(Printed::Even) => vec![even],
            Some(Printed::AsCountedOrEven) if even != pages => vec![pages, even],
            Some(Printed::AsCountedOrEven) | None => vec![pages],
        }
    }

    /// The size of an interior page with bleed: higher at top and bottom, wider on the outside or on both sides.
    pub fn bleed_page(&self, trim: Size) -> Option<Size> {
        let interior = self.interior.as_ref()?;
        let bleed = interior.bleed.as_pt();
        let sides = match interior.edges {
            BleedEdges::Outer => 1.0,
            BleedEdges::All => 2.0,
        };
        Some(Size::new(
            trim.width + sides * bleed,
            trim.height + 2.0 * bleed,
        ))
    }

    /// Whether it is another platform's product under a second name, with the same figures.
    pub fn is_twin(&self) -> bool {
        let base = self.extends.as_deref().and_then(|e| e.split('/').next());
        base.is_some_and(|platform| platform != self.platform)
    }

    /// The trim offered that is this size, if any.
    pub fn offered(&self, trim: Size) -> Option<&OfferedTrim> {
        self.trims
            .iter()
            .find(|t| t.size().is_near(trim, SAME_TRIM_PT))
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
