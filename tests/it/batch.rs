//! A backlist from outside: real spreadsheets' headers and dirty rows, every line against a single `check`, exit codes,
//! cache, comparison, accepted findings, summaries.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{fixture, folder, presscheck};
use presscheck_fixtures::backlist;

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The lines of `batch --format jsonl`, without a cache, and the exit code.
fn batch(args: &[&str]) -> (Vec<String>, i32) {
    let args = [
        &["batch", "--quiet", "--no-cache", "--format", "jsonl"],
        args,
    ]
    .concat();
    let output = presscheck(&args);
    let text = String::from_utf8(output.stdout).unwrap();
    (
        text.lines().map(str::to_owned).collect(),
        output.status.code().unwrap(),
    )
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

/// `id result why` of each line.
fn ended(lines: &[String]) -> Vec<String> {
    let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .map(|l| {
            let batch = &json(l)["batch"];
            let notes = batch["notes"].as_array().into_iter().flatten();
            let notes: Vec<String> = notes.map(word).collect();
            format!(
                "{} {} {} {} {}",
                batch["line"],
                word(&batch["id"]),
                word(&batch["result"]),
                word(&batch["why"]),
                notes.join(" ")
            )
            .trim()
            .to_owned()
        })
        .collect()
}

#[test]
fn every_line_is_what_check_prints_and_an_envelope() {
    let folder = folder("batch", "same");
    let (novel, faulty) = (
        fixture("books/novel/book.toml"),
        fixture("books/faulty-twin"),
    );
    let interior = faulty.join("interior.pdf");
    let cover = faulty.join("cover.pdf");
    let broken = written(&folder, "broken.pdf", "no PDF\n");
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    let rows = [
        (format!("a,{},,,,,", path(&novel)), vec![path(&novel)]),
        (
            format!("b,,{},{},kdp lulu,6x9,white", path(&interior), path(&cover)),
            [
                "--interior",
                &path(&interior),
                "--cover",
                &path(&cover),
                "--for",
                "kdp,lulu",
                "--trim",
                "6x9",
                "--paper",
                "white",
            ]
            .map(str::to_owned)
            .to_vec(),
        ),
        (
            format!("c,,{},,,,", path(&broken)),
            vec!["--interior".to_owned(), path(&broken)],
        ),
        (
            format!("d,,,{},kdp,a5,", path(&cover)),
            ["--cover", &path(&cover), "--for", "kdp", "--trim", "a5"]
                .map(str::to_owned)
                .to_vec(),
        ),
    ];
    let mut text = String::from("id,book,interior,cover,for,trim,paper\n");
    for (row, _) in &rows {
        text.push_str(row);
        text.push('\n');
    }
    let catalogue = written(&folder, "list.csv", &text);
    let (lines, code) = batch(&["--jobs", "2", catalogue.to_str().unwrap()]);
    assert_eq!((lines.len(), code), (4, 3));
    for (line, (_, flags)) in lines.iter().zip(&rows) {
        let flags: Vec<&str> = ["check", "--format", "jsonl"]
            .into_iter()
            .chain(flags.iter().map(String::as_str))
            .collect();
        let single = String::from_utf8(presscheck(&flags).stdout).unwrap();
        // Byte for byte: what follows the envelope is the report.
        let report = format!(
            "{{{}",
            &line[line.find("\"schema\":\"presscheck-report/1\"").unwrap()..]
        );
        assert!(report == single.trim_end(), "{line:.300}\n{single:.300}");
    }
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_others_go_on() {
    let folder = folder("batch", "dirty");
    let good = fixture("page-size-wrong/pass-trim.pdf");
    let good = good.to_str().unwrap();
    let text = format!(
        "\u{feff}ID;Interior;Paper;Pages;Weight;ISBN;Papper\r\n\
         ok;{good};Creme;;;978-1-234-56789-7;\r\n\
         \r\n\
         ;;;;;;\r\n\
         paper;{good};birch bark;;;;\r\n\
         pages;{good};;many;;;\r\n\
         isbn;{good};;;;9,78123E+12;\r\n\
         open;\"{good};;;;;\r\n\
         extra;{good};;;;;;;oh;\r\n\
         gone;no-such.pdf;;;;;\r\n\
         ok;{good};cream;;;;\r\n\
         none;;;;;;\r\n"
    );
    let catalogue = written(&folder, "list.csv", &text);
    let (lines, code) = batch(&[
        "--select",
        "page-size-wrong",
        "--for",
        "kdp",
        catalogue.to_str().unwrap(),
    ]);
    assert_eq!(code, 3);
    let ended = ended(&lines);
    let wanted = [
        (2, "ok pass", ""),
        (5, "paper not-checked", "birch"),
        (6, "pages not-checked", "\"many\" is not a whole number"),
        (7, "isbn pass", "rounded"),
        (8, "line 8 not-checked", "not closed"),
        (9, "extra not-checked", "cells where the header has"),
        (10, "gone not-checked", "no such file"),
        (11, "ok (2) pass", ""),
        (12, "none not-checked", "names no file"),
    ];
    assert_eq!(ended.len(), wanted.len(), "{ended:#?}");
    for (line, (number, start, words)) in ended.iter().zip(wanted) {
        assert!(
            line.starts_with(&format!("{number} {start}")) && line.contains(words),
            "{line} for {number} {start}"
        );
    }
    let told = presscheck(&["batch", "--dry-run", catalogue.to_str().unwrap()]);
    let words = String::from_utf8_lossy(&told.stderr);
    assert!(
        words.contains("Papper"),
        "a column nobody knows is told: {words}"
    );
    assert_eq!(told.status.code(), Some(3));
}

/// A paperback and a hardcover on lines of their own are held against each other.
#[test]
fn formats_that_share_an_isbn_are_told() {
    let folder = folder("batch", "formats");
    let good = fixture("page-size-wrong/pass-trim.pdf");
    let good = good.to_str().unwrap();
    let text = format!(
        "id,interior,binding,for,isbn\n\
         soft,{good},paperback,kdp,978-1-234-56789-7\n\
         soft-elsewhere,{good},paperback,ingramspark,9781234567897\n\
         hard,{good},case-laminate,kdp,1-234-56789-X\n\
         hard-of-its-own,{good},case-laminate,kdp,978-0-306-40615-7\n"
    );
    let catalogue = written(&folder, "list.csv", &text);
    let (lines, _) = batch(&["--select", "page-size-wrong", catalogue.to_str().unwrap()]);
    let notes: Vec<String> = lines
        .iter()
        .map(|line| json(line)["batch"]["notes"].to_string())
        .collect();
    let shared: Vec<bool> = notes
        .iter()
        .map(|n| n.contains("is that of title 1, a paperback, as well"))
        .collect();
    assert_eq!(shared, [false, false, true, false], "{notes:#?}");
}

/// A quotation mark that closes by chance lines below costs its own line only.
#[test]
fn a_quotation_mark_does_not_take_in_the_lines_below() {
    let folder = folder("batch", "quotes");
    let good = fixture("page-size-wrong/pass-trim.pdf");
    let good = good.to_str().unwrap();
    let text = format!(
        "id,interior,for,isbn\na,\"{good},kdp,\nb,{good},kdp,\nc,{good},\"kdp\",\nd,{good},kdp,\n"
    );
    let catalogue = written(&folder, "list.csv", &text);
    let (lines, _) = batch(&["--select", "page-size-wrong", catalogue.to_str().unwrap()]);
    let ended = ended(&lines);
    assert_eq!(
        ended[1..],
        ["3 b pass", "4 c pass", "5 d pass"],
        "{ended:?}"
    );
    assert!(ended[0].starts_with("2 line 2 not-checked"), "{ended:?}");
}

/// The header of the ACS sheet as it is handed out, account and contact above it.
#[test]
fn lightning_source_acs_sheet() {
    let folder = folder("batch", "acs");
    let copy = |from: &str, to: &str| std::fs::copy(fixture(from), folder.join(to)).unwrap();
    copy("books/novel/interior.pdf", "9781234567897_txt.pdf");
    copy("books/novel/cover-ingram.pdf", "9781234567897_cvr.pdf");
    let header = "Parent ISBN,ISBN or SKU,Rendition /Booktype,Title,Publisher,Imprint,Cover/Jacket Submission Method,\"Text Block \nSubmissionMethod\",\
        Contributor One,Contributor One Role,Reserved 1,Reserved 2,Custom Trim Width (inches),Custom Trim Height (inches),Weight(Lbs),Pages,Pub Date,\
        Jacket Path / Filename,Interior Path / Filename,Cover Path / Filename,Annotation / Summary";
    let text = format!(
        ",,Account,,\n,,LS12345,,,,jane@example.org\n\n{header}\n\
         ,9781234567897,POD: B&W 6 x 9 in or 229 x 152 mm Perfect Bound on Creme,\"Keeper's Almanac, The\",Press,Press,FTP,FTP,Imogen Vane,A,,,,,,200,,,C:\\ftp\\9781234567897_txt.pdf,9781234567897_cvr.pdf,\"Two\nlines \"\"quoted\"\"\"\n\
         ,SKU-77,POD: B&W 6 x 9 in or 229 x 152 mm Perfect Bound on Creme,By number,Press,Press,FTP,FTP,Imogen Vane,A,,,5.5,8.5,,,,,9781234567897_txt.pdf,,\n\
         ,9781234567903,POD: Clay tablet,No book,Press,Press,FTP,FTP,,,,,,,,,,,x.pdf,y.pdf,\n"
    );
    let catalogue = written(&folder, "acs.csv", &text);
    let (lines, code) = batch(&[catalogue.to_str().unwrap()]);
    assert_eq!((lines.len(), code), (3, 3));
    let first = json(&lines[0]);
    assert_eq!(first["batch"]["line"], 6, "the header takes two lines");
    assert_eq!(first["batch"]["result"], "pass", "{}", first["findings"]);
    assert_eq!(
        first["verdicts"][0]["profile"],
        "lightning-source/paperback"
    );
    assert_eq!(first["verdicts"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&first["job"]["paper"], &first["job"]["ink"]),
        (&Value::from("cream"), &Value::from("black"))
    );
    let second = json(&lines[1]);
    assert_eq!(
        (
            second["batch"]["line"].as_u64(),
            second["batch"]["id"].as_str()
        ),
        (Some(8), Some("SKU-77"))
    );
    // A custom trim wins over the booktype's.
    assert_eq!(second["job"]["trim_pt"], serde_json::json!([396.0, 612.0]));
    assert!(
        json(&lines[2])["batch"]["why"]
            .as_str()
            .unwrap()
            .contains("no booktype")
    );
}

/// The export names no files: they are found by their ISBN. It lists e-books too.
#[test]
fn ingram_full_metadata_export() {
    let folder = folder("batch", "export");
    let files = folder.join("files/deep");
    std::fs::create_dir_all(&files).unwrap();
    let copy = |from: &str, to: &str| std::fs::copy(fixture(from), files.join(to)).unwrap();
    copy("books/novel/interior.pdf", "978-1-234-56789-7_txt.pdf");
    copy("books/novel/cover-ingram.pdf", "9781234567897_cvr.pdf");
    let text = "ISBN\tTitle\tSKU\tStatus\tFormat\tLanguage\tContributor 1 Name\tFull Description\tBooktype\tPage Count\tRight to Left Binding\tBookTypeId\n\
        9781234567897\tAlmanac\t\tAvailable\tPaperback\tENG\tVane, Imogen\t\"A tale\nof \"\"light\"\"\"\tB&W 6 x 9 in or 229 x 152 mm Perfect Bound on Creme w/Gloss Lam\"\t200\tN\t2\n\
        9781234567903\tAlmanac\t\tAvailable\teBook\tENG\t\t\t\t0\tN\t\n\
        9781234567910\tLost\t\tAvailable\tPaperback\tENG\t\t\tB&W 6 x 9 in or 229 - 152 mm Perfect Bound on White w/Matte Lam\t100\tN\t423\n";
    let catalogue = written(&folder, "FullMetadataExport.txt", text);
    let (lines, code) = batch(&[
        "--files",
        folder.join("files").to_str().unwrap(),
        catalogue.to_str().unwrap(),
    ]);
    let ended = ended(&lines);
    assert_eq!((ended.len(), code), (2, 3), "{ended:?}");
    assert_eq!(ended[0], "2 9781234567897 pass");
    assert!(
        ended[1].starts_with("5 9781234567910 not-checked no file is named by the ISBN"),
        "{ended:?}"
    );
    // As if it moved to another printer.
    let (lines, _) = batch(&[
        "--for",
        "kdp",
        "--files",
        folder.join("files").to_str().unwrap(),
        catalogue.to_str().unwrap(),
    ]);
    let moved = json(&lines[0]);
    assert_eq!(
        (
            moved["verdicts"][0]["profile"].as_str(),
            moved["batch"]["result"].as_str()
        ),
        (Some("kdp/paperback"), Some("fail"))
    );
}

#[test]
fn exit_codes() {
    let folder = folder("batch", "codes");
    let good = fixture("page-size-wrong/pass-trim.pdf");
    let faulty = fixture("books/faulty-twin/interior.pdf");
    let list = |name: &str, files: &[&Path]| {
        let rows: String = files
            .iter()
            .map(|f| format!("{},kdp\n", f.display()))
            .collect();
        written(&folder, name, &format!("interior,for\n{rows}"))
    };
    let code = |args: &[&str], path: &Path| batch(&[args, &[path.to_str().unwrap()]].concat()).1;
    let select = ["--select", "page-size-wrong"];
    let clean = list("clean.csv", &[&good]);
    let fails = list("fails.csv", &[&good, &faulty]);
    let gone = list("gone.csv", &[&good, &faulty, Path::new("no-such.pdf")]);
    assert_eq!(code(&select, &clean), 0);
    assert_eq!(code(&select, &fails), 1);
    assert_eq!(
        code(
            &["--select", "page-size-wrong", "--fail-on", "never"],
            &fails
        ),
        0
    );
    assert_eq!(code(&select, &gone), 3);
    assert_eq!(code(&["--fail-on", "never"], &gone), 3);
    // What cannot start.
    let other = written(&folder, "other.csv", "name,price\na,1\n");
    let book = written(&folder, "book.xlsx", "PK\u{3}\u{4}");
    let empty = written(&folder, "empty.csv", "interior,cover\n");
    for path in [&other, &book, &empty, &folder.join("no-such.csv"), &good] {
        assert_eq!(code(&[], path), 2, "{}", path.display());
    }
    assert_eq!(code(&[], &self::folder("batch", "codes-empty")), 2);
    for flags in [
        &["--for", "no-such-platform"][..],
        &["--select", "no-such-rule"],
        &["--memory", "much"],
        &["--baseline", "no-such.jsonl"],
        &["--accept", "no-such.toml"],
        &["--summary", "summary.docx"],
        &["--output", clean.to_str().unwrap()],
        &["--output", "no-such-folder/x.jsonl"],
    ] {
        assert_eq!(code(flags, &clean), 2, "{flags:?}");
    }
    assert!(
        std::fs::read_to_string(&clean)
            .unwrap()
            .starts_with("interior,for"),
        "what is no result of ours is left alone"
    );
}

#[test]
fn an_interrupted_file_goes_on_and_a_changed_title_is_done_again() {
    let folder = folder("batch", "goes-on");
    let list = backlist::make(&folder, 6, &[4, 6]);
    let output = folder.join("r.jsonl");
    let run = || {
        presscheck(&[
            "batch",
            "--quiet",
            "--no-cache",
            "-o",
            output.to_str().unwrap(),
            list.catalogue.to_str().unwrap(),
        ])
    };
    run();
    let whole = std::fs::read_to_string(&output).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(lines.len(), 6);
    // A torn tail, and lines of which the third is of a file that is another now.
    std::fs::write(
        &output,
        format!(
            "{}\n{}\n{}\n{}\n{:.200}",
            lines[0], lines[1], lines[2], lines[3], lines[4]
        ),
    )
    .unwrap();
    let file = folder.join(format!("{}_txt.pdf", backlist::isbn(2)));
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.extend_from_slice(b"% another\n");
    std::fs::write(&file, bytes).unwrap();
    run();
    let again = std::fs::read_to_string(&output).unwrap();
    let new: Vec<&str> = again.lines().collect();
    assert_eq!(new.len(), 6);
    for n in [0, 1, 3, 4, 5] {
        assert!(new[n] == lines[n], "line {n}");
    }
    assert_ne!(new[2], lines[2]);
    assert_ne!(
        json(new[2])["files"][0]["sha256"],
        json(lines[2])["files"][0]["sha256"]
    );
    // A shorter catalogue leaves no lines of the longer.
    let text = std::fs::read_to_string(&list.catalogue).unwrap();
    let shorter: String = text.lines().take(3).map(|l| format!("{l}\n")).collect();
    std::fs::write(&list.catalogue, shorter).unwrap();
    run();
    assert_eq!(std::fs::read_to_string(&output).unwrap().lines().count(), 2);
}

#[test]
fn what_changed_and_why() {
    let folder = folder("batch", "changed");
    let interior = presscheck_fixtures::text_book(24);
    for name in ["same", "worse", "ruled", "mended", "leaves"] {
        std::fs::write(folder.join(format!("{name}.pdf")), &interior).unwrap();
    }
    let wrong = std::fs::read(fixture("page-rotated/fail-rotate-90.pdf"))
        .or_else(|_| std::fs::read(rotated()))
        .unwrap();
    std::fs::write(folder.join("mended.pdf"), &wrong).unwrap();
    let rows = |names: &[&str]| {
        names
            .iter()
            .map(|n| format!("{n},{n}.pdf,kdp\n"))
            .collect::<String>()
    };
    let catalogue = written(
        &folder,
        "list.csv",
        &format!(
            "id,interior,for\n{}",
            rows(&["same", "worse", "mended", "leaves"])
        ),
    );
    let (last, new) = (folder.join("last.jsonl"), folder.join("new.jsonl"));
    let run = |output: &Path, more: &[&str]| {
        let args = [
            "batch",
            "--no-cache",
            "--select",
            "page-rotated,page-size-wrong,page-count-odd",
            "--level",
            "page-rotated=error",
            "--trim",
            "6x9",
            "-o",
        ];
        let args = [
            &args,
            &[output.to_str().unwrap(), catalogue.to_str().unwrap()][..],
            more,
        ]
        .concat();
        presscheck(&args)
    };
    run(&last, &[]);
    std::fs::write(folder.join("worse.pdf"), &wrong).unwrap();
    std::fs::write(folder.join("mended.pdf"), &interior).unwrap();
    written(
        &folder,
        "list.csv",
        &format!(
            "id,interior,for\n{}",
            rows(&["same", "worse", "mended", "ruled"])
        ),
    );
    let told = run(&new, &["--baseline", last.to_str().unwrap()]);
    let text = std::fs::read_to_string(&new).unwrap();
    let change = |text: &str, n: usize| {
        let change = &json(text.lines().nth(n).unwrap())["batch"]["change"];
        format!("{} {}", change["what"].as_str().unwrap(), change["because"])
    };
    assert_eq!(change(&text, 0), "same []");
    assert_eq!(change(&text, 1), "newly-failing [\"file\"]");
    assert_eq!(change(&text, 2), "newly-passing [\"file\"]");
    assert_eq!(change(&text, 3), "new []");
    let table = String::from_utf8_lossy(&told.stdout);
    assert!(
        table.contains("1 newly failing (1 by the file)")
            && table.contains("1 not in this catalogue (leaves)"),
        "{table}"
    );
    // Now the rules change, and no file.
    let ruled = folder.join("ruled.jsonl");
    run(
        &ruled,
        &[
            "--baseline",
            new.to_str().unwrap(),
            "--level",
            "page-rotated=warning",
        ],
    );
    // The first of two levels told for a rule is the one that counts; a rule left out is what changes.
    let without = folder.join("without.jsonl");
    run(
        &without,
        &[
            "--baseline",
            new.to_str().unwrap(),
            "--ignore",
            "page-rotated",
        ],
    );
    let text = std::fs::read_to_string(&without).unwrap();
    assert_eq!(change(&text, 0), "same []");
    assert_eq!(change(&text, 1), "newly-passing [\"rule\"]");
    let back = folder.join("back.jsonl");
    run(&back, &["--baseline", without.to_str().unwrap()]);
    assert_eq!(
        change(&std::fs::read_to_string(&back).unwrap(), 1),
        "newly-failing [\"rule\"]"
    );
    // The results compared with are not written over.
    assert_eq!(
        run(&back, &["--baseline", back.to_str().unwrap()])
            .status
            .code(),
        Some(2)
    );
}

/// Some fixture of a turned page, whatever it is called.
fn rotated() -> PathBuf {
    let mut all: Vec<PathBuf> = std::fs::read_dir(fixture("page-rotated"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    all.sort();
    let fails = |p: &PathBuf| {
        p.extension().is_some_and(|e| e == "pdf")
            && p.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("fail-")
    };
    all.into_iter().find(fails).unwrap()
}

#[test]
fn accepted_findings_are_quiet_for_that_very_file() {
    let folder = folder("batch", "accepted");
    std::fs::copy(rotated(), folder.join("a.pdf")).unwrap();
    let catalogue = written(
        &folder,
        "list.csv",
        "id,interior,for\na,a.pdf,kdp ingramspark\n",
    );
    let base = [
        "--select",
        "page-rotated",
        "--fail-on",
        "warning",
        catalogue.to_str().unwrap(),
    ];
    let (lines, code) = batch(&base);
    assert_eq!(code, 1);
    let report = json(&lines[0]);
    let hash = report["files"][0]["sha256"].as_str().unwrap();
    let accept = |until: &str, hash: &str| {
        let text = format!(
            "[[accept]]\nrule = 'page-rotated'\nfile = '{hash}'\nreason = 'as seen on the proof'\nuntil = '{until}'\n"
        );
        let path = written(&folder, "accept.toml", &text);
        batch(&[&base[..], &["--accept", path.to_str().unwrap()]].concat())
    };
    let (lines, code) = accept("2999-12-31", hash);
    assert_eq!(code, 0);
    let line = json(&lines[0]);
    assert_eq!(
        (
            line["batch"]["result"].as_str(),
            line["batch"]["accepted"].as_array().unwrap().len()
        ),
        (Some("pass"), 2)
    );
    assert_eq!(
        line["findings"], report["findings"],
        "the report itself hides nothing"
    );
    let (lines, code) = accept("2020-01-01", hash);
    assert_eq!(code, 1);
    assert!(
        json(&lines[0])["batch"]["notes"][0]
            .as_str()
            .unwrap()
            .contains("2020-01-01")
    );
    assert_eq!(accept("2999-12-31", &"0".repeat(64)).1, 1);
}

#[test]
fn summaries_hold_every_title_and_no_markup_of_theirs() {
    let folder = folder("batch", "summaries");
    let good = fixture("page-size-wrong/pass-trim.pdf");
    let text = format!(
        "id,title,interior,for\n1,<script>alert(1)</script>,{0},kdp\n2,\"=HYPERLINK(\"\"x\"\")\",{0},kdp\n3,\"A, \"\"B\"\"\",gone.pdf,kdp\n",
        good.display()
    );
    let catalogue = written(&folder, "list.csv", &text);
    let (html, csv) = (folder.join("s.html"), folder.join("s.csv"));
    batch(&[
        "--summary",
        html.to_str().unwrap(),
        "--summary",
        csv.to_str().unwrap(),
        catalogue.to_str().unwrap(),
    ]);
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"));
    for id in ["t1", "t2", "t3"] {
        assert!(
            page.contains(&format!("href=\"#{id}\""))
                && page.contains(&format!("<tbody id=\"{id}\""))
        );
    }
    // One page: nothing is fetched from anywhere.
    for outside in ["src=", "<link", "@import", "url(", "http:"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let table = std::fs::read_to_string(&csv).unwrap();
    assert_eq!(table.lines().count(), 4);
    assert!(
        table.contains("\"A, \"\"B\"\"\"")
            && table.contains("'=HYPERLINK")
            && table.contains("no such file")
    );
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .filter(|e| {
            e.as_ref()
                .unwrap()
                .path()
                .to_string_lossy()
                .ends_with(".new")
        })
        .collect();
    assert!(left.is_empty());
}

/// Ten thousand titles of a hundred faults, each of which has a line, in a page that opens at once.
#[test]
fn the_page_of_a_long_backlist_stays_small() {
    let folder = folder("batch", "long");
    let mut text = String::from("id,title,interior\n");
    for number in 0..10_000 {
        text.push_str(&format!(
            "T{number:05},A title of some forty letters {number:06},gone-{number}.pdf\n"
        ));
    }
    let catalogue = written(&folder, "list.csv", &text);
    let (page, reports) = (folder.join("s.html"), folder.join("reports"));
    let (out, of) = (page.to_str().unwrap(), reports.to_str().unwrap());
    batch(&[
        "--summary",
        out,
        "--reports",
        of,
        catalogue.to_str().unwrap(),
    ]);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.len() < 5_000_000, "{}", page.len());
    assert_eq!(page.matches("<tbody id=\"t").count(), 10_000);
}

#[test]
fn the_schema_holds_for_lines_with_and_without_a_report() {
    let schema: Value = serde_json::from_slice(&presscheck(&["batch", "--schema"]).stdout).unwrap();
    let required = schema["required"].as_array().unwrap();
    assert_eq!(required, &[Value::from("batch")]);
    for member in ["batch", "schema", "verdicts", "findings"] {
        assert!(schema["properties"].get(member).is_some(), "{member}");
    }
}

#[test]
fn every_title_has_a_report_of_its_own_and_the_summary_links_to_it() {
    let folder = folder("batch", "reports");
    let list = backlist::make(&folder, 3, &[4]);
    let (list, summary) = (list.catalogue.to_str().unwrap(), folder.join("list.html"));
    let reports = folder.join("my reports");
    let (out, of) = (summary.to_str().unwrap(), reports.to_str().unwrap());
    // Twice: the second time every report comes from the cache, and is written all the same.
    let cache = folder.join("cache");
    for _ in 0..2 {
        let args = [
            "batch",
            "--quiet",
            list,
            "--summary",
            out,
            "--reports",
            of,
            "--cache",
        ];
        presscheck(&[&args[..], &[cache.to_str().unwrap()]].concat());
        let page = std::fs::read_to_string(&summary).unwrap();
        assert_eq!(page.matches("href=\"my%20reports/").count(), 3);
        let mut names: Vec<PathBuf> = std::fs::read_dir(&reports)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        names.sort();
        assert_eq!(names.len(), 3);
        for name in names {
            let text = std::fs::read_to_string(&name).unwrap();
            assert!(text.starts_with("<!doctype html>") && text.contains("data:image/"));
            std::fs::remove_file(name).unwrap();
        }
    }
    let args = [
        "batch",
        "--quiet",
        list,
        "--reports",
        of,
        "--report-format",
        "sarif",
    ];
    presscheck(&args);
    assert!(
        reports
            .join(format!("1-{}.sarif", backlist::isbn(0)))
            .is_file()
    );
}

#[test]
fn columns_that_mean_the_same_are_told() {
    let folder = folder("batch", "same-columns");
    let novel = fixture("books/novel/interior.pdf");
    let novel = novel.to_str().unwrap();
    for (head, told) in [
        ("interior,interior", "interior, interior"),
        ("interior,Interior file", "interior, Interior file"),
        ("interior,cover-kdp,cover kdp", "cover-kdp, cover kdp"),
    ] {
        let list = written(&folder, "list.csv", &format!("{head}\n{novel}\n"));
        let output = presscheck(&["batch", list.to_str().unwrap(), "--dry-run"]);
        let words = String::from_utf8_lossy(&output.stderr);
        let told = format!("columns that mean the same: {told};");
        assert!(words.contains(&told), "{words}");
    }
    let list = written(&folder, "list.csv", &format!("interior,cover\n{novel},\n"));
    let output = presscheck(&["batch", list.to_str().unwrap(), "--dry-run"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("mean the same"));
}

#[test]
fn files_of_a_folder_that_look_like_books_and_are_not_taken_are_told() {
    let folder = folder("batch", "left");
    for name in [
        "lamp_txt.pdf",
        ".hidden.pdf",
        "moth",
        "late.pdf.part",
        "._lamp_txt.pdf",
    ] {
        written(&folder, name, "%PDF-1.4\n");
    }
    written(&folder, "README", "a folder of books\n");
    let output = presscheck(&["batch", folder.to_str().unwrap(), "--dry-run"]);
    let words = String::from_utf8_lossy(&output.stdout);
    for told in [
        "left out  .hidden.pdf  its name hides it",
        "left out  late.pdf.part  something follows .pdf",
        "left out  moth  it is a PDF whose name does not end in .pdf",
        "1 would be checked, 0 could not be, 3 left out",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let output = presscheck(&["batch", folder.to_str().unwrap(), "--no-cache"]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("left out: moth: it is a PDF"), "{words}");
}
