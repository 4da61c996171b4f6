//! What commands answer for programs and people: schemas, members and pages of facts, ids, units, colour, completions.

use serde_json::Value;

use crate::support::program;

const BOOK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/test_pdfs/books/faulty-twin/book.toml"
);
const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/test_pdfs/gutter-too-narrow/edge-150-pages-0.375-in.pdf"
);

fn said(args: &[&str]) -> String {
    let output = program().args(args).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        !text.is_empty(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&said(args)).unwrap()
}

#[test]
fn every_answer_for_programs_is_as_its_schema_says() {
    let answers: [(&[&str], &[&str]); 9] = [
        (&["check", BOOK, "--format", "json"], &["check", "--schema"]),
        (&["facts", FILE], &["facts", "--schema"]),
        (&["rules", "--format", "json"], &["rules", "--schema"]),
        (
            &["profiles", "kdp", "--format", "json"],
            &["profiles", "--format", "json", "--schema"],
        ),
        (
            &["spine", "--pages", "300", "--format", "json"],
            &["spine", "--schema"],
        ),
        (&["codes", FILE, "--format", "json"], &["codes", "--schema"]),
        (
            &["codes", FILE, FILE, "--format", "json"],
            &["codes", "--schema"],
        ),
        (
            &[
                "cover",
                "--for",
                "kdp,ingramspark",
                "--trim",
                "6x9",
                "--pages",
                "200",
                "--format",
                "json",
            ],
            &["cover", "--schema"],
        ),
        (
            &["cover", "--fits", "12.75x9.25", "--format", "json"],
            &["cover", "--schema"],
        ),
    ];
    for (asked, schema) in answers {
        let validator = jsonschema::validator_for(&json(schema)).unwrap();
        let answer = json(asked);
        let faults: Vec<String> = validator
            .iter_errors(&answer)
            .map(|e| e.to_string())
            .collect();
        assert!(faults.is_empty(), "{asked:?}: {:?}", faults.first());
    }
}

#[test]
fn facts_give_the_pages_and_members_asked_for() {
    let some = json(&["facts", FILE, "--pages", "2-3", "--select", "text,fonts"]);
    let pages = some["pages"].as_array().unwrap();
    let numbers: Vec<u64> = pages.iter().filter_map(|p| p["number"].as_u64()).collect();
    assert_eq!(numbers, [2, 3]);
    assert!(pages[0]["text"].is_array() && pages[0].get("images").is_none());
    assert!(some["fonts"].is_array() && some.get("structure").is_none());
    let all = json(&["facts", FILE]);
    assert_eq!(all["pages"][1]["text"], pages[0]["text"]);
}

#[test]
fn findings_have_ids_of_their_own_and_name_their_files() {
    let report = json(&["check", BOOK, "--format", "json"]);
    let findings = report["findings"].as_array().unwrap();
    let files: Vec<&Value> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["name"])
        .collect();
    let mut ids = std::collections::BTreeSet::new();
    for finding in findings {
        assert!(
            ids.insert(finding["id"].as_str().unwrap()),
            "{}",
            finding["id"]
        );
        assert!(files.contains(&&finding["name"]), "{}", finding["name"]);
    }
    assert!(!ids.is_empty());
}

#[test]
fn places_are_capped_one_a_page_first_and_all_are_had_when_asked() {
    let few = json(&["check", BOOK, "--format", "json"]);
    let all = json(&["check", BOOK, "--format", "json", "--all-places"]);
    let lists = |report: &Value| -> Vec<(Value, u64)> {
        let findings = report["findings"].as_array().unwrap().clone();
        findings
            .into_iter()
            .map(|f| (f["places"].clone(), f["places_total"].as_u64().unwrap()))
            .collect()
    };
    let mut capped = 0;
    for ((few, total), (all, _)) in lists(&few).into_iter().zip(lists(&all)) {
        let pages = |list: &Value| -> std::collections::BTreeSet<u64> {
            let list = list.as_array().unwrap();
            list.iter().filter_map(|p| p["page"].as_u64()).collect()
        };
        assert_eq!(all.as_array().unwrap().len() as u64, total);
        assert_eq!(few.as_array().unwrap().len() as u64, total.min(20));
        assert_eq!(pages(&few).len(), pages(&all).len().min(20));
        capped += usize::from(total > 20);
    }
    assert!(
        capped > 0,
        "the book has a finding in more than twenty places"
    );
}

#[test]
fn the_unit_and_the_colour_are_chosen() {
    let short = said(&["check", BOOK, "--unit", "mm", "--color", "never"]);
    assert!(
        short.contains(" across, ") && short.contains(" mm down") && !short.contains(" in down")
    );
    let inches = said(&["check", BOOK, "-v", "--color", "never"]);
    let mm = said(&["check", BOOK, "-v", "--unit", "mm", "--color", "never"]);
    assert!(inches.contains(" in from the left, ") && inches.contains(" mm)"));
    assert!(mm.contains(" mm from the left, ") && !mm.contains(" in from the left"));
    assert!(!inches.contains('\u{1b}'));
    assert!(said(&["check", BOOK, "--color", "always"]).contains("\u{1b}[1;31mERROR"));
}

#[test]
fn shells_complete_products_and_rules_and_every_command_has_a_page() {
    for shell in ["bash", "zsh", "fish"] {
        let script = said(&["completions", shell]);
        assert!(script.contains("ingramspark/case-laminate"), "{shell}");
        assert!(script.contains("gutter-too-narrow"), "{shell}");
    }
    assert!(said(&["man", "cover"]).contains("template"));
    let dir = concat!(env!("CARGO_TARGET_TMPDIR"), "/man");
    let output = program().args(["man", "--dir", dir]).output().unwrap();
    assert!(output.status.success());
    assert!(
        std::path::Path::new(dir)
            .join("presscheck-check.1")
            .is_file()
    );
}

#[test]
fn an_error_points_to_its_own_command() {
    for (args, name) in [
        (&["facts", FILE, "--select", "nothing"][..], "facts"),
        (&["spine"], "spine"),
        (&["profiles", "nobody"], "profiles"),
    ] {
        let output = program().args(args).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(
            text.contains(&format!("presscheck {name} --help")),
            "{text}"
        );
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_cover_for_a_book_that_the_printer_does_not_make_says_so() {
    let cover = |product: &str, trim: &str, pages: &str| {
        let job = ["--trim", trim, "--pages", pages, "--paper", "white"];
        json(
            &[
                &["cover", "--for", product][..],
                &job,
                &["--format", "json"],
            ]
            .concat(),
        )["not_made"]
            .clone()
    };
    let kdp = |trim, pages| cover("kdp/paperback", trim, pages);
    for (trim, pages, why) in [
        ("13x19", "240", "lists no trim of 13.000 x 19.000 in"),
        ("6x9", "2000", "takes 24 to 828 pages"),
        ("6x9", "830", "takes 24 to 828 pages"),
        ("6x9", "20", "takes 24 to 828 pages"),
    ] {
        let said = kdp(trim, pages);
        assert!(
            said.as_str().unwrap().contains(why),
            "{trim} {pages}: {said}"
        );
    }
    for pages in ["24", "828"] {
        assert_eq!(kdp("6x9", pages), Value::Null, "{pages}");
    }
    let text = said(&["cover", "--for", "kdp", "--trim", "13x19", "--pages", "240"]);
    assert!(
        text.contains("not made so: KDP Print paperback lists no trim"),
        "{text}"
    );
}
