//! `presscheck codes` as people run it: distances from folds and gutters, several files, pictures, exit codes.

use std::process::Output;

use presscheck_fixtures::{Content, Drawn, Page, Pdf, Qr, Spot};
use serde_json::Value;

use crate::support::{fixture, folder, presscheck};

fn fixture_path(path: &str) -> String {
    fixture(path).to_str().unwrap().to_owned()
}

fn codes(args: &[&str]) -> Output {
    presscheck(&[&["codes", "--quiet"], args].concat())
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(args: &[&str]) -> Value {
    let output = codes(&[args, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0));
    serde_json::from_slice(&output.stdout).unwrap()
}

const BOOK: [&str; 10] = [
    "--for", "kdp", "--trim", "6x9", "--pages", "200", "--paper", "cream", "--ink", "black",
];

#[test]
fn a_cover_is_measured_from_its_folds() {
    let cover = fixture_path("barcode-badly-placed/edge-0.25-in.pdf");
    let answer = json(&[&[cover.as_str()][..], &BOOK].concat());
    assert_eq!(answer["file"]["taken_for"], "cover");
    // A quarter of an inch from the fold.
    let fold = answer["codes"][0]["to_fold_mm"].as_f64().unwrap();
    assert!((fold - 6.35).abs() < 0.05, "{fold}");
    let plain = json(&[cover.as_str()]);
    assert_eq!(plain["file"]["taken_for"], "sheets");
    assert!(plain["codes"][0]["to_fold_mm"].is_null());
    let words = text(&codes(&[&[cover.as_str()][..], &BOOK].concat()));
    assert!(
        words.contains("0.250 in (6.4 mm) from the nearest"),
        "{words}"
    );
    // A cover of another size has its folds elsewhere.
    let mut other = BOOK;
    other[5] = "600";
    let words = text(&codes(&[&[cover.as_str()][..], &other].concat()));
    assert!(words.contains("its folds are elsewhere"), "{words}");
}

/// A page with a code and a blank one.
fn two_pages() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    let spot = Spot::new(180.0, 200.0, 75.0);
    Qr::new("https://example.org/lamp").draw(&mut pdf, &mut content, Drawn::Rows, spot);
    pdf.page(Page::new(432.0, 648.0, content));
    pdf.page(Page::new(432.0, 648.0, Content::new()));
    pdf.finish()
}

#[test]
fn an_interior_is_measured_from_its_gutter() {
    let folder = folder("codes", "interior");
    let book = folder.join("book.pdf");
    std::fs::write(&book, two_pages()).unwrap();
    // Two pages may be anything.
    let answer = json(&[book.to_str().unwrap()]);
    assert_eq!(answer["file"]["taken_for"], "sheets");
    assert_eq!(answer["codes"].as_array().unwrap().len(), 1);
    assert!(answer["codes"][0]["to_gutter_mm"].is_null());
    let novel = json(&[&fixture_path("books/novel/interior.pdf")]);
    assert_eq!(novel["file"]["taken_for"], "interior");
    for code in novel["codes"].as_array().unwrap() {
        let right = code["page"].as_u64().unwrap() % 2 == 1;
        assert_eq!(code["page_side"], if right { "right" } else { "left" });
        // The gutter is the left edge of right-hand pages.
        let edge = &code["to_trim_mm"][if right { 0 } else { 2 }];
        let off = edge.as_f64().unwrap() - code["to_gutter_mm"].as_f64().unwrap();
        assert!(off.abs() < 0.01, "{code}");
    }
}

#[test]
fn what_the_job_leaves_open_is_asked_for() {
    let cover = fixture_path("barcode-badly-placed/edge-0.25-in.pdf");
    for (args, word) in [
        (&["--pages", "200"][..], "--trim"),
        (&["--pages", "200", "--trim", "6x9"], "--for"),
        (&["--png", &cover], "folder"),
    ] {
        let output = codes(&[&[cover.as_str()][..], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains(word), "{words}");
    }
    assert_eq!(codes(&["no-such.pdf"]).status.code(), Some(2));
}

#[test]
fn nothing_found_is_no_fault_but_nothing_read_is() {
    let blank = fixture_path("isbn-barcode-missing/fail-note-kdp.pdf");
    let output = codes(&[&blank]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).contains("no code was found on its one page"));
    let folder = folder("codes", "junk");
    let junk = folder.join("junk.pdf");
    std::fs::write(&junk, "no PDF").unwrap();
    let output = codes(&[junk.to_str().unwrap(), &blank]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output).contains("cannot be read"));
}

#[test]
fn files_of_one_name_have_pictures_of_their_own() {
    let folder = folder("codes", "pictures");
    let mut files = Vec::new();
    for name in ["a/cover.pdf", "b/cover.pdf", "b/odd: name.pdf"] {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(fixture_path("barcode-badly-placed/edge-0.25-in.pdf"), &path).unwrap();
        files.push(path.to_str().unwrap().to_owned());
    }
    let into = folder.join("made");
    let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
    args.extend(["--png", into.to_str().unwrap()]);
    let words = text(&codes(&args));
    let mut made: Vec<String> = std::fs::read_dir(&into)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    made.sort();
    let wanted = [
        "cover-2-page-1-code-1.png",
        "cover-page-1-code-1.png",
        "odd_ name-page-1-code-1.png",
    ];
    assert_eq!(made, wanted);
    assert!(wanted.iter().all(|name| words.contains(name)), "{words}");
    args.truncate(3);
    args.extend(["--format", "jsonl"]);
    assert_eq!(text(&codes(&args)).lines().count(), 3);
}

#[test]
fn told_twice_to_be_verbose_it_says_why_a_code_was_not_found() {
    let folder = folder("codes", "verbose");
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    // Many small squares in rows and columns, as a code has, but no finder patterns.
    for n in 0..400 {
        let (column, row) = (f64::from(n % 20), f64::from(n / 20));
        if (n * 7919) % 5 < 2 {
            content.rect(100.0 + 4.0 * column, 100.0 + 4.0 * row, 4.0, 4.0);
        }
    }
    content.fill();
    pdf.page(Page::new(432.0, 648.0, content));
    let path = folder.join("a\u{1b}[31mred.pdf");
    std::fs::write(&path, pdf.finish()).unwrap();
    let said = |flag: &str| {
        let output = codes(&[flag, path.to_str().unwrap()]);
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let twice = said("-vv");
    assert!(twice.contains("page{number=1}:candidate{kind="), "{twice}");
    assert!(
        twice.contains("passed over: no finder patterns show") || twice.contains("decoded"),
        "{twice}"
    );
    assert!(!twice.contains('\u{1b}'), "{twice}");
    assert!(!said("-v").contains("candidate"));
}
