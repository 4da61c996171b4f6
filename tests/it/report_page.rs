//! The report as a page to look at: what it shows of many pages, how it is filtered, what is drawn into its pictures.

use std::collections::HashSet;

use presscheck_fixtures::made;
use serde_json::Value;

use crate::support::{fixture, folder, presscheck, program, written};

/// The page and the answer for programs about one file.
fn both(file: &str, more: &[&str]) -> (String, Value) {
    let said = |format: &str| {
        let args = [&["check", "-q", file, "--format", format], more].concat();
        presscheck(&args).stdout
    };
    let page = String::from_utf8(said("html")).unwrap();
    (page, serde_json::from_slice(&said("json")).unwrap())
}

/// A book of so many pages that each have a letter near the outer edge and thin lines.
fn faulty(name: &str, pages: usize) -> String {
    let mut book = made::Small::new();
    for number in 0..pages {
        let mut body = book.body();
        let y = 60 + number % 400;
        body.raw(format!("0 g 5 {y} 9 9 re f 0.1 w 100 {y} m 300 {y} l S\n"));
        book.page(&body);
    }
    let file = written(name, book.finish());
    file.to_str().unwrap().to_owned()
}

fn pages_with_findings(report: &Value) -> HashSet<u64> {
    let causes = report["causes"].as_array().unwrap().iter();
    let interior = causes.filter(|c| c["file"] == "interior");
    let pages = interior.flat_map(|c| c["pages"].as_array().unwrap());
    pages.map(|page| page.as_u64().unwrap()).collect()
}

#[test]
fn a_book_of_five_hundred_pages_shows_every_page_and_stays_below_eight_megabytes() {
    let file = faulty("five-hundred.pdf", 500);
    let (page, report) = both(&file, &["--for", "kdp"]);
    assert!(page.len() < 8_000_000, "{} bytes", page.len());
    let found = pages_with_findings(&report).len();
    assert!(found >= 500, "{found}");
    assert_eq!(page.matches("<figure class=\"sheet").count(), found);
    assert!(page.contains("pages are shown in small"));
    // Every page can be chosen, and each has its mark in the strip.
    assert_eq!(page.matches("<option id=\"o").count(), found);
    assert_eq!(page.matches("<span class=\"blank\">").count(), 0);
    // As many places are pictures as there is room for.
    let crops = page.matches("<li class=\"crop").count();
    assert!(crops > 40, "{crops} crops");
}

#[test]
fn the_page_names_the_printer_of_every_line_it_draws() {
    let book = fixture("books/faulty-twin/book.toml");
    let (page, _) = both(book.to_str().unwrap(), &["--for", "kdp"]);
    let legend = page.split("<div class=\"legend\">").nth(1).unwrap();
    let legend = legend.split("</div>").next().unwrap();
    for kind in [
        "cut here",
        "text stays inside",
        "fold",
        "bar code",
        "gutter, ",
        "margin, ",
    ] {
        assert!(legend.contains(kind), "{kind} is not in {legend}");
    }
    assert!(legend.contains("(KDP Print paperback)"));
    // Whole pages have the margins that crops have.
    let grid = page.split("<div class=\"grid\">").nth(1).unwrap();
    assert!(grid.contains("guide margin") && grid.contains("guide gutter"));
}

#[test]
fn what_lies_near_an_edge_has_its_limit_drawn_on_pages_of_other_sizes_too() {
    // The pages of a book, one larger than they, and one with bleed on all sides.
    let mut book = made::Small::new();
    for _ in 0..24 {
        book.plain();
    }
    for (width, height) in [(468.0, 700.0), (450.0, 666.0)] {
        let mut body = book.body_of((width, height));
        body.raw(format!("0 g 12 300 9 9 re {} 300 9 9 re f\n", width - 21.0));
        book.pdf
            .page(presscheck_fixtures::pdf::Page::new(width, height, body));
    }
    let file = written("other-sizes.pdf", book.finish());
    let (page, report) = both(file.to_str().unwrap(), &["--for", "kdp", "--trim", "6x9"]);
    let causes = report["causes"].as_array().unwrap();
    let mut looked = 0;
    for (number, cause) in (1..).zip(causes) {
        if cause["rule"] == "gutter-too-narrow" || cause["rule"] == "margin-too-narrow" {
            let begin = page.find(&format!("id=\"cause-{number}\"")).unwrap();
            let article = page[begin..].split("</article>").next().unwrap();
            for crop in article.split("<li class=\"crop").skip(1) {
                assert!(
                    crop.contains("class=\"guide "),
                    "cause {number}: {}",
                    &crop[..80]
                );
                looked += 1;
            }
        }
    }
    assert!(looked > 1, "{looked} crops");
}

