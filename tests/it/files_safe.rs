//! No command writes over what it reads, nor over what presscheck did not write, by whatever name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::{folder, program};

/// A copy of the sample novel in a folder of its own, with a catalogue.
fn desk(name: &str) -> PathBuf {
    let folder = folder("files-safe", name);
    for entry in std::fs::read_dir("test_pdfs/books/novel").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    let list = "interior,cover,for,trim\ninterior.pdf,cover-kdp.pdf,kdp,6x9\n";
    std::fs::write(folder.join("backlist.csv"), list).unwrap();
    std::fs::write(folder.join("notes.txt"), "my own notes\n").unwrap();
    folder
}

/// Every file with its bytes.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path());
    entries
        .filter(|p| p.is_file())
        .map(|p| (p.clone(), std::fs::read(&p).unwrap()))
        .collect()
}

fn run(folder: &Path, line: &str) -> Output {
    program()
        .current_dir(folder)
        .args(line.split_whitespace())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs what has to be refused, and looks at every file before and after.
fn refused(folder: &Path, line: &str, why: &str) {
    let before = all(folder);
    let output = run(folder, line);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{line}: {said}");
    assert!(
        said.contains(why) && said.contains("help: "),
        "{line}: {said}"
    );
    assert!(all(folder) == before, "{line}: something was touched");
}

const TEMPLATE: &str = "cover --for kdp --trim 6x9 --pages 100 --format pdf";

#[test]
fn inputs_are_never_written_over() {
    let folder = desk("inputs");
    let read = "would be written over";
    let mut lines = vec![
        "check book.toml -o book.toml".to_owned(),
        "check book.toml -o cover-ingram.pdf".to_owned(),
        "check interior.pdf -o interior.pdf".to_owned(),
        "codes cover-kdp.pdf -o cover-kdp.pdf".to_owned(),
        "facts interior.pdf -o interior.pdf".to_owned(),
        "facts interior.pdf -o ../inputs/./interior.pdf".to_owned(),
        "batch backlist.csv --no-cache -o backlist.csv".to_owned(),
        "batch backlist.csv --no-cache -o interior.pdf".to_owned(),
        "batch backlist.csv --no-cache --summary backlist.csv".to_owned(),
        "batch backlist.csv --no-cache --accept notes.txt -o notes.txt".to_owned(),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("interior.pdf", folder.join("link.pdf")).unwrap();
        std::fs::hard_link(folder.join("interior.pdf"), folder.join("twin.pdf")).unwrap();
        lines.push("facts interior.pdf -o link.pdf".to_owned());
        lines.push("facts link.pdf -o twin.pdf".to_owned());
        lines.push("batch backlist.csv --no-cache -o twin.pdf".to_owned());
    }
    for line in &lines {
        refused(&folder, line, read);
        refused(&folder, &format!("{line} --force"), read);
    }
}

#[cfg(unix)]
#[test]
fn an_input_behind_a_descriptor_is_spared() {
    let folder = desk("descriptors");
    let before = all(&folder);
    for tail in [
        "-o /dev/stdin < interior.pdf",
        "-o /dev/fd/5 5<> interior.pdf",
        ">> interior.pdf",
        "-o /dev/stdout >> interior.pdf",
    ] {
        let line = format!(
            "{} facts interior.pdf {tail}",
            env!("CARGO_BIN_EXE_presscheck")
        );
        let shell = Command::new("sh")
            .current_dir(&folder)
            .args(["-c", &line])
            .output()
            .unwrap();
        assert_eq!(shell.status.code(), Some(2), "{tail}");
        assert!(all(&folder) == before, "{tail}");
    }
}

#[test]
fn strangers_are_written_over_only_when_that_is_meant() {
    let folder = desk("strangers");
    for line in [
        &format!("{TEMPLATE} -o interior.pdf"),
        "spine --pages 100 -o notes.txt",
        "check interior.pdf --format json -o notes.txt",
        "batch backlist.csv --no-cache -o notes.txt",
    ] {
        refused(&folder, line, "presscheck did not write it");
    }
    assert_eq!(
        run(&folder, "spine --pages 100 -o notes.txt --force")
            .status
            .code(),
        Some(0)
    );
    assert!(
        std::fs::read(folder.join("notes.txt"))
            .unwrap()
            .starts_with(b"Spines")
    );
    refused(&folder, "spine --pages 100 -o .", "it is a folder");
    let twice = "batch backlist.csv --no-cache --summary a.csv --summary ./a.csv";
    refused(&folder, twice, "written twice");
}

#[test]
fn its_own_files_are_known_until_somebody_works_in_them() {
    let folder = desk("own");
    for (line, file) in [
        ("spine --pages 100", "spine.txt"),
        ("cover --for kdp --trim 6x9 --pages 100", "cover.txt"),
        (
            "cover --for kdp --trim 6x9 --pages 100 --format svg",
            "cover.svg",
        ),
        (TEMPLATE, "cover.pdf"),
    ] {
        let line = format!("{line} -o {file}");
        assert_eq!(run(&folder, &line).status.code(), Some(0), "{line}");
        assert_eq!(run(&folder, &line).status.code(), Some(0), "{line} again");
        let mut bytes = std::fs::read(folder.join(file)).unwrap();
        bytes.extend_from_slice(b"% mine\n");
        std::fs::write(folder.join(file), bytes).unwrap();
        refused(&folder, &line, "it was changed since");
    }
    for line in [
        "facts cover-kdp.pdf -o facts.json",
        "codes cover-kdp.pdf --png pictures",
        "batch backlist.csv --no-cache -o r.jsonl --summary s.csv --summary s.html",
    ] {
        assert_eq!(run(&folder, line).status.code(), Some(0), "{line}");
        assert_eq!(run(&folder, line).status.code(), Some(0), "{line} again");
    }
    let mut names = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name());
    assert!(names.all(|n| !n.to_string_lossy().starts_with(".presscheck-")));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_written_through() {
    let folder = desk("through");
    std::os::unix::fs::symlink("real.txt", folder.join("link.txt")).unwrap();
    assert_eq!(
        run(&folder, "spine --pages 100 -o link.txt").status.code(),
        Some(0)
    );
    assert!(folder.join("link.txt").is_symlink() && folder.join("real.txt").is_file());
    let plain = run(&folder, "spine --pages 100").stdout;
    assert_eq!(
        run(&folder, "spine --pages 100 -o /dev/stdout").stdout,
        plain
    );
    assert_eq!(
        run(&folder, "spine --pages 100 -o /dev/null").status.code(),
        Some(0)
    );
}

/// The shell ends the program in the middle of its writing: files may be no longer than a block.
#[cfg(unix)]
#[test]
fn a_write_that_is_cut_short_leaves_the_old_file() {
    let folder = desk("cut");
    let line = "facts interior.pdf -o facts.json";
    std::fs::write(
        folder.join("facts.json"),
        "{\"schema\": \"presscheck-facts/1\"}",
    )
    .unwrap();
    let before = std::fs::read(folder.join("facts.json")).unwrap();
    let shell = Command::new("sh")
        .current_dir(&folder)
        .args([
            "-c",
            &format!("ulimit -f 1; {} {line}", env!("CARGO_BIN_EXE_presscheck")),
        ])
        .output()
        .unwrap();
    assert!(!shell.status.success());
    assert_eq!(std::fs::read(folder.join("facts.json")).unwrap(), before);
    assert_eq!(run(&folder, line).status.code(), Some(0));
    assert!(std::fs::metadata(folder.join("facts.json")).unwrap().len() > 10_000);
}

#[test]
fn jobs_and_files_that_a_backlist_names_in_any_way_are_spared() {
    let folder = desk("named");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("books.csv", "id,book\nn1,book.toml\n");
    write("spare.csv", "cover,comment\ncover-kdp.pdf,notes.txt\n");
    write(
        "quote.csv",
        "id,interior,cover,for\nn1,interior.pdf,cover-kdp.pdf,kdp\nn2,interior.pdf,cover-ingram.pdf,\"kdp\n",
    );
    write(
        "more.csv",
        "interior,for\nno.pdf,kdp,lulu,cover-ingram.pdf\n",
    );
    write("size.csv", "interior,trim\ninterior.pdf,large\n");
    write("typo.csv", "id,book\nn1,typo.toml\n");
    write("typo.toml", "interior = 'interior.pdf'\npaper = 'blue'\n");
    write("broken.csv", "book\nbroken.toml\n");
    write("broken.toml", "interior = 'interior.pdf\ncover =\n");
    let mut lines = vec![
        "books.csv -o book.toml",
        "books.csv -o cover-ingram.pdf",
        "spare.csv -o notes.txt",
        "quote.csv -o cover-ingram.pdf",
        "more.csv -o cover-ingram.pdf",
        "size.csv -o interior.pdf",
        "typo.csv -o typo.toml",
        "typo.csv -o interior.pdf",
        "broken.csv -o interior.pdf",
        ". -o book.toml",
        ". -o interior.pdf",
    ];
    if cfg!(unix) {
        std::fs::hard_link(folder.join("book.toml"), folder.join("h.html")).unwrap();
        lines.push("books.csv --summary h.html");
    }
    for line in lines {
        let line = format!("batch {line} --no-cache --force");
        refused(&folder, &line, "would be written over");
    }
    // A comment that is no path, and results of a run before, are nobody's inputs.
    for _ in 0..2 {
        let run = run(&folder, "batch books.csv --no-cache -o r.jsonl --quiet");
        assert_ne!(run.status.code(), Some(2), "{run:?}");
    }
}

#[test]
fn files_of_titles_that_a_folder_or_an_isbn_cannot_give_are_spared() {
    let folder = desk("doubtful");
    for name in ["9781234567897_txt.pdf", "978-1-234-56789-7-interior.pdf"] {
        std::fs::copy(folder.join("interior.pdf"), folder.join(name)).unwrap();
    }
    std::fs::write(
        folder.join("isbn.csv"),
        "isbn,trim\n978-1-234-56789-7,6x9\n",
    )
    .unwrap();
    for catalogue in [".", "isbn.csv"] {
        let line = format!("batch {catalogue} --no-cache -o 9781234567897_txt.pdf --force");
        refused(&folder, &line, "would be written over");
    }
}
