//! Reports for people and for other programs: SARIF, JUnit, Markdown, workflow commands, HTML, and copies with comments.

use std::path::{Path, PathBuf};
use std::process::Command;

use presscheck_fixtures::made;
use serde_json::Value;

use crate::support::{fixture, folder, fresh, presscheck, written};

/// A book with a dozen faults.
fn book() -> String {
    fixture("books/faulty-twin/book.toml")
        .to_str()
        .unwrap()
        .to_owned()
}

fn said(args: &[&str]) -> String {
    let output = presscheck(&[&["check", &book(), "--quiet"], args].concat());
    String::from_utf8(output.stdout).unwrap()
}

fn report() -> Value {
    serde_json::from_str(&said(&["--format", "json"])).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

/// The published schema, as the library that writes the format brings it.
fn sarif_schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let library = list(&metadata, "packages")
        .iter()
        .find(|p| p["name"] == "serde-sarif");
    let manifest = Path::new(library.unwrap()["manifest_path"].as_str().unwrap());
    let schema = manifest.with_file_name("src/schema.json");
    let mut schema: Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    // As published it is no regular expression, and presscheck writes no language.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    schema
}

/// What every format makes of one sample, without the bytes of its pictures.
#[test]
fn the_sample_book_in_every_format() {
    let in_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    for (format, ending) in [
        ("text", "txt"),
        ("json", "json"),
        ("html", "html"),
        ("sarif", "sarif"),
        ("junit", "xml"),
        ("markdown", "md"),
        ("github", "github.txt"),
    ] {
        let book = "test_pdfs/books/faulty-twin/book.toml";
        let args = ["check", book, "--for", "kdp", "--format", format];
        let output = presscheck(&args);
        let text = String::from_utf8(output.stdout).unwrap();
        let parts: Vec<&str> = text.split("base64,").collect();
        let rest = parts
            .iter()
            .skip(1)
            .map(|p| p.trim_start_matches(in_base64));
        let text = parts[0].to_owned() + &rest.map(|p| format!("base64,{p}")).collect::<String>();
        fresh(&format!("tests/snapshots/faulty-twin.{ending}"), &text);
    }
}

#[test]
fn sarif_is_valid_and_has_every_rule_finding_and_gap() {
    let log: Value = serde_json::from_str(&said(&["--format", "sarif"])).unwrap();
    let schema = jsonschema::validator_for(&sarif_schema()).unwrap();
    let faults: Vec<String> = schema.iter_errors(&log).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let (run, report) = (&log["runs"][0], report());
    let results = list(run, "results");
    assert_eq!(results.len(), list(&report, "findings").len());
    for (result, finding) in results.iter().zip(list(&report, "findings")) {
        assert_eq!(result["ruleId"], finding["rule"]);
        assert_eq!(result["level"], finding["level"]);
        let prints = &result["partialFingerprints"];
        assert_eq!(prints["presscheckFinding/v1"], finding["id"]);
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], finding["rule"]);
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
        assert_eq!(
            result["suppressions"].is_array(),
            finding["explained_by"].is_string()
        );
    }
    let placed = results.iter().find(|r| r["ruleId"] == "qr-too-small");
    let location = &placed.unwrap()["locations"][0];
    assert_eq!(
        location["physicalLocation"]["region"]["properties"]["page"],
        4
    );
    assert_eq!(location["logicalLocations"][0]["name"], "page 4");
}

#[test]
fn what_sarif_could_not_check_is_a_notification() {
    let torn = written("sarif torn.pdf", b"%PDF-1.4\nnothing");
    let output = presscheck(&[
        "check",
        "--quiet",
        "--interior",
        torn.to_str().unwrap(),
        "--format",
        "sarif",
    ]);
    assert_eq!(output.status.code(), Some(3));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(!list(invocation, "toolExecutionNotifications").is_empty());
    let uri = log["runs"][0]["artifacts"][0]["location"]["uri"].as_str();
    assert!(uri.unwrap().ends_with("sarif%20torn.pdf"), "{uri:?}");
}

