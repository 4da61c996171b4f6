//! The HTML report and the page of a backlist in a real browser.

use std::process::Command;

use serde_json::Value;

use presscheck_fixtures::backlist;

use crate::serve::wire::Started;
use crate::support::{fixture, folder, presscheck};

#[test]
#[ignore = "needs chromium, and node with puppeteer-core and axe-core on NODE_PATH"]
fn the_report_opens_cleanly_and_its_filters_work_by_keyboard() {
    let page = folder("browser", "report").join("report.html");
    let book = fixture("books/faulty-twin/book.toml");
    let (book, out) = (book.to_str().unwrap(), page.to_str().unwrap());
    presscheck(&["check", "--quiet", book, "-o", out]);
    let json = presscheck(&["check", "--quiet", book, "--format", "json"]).stdout;
    let report: Value = serde_json::from_slice(&json).unwrap();
    let causes = report["causes"].as_array().unwrap();
    let notes = causes.iter().filter(|c| c["level"] == "note").count();
    let of_first = |cause: &&Value| {
        let findings = cause["findings"].as_array().unwrap();
        findings.iter().any(|index| {
            let finding = &report["findings"][index.as_u64().unwrap() as usize];
            finding["profile"] == report["verdicts"][0]["profile"]
        })
    };
    let of_first_at = |cause: &&Value, level: &str| {
        let findings = cause["findings"].as_array().unwrap().iter();
        let levels = findings
            .map(|index| &report["findings"][index.as_u64().unwrap() as usize])
            .filter(|finding| finding["profile"] == report["verdicts"][0]["profile"])
            .map(|finding| finding["level"].as_str().unwrap());
        let rank = |level: &str| {
            ["error", "warning", "note"]
                .iter()
                .position(|l| *l == level)
        };
        levels.min_by_key(|level| rank(level)) == Some(level)
    };
    let on_page = |cause: &&Value| {
        let is_on = cause["pages"].as_array().unwrap().contains(&75.into());
        cause["file"] == "interior" && is_on
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/browser/report.cjs");
    let output = Command::new("node")
        .args([script, out, "75"])
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        lines.lines().count(),
        2,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for line in lines.lines() {
        let seen: Value = serde_json::from_str(line).unwrap();
        for none in ["messages", "requests", "faults"] {
            assert_eq!(
                seen[none],
                Value::Array(Vec::new()),
                "{none} in {}",
                seen["scheme"]
            );
        }
        assert!(seen["overflow"].as_i64().unwrap() <= 0);
        assert_eq!(seen["all"], causes.len());
        assert_eq!(seen["worse"], causes.len() - notes);
        assert_eq!(seen["first"], causes.iter().filter(of_first).count());
        let warnings = causes.iter().filter(|c| of_first_at(c, "warning")).count();
        assert_eq!(seen["warnings"], warnings);
        assert_eq!(seen["none"], serde_json::json!([0, true]));
        assert_eq!(seen["again"], serde_json::json!([causes.len(), false]));
        assert_eq!(seen["onPage"], causes.iter().filter(on_page).count());
        assert_eq!(seen["sheets"], 1);
    }
}

#[test]
#[ignore = "needs chromium, and node with puppeteer-core and axe-core on NODE_PATH"]
fn the_page_of_a_backlist_is_searched_sorted_and_turned_by_keyboard() {
    let folder = folder("browser", "summary");
    let page = folder.join("summary.html");
    let list = backlist::make(&folder, 230, &[4]);
    let (list, out) = (list.catalogue.to_str().unwrap(), page.to_str().unwrap());
    presscheck(&["batch", "--quiet", "--no-cache", list, "--summary", out]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/browser/summary.cjs");
    let output = Command::new("node").args([script, out]).output().unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    for none in ["messages", "requests", "faults"] {
        assert_eq!(seen[none], Value::Array(Vec::new()), "{none}");
    }
    assert_eq!(seen["first"], "1 to 100 of 230 titles");
    assert_eq!(seen["second"], "101 to 200 of 230 titles");
    assert_eq!(seen["found"], "1 to 1 of 1 titles");
    assert_eq!(seen["opened"], true);
    assert_eq!(seen["falling"], "230");
}

#[test]
#[ignore = "needs chromium, and node with puppeteer-core and axe-core on NODE_PATH"]
fn a_book_is_dropped_on_the_page_changed_mended_and_dropped_again() {
    let server = Started::new(&[]);
    let folder = folder("browser", "serve");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let docx = file(
        "book.docx",
        &b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml".repeat(40),
    );
    let locked = fixture("hostile/password.pdf");
    let huge = folder.join("huge.pdf");
    std::fs::File::create(&huge)
        .unwrap()
        .set_len(2_000_000_000)
        .unwrap();
    let downloads = folder.join("downloads");
    std::fs::create_dir(&downloads).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/browser/serve.cjs");
    let output = Command::new("node")
        .arg(script)
        .arg(format!("http://{}/", server.host()))
        .args([
            &downloads,
            &fixture("books/faulty-twin"),
            &fixture("books/novel"),
            &docx,
            &locked,
            &huge,
        ])
        .output()
        .unwrap();
    std::fs::remove_file(&huge).unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    for none in ["messages", "requests", "faults"] {
        assert_eq!(seen[none], Value::Array(Vec::new()), "{none}");
    }
    for narrow in ["overflowEmpty", "overflow"] {
        assert!(seen[narrow].as_i64().unwrap() <= 0, "{narrow}");
    }
    let says = |member: &str, words: &[&str]| {
        let text = seen[member].to_string();
        for word in words {
            assert!(text.contains(word), "{member}: {text}");
        }
    };
    assert!(!seen["progress"].as_array().unwrap().is_empty());
    says("found", &["black", "assumed: "]);
    says("trim", &["6.000 x 9.000 in"]);
    assert_eq!(seen["cards"], 3);
    assert!(seen["filtered"].as_u64() < seen["causes"].as_u64());
    says("paper", &["the check before"]);
    assert_eq!(seen["second"], "");
    says("leftOut", &["KDP"]);
    says("printers", &["kdp"]);
    says("mended", &["gone", "remain"]);
    assert_eq!(seen["books"].as_array().unwrap().len(), 1);
    says("proof", &["%PDF"]);
    says("sizes", &["0.540 in"]);
    assert_eq!(seen["template"].as_array().unwrap().len(), 1);
    says("docx", &["Word"]);
    says("locked", &["password"]);
    says("huge", &["2000 MB", "1000 MB"]);
    says("three", &["3 files"]);
}
