//! Every rule is held to its fixtures: `fail-` must be found, `pass-` and `edge-` must not.
//!
//! All of them are made by code; `UPDATE=1 cargo test --test it fixtures::` writes them to `test_pdfs/` anew. Beside a PDF
//! there may be a job (`.toml`), and a `.size` with the bytes it is taken to have on disk. Files that begin with
//! `part-` belong to another's job. The second word of a name tells more:
//!
//! * `fail-error-`, `fail-warning-`, `fail-note-`: the level of the worst finding; every `fail-` fixture has one;
//! * `pass-na-`, `edge-na-`: the rule does not apply. Without that word it must have looked at something, at every
//!   product that is asked and has the rule, for to find nothing without looking proves nothing.
//!
//! A fixture raises no error but those of its own rule (`tests/it/fixtures/others.rs` lists what cannot be had apart).
//! What every finding says is kept in `test_pdfs/RULE/expected.jsonl`.

mod expected;
mod judged;
use presscheck_fixtures::made;

use crate::support::fixture;
mod others;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use judged::{Case, cases, found, is_case, kept, measured, updating};
use presscheck::facts::CodeKind;
use presscheck::finding::{Finding, Level, Outcome};
use presscheck::rules;

/// Compares files made by code with those kept, or writes them; gives what is stale.
fn compare(made: &[(String, Vec<u8>)]) -> Vec<String> {
    let stale = made.iter().filter(|(path, bytes)| {
        let kept = fixture(path);
        let fresh = std::fs::read(&kept).is_ok_and(|known| known == *bytes);
        if !fresh && updating() {
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            std::fs::write(&kept, bytes).unwrap();
        }
        !fresh && !updating()
    });
    stale.map(|(path, _)| path.clone()).collect()
}

/// Every file of the fixtures, made once.
fn shelved() -> &'static [(String, Vec<u8>)] {
    static MADE: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    MADE.get_or_init(made::all)
}

/// The fixtures that are not kept as the code makes them; under UPDATE they are written, before any is judged.
fn stale() -> &'static [String] {
    static STALE: OnceLock<Vec<String>> = OnceLock::new();
    STALE.get_or_init(|| {
        let mut stale = compare(shelved());
        let known: BTreeSet<&str> = shelved().iter().map(|(path, _)| path.as_str()).collect();
        for path in kept().iter().filter(|path| !known.contains(path.as_str())) {
            if updating() {
                std::fs::remove_file(fixture(path)).unwrap();
            } else {
                stale.push(format!("{path} (made by no code)"));
            }
        }
        stale
    })
}

/// Fails with these faults, unless there are none.
fn none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn fixtures_are_fresh() {
    assert!(
        stale().is_empty(),
        "stale; run UPDATE=1 cargo test --test it fixtures:::\n{}",
        stale().join("\n")
    );
    let size: usize = shelved().iter().map(|(_, bytes)| bytes.len()).sum();
    let rules = presscheck::rules::all().count();
    assert!(
        size < 88_000 * rules,
        "the fixtures of {rules} rules grew to {size} bytes"
    );
}

#[test]
fn books_are_fresh() {
    let stale = compare(&presscheck_fixtures::books());
    assert!(
        stale.is_empty(),
        "stale; run UPDATE=1 cargo test --test it fixtures:::\n{}",
        stale.join("\n")
    );
}

#[test]
fn findings_say_what_is_kept() {
    let told = expected::differences();
    assert!(
        told.is_empty(),
        "findings differ from those kept; if they are right, run UPDATE=1 cargo test --test it fixtures:::\n{}",
        told.join("\n")
    );
}

#[test]
fn every_rule_has_its_fixtures() {
    let mut faults = Vec::new();
    for rule in rules::all() {
        for kind in ["fail-", "pass-", "edge-"] {
            let start = format!("{}/{kind}", rule.meta.id);
            let aside = format!("{start}na-");
            let is_one =
                |path: &str| path.starts_with(&start) && is_case(path) && !path.starts_with(&aside);
            if !shelved().iter().any(|(path, _)| is_one(path)) {
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
    none(&faults);
}

#[test]
fn every_fixture_is_judged_as_its_name_says() {
    none(&cases().iter().filter_map(fault).collect::<Vec<_>>());
}

/// What is wrong with the judgement of one fixture.
fn fault(case: &Case) -> Option<String> {
    let found = case.found();
    let worst = found.iter().map(|f| f.level).min();
    let says = |what: &str| {
        let messages: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
        Some(format!("{}: {what}: {}", case.path, messages.join("; ")))
    };
    let word = worst.map_or("nothing", |level| level.word());
    match case.kind() {
        "fail" if worst.is_none() => says("nothing was found"),
        "fail" if case.told().is_none() => says(&format!("call it fail-{word}-")),
        "fail" if case.told() != worst => says(word),
        "pass" | "edge" if worst.is_some() => says(word),
        _ => None,
    }
}

#[test]
fn nothing_is_found_by_looking() {
    let mut faults = Vec::new();
    for case in cases().iter().filter(|case| case.kind() != "fail") {
        let mut own = 0;
        for (profile, check) in case.own() {
            own += 1;
            let (looked, why) = match &check.outcome {
                Outcome::Looked { at, .. } => (*at > 0, "there was nothing to look at"),
                Outcome::NotApplicable(why) => (false, why.as_str()),
                Outcome::NotChecked(why) => (false, why.as_str()),
            };
            match (looked, case.is_marked("na")) {
                (false, false) => {
                    faults.push(format!("{} at {profile}: not looked: {why}", case.path))
                }
                (true, true) => faults.push(format!("{} at {profile}: looked", case.path)),
                _ => {}
            }
        }
        if own == 0 && !case.is_marked("na") {
            faults.push(format!("{}: no product asked has the rule", case.path));
        }
    }
    none(&faults);
}

#[test]
fn no_fixture_raises_errors_of_other_rules() {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for case in cases() {
        for (profile, checks) in &case.products {
            for check in checks.iter().filter(|check| check.meta.id != case.rule()) {
                for finding in found(check).iter().filter(|f| is_error(f)) {
                    if let Some(known) = others::may(case, check.meta.id) {
                        seen.insert(known);
                        continue;
                    }
                    let rule = check.meta.id;
                    faults.push(format!(
                        "{} at {profile}: {rule}: {}",
                        case.path, finding.message
                    ));
                }
            }
        }
    }
    for (index, (rule, other, _)) in others::MAY.iter().enumerate() {
        if !seen.contains(&index) {
            faults.push(format!(
                "tests/it/fixtures/others.rs: {rule} raises no {other}"
            ));
        }
    }
    none(&faults);
}

fn is_error(finding: &Finding<Level>) -> bool {
    let counts = finding.explained_by.is_none();
    counts && finding.level == Level::Error
}

#[test]
fn every_code_is_read_as_drawn() {
    let mut looked = 0;
    for path in kept()
        .iter()
        .filter(|path| path.starts_with("qr-too-small/") && is_case(path))
    {
        let mut codes = measured(&fixture(path)).codes;
        codes.retain(|code| code.kind == CodeKind::Qr);
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