#[test]
fn junit_has_a_suite_a_product_and_a_case_a_rule() {
    let (xml, report) = (said(&["--format", "junit"]), report());
    let count = |what: &str| xml.matches(what).count();
    assert_eq!(count("<testsuite "), list(&report, "verdicts").len());
    assert_eq!(count("<testcase "), list(&report, "checks").len());
    let failing =
        |finding: &&Value| finding["level"] == "error" && finding["explained_by"].is_null();
    let mut failed: Vec<String> = list(&report, "findings")
        .iter()
        .filter(failing)
        .map(|f| format!("{} {}", f["profile"], f["rule"]))
        .collect();
    failed.sort();
    failed.dedup();
    assert_eq!(count("<failure "), failed.len());
    let skipped = |c: &&Value| c["outcome"] == "not-applicable" || c["outcome"] == "not-checked";
    assert_eq!(
        count("<skipped "),
        list(&report, "checks").iter().filter(skipped).count()
    );
}

#[test]
fn workflow_commands_and_markdown_tell_every_cause() {
    let causes = list(&report(), "causes").len();
    let commands = said(&["--format", "github"]);
    assert_eq!(commands.lines().count(), causes);
    assert!(commands.lines().all(|line| {
        ["::error file=", "::warning file=", "::notice file="]
            .iter()
            .any(|begin| line.starts_with(begin))
    }));
    let markdown = said(&["--format", "markdown"]);
    // Every printer's own figures are told: the cover that Ingram wants beside the one that KDP wants.
    for text in [&commands, &markdown] {
        assert!(text.contains("12.553") && text.contains("12.538"), "{text}");
    }
    // And, after them, what waits for a cover of the right size.
    assert_eq!(markdown.matches("<details>").count(), causes + 1);
    assert!(
        markdown.contains("<b>not checked</b>: 8 rules"),
        "{markdown}"
    );
    assert!(markdown.starts_with("| Printer | Verdict |"));
}

/// What a product says of two edges at one level is two causes, each with its own places and fix.
#[test]
fn every_finding_of_a_product_at_one_level_has_a_cause_of_its_own() {
    let mut book = made::Small::new();
    for _ in 0..24 {
        let mut body = book.body();
        body.raw("0 g 5 5 9 9 re 200 5 9 9 re 420 630 9 9 re f\n");
        book.page(&body);
    }
    let file = written("edges.pdf", book.finish());
    let args = [
        "check",
        "-q",
        file.to_str().unwrap(),
        "--for",
        "kdp,ingramspark",
        "--format",
        "json",
    ];
    let report: Value = serde_json::from_slice(&presscheck(&args).stdout).unwrap();
    let findings = list(&report, "findings");
    for cause in list(&report, "causes") {
        let mut said: Vec<(&Value, &Value)> = list(cause, "findings")
            .iter()
            .map(|n| &findings[usize::try_from(n.as_u64().unwrap()).unwrap()])
            .map(|finding| (&finding["profile"], &finding["level"]))
            .collect();
        let all = said.len();
        said.sort_by_key(|one| format!("{one:?}"));
        said.dedup();
        assert_eq!(said.len(), all, "{cause}");
    }
    let margins = list(&report, "causes")
        .iter()
        .filter(|c| c["rule"] == "margin-too-narrow");
    assert!(margins.count() > 1);
}

#[test]
fn the_name_of_a_file_says_which_format_is_meant() {
    let folder = folder("formats", "names");
    for (name, begin) in [
        ("r.html", "<!doctype html>"),
        ("r.sarif", "{\n  \"$schema\""),
        ("r.xml", "<?xml"),
        ("r.md", "| Printer"),
        ("r.txt", "KDP Print"),
        ("r.jsonl", "{\"schema\":"),
    ] {
        let path = folder.join(name);
        let out = path.to_str().unwrap();
        // Twice: what presscheck wrote it may write over.
        for _ in 0..2 {
            let output = presscheck(&["check", "--quiet", &book(), "-o", out]);
            let words = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{name}: {words}");
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(begin), "{name}: {}", &text[..60]);
    }
}

