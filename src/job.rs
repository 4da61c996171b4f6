//! What is to be printed: files, trim, paper, ink, binding, direction; from flags or a `book.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::geometry::{Direction, Size};
use crate::units::{Length, Unit};

/// How the book is held together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// Perfect bound in a soft cover.
    #[default]
    Paperback,
    /// Hard boards wrapped in a printed sheet.
    CaseLaminate,
    /// Hard boards in a dust jacket.
    Jacketed,
}

impl Binding {
    /// The word for it, as flags and profiles have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paperback => "paperback",
            Self::CaseLaminate => "case-laminate",
            Self::Jacketed => "jacketed",
        }
    }
}

/// A binding as people ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WantedBinding {
    /// Perfect bound in a soft cover.
    Paperback,
    /// Hard boards wrapped in a printed sheet.
    CaseLaminate,
    /// Hard boards in a dust jacket.
    Jacketed,
    /// Hard boards, whichever the platform makes; where it makes several, which one has to be said.
    Hardcover,
}

impl WantedBinding {
    /// Whether a product bound so is meant.
    pub fn takes(self, binding: Binding) -> bool {
        match self {
            Self::Paperback => binding == Binding::Paperback,
            Self::CaseLaminate => binding == Binding::CaseLaminate,
            Self::Jacketed => binding == Binding::Jacketed,
            Self::Hardcover => binding != Binding::Paperback,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paperback => "paperback",
            Self::CaseLaminate => "case-laminate",
            Self::Jacketed => "jacketed",
            Self::Hardcover => "hardcover",
        }
    }
}

/// The ink of the book block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// Black only.
    Black,
    /// The cheaper colour press.
    StandardColour,
    /// The better colour press.
    PremiumColour,
}

/// The paper of the book block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// White.
    White,
    /// Cream, which Ingram writes creme.
    Cream,
    /// Groundwood.
    Groundwood,
}

/// Whether art runs off the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bleed {
    /// As the page size says.
    #[default]
    Auto,
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// A trim as told, with the unit it was told in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trim {
    /// Width and height in points.
    pub size: Size,
    /// The unit it was written in.
    pub unit: Unit,
}

/// Trade names for trims that have one size everywhere: name, width and height in millimetres.
const NAMED_TRIMS: [(&str, f64, f64); 17] = [
    ("a0", 841.0, 1189.0),
    ("a1", 594.0, 841.0),
    ("a2", 420.0, 594.0),
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("a6", 105.0, 148.0),
    ("b5", 176.0, 250.0),
    ("b6", 125.0, 176.0),
    ("royal", 156.0, 234.0),
    ("demy", 138.0, 216.0),
    ("letter", 215.9, 279.4),
    // Business cards of the United States, Europe, Japan and Australia, and ISO/IEC 7810 ID-1.
    ("us-card", 88.9, 50.8),
    ("eu-card", 85.0, 55.0),
    ("id-1", 85.6, 53.98),
    ("jp-card", 91.0, 55.0),
    ("au-card", 90.0, 55.0),
];

impl FromStr for Trim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        if let Some((_, w, h)) = NAMED_TRIMS.iter().find(|(name, ..)| *name == lower) {
            return Ok(Self {
                size: Size::new(Length::mm(*w).as_pt(), Length::mm(*h).as_pt()),
                unit: Unit::Millimetres,
            });
        }
        let wrong = || {
            let names = NAMED_TRIMS.map(|(name, ..)| name).join(", ");
            format!(
                "\"{text}\" is not a trim; write width x height, as in 6x9 or 152.4x228.6mm, or one of {names}"
            )
        };
        let (width, height) = lower.split_once(['x', '×', '*']).ok_or_else(wrong)?;
        let number_end = height
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ' ')
            .unwrap_or(height.len());
        let (height, unit) = height.split_at(number_end);
        // A unit may follow either number; one unit serves both.
        let width = width
            .trim()
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '"');
        let unit = match unit.trim() {
            "" => "in",
            unit => unit,
        };
        let side = |number: &str| -> Result<f64, String> {
            let length: Length = format!("{}{unit}", number.trim())
                .parse()
                .map_err(|_| wrong())?;
            let points = length.as_pt();
            (points > 0.0 && points <= 14400.0)
                .then_some(points)
                .ok_or_else(wrong)
        };
        Ok(Self {
            size: Size::new(side(width)?, side(height)?),
            unit: if matches!(unit, "mm" | "cm") {
                Unit::Millimetres
            } else {
                Unit::Inches
            },
        })
    }
}

impl<'de> Deserialize<'de> for Trim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Reads the width of a spine as people write it: `0.5in`, `12.7mm`.
pub fn spine(text: &str) -> Result<Length, String> {
    let width: Length = text.parse().map_err(|e| format!("{e}"))?;
    let possible = width.as_pt() > 0.0 && width.as_inches() < 6.0;
    possible.then_some(width).ok_or_else(|| {
        format!("\"{text}\" cannot be a spine; one is more than 0 and less than 6 in wide")
    })
}

fn told_spine<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Length>, D::Error> {
    let text = String::deserialize(deserializer)?;
    spine(&text).map(Some).map_err(serde::de::Error::custom)
}

/// To the last digit: what is written out of a job tells whether two of them are the same.
impl Serialize for Trim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Size { width, height } = self.size;
        (width, height, format!("{:?}", self.unit)).serialize(serializer)
    }
}

fn exact_spine<S: Serializer>(spine: &Option<Length>, serializer: S) -> Result<S::Ok, S::Error> {
    spine.map(Length::as_pt).serialize(serializer)
}

/// Names that are no Unicode are told apart, too.
fn exact_path<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    let path = path.as_ref().map(|p| format!("{:?}", p.as_os_str()));
    path.serialize(serializer)
}

