//! Every rule is held to its fixtures: `fail-` must be found, `pass-` and `edge-` must not.
//!
//! All of them are made by code; `UPDATE=1 cargo test` writes them to `test_pdfs/` anew. A name that goes on with
//! `error`, `warning` or `note` tells the level as well. Beside a PDF there may be a job (`.toml`), and a `.size`
//! with the bytes it is taken to have on disk. Files that begin with `part-` belong to another's job.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

#[path = "studio/fixtures/mod.rs"]
mod made;
mod studio;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use presscheck::check::{Plan, Selection};
use presscheck::extract::{self, Wanted};
use presscheck::facts::{Book, Document};
use presscheck::finding::{Finding, Outcome};
use presscheck::job::Job;
use presscheck::limits::Limits;
use presscheck::order::{self, Order};
use presscheck::press::{self, Options};
use presscheck::profile::{self, Profile};
use presscheck::rules::RULES;
use rayon::prelude::*;

fn shelf() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("test_pdfs")
}

/// Whether the kept files are to be written anew instead of compared.
fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Compares files made by code with those kept, or writes them; gives what is stale.
fn compare(made: &[(String, Vec<u8>)]) -> Vec<String> {
    let stale = made.iter().filter(|(path, bytes)| {
        let kept = shelf().join(path);
        let fresh = std::fs::read(&kept).is_ok_and(|known| known == *bytes);
        if !fresh && updating() {
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            std::fs::write(&kept, bytes).unwrap();
        }
        !fresh && !updating()
    });
    stale.map(|(path, _)| path.clone()).collect()
}

/// Every file kept for rules, as its path below `test_pdfs/`.
fn kept() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in std::fs::read_dir(shelf()).unwrap().map(Result::unwrap) {
        let name = folder.file_name().into_string().unwrap();
        if folder.path().is_dir() && !matches!(name.as_str(), "books" | "hostile") {
            for file in std::fs::read_dir(folder.path())
                .unwrap()
                .map(Result::unwrap)
            {
                found.insert(format!(
                    "{name}/{}",
                    file.file_name().into_string().unwrap()
                ));
            }
        }
    }
    found
}

#[test]
fn fixtures_are_fresh() {
    let made = made::all();
    let mut stale = compare(&made);
    let known: BTreeSet<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
    for path in kept().iter().filter(|path| !known.contains(path.as_str())) {
        if updating() {
            std::fs::remove_file(shelf().join(path)).unwrap();
        } else {
            stale.push(format!("{path} (made by no code)"));
        }
    }
    assert!(
        stale.is_empty(),
        "stale; run UPDATE=1 cargo test --test fixtures:\n{}",
        stale.join("\n")
    );
    let size: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 6_000_000, "the fixtures grew to {size} bytes");
}