#[test]
fn the_page_needs_nothing_else_and_shows_every_cause() {
    let (page, report) = (said(&["--format", "html"]), report());
    for (number, cause) in (1..).zip(list(&report, "causes")) {
        assert!(page.contains(&format!("id=\"cause-{number}\"")));
        assert!(page.contains(cause["rule"].as_str().unwrap()));
    }
    assert!(!page.contains("<script"));
    for address in page.match_indices("http").map(|(at, _)| &page[at - 6..at]) {
        assert!(
            address.ends_with("href=\"") || address.ends_with("equiv ") || !address.ends_with('"'),
            "{address}"
        );
    }
    for of in ["src=\"", "url(", "@import", "<link", "<iframe"] {
        assert!(!page.contains(of), "{of}");
    }
    let images = page.matches("data:image/").count();
    assert!(images > 8, "{images} pictures");
    assert!(page.len() < 4_000_000, "{} bytes", page.len());
    let guides = ["guide gutter", "guide margin", "guide fold", "guide safe"];
    assert!(guides.iter().all(|g| page.contains(g)));
}

#[test]
fn nothing_from_a_file_becomes_markup() {
    let hostile = "<script>alert(1)</script>\" onload=\"x";
    let folder = folder("formats", "hostile");
    let path = folder.join("a<img src=x onerror=alert(1)>&.pdf");
    let mut small = made::Small::new();
    small.plain();
    std::fs::write(&path, small.finish()).unwrap();
    let args = [
        "check",
        "--quiet",
        path.to_str().unwrap(),
        "--title",
        hostile,
    ];
    for format in ["html", "markdown", "junit"] {
        let output = presscheck(&[&args[..], &["--format", format]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("<script"), "{format}");
        assert!(!text.contains("<img src=x"), "{format}");
    }
}

#[test]
fn nothing_in_the_name_of_a_file_acts_on_what_shows_it() {
    let folder = folder("formats", "names that act");
    let path = folder.join("a\u{1b}[31m\r\n\u{7}\u{202e}b.pdf");
    let mut small = made::Small::new();
    small.plain();
    std::fs::write(&path, small.finish()).unwrap();
    let acts = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for format in ["text", "html", "markdown", "github"] {
        let output = presscheck(&["check", path.to_str().unwrap(), "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains(acts), "{format}: {text:?}");
        assert!(text.contains("u{1b}"), "{format}");
    }
    let missing = folder.join("c\u{1b}[31m.pdf");
    let output = presscheck(&["check", missing.to_str().unwrap()]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains(acts));
}

#[test]
fn every_format_is_the_same_on_one_thread_and_many() {
    for format in ["html", "sarif", "junit", "markdown", "github"] {
        let run = |jobs: &str| said(&["--format", format, "--jobs", jobs]);
        assert!(run("1") == run("4"), "{format}");
    }
}

/// The comments on a copy: page, subtype, rectangle.
fn comments(path: &Path) -> Vec<(u32, String, Vec<f32>)> {
    let copy = lopdf::Document::load(path).unwrap();
    let mut comments = Vec::new();
    for (number, page) in copy.get_pages() {
        for annotation in copy.get_page_annotations(page).unwrap_or_default() {
            let author = annotation.get(b"T").and_then(lopdf::decode_text_string);
            if author.is_ok_and(|author| author == "presscheck") {
                let subtype = annotation.get(b"Subtype").unwrap().as_name().unwrap();
                let rect = annotation.get(b"Rect").unwrap().as_array().unwrap();
                comments.push((
                    number,
                    String::from_utf8_lossy(subtype).into_owned(),
                    rect.iter().map(|n| n.as_float().unwrap()).collect(),
                ));
            }
        }
    }
    comments
}

#[test]
fn a_copy_has_a_comment_on_every_place_and_the_bytes_of_the_file() {
    let folder = folder("formats", "proofs");
    let proofs = folder.to_str().unwrap();
    // Of a clean book's interior, as if it had been the former state of this one; none of the two has another's name.
    let clean = ["books/novel/interior.pdf", "books/faulty-twin/interior.pdf"].map(fixture);
    let [clean, interior] = clean.map(|path| path.to_str().unwrap().to_owned());
    let output = presscheck(&[
        "check",
        "-q",
        &clean,
        "--cover",
        &interior,
        "--annotate",
        proofs,
    ]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(folder.join("interior-cover.annotated.pdf").is_file());
    // Twice: a copy that nobody has changed is made anew.
    for _ in 0..2 {
        let output = presscheck(&["check", "--quiet", &book(), "--annotate", proofs]);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words}");
    }
    let original = std::fs::read(fixture("books/faulty-twin/interior.pdf")).unwrap();
    let copy = folder.join("interior.annotated.pdf");
    assert!(std::fs::read(&copy).unwrap().starts_with(&original));
    let comments = comments(&copy);
    // The QR code on page 4 and a note on the page of another size.
    let code = comments
        .iter()
        .find(|(page, kind, _)| *page == 4 && kind == "Square");
    let [x0, y0, x1, y1] = code.unwrap().2[..] else {
        panic!("a rectangle has four numbers");
    };
    assert!((x1 - x0 - 33.2).abs() < 1.0 && (y1 - y0 - 33.2).abs() < 1.0);
    assert!((x0 - (0.656 * 72.0 - 2.2)).abs() < 0.2, "{x0}");
    assert!((y1 - (648.0 - 7.683 * 72.0 + 2.2)).abs() < 0.2, "{y1}");
    assert!(
        comments
            .iter()
            .any(|(page, kind, _)| *page == 75 && kind == "Text")
    );
    assert!(
        comments
            .iter()
            .any(|(page, kind, _)| *page == 1 && kind == "Text")
    );
}

/// Renderers that honour the flags show the icon upright and as large on turned pages, and none beyond the page.
#[test]
fn notes_are_neither_turned_nor_zoomed_with_their_page() {
    const PRINT_NO_ZOOM_NO_ROTATE: i64 = 4 | 8 | 16;
    let folder = folder("formats", "turned notes");
    let mut book = made::Small::new();
    for turn in ["0", "90", "180", "270"] {
        let body = book.body();
        book.page_with(&body, |page| page.entry("Rotate", turn));
    }
    let file = folder.join("book.pdf");
    std::fs::write(&file, book.finish()).unwrap();
    let [file, out] = [&file, &folder].map(|path| path.to_str().unwrap());
    presscheck(&["check", "-q", file, "--annotate", out]);
    let copy = lopdf::Document::load(folder.join("book.annotated.pdf")).unwrap();
    let mut notes = 0;
    for page in copy.get_pages().into_values() {
        for annotation in copy.get_page_annotations(page).unwrap_or_default() {
            let entry = |key: &[u8]| annotation.get(key).unwrap();
            if entry(b"Subtype").as_name().unwrap() == b"Text" {
                assert_eq!(entry(b"F").as_i64().unwrap(), PRINT_NO_ZOOM_NO_ROTATE);
                let rect = entry(b"Rect").as_array().unwrap();
                let rect: Vec<f32> = rect.iter().map(|n| n.as_float().unwrap()).collect();
                assert!(rect[0] >= 0.0 && rect[1] >= 0.0 && rect[2] <= 432.0 && rect[3] <= 648.0);
                notes += 1;
            }
        }
    }
    assert!(notes > 2, "{notes}");
}

#[test]
fn a_file_without_findings_has_a_copy_so_that_none_of_an_earlier_run_is_taken_for_it() {
    let folder = folder("formats", "clean");
    let faulty = fixture("books/faulty-twin/interior.pdf");
    let clean = fixture("books/novel/interior.pdf");
    let book = folder.join("interior.pdf");
    let proofs = folder.join("proofs");
    for file in [&faulty, &clean] {
        std::fs::copy(file, &book).unwrap();
        let [book, proofs] = [&book, &proofs].map(|path| path.to_str().unwrap());
        let select = ["--select", "page-sizes-mixed"];
        presscheck(&[&["check", "-q", book, "--annotate", proofs], &select[..]].concat());
    }
    let copy = proofs.join("interior.annotated.pdf");
    assert!(
        std::fs::read(&copy)
            .unwrap()
            .starts_with(&std::fs::read(clean).unwrap())
    );
    assert!(comments(&copy).is_empty());
}

#[test]
fn a_file_that_cannot_have_comments_is_told_and_the_check_goes_on() {
    let locked = fixture("file-encrypted/fail-error-opens-without-password.pdf");
    let folder: PathBuf = folder("formats", "locked");
    let output = presscheck(&[
        "check",
        "--quiet",
        locked.to_str().unwrap(),
        "--annotate",
        folder.to_str().unwrap(),
    ]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("it is encrypted"), "{words}");
    // What was asked for is not there.
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    assert!(String::from_utf8_lossy(&output.stdout).contains("FAIL"));
}

/// A page drawn by one of two renderers, at a point a pixel.
fn drawn(by: &str, file: &Path, page: u32) -> image::RgbImage {
    let out = folder("formats", &format!("drawn-{by}")).join("page");
    let number = page.to_string();
    let mut command = Command::new(by);
    if by == "mutool" {
        command
            .args(["draw", "-q", "-r", "72", "-o"])
            .arg(out.with_extension("png"));
        command.arg(file).arg(&number);
    } else {
        command.args([
            "-r",
            "72",
            "-png",
            "-singlefile",
            "-cropbox",
            "-f",
            &number,
            "-l",
            &number,
        ]);
        command.arg(file).arg(&out);
    }
    assert!(
        command.output().unwrap().status.success(),
        "{by} draws {file:?}"
    );
    image::open(out.with_extension("png")).unwrap().to_rgb8()
}

/// Along each side of every place that the report has on a page, both renderers show something that they did not show on the
/// file itself: on turned pages, under a user unit, and where the page is cut.
#[test]
#[ignore = "needs pdftoppm (poppler-utils) and mutool (mupdf-tools); `.ci/run` runs it where they are at hand"]
fn the_comments_of_a_copy_lie_where_the_report_says_in_two_renderers() {
    let mut book = made::Small::new();
    for entry in [
        "",
        "/Rotate 90",
        "/Rotate 270",
        "/UserUnit 2",
        "/CropBox [20 30 400 600]",
    ] {
        let mut body = book.body();
        // Nearer to the left edge than any printer takes, also where the page is cut, and where units are twice as long.
        body.raw("0 g 24 300 9 40 re 5 200 9 40 re f\n");
        let mut parts = entry.splitn(2, ' ');
        let key = parts
            .next()
            .unwrap_or_default()
            .trim_start_matches('/')
            .to_owned();
        let value = parts.next().unwrap_or_default().to_owned();
        book.page_with(&body, |page| match key.as_str() {
            "" => page,
            key => page.entry(key, value),
        });
    }
    let folder = folder("formats", "two-renderers");
    let file = folder.join("book.pdf");
    std::fs::write(&file, book.finish()).unwrap();
    let args = [
        "check",
        "-q",
        file.to_str().unwrap(),
        "--format",
        "json",
        "--all-places",
    ];
    let output = presscheck(&[&args[..], &["--annotate", folder.to_str().unwrap()]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let copy = folder.join("book.annotated.pdf");
    for page in 1..=5 {
        let places = list(&report, "findings")
            .iter()
            .flat_map(|f| list(f, "places"));
        let areas: Vec<Vec<f64>> = (places.filter(|place| place["page"] == page))
            .filter_map(|place| place["area_pt"].as_array())
            .map(|area| area.iter().map(|n| n.as_f64().unwrap()).collect())
            .collect();
        assert!(!areas.is_empty(), "page {page}");
        // Poppler leaves the user unit out.
        let width = f64::from(drawn("mutool", &file, page).width());
        for by in ["pdftoppm", "mutool"] {
            let (before, after) = (drawn(by, &file, page), drawn(by, &copy, page));
            let scale = f64::from(after.width()) / width;
            let changed = |x: f64, y: f64| {
                let near = |at: f64| {
                    let at = (at * scale) as i64;
                    (at - 3).max(0)..=(at + 3)
                };
                let mut points = near(x).flat_map(|x| near(y).map(move |y| (x as u32, y as u32)));
                points.any(|(x, y)| {
                    let pixel = before.get_pixel_checked(x, y);
                    pixel.is_some() && pixel != after.get_pixel_checked(x, y)
                })
            };
            for area in &areas {
                let [x0, y0, x1, y1] = area[..] else {
                    panic!("an area has four numbers");
                };
                let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
                for (x, y) in [(x0, y), (x1, y), (x, y0), (x, y1)] {
                    assert!(
                        changed(x, y),
                        "{by}: page {page}, {area:?}: nothing at {x}, {y}"
                    );
                }
            }
        }
    }
}