/// What one platform gets that the others do not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its cover.
    #[serde(default, serialize_with = "exact_path")]
    pub cover: Option<PathBuf>,
    /// Its ISBN, where it has one of its own.
    pub isbn: Option<String>,
}

/// A job as told. Whatever is not told is found out or assumed, and the report says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Job {
    /// The book block.
    #[serde(serialize_with = "exact_path")]
    pub interior: Option<PathBuf>,
    /// The cover, for platforms without one of their own.
    #[serde(serialize_with = "exact_path")]
    pub cover: Option<PathBuf>,
    /// What single platforms get.
    pub editions: BTreeMap<String, Edition>,
    /// Platforms or products asked for.
    #[serde(rename = "for")]
    pub platforms: Vec<String>,
    /// The finished size.
    pub trim: Option<Trim>,
    /// How it is bound.
    pub binding: Option<WantedBinding>,
    /// The ink of the book block.
    pub ink: Option<Ink>,
    /// The paper of the book block.
    pub paper: Option<Paper>,
    /// The weight of the paper in pounds, where a platform has several.
    pub weight: Option<u32>,
    /// Whether art runs off the page.
    pub bleed: Bleed,
    /// The direction it is read in, if told.
    pub direction: Option<Direction>,
    /// The ISBN the platform was told.
    pub isbn: Option<String>,
    /// The title the platform was told.
    pub title: Option<String>,
    /// The author the platform was told.
    pub author: Option<String>,
    /// Pages, when there is no interior yet.
    pub pages: Option<u32>,
    /// The spine that the platform's own calculator gave, for platforms whose spines presscheck does not know.
    #[serde(deserialize_with = "told_spine", serialize_with = "exact_spine")]
    pub spine: Option<Length>,
    /// The unit that comes first in text, if told.
    pub unit: Option<Unit>,
}

impl Job {
    /// Reads a `book.toml`. Paths in it are relative to its folder.
    pub fn from_toml(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::Read {
            path: path.to_owned(),
            why: e.to_string(),
        })?;
        let mut job: Self = toml::from_str(&text)
            .map_err(|e| Error::Job(format!("{}: {}", path.display(), e.to_string().trim_end())))?;
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let beside = |file: &mut Option<PathBuf>| {
            if let Some(file) = file {
                *file = folder.join(&*file);
            }
        };
        beside(&mut job.interior);
        beside(&mut job.cover);
        for edition in job.editions.values_mut() {
            beside(&mut edition.cover);
        }
        Ok(job)
    }

    /// Every file it names.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let editions = self.editions.values().filter_map(|e| e.cover.as_ref());
        self.interior.iter().chain(&self.cover).chain(editions)
    }

    /// What a product of `platform` gets: each thing from the edition of the product if it is told there, else from the
    /// platform's, else from the book itself.
    pub fn edition(&self, product: &str, platform: &str) -> Edition {
        let own = [product, platform].map(|key| self.editions.get(key));
        let own = || own.into_iter().flatten();
        Edition {
            cover: own()
                .find_map(|e| e.cover.clone())
                .or_else(|| self.cover.clone()),
            isbn: own()
                .find_map(|e| e.isbn.clone())
                .or_else(|| self.isbn.clone()),
        }
    }

    /// The unit its people think in.
    pub fn unit(&self) -> Unit {
        let of_trim = || self.trim.map(|t| t.unit);
        self.unit.or_else(of_trim).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_are_read_as_people_write_them() {
        let size = |text: &str| text.parse::<Trim>().map(|t| t.size.to_array());
        assert_eq!(size("6x9"), Ok([432.0, 648.0]));
        assert_eq!(size("6 x 9 in"), Ok([432.0, 648.0]));
        assert_eq!(size("6in x 9in"), Ok([432.0, 648.0]));
        assert_eq!(size("152.4x228.6mm"), Ok([432.0, 648.0]));
        assert_eq!(size("A5"), Ok([419.528, 595.276]));
        for wrong in ["", "6", "6x", "x9", "0x9", "6x9furlongs", "-6x9"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_platform_may_have_a_cover_of_its_own() {
        let job: Result<Job, _> =
            toml::from_str("cover = 'a.pdf'\n[editions.kdp]\ncover = 'b.pdf'");
        let job = job.unwrap_or_default();
        let cover = |product, platform| job.edition(product, platform).cover;
        assert_eq!(cover("kdp/paperback", "kdp"), Some("b.pdf".into()));
        assert_eq!(
            cover("ingramspark/paperback", "ingramspark"),
            Some("a.pdf".into())
        );
    }

    #[test]
    fn what_a_product_is_not_told_its_platform_tells() {
        let job: Job = toml::from_str(
            "cover = 'all.pdf'\nisbn = '1'\n[editions.kdp]\ncover = 'kdp.pdf'\n\
             [editions.\"kdp/paperback\"]\nisbn = '2'\n\
             [editions.\"kdp/case-laminate\"]\ncover = 'case.pdf'",
        )
        .unwrap_or_default();
        let told = |product, platform| {
            let edition = job.edition(product, platform);
            (edition.cover, edition.isbn)
        };
        let pair = |cover: &str, isbn: &str| (Some(cover.into()), Some(isbn.to_owned()));
        assert_eq!(told("kdp/paperback", "kdp"), pair("kdp.pdf", "2"));
        assert_eq!(told("kdp/case-laminate", "kdp"), pair("case.pdf", "1"));
        assert_eq!(told("lulu/paperback", "lulu"), pair("all.pdf", "1"));
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert!(toml::from_str::<Job>("papper = 'cream'").is_err());
    }
}
