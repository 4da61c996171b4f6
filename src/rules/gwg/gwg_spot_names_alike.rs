//! One spot colour under several names.

use std::collections::{BTreeMap, BTreeSet};

use super::spots::active;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::standard::exchange;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};
use crate::wording;

pub(super) struct GwgSpotNamesAlike;

/// What ends the name of an ink and says for which paper, or in which library, it is (R0021).
const SUFFIXES: [&str; 20] = [
    "C", "CP", "E", "K", "M", "N", "U", "UP", "Z", "CV", "CVU", "CVC", "HC", "PC", "TC", "TCX",
    "TP", "TPX", "XGC", "EC",
];

impl Rule for GwgSpotNamesAlike {
    const META: Meta = Meta {
        id: "gwg-spot-names-alike",
        title: "one spot colour goes by several names",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "Every name makes a plate of its own. Names that differ in capitals, in their ending or not at all in the colour that \
              they stand for are one ink in the author's mind and two at the press.",
        fix: "Give the ink one name everywhere, placed graphics included: merge the swatches, or map one to the other in the ink \
              manager.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let exchange = exchange(file)?;
            let active = active(file);
            looked += active.len();
            let names = || active.keys().copied();
            // Each pair is told of by what is worst about it.
            let mut told: BTreeSet<Vec<&str>> = BTreeSet::new();
            let defined = exchange.inks.iter();
            let defined = defined.filter_map(|ink| {
                let name = names().find(|name| *name == ink.name)?;
                Some((ink.sha256.clone(), name))
            });
            for (alike, level, how) in [
                (
                    groups(names().map(|name| (wording::composed(name).to_lowercase(), name))),
                    Level::Error,
                    "differ in capitals or accents alone",
                ),
                (
                    groups(defined),
                    Level::Error,
                    "are of one and the same colour",
                ),
                (
                    groups(names().filter_map(|name| Some((without_suffix(name)?, name)))),
                    Level::Warning,
                    "differ in their ending alone",
                ),
            ] {
                for names in alike {
                    if !told.insert(names.clone()) {
                        continue;
                    }
                    let quoted: Vec<String> =
                        names.iter().map(|name| format!("\"{name}\"")).collect();
                    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
                    let message = format!(
                        "the spot colours {} in the {} {how}",
                        crate::rules::paint::list(&quoted),
                        part.word()
                    );
                    let pages = names.iter().filter_map(|name| active.get(name)).flatten();
                    let finding = Finding::about(part, message).at(level);
                    findings.push(finding.on_pages(pages.copied().collect::<BTreeSet<u32>>()));
                }
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Names that share a key, where there are several.
fn groups<'a>(keyed: impl Iterator<Item = (String, &'a str)>) -> Vec<Vec<&'a str>> {
    let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (key, name) in keyed {
        groups.entry(key).or_default().insert(name);
    }
    let groups = groups.into_values().filter(|names| names.len() > 1);
    groups.map(|names| names.into_iter().collect()).collect()
}

/// The name before its suffix, in small letters; none for a name without one.
fn without_suffix(name: &str) -> Option<String> {
    let (before, suffix) = name.rsplit_once(' ')?;
    SUFFIXES.contains(&suffix).then(|| before.to_lowercase())
}
