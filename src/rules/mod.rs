//! What is wrong: one file a rule, named as its id, with everything about it inside.

mod across;
mod codes;
mod colour;
mod context;
mod cover;
mod file;
mod gwg;
mod heads;
mod images;
mod makers;
mod margins;
mod page_object;
mod page_text;
mod pages;
mod paint;
mod reach;
mod scan;
mod standard;
mod text;
mod weighed;
mod words;
pub(crate) mod wrap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use context::Context;
pub use makers::{advice, advice_by_program};
pub use words::fold_pages;

use crate::model::finding::{Inspection, Level, Part, Skip};

/// What a rule has to have measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The file's skeleton, boxes and annotations.
    Structure,
    /// The marks of every page.
    Marks,
    /// Codes found and read.
    Codes,
    /// Covers looked at as pictures.
    Relief,
    /// Text searched for what programs and templates leave standing.
    Leftovers,
    /// Pictures looked into for whether they were enlarged.
    Detail,
    /// What standards of exchange ask of the file.
    Exchange,
    /// Which objects lie on others.
    Overlaps,
}

/// Everything about a rule but its check. A missing piece does not compile.
#[derive(Debug)]
pub struct Meta {
    /// Its id, named for the fault, and the name of its file with dashes for underscores.
    pub id: &'static str,
    /// What it catches, in a line.
    pub title: &'static str,
    /// How bad, unless a profile says otherwise.
    pub level: Level,
    /// The files it looks at.
    pub parts: &'static [Part],
    /// What has to be measured.
    pub needs: &'static [Need],
    /// Why it matters, for an author.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// The version that brought it.
    pub since: &'static str,
}

/// What a finding has in common with one that it explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The file.
    File,
    /// The pages: all those of the explained finding.
    Pages,
    /// The places: each of the explained finding overlaps one of the cause's, or lies on it.
    Places,
    /// The lines of text: each place of the explained finding is level with one of the cause's, or above or below it. The
    /// cause is then as bad as what it explains.
    Lines,
}

/// Another rule whose findings follow from those of a rule, within a scope.
pub type Explains = (&'static str, Scope);

/// A rule.
pub trait Rule {
    /// Everything about it but its check.
    const META: Meta;
    /// The rules whose findings follow from its own, so that each cause is reported once.
    const EXPLAINS: &'static [Explains] = &[];
    /// The numbers a profile gives it.
    type Limits: DeserializeOwned + JsonSchema + Send + Sync + 'static;
    /// Looks; or says why it did not.
    fn check(limits: &Self::Limits, cx: &Context<'_>) -> Result<Inspection, Skip>;
    /// Above how much ink, in per cent, it wants pages weighed; none for rules that ask nothing of ink.
    fn weighs(_: &Self::Limits) -> Option<f64> {
        None
    }
}

/// For rules that need no numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoLimits {}

/// Looks, by limits that it knows; or says why it did not.
type Check = dyn Fn(&Context<'_>) -> Result<Inspection, Skip> + Send + Sync;

/// A rule bound to one profile's limits.
pub struct Bound {
    /// Runs the rule.
    pub check: Box<Check>,
    /// The ink coverage, in per cent, above which it needs pages measured through their separations.
    pub weighs: Option<f64>,
}

/// A rule in the list.
pub struct Entry {
    /// Its metadata.
    pub meta: &'static Meta,
    /// The rules whose findings follow from its own.
    pub explains: &'static [Explains],
    /// Binds it to limits, or says what is wrong with them.
    pub bind: fn(toml::Table) -> Result<Bound, String>,
    /// The shape of its limits.
    pub limits: fn(&mut SchemaGenerator) -> Schema,
}

impl Entry {
    const fn of<R: Rule>() -> Self {
        Self {
            meta: const { &R::META },
            explains: R::EXPLAINS,
            bind: |table| {
                let limits: R::Limits = table
                    .try_into()
                    .map_err(|e: toml::de::Error| e.to_string().trim_end().to_owned())?;
                Ok(Bound {
                    weighs: R::weighs(&limits),
                    check: Box::new(move |cx| R::check(&limits, cx)),
                })
            },
            limits: |generator| generator.subschema_for::<R::Limits>(),
        }
    }
}

/// Rules under one heading of the catalogue, in a folder of their own.
pub struct Group {
    /// The folder in `src/rules`.
    pub folder: &'static str,
    /// The heading.
    pub title: &'static str,
    /// The rules, in the order of the catalogue.
    pub rules: &'static [Entry],
}

/// Every rule, by the headings of the catalogue.
pub const GROUPS: &[Group] = &[
    file::GROUP,
    pages::GROUP,
    margins::GROUP,
    images::GROUP,
    text::GROUP,
    colour::GROUP,
    cover::GROUP,
    codes::GROUP,
    across::GROUP,
    standard::GROUP,
    gwg::GROUP,
];

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    GROUPS.iter().flat_map(|group| group.rules)
}

/// The file that a rule is in.
pub fn path(id: &str) -> Option<String> {
    let holds = |group: &&Group| group.rules.iter().any(|entry| entry.meta.id == id);
    let folder = GROUPS.iter().find(holds)?.folder;
    Some(format!("src/rules/{folder}/{}.rs", id.replace('-', "_")))
}

/// The message for an unknown rule id: the ids that may be meant.
pub fn unknown(id: &str) -> String {
    let asked = id.to_lowercase().replace([' ', '_'], "-");
    let words: Vec<&str> = asked.split('-').filter(|word| word.len() >= 3).collect();
    let shares = |rule: &str| {
        rule.split('-').any(|part| {
            words
                .iter()
                .any(|w| part.starts_with(w) || w.starts_with(part) && part.len() >= 4)
        })
    };
    let meant: Vec<&str> = all()
        .map(|entry| entry.meta.id)
        .filter(|rule| shares(rule))
        .take(5)
        .collect();
    match meant.as_slice() {
        [] => format!("there is no rule \"{id}\"; `presscheck rules` lists them"),
        meant => format!(
            "there is no rule \"{id}\"; did you mean {}? `presscheck rules` lists all",
            meant.join(" or ")
        ),
    }
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    all().find(|e| e.meta.id == id)
}