#[test]
fn what_the_wording_has_between_backticks_is_code_on_the_page() {
    let job = fixture("cover-text-outside-safety/fail-error-back-0.120-in.toml");
    let output = presscheck(&["check", "-q", job.to_str().unwrap(), "--format", "html"]);
    let page = String::from_utf8(output.stdout).unwrap();
    let body = page.split("<body>").nth(1).unwrap();
    assert!(!body.contains('`'));
    assert!(body.contains("<code>presscheck cover</code>"));
}

#[test]
fn a_page_that_somebody_has_worked_on_is_not_written_over() {
    let page = folder("report_page", "worked on").join("report.html");
    let out = page.to_str().unwrap();
    let book = fixture("books/novel/book.toml");
    let write = || {
        presscheck(&["check", "-q", book.to_str().unwrap(), "-o", out])
            .status
            .code()
    };
    assert_eq!(write(), Some(0));
    assert_eq!(write(), Some(0));
    let text = std::fs::read_to_string(&page).unwrap();
    let edited = text.replace("</h1>", ", my copy</h1>");
    std::fs::write(&page, &edited).unwrap();
    assert_eq!(write(), Some(2));
    assert_eq!(std::fs::read_to_string(&page).unwrap(), edited);
}

#[test]
fn no_report_is_written_into_a_file_that_is_named_as_something_else() {
    let folder = folder("report_page", "endings");
    let book = fixture("books/novel/interior.pdf");
    let book = book.to_str().unwrap();
    for (command, name) in [
        ("check", "r.pdf"),
        ("check", "r.docx"),
        ("check", "r.PNG"),
        ("facts", "r.pdf"),
        ("codes", "r.pdf"),
    ] {
        let path = folder.join(name);
        let output = presscheck(&[command, "-q", book, "-o", path.to_str().unwrap()]);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command} {name}: {words}");
        assert!(words.contains(".json"), "{words}");
        assert_eq!(words.contains("--annotate DIR"), name == "r.pdf", "{words}");
        assert!(!path.exists());
    }
    // Where the format is told, a name may end as it likes.
    let path = folder.join("r.log");
    let args = [
        "check",
        "-q",
        book,
        "--format",
        "json",
        "-o",
        path.to_str().unwrap(),
    ];
    presscheck(&args);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with('{'));
}

#[test]
fn ten_causes_of_a_book_of_five_hundred_pages_fit_on_two_screens() {
    const SCREEN: usize = 50;
    let file = faulty("two-screens.pdf", 500);
    let run = |columns: &str| {
        let mut command = program();
        command.args(["check", &file, "--format", "text"]);
        let output = command.env("COLUMNS", columns).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run("100");
    let cause = |line: &&str| line.starts_with("ERROR") || line.starts_with("WARNING");
    let count = |stop: &dyn Fn(&&str) -> bool| text.lines().take_while(|line| !stop(line)).count();
    let causes = text.lines().filter(cause).count();
    let (head, end) = (count(&cause), count(&|line| line.contains("NOTE")));
    let rest = text.lines().count() - end;
    assert!(causes > 2 && end > head, "{text}");
    let of_ten = head + (10 * (end - head)).div_ceil(causes) + rest;
    assert!(of_ten <= 2 * SCREEN, "{of_ten} lines:\n{text}");
    // Paths alone are not wrapped.
    for text in [text, run("60")] {
        let widest = text.lines().filter(|line| !line.contains(".pdf"));
        let widest = widest.map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{text}");
    }
    let narrow = run("60");
    let verdicts = narrow.lines().take_while(|line| !line.is_empty());
    assert!(verdicts.clone().count() > 3, "{narrow}");
    assert!(
        verdicts.into_iter().all(|line| line.chars().count() <= 60),
        "{narrow}"
    );
}
