//! What is to be printed: files, trim, paper, ink, binding, direction; from flags or a `book.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// What one platform gets that the others do not.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its cover.
    pub cover: Option<PathBuf>,
    /// Its ISBN, where it has one of its own.
    pub isbn: Option<String>,
}

/// A job as told. Whatever is not told is found out or assumed, and the report says so.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Job {
    /// The book block.
    pub interior: Option<PathBuf>,
    /// The cover, for platforms without one of their own.
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
    #[serde(deserialize_with = "told_spine")]
    pub spine: Option<Length>,
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

    /// The cover that `platform` gets.
    pub fn cover_for(&self, platform: &str) -> Option<&PathBuf> {
        self.editions
            .get(platform)
            .and_then(|e| e.cover.as_ref())
            .or(self.cover.as_ref())
    }

    /// The ISBN that a product of `platform` was told.
    pub fn isbn_for(&self, product: &str, platform: &str) -> Option<&String> {
        let own = |key: &str| self.editions.get(key).and_then(|e| e.isbn.as_ref());
        own(product)
            .or_else(|| own(platform))
            .or(self.isbn.as_ref())
    }

    /// The unit its people think in.
    pub fn unit(&self) -> Unit {
        self.trim.map_or(Unit::Inches, |t| t.unit)
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
        assert_eq!(job.cover_for("kdp"), Some(&PathBuf::from("b.pdf")));
        assert_eq!(job.cover_for("ingramspark"), Some(&PathBuf::from("a.pdf")));
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert!(toml::from_str::<Job>("papper = 'cream'").is_err());
    }
}
