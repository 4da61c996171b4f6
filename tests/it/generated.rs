//! Pages that are generated are fresh; `UPDATE=1 cargo test` rewrites them.

mod picture;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use presscheck::profile::{Profile, built_in};
use presscheck::report;
use presscheck::rules;

use crate::support::fresh;

fn known() -> Vec<Profile> {
    built_in().unwrap()
}

#[test]
fn a_page_for_every_rule_and_no_other() {
    let known = known();
    for entry in rules::all() {
        fresh(
            &format!("docs/rules/{}.md", entry.meta.id),
            &report::rule_page(entry, &known),
        );
    }
    let pages: BTreeSet<String> = fs::read_dir("docs/rules")
        .unwrap()
        .map(|e| {
            e.unwrap()
                .file_name()
                .to_string_lossy()
                .trim_end_matches(".md")
                .to_owned()
        })
        .collect();
    let rules: BTreeSet<String> = rules::all().map(|e| e.meta.id.to_owned()).collect();
    assert_eq!(pages, rules);
}

#[test]
fn schemas() {
    fresh("docs/report.schema.json", &report::schema());
    fresh("docs/profile.schema.json", &report::profile_schema());
    fresh("docs/cover.schema.json", &report::cover_schema());
    fresh("docs/codes.schema.json", &report::codes_schema());
    fresh("docs/spine.schema.json", &report::spine_schema());
    fresh("docs/facts.schema.json", &report::facts_schema());
    fresh("docs/rules.schema.json", &report::rules_schema());
    fresh("docs/profiles.schema.json", &report::profiles_schema());
    fresh("docs/batch.schema.json", &presscheck::batch::schema());
}

#[test]
fn page_of_catalogues() {
    fresh("docs/catalogue.md", &presscheck::batch::catalogue_page());
}

#[test]
fn a_page_for_every_product() {
    for profile in known() {
        let page = format!(
            "<!-- generated from templates/{0}.toml; UPDATE=1 cargo test rewrites it -->\n# {1}\n\n```text\n{2}```\n",
            profile.id,
            profile.title,
            report::profile_page(&profile, None)
        );
        fresh(
            &format!("docs/products/{}.md", profile.id.replace('/', "-")),
            &page,
        );
    }
}

/// Replaces what stands between two marks of a page.
fn between(text: &str, mark: &str, table: &str) -> String {
    let (open, close) = (
        format!("<!-- {mark} -->\n"),
        format!("<!-- end of {mark} -->"),
    );
    let (before, rest) = text
        .split_once(&open)
        .unwrap_or_else(|| panic!("README.md has no mark {mark}"));
    let (_, after) = rest.split_once(&close).expect("the mark is closed");
    format!("{before}{open}{table}{close}{after}")
}

#[test]
fn tables_of_the_readme() {
    let text = fs::read_to_string("README.md").unwrap();
    let known = known();
    let text = between(&text, "rules", &report::rules_table(&known, true));
    let text = between(&text, "products", &report::profiles_table(&known, true));
    fresh("README.md", &text);
}

#[test]
fn description_of_the_api() {
    let text = serde_json::to_string_pretty(&presscheck::serve::openapi()).unwrap();
    fresh("docs/openapi.json", &format!("{text}\n"));
}

/// The pictures in the README: the beginning and the end of a sample book's report, as a terminal shows it.
fn picture_of(book: &str, file: &str, most: usize) {
    let known = known();
    let job = format!("test_pdfs/books/{book}/book.toml");
    let job = presscheck::job::Job::from_toml(Path::new(&job)).unwrap();
    let run =
        presscheck::pipeline::check(job, &[], &known, &Default::default(), &|_, _, _| {}).unwrap();
    let style = report::Style {
        colour: true,
        width: 96,
        ..report::Style::default()
    };
    let text = report::text(&report::report(&run, &known), &known, style);
    let lines: Vec<&str> = text.lines().collect();
    let mut shown = lines.clone();
    if lines.len() > most {
        // No finding is torn apart.
        let end = lines[..most].iter().rposition(|line| line.is_empty());
        shown.truncate(end.unwrap_or(most));
        shown.extend(["", "\u{1b}[2m...\u{1b}[0m", ""]);
        shown.extend(&lines[lines.len() - run.judged.len()..]);
    }
    fresh(file, &picture::svg("presscheck check book.toml", &shown));
}

#[test]
fn pictures_of_the_reports() {
    picture_of("faulty-twin", "docs/images/report.svg", 38);
    picture_of("novel", "docs/images/novel.svg", 38);
}

/// Every path in backticks that looks like one is there.
#[test]
fn paths_named_in_the_guides_exist() {
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = fs::read_to_string(guide).unwrap();
        for (i, word) in text.split('`').enumerate() {
            let is_path = i % 2 == 1
                && !word.contains([' ', '\n', '<', '*', '{', '$'])
                && [
                    "src/",
                    "tests/",
                    "templates/",
                    "docs/",
                    "benches/",
                    "test_pdfs/",
                    ".ci/",
                ]
                .iter()
                .any(|top| word.starts_with(top));
            if is_path {
                assert!(
                    Path::new(word).exists(),
                    "{guide} names {word}, which is not there"
                );
            }
        }
    }
    let lines = fs::read_to_string("ARCHITECTURE.md")
        .unwrap()
        .lines()
        .count();
    assert!(
        lines < 200,
        "ARCHITECTURE.md has {lines} lines; 200 is the most"
    );
}