#[test]
fn books_are_fresh() {
    let stale = compare(&studio::books());
    assert!(
        stale.is_empty(),
        "stale; run UPDATE=1 cargo test --test fixtures:\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_rule_has_its_fixtures() {
    let made = made::all();
    let mut faults = Vec::new();
    for rule in RULES {
        for kind in ["fail-", "pass-", "edge-"] {
            let start = format!("{}/{kind}", rule.meta.id);
            if !made
                .iter()
                .any(|(path, _)| path.starts_with(&start) && path.ends_with(".pdf"))
            {
                faults.push(format!("{} has no {kind} fixture", rule.meta.id));
            }
        }
    }
    for path in kept() {
        let (folder, name) = path.split_once('/').unwrap();
        if presscheck::rules::find(folder).is_none() {
            faults.push(format!("test_pdfs/{folder} belongs to no rule"));
        }
        if !["fail-", "pass-", "edge-", "part-"]
            .iter()
            .any(|kind| name.starts_with(kind))
        {
            faults.push(format!("{path}: what must come of it?"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_fixture_is_judged_as_its_name_says() {
    let known = profile::built_in().unwrap();
    // In the folder rather than in memory, so that it is the files as kept that are judged.
    let cases: Vec<String> = kept().into_iter().filter(|path| is_case(path)).collect();
    assert!(
        cases.len() > 150,
        "only {} fixtures were found",
        cases.len()
    );
    let faults: Vec<String> = cases
        .par_iter()
        .filter_map(|path| fault(path, &known))
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
}

fn is_case(path: &str) -> bool {
    path.ends_with(".pdf") && !path.contains("/part-")
}

/// What is wrong with the judgement of one fixture.
fn fault(path: &str, known: &[Profile]) -> Option<String> {
    let (rule, name) = path.split_once('/')?;
    let (kind, rest) = name.split_once('-')?;
    let found = findings(path, rule, known);
    let worst = found
        .iter()
        .filter_map(|f| f.level)
        .min()
        .map_or("none", |level| level.word());
    let told = rest
        .split('-')
        .next()
        .filter(|word| matches!(*word, "error" | "warning" | "note"));
    let messages = || {
        found
            .iter()
            .map(|f| f.message.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    };
    match (kind, told) {
        ("fail", _) if found.is_empty() => Some(format!("{path}: nothing was found")),
        ("fail", Some(level)) if level != worst => {
            Some(format!("{path}: a {worst}: {}", messages()))
        }
        ("pass" | "edge", _) if !found.is_empty() => {
            Some(format!("{path}: a {worst}: {}", messages()))
        }
        _ => None,
    }
}

/// What the rule says about a fixture, for all products asked.
fn findings(path: &str, rule: &str, known: &[Profile]) -> Vec<Finding> {
    let pdf = shelf().join(path);
    let toml = pdf.with_extension("toml");
    let (job, loose) = if toml.exists() {
        (Job::from_toml(&toml).unwrap(), Vec::new())
    } else {
        (Job::default(), vec![pdf.clone()])
    };
    let size = std::fs::read_to_string(pdf.with_extension("size")).ok();
    let checks = match size {
        Some(size) => sized(job, &pdf, size.parse().unwrap(), known),
        None => {
            let press =
                press::check(job, &loose, known, &Options::default(), &|_, _, _| {}).unwrap();
            press
                .judged
                .into_iter()
                .flat_map(|judged| judged.checks)
                .collect()
        }
    };
    let checks = checks.into_iter().filter(|check| check.meta.id == rule);
    let outcomes = checks.map(|check| match check.outcome {
        Outcome::Looked { findings, .. } => findings,
        Outcome::NotApplicable(_) | Outcome::NotChecked(_) => Vec::new(),
    });
    outcomes.flatten().collect()
}

/// The checks of a book whose file is taken to be so large, which no one wants to keep.
fn sized(mut job: Job, pdf: &Path, bytes: u64, known: &[Profile]) -> Vec<presscheck::check::Check> {
    let mut document = measured(pdf);
    document.bytes = bytes;
    let document = Some(Arc::new(document));
    let book = match job.cover {
        Some(_) => Book {
            interior: None,
            cover: document,
        },
        None => Book {
            interior: document,
            cover: None,
        },
    };
    job.platforms = vec!["kdp".to_owned()];
    let products = press::products(&job, known).unwrap();
    let concluded = order::conclude_book(&job, &book, products.iter().copied(), known);
    let checks = products.into_iter().map(|profile| {
        let order = Order::new(profile, &job, &book, &concluded);
        Plan::new(profile, &Selection::default()).unwrap().run(
            &order,
            &book,
            known,
            std::slice::from_ref(&order),
        )
    });
    checks.flatten().collect()
}

fn measured(pdf: &Path) -> Document {
    extract::file(pdf, &Limits::default(), Wanted::everything(), &|_, _| {}).unwrap()
}

#[test]
fn every_code_is_read_as_drawn() {
    let mut looked = 0;
    for path in kept()
        .iter()
        .filter(|path| path.starts_with("qr-too-small/") && is_case(path))
    {
        let codes = measured(&shelf().join(path)).codes;
        let says: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
        let wanted: &[&str] = if path.contains("no-code") {
            &[]
        } else {
            &[made::SAYS]
        };
        assert_eq!(says, wanted, "{path}");
        // Names end in the side in inches.
        let told = path
            .trim_end_matches("-in.pdf")
            .rsplit('-')
            .next()
            .and_then(|n| n.parse::<f64>().ok());
        if let (Some(inches), Some(code)) = (told, codes.first()) {
            let off = (code.side_mm / 25.4 / inches - 1.0).abs();
            assert!(off < 0.01, "{path}: {} mm", code.side_mm);
            let turned = code.rotation_deg;
            assert!(
                path.contains("turned") || turned % 90.0 == 0.0,
                "{path}: {turned} degrees"
            );
            looked += 1;
        }
    }
    assert!(
        looked > 20,
        "only {looked} codes have their size in their name"
    );
}
