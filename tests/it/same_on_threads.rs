//! The program's promises to scripts: the same report on one thread or many, and the exit codes of `check --help`.

use std::path::Path;
use std::process::Output;

use crate::support::{fixture, program, written};

fn presscheck(args: &[&str], files: &[&Path]) -> Output {
    program().args(args).args(files).output().unwrap()
}

/// The exit code of `presscheck check`.
fn check(args: &[&str], files: &[&Path]) -> i32 {
    let args: Vec<&str> = ["check"].iter().chain(args).copied().collect();
    let output = presscheck(&args, files);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!words.contains("panicked"), "{words}");
    output.status.code().expect("the program ends by itself")
}

#[test]
fn one_thread_and_many_report_the_same_bytes() {
    for (book, format) in [
        ("novel", "json"),
        ("faulty-twin", "json"),
        ("faulty-twin", "text"),
    ] {
        let job = fixture(&format!("books/{book}/book.toml"));
        let report =
            |jobs: &str| presscheck(&["check", "--jobs", jobs, "--format", format], &[&job]).stdout;
        let one = report("1");
        assert!(one.len() > 500, "{book}: there is a report");
        assert!(
            one == report("4"),
            "{book}: {format} on one thread and on four differ"
        );
    }
}

#[test]
fn facts_are_the_same_on_one_thread_and_many() {
    let file = fixture("books/faulty-twin/interior.pdf");
    let facts = |jobs: &str| presscheck(&["facts", "--jobs", jobs], &[&file]).stdout;
    let one = facts("1");
    assert!(one.len() > 10_000 && one == facts("4"));
}

#[test]
fn nothing_wrong_is_0() {
    assert_eq!(check(&[], &[&fixture("books/novel/book.toml")]), 0);
    // Warnings and notes are not errors, unless somebody says so.
    let warned = fixture("page-count-odd/fail-warning-25-pages.toml");
    let select = ["--select", "page-count-odd"];
    assert_eq!(check(&select, &[&warned]), 0);
    let strict = [&select[..], &["--fail-on", "warning"]].concat();
    assert_eq!(check(&strict, &[&warned]), 1);
    let faulty = fixture("books/faulty-twin/book.toml");
    assert_eq!(check(&["--fail-on", "never"], &[&faulty]), 0);
}

#[test]
fn findings_are_1() {
    assert_eq!(check(&[], &[&fixture("books/faulty-twin/book.toml")]), 1);
    let raised = ["--level", "page-count-odd=error"];
    assert_eq!(
        check(
            &raised,
            &[&fixture("page-count-odd/fail-warning-25-pages.toml")]
        ),
        1
    );
}

#[test]
fn what_cannot_start_is_2() {
    let book = fixture("page-size-wrong/pass-trim.pdf");
    assert_eq!(check(&[], &[&fixture("there-is-no-such.pdf")]), 2);
    assert_eq!(check(&[], &[&fixture("books")]), 2);
    assert_eq!(check(&[], &[]), 2);
    for flags in [
        &["--no-such-flag"][..],
        &["--trim", "6 by nine"],
        &["--for", "no-such-platform"],
        &["--select", "no-such-rule"],
        &["--ignore", "no-such-rule"],
        &["--level", "page-count-odd=terrible"],
        &["--format", "papyrus"],
        &["--paper", "birch-bark"],
        &["--profile", "there-is-no-such.toml"],
    ] {
        assert_eq!(check(flags, &[&book]), 2, "{flags:?}");
    }
    for (name, text) in [
        ("no-toml.toml", "interior = ["),
        (
            "unknown-key.toml",
            "interior = \"x.pdf\"\npapper = \"cream\"\n",
        ),
        (
            "unknown-word.toml",
            "interior = \"x.pdf\"\npaper = \"birch-bark\"\n",
        ),
        ("missing-file.toml", "interior = \"there-is-no-such.pdf\"\n"),
        (
            "unknown-platform.toml",
            "interior = \"x.pdf\"\nfor = [\"no-such\"]\n",
        ),
        ("nothing.toml", ""),
    ] {
        assert_eq!(check(&[], &[&written(name, text)]), 2, "{name}");
    }
}

#[test]
fn a_wrong_profile_is_2() {
    let book = fixture("page-size-wrong/pass-trim.pdf");
    for (name, text) in [
        ("empty-profile.toml", ""),
        ("half-a-profile.toml", "id = \"mine/paperback\"\n"),
        (
            "unknown-rule.toml",
            "id = \"mine/paperback\"\ntitle = \"Mine\"\nplatform = \"mine\"\nbinding = \"paperback\"\n\
             extends = \"kdp/paperback\"\n[rules.no-such-rule]\nsource = \"margins\"\n",
        ),
        (
            "no-source.toml",
            "id = \"mine/paperback\"\ntitle = \"Mine\"\nplatform = \"mine\"\nbinding = \"paperback\"\n\
             extends = \"kdp/paperback\"\n[rules.page-rotated]\nsource = \"no such source\"\n",
        ),
        (
            "unknown-limit.toml",
            "id = \"mine/paperback\"\ntitle = \"Mine\"\nplatform = \"mine\"\nbinding = \"paperback\"\n\
             extends = \"kdp/paperback\"\n[rules.image-stretched]\nsource = \"images\"\nabove-furlongs = 5\n",
        ),
    ] {
        let profile = written(name, text);
        assert_eq!(
            check(&["--profile", profile.to_str().unwrap()], &[&book]),
            2,
            "{name}"
        );
    }
}

#[test]
fn what_cannot_be_checked_is_3() {
    let text = written("a-text.pdf", "Chapter one\n");
    assert_eq!(check(&[], &[&text]), 3);
    assert_eq!(check(&["--fail-on", "never"], &[&text]), 3);
    assert_eq!(check(&[], &[&written("empty.pdf", "")]), 3);
    assert_eq!(
        check(&[], &[&fixture("file-unreadable/fail-error-password.pdf")]),
        3
    );
    let interior = fixture("interior-cover-mismatch/part-interior.pdf");
    let cover = fixture("interior-cover-mismatch/pass-same-trim.pdf");
    assert_eq!(check(&["--for", "kdp"], &[&interior, &text]), 3);
    assert_eq!(check(&["--for", "kdp"], &[&text, &cover]), 3);
    // Half a file is never a pass either, whatever a reader can still make of it.
    let whole = std::fs::read(&interior).unwrap();
    let half = Path::new(env!("CARGO_TARGET_TMPDIR")).join("half.pdf");
    std::fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(check(&[], &[&half]), 3);
}

#[test]
fn an_unreadable_file_is_no_pass_in_the_report() {
    let text = written("no-pass.pdf", "Chapter one\n");
    let output = presscheck(&["check", "--format", "json"], &[&text]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let verdicts = report["verdicts"].as_array().unwrap();
    assert!(!verdicts.is_empty());
    for verdict in verdicts {
        // That it cannot be read is an error of its own; whatever else is asked stays unanswered.
        assert_eq!(verdict["verdict"], "fail", "{verdict}");
        assert!(verdict["not_checked"].as_u64() > Some(10), "{verdict}");
    }
}

#[test]
fn a_locked_book_with_forms_within_forms_is_read_whole() {
    let path = fixture("file-encrypted/fail-error-opens-without-password.pdf");
    let report = presscheck(&["check", "--for", "kdp", "--format", "json"], &[&path]).stdout;
    let report = String::from_utf8(report).unwrap();
    assert!(report.contains("\"file-encrypted\""));
    assert!(!report.contains("\"not-checked\""), "{report}");
}
