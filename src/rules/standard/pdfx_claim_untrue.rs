//! A file that says it is a PDF/X and breaks it. What a level demands is data of its profile, and its own rules look.

use super::measured::{exchange, is_readable};
use super::pdfx_claim_missing::{self, claimed};
use crate::model::facts::Document;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::profile::Profile;
use crate::rules::words::{count, some_of};
use crate::rules::{Context, Meta, Need, NoLimits, Rule, all};

pub(super) struct PdfxClaimUntrue;

/// The rule that holds what a level's claim is.
const CLAIM: &str = "pdfx-claim-missing";
/// Breaches named in a message.
const NAMED: usize = 4;

impl Rule for PdfxClaimUntrue {
    const META: Meta = Meta {
        id: "pdfx-claim-untrue",
        title: "the file says it is a PDF/X and is not",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "A printer that asks for PDF/X trusts the claim: its software may skip the conversion or the flattening that other \
              files get, or refuse a file that breaks what it promises. Some programs write the claim over anything.",
        fix: "Export anew with a preset of the standard in a program that keeps it, or leave the claim out.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in &files {
            // Whoever cannot read a claim does not rely on it.
            if !is_readable(file) {
                continue;
            }
            exchange(file)?;
            // Of claims to be something else nothing is said.
            let Some((claim, level)) = claimed(file).zip(level_of(cx.known, file)) else {
                continue;
            };
            let (breaches, unknown) = breaches(level, *part, cx);
            gaps.extend(unknown.into_iter().map(|why| format!("{claim}: {why}")));
            if !breaches.is_empty() {
                findings.push(finding(*part, claim, &breaches, level));
            }
        }
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps,
        })
    }
}

fn finding(part: Part, claim: &str, breaches: &[Finding], level: &Profile) -> Finding {
    let messages = breaches.iter().map(|breach| breach.message.clone());
    let message = format!(
        "the {} says that it is {claim} and breaks it in {}: {}",
        part.word(),
        count(breaches.len(), "way", "ways"),
        some_of(messages, NAMED)
    );
    let places = breaches
        .iter()
        .flat_map(|breach| breach.places.iter().cloned());
    let pages = breaches
        .iter()
        .flat_map(|breach| breach.pages.iter().copied());
    let advice = format!("`--for {}` tells each of them.", level.id);
    Finding::about(part, message)
        .at_places(places.collect())
        .on_pages(pages)
        .advise(advice)
}

/// The standard that a file says it is, among those known.
fn level_of<'a>(known: &'a [Profile], file: &Document) -> Option<&'a Profile> {
    known.iter().filter(|p| p.standard).find(|profile| {
        let claim = profile.rules.get(CLAIM).cloned();
        let claim = claim.and_then(|table| bare(table).try_into().ok());
        claim.is_some_and(|claim: pdfx_claim_missing::Limits| claim.is_claimed_by(file))
    })
}

/// What of a file breaks a standard, and what could not be looked at.
fn breaches(level: &Profile, part: Part, cx: &Context<'_>) -> (Vec<Finding>, Vec<String>) {
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    for entry in all() {
        let Some(limits) = level.rules.get(entry.meta.id).cloned() else {
            continue;
        };
        let toml::Value::Table(limits) = bare(limits) else {
            continue;
        };
        // Profiles are bound to their rules before any file is opened, by their own plans and by a test of all that ship.
        let Ok(bound) = (entry.bind)(limits) else {
            continue;
        };
        match (bound.check)(cx) {
            Ok(inspection) => {
                let is_error = |f: &Finding| f.level.unwrap_or(entry.meta.level) == Level::Error;
                let own = inspection.findings.into_iter();
                found.extend(own.filter(|f| f.part == part && is_error(f)));
                gaps.extend(inspection.gaps);
            }
            Err(Skip::NotChecked(why)) => gaps.push(why),
            Err(Skip::NotApplicable(_)) => {}
        }
    }
    (found, gaps)
}

/// Limits as a rule takes them: without source and level, which are the plan's.
fn bare(limits: toml::Value) -> toml::Value {
    match limits {
        toml::Value::Table(mut table) => {
            table.remove("source");
            table.remove("level");
            toml::Value::Table(table)
        }
        other => other,
    }
}
