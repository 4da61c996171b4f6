//! The job: files, trim, paper, ink, binding, direction; from flags or a `book.toml`.

mod possible;
mod setting;
mod trim;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::model::error::Error;
use crate::model::geometry::Direction;
use crate::model::readable;
use crate::model::units::{Length, Unit};

pub use setting::Setting;
pub use trim::Trim;

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

impl Ink {
    /// The word for it, as flags and profiles have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Black => "black",
            Self::StandardColour => "standard-colour",
            Self::PremiumColour => "premium-colour",
        }
    }
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

fn spine_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "string",
        "description": "a width with its unit: 0.5in, 12.7mm",
        "pattern": r"^(0\.[0-9]?[1-9]in|[1-5](\.[0-9]{1,3})?in|[1-9][0-9]?(\.[0-9]{1,3})?mm)$"
    })
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its cover.
    #[serde(default, serialize_with = "exact_path")]
    #[schemars(skip)]
    pub cover: Option<PathBuf>,
    /// Its ISBN, where it has one of its own.
    pub isbn: Option<String>,
}

/// The job as stated. Whatever it leaves open is concluded from the files or assumed, and the report says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Job {
    /// The book block.
    #[serde(serialize_with = "exact_path")]
    #[schemars(skip)]
    pub interior: Option<PathBuf>,
    /// The cover, for platforms without one of their own.
    #[serde(serialize_with = "exact_path")]
    #[schemars(skip)]
    pub cover: Option<PathBuf>,
    /// What single platforms get.
    pub editions: BTreeMap<String, Edition>,
    /// Platforms or products to check for.
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
    #[schemars(range(max = 1000))]
    pub weight: Option<u32>,
    /// Whether art runs off the page.
    pub bleed: Bleed,
    /// The direction it is read in, if stated.
    pub direction: Option<Direction>,
    /// The ISBN entered at the platform.
    pub isbn: Option<String>,
    /// The title entered at the platform.
    pub title: Option<String>,
    /// The author entered at the platform.
    pub author: Option<String>,
    /// Pages, when there is no interior yet.
    #[schemars(range(min = 1, max = 10_000))]
    pub pages: Option<u32>,
    /// The spine that the platform's own calculator gave, for platforms whose spines presscheck does not know.
    #[serde(deserialize_with = "told_spine", serialize_with = "exact_spine")]
    #[schemars(schema_with = "spine_schema")]
    pub spine: Option<Length>,
    /// The unit that comes first in text, if stated.
    pub unit: Option<Unit>,
}

impl Job {
    /// Reads a `book.toml`. Paths in it are relative to its folder.
    pub fn from_toml(path: &Path) -> Result<Self, Error> {
        let text = readable::text(path)?;
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

    /// Reads a job from JSON with the members of a `book.toml`. An error names the member.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let job = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
            let why = e.inner().to_string();
            // Where it stands in JSON that a program has written helps nobody; which member it is does.
            let why = why.rsplit_once(" at line ").map_or(&*why, |(why, _)| why);
            match e.path().to_string().as_str() {
                "." => Error::Job(format!("the job does not read: {why}")),
                member => Error::Job(format!("{member}: {why}")),
            }
        })?;
        let ended = reader.end();
        ended.map_err(|e| Error::Job(format!("the job does not end where its JSON does: {e}")))?;
        Ok(job)
    }

    /// Takes over what another job tells; what that leaves open stays.
    pub fn take_over(&mut self, other: Self) {
        let Self {
            interior,
            cover,
            editions,
            platforms,
            trim,
            binding,
            ink,
            paper,
            weight,
            bleed,
            direction,
            isbn,
            title,
            author,
            pages,
            spine,
            unit,
        } = other;
        fn newer<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        newer(&mut self.interior, interior);
        newer(&mut self.cover, cover);
        self.editions.extend(editions);
        if !platforms.is_empty() {
            self.platforms = platforms;
        }
        newer(&mut self.trim, trim);
        newer(&mut self.binding, binding);
        newer(&mut self.ink, ink);
        newer(&mut self.paper, paper);
        newer(&mut self.weight, weight);
        if bleed != Bleed::Auto {
            self.bleed = bleed;
        }
        newer(&mut self.direction, direction);
        newer(&mut self.isbn, isbn);
        newer(&mut self.title, title);
        newer(&mut self.author, author);
        newer(&mut self.pages, pages);
        newer(&mut self.spine, spine);
        newer(&mut self.unit, unit);
    }

    /// Every file it names.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let editions = self.editions.values().filter_map(|e| e.cover.as_ref());
        self.interior.iter().chain(&self.cover).chain(editions)
    }

    /// What a product of `platform` gets: each value from the edition of the product if stated there, else from the
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
