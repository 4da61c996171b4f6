//! The command line takes what people write, says what a wrong file is, and lets nothing in a file act on a terminal.

use std::path::Path;

use made::Small;
use presscheck_fixtures::made;

use crate::support::{presscheck, written};

fn good() -> &'static str {
    concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/test_pdfs/file-damaged/pass-book.pdf"
    )
}

/// The products that a check answers for.
fn products(args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check", good(), "--format", "json"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let output = presscheck(&all);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{args:?}: {e}: {}", String::from_utf8_lossy(&output.stderr)));
    let verdicts = report["verdicts"].as_array().unwrap();
    verdicts
        .iter()
        .map(|v| v["profile"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn platforms_go_by_the_names_people_call_them() {
    for (asked, product) in [
        ("KDP", "kdp/paperback"),
        ("amazon", "kdp/paperback"),
        ("Ingram", "ingramspark/paperback"),
        ("IngramSpark", "ingramspark/paperback"),
        ("lsi", "lightning-source/paperback"),
        ("Lightning Source", "lightning-source/paperback"),
        ("Amazon/Paperback", "kdp/paperback"),
    ] {
        assert_eq!(products(&["--for", asked]), [product], "{asked}");
    }
}

#[test]
fn papers_bindings_and_trims_go_by_the_words_of_the_trade() {
    for args in [
        ["--paper", "creme"],
        ["--paper", "Cream"],
        ["--binding", "softcover"],
        ["--binding", "Paperback"],
        ["--trim", "6 x 9"],
        ["--ink", "b&w"],
    ] {
        assert!(products(&args)[0].ends_with("/paperback"), "{args:?}");
    }
    assert_eq!(
        products(&["--binding", "hardback", "--for", "kdp"]),
        ["kdp/case-laminate"]
    );
}

#[test]
fn a_file_alone_is_checked_and_a_name_that_ends_in_json_asks_for_json() {
    assert_eq!(
        presscheck(&[good(), "--for", "kdp", "--quiet"])
            .status
            .code(),
        Some(0)
    );
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forgiving.json");
    let _ = std::fs::remove_file(&out);
    let run = presscheck(&["check", good(), "--for", "kdp", "-o", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert!(report["verdicts"].is_array());
}

#[test]
fn a_rule_that_is_not_there_names_those_that_may_be_meant() {
    let run = presscheck(&["explain", "gutter"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("did you mean gutter-too-narrow"));
}

#[test]
fn what_is_no_pdf_is_named_as_what_it_is() {
    for (name, bytes, kind) in [
        (
            "book.docx",
            b"PK\x03\x04........[Content_Types].xml".as_slice(),
            "a Word file",
        ),
        (
            "book.epub",
            b"PK\x03\x04............mimetypeapplication/epub+zip",
            "an EPUB",
        ),
        (
            "book.zip",
            b"PK\x03\x04...............chapter.txt",
            "a ZIP archive",
        ),
        ("book.jpg", b"\xff\xd8\xff\xe0....JFIF", "a JPEG picture"),
    ] {
        let path = written(name, bytes);
        let run = presscheck(&["check", path.to_str().unwrap(), "--for", "kdp"]);
        let words = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(
            words.contains(&format!("it is not a PDF but {kind}")),
            "{name}: {words}"
        );
    }
}

#[test]
fn nothing_in_a_file_acts_on_a_terminal() {
    let mut book = Small::new();
    let font = book
        .pdf
        .add("<< /Type /Font /Subtype /Type1 /BaseFont /A#1B#5D0;x#07#1B#5B31m#E2#80#AE >>");
    book.pdf.info("Title", "(T\\033]0;x\\007)");
    let mut content = book.body();
    content
        .resource("Font", "F9", font)
        .raw("BT /F9 12 Tf 90 90 Td (Harm) Tj ET\n");
    book.page(&content).plain();
    let path = written("acts.pdf", book.finish());
    for format in ["text", "json"] {
        let run = presscheck(&[
            "check",
            path.to_str().unwrap(),
            "--for",
            "kdp",
            "-v",
            "--format",
            format,
        ]);
        let words = String::from_utf8(run.stdout).unwrap();
        assert!(
            words.contains("u{1b}"),
            "{format}: the name is shown: {words}"
        );
        let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!words.contains(acts), "{format}");
    }
}
