//! The command line takes what people write, says what a wrong file is, and lets nothing in a file act on a terminal.

use std::path::Path;

use made::Small;
use presscheck_fixtures::made;

use crate::support::{folder, presscheck, written};

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
        ["--binding", "perfect"],
        ["--binding", "Perfect Bound"],
        ["--binding", "Paperback"],
        ["--trim", "6 x 9"],
        ["--trim", "6″x9″"],
        ["--trim", "6’x9’"],
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
fn two_interiors_and_two_covers_are_no_book() {
    let sample = |name: &str| format!("{}/test_pdfs/books/{name}", env!("CARGO_MANIFEST_DIR"));
    let [novel, twin] = ["novel/interior.pdf", "faulty-twin/interior.pdf"].map(sample);
    let [kdp, ingram] = ["novel/cover-kdp.pdf", "novel/cover-ingram.pdf"].map(sample);
    for (files, words) in [
        ([&novel, &twin], "these are two interiors"),
        ([&kdp, &ingram], "these are two covers"),
    ] {
        let run = presscheck(&["check", files[0], files[1]]);
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{told}");
        assert!(told.contains(words), "{told}");
    }
    // Whoever says which is which is answered.
    let run = presscheck(&["check", "--interior", &novel, "--cover", &twin]);
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn a_cover_for_one_printer_asks_that_printer_beside_the_usual_ones() {
    let cover = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/test_pdfs/books/novel/cover-kdp.pdf"
    );
    let asked = products(&["--cover", &format!("lulu={cover}")]);
    assert_eq!(
        asked,
        [
            "kdp/paperback",
            "ingramspark/paperback",
            "lightning-source/paperback",
            "lulu/paperback"
        ]
    );
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

/// Whether a character moves a cursor, rings a bell or turns the direction of what follows it.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first line in which a character acts. Isolates within quotation marks are the program's own: they keep letters that run
/// from right to left apart from what follows.
fn harmed(words: &str) -> Option<String> {
    let own = words
        .replace("\"\u{2068}", "\"")
        .replace("\u{2069}\"", "\"")
        .replace("&quot;\u{2068}", "&quot;")
        .replace("\u{2069}&quot;", "&quot;");
    own.lines()
        .find(|line| line.contains(acts))
        .map(str::to_owned)
}

/// What harms, around letters that have to stay.
const HARM: &str = "A\u{1b}[31m\u{7}\u{202e}B \u{5e9}\u{5dc}\u{5d5}\u{5dd}";

#[test]
fn what_is_told_acts_on_nothing_and_its_letters_stay() {
    let novel = crate::support::fixture("books/novel/interior.pdf");
    let novel = novel.to_str().unwrap();
    for format in ["text", "github", "markdown", "junit", "html"] {
        let run = presscheck(&[
            "check", novel, "--for", "kdp", "-v", "--title", HARM, "--isbn", HARM, "--format",
            format,
        ]);
        let words = String::from_utf8(run.stdout).unwrap();
        assert!(
            words.contains("\u{5e9}\u{5dc}\u{5d5}\u{5dd}"),
            "{format}: {words}"
        );
        assert_eq!(harmed(&words), None, "{format}");
    }
    let run = presscheck(&[
        "--color", "always", "check", novel, "--for", "kdp", "--title", HARM,
    ]);
    let words = String::from_utf8(run.stdout).unwrap();
    assert!(
        words.contains("\u{1b}[1m") && words.contains("\\u{1b}[31m"),
        "{words}"
    );
    assert!(!words.contains("\u{1b}[31m") && !words.contains('\u{7}'));
}

#[test]
fn names_of_a_backlist_act_on_nothing() {
    let folder = folder("forgiving", "backlist");
    let list = folder.join("list.csv");
    let text = format!(
        "id,title,isbn,interior\n{HARM},{HARM},,{}\nb{HARM},,,no{HARM}.pdf\n,,{HARM},{}\n",
        good(),
        good()
    );
    std::fs::write(&list, text).unwrap();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (csv, html) = (at("s.csv"), at("s.html"));
    let list = list.to_str().unwrap();
    let run = presscheck(&[
        "batch",
        list,
        "--no-cache",
        "--summary",
        &csv,
        "--summary",
        &html,
    ]);
    let dry = presscheck(&["batch", list, "--dry-run"]);
    let read = |file: &str| String::from_utf8(std::fs::read(file).unwrap()).unwrap();
    let said = [run.stdout, run.stderr, dry.stdout, dry.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap());
    for words in said
        .into_iter()
        .chain([read(&csv).replace('\r', ""), read(&html)])
    {
        assert_eq!(harmed(&words), None);
    }
    // The page and the table show what they hold.
    assert!(read(&csv).contains("\\u{1b}[31m") && read(&html).contains("\u{5dd}"));
}

#[cfg(unix)]
#[test]
fn names_of_files_act_on_nothing() {
    let folder = folder("forgiving", "names");
    let unread = folder.join(format!("x{HARM}\nPASS.pdf"));
    std::fs::write(&unread, "no PDF").unwrap();
    let codes = crate::support::fixture("qr-too-small");
    let first = std::fs::read_dir(codes).unwrap().map(|e| e.unwrap().path());
    let first = first
        .filter(|p| p.extension().is_some_and(|e| e == "pdf"))
        .min();
    let coded = folder.join(format!("c{HARM}.pdf"));
    std::fs::copy(first.unwrap(), &coded).unwrap();
    let (unread, coded) = (unread.to_str().unwrap(), coded.to_str().unwrap());
    let png = folder.join(format!("png{HARM}"));
    let png = png.to_str().unwrap();
    for args in [
        vec!["codes", unread],
        vec!["codes", unread, coded, "--png", png],
        vec!["batch", folder.to_str().unwrap(), "--no-cache"],
        vec!["batch", folder.to_str().unwrap(), "--dry-run"],
        vec!["check", coded, "--for", "kdp"],
        vec!["check", coded, "--trim", HARM],
        vec![HARM],
    ] {
        let run = presscheck(&args);
        for bytes in [run.stdout, run.stderr] {
            let words = String::from_utf8(bytes).unwrap();
            assert_eq!(harmed(&words), None, "{args:?}");
            assert!(
                !words.lines().any(|line| line.starts_with("PASS")),
                "{words}"
            );
        }
    }
}

#[test]
fn a_cover_told_twice_or_not_at_all_is_an_error_that_says_so() {
    for (covers, why) in [
        (
            vec!["kdp=a.pdf", "kdp=b.pdf"],
            "two covers are told for kdp, a.pdf and b.pdf",
        ),
        (
            vec!["a.pdf", "b.pdf"],
            "two covers are told, a.pdf and b.pdf",
        ),
        (vec!["kdp="], "the file is missing; write --cover kdp=FILE"),
        (vec!["=a.pdf"], "the platform is missing"),
    ] {
        let flags = covers.iter().flat_map(|cover| ["--cover", cover]);
        let args: Vec<&str> = ["check", good()].into_iter().chain(flags).collect();
        let run = presscheck(&args);
        let words = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{covers:?}: {words}");
        assert!(words.contains(why), "{covers:?}: {words}");
    }
}

#[test]
fn all_is_no_platform_and_the_answer_says_what_asks_all() {
    let run = presscheck(&["check", good(), "--for", "all"]);
    let words = String::from_utf8_lossy(&run.stderr);
    assert!(words.contains("without --for all of kdp, "), "{words}");
}
