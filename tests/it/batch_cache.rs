//! Unchanged is free: what was found before is found again without a page being read, whoever else is at it.

use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use presscheck::batch::{
    Acceptances, BatchPlan, Cache, Catalogue, Ending, Overrides, Row, Sink, Tally, TitleOutcome,
    Watch, rules_fingerprint, run,
};
use presscheck::check::Selection;
use presscheck::error::Error;
use presscheck::pipeline::Options;
use presscheck::profile::{Profile, built_in};

use crate::support::{folder, program};
use presscheck_fixtures::backlist;

/// Counts pages read.
#[derive(Default)]
struct Pages(AtomicUsize);

impl Watch for Pages {
    fn page(&self, _: usize, _: &Path, _: usize, _: usize) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Keeps lines in their order.
#[derive(Default)]
struct Lines(Vec<String>);

impl Sink for Lines {
    fn wants_lines(&self) -> bool {
        true
    }
    fn take(&mut self, line: Option<&str>, _: &TitleOutcome) -> Result<(), Error> {
        self.0.extend(line.map(str::to_owned));
        Ok(())
    }
}

struct Ran {
    lines: Vec<String>,
    pages: usize,
    tally: Tally,
}

fn backlist_of(
    catalogue: &Catalogue,
    known: &[Profile],
    cache: Option<&Path>,
    rules: &str,
    selection: Selection,
) -> Ran {
    let plan = BatchPlan {
        catalogue,
        known,
        rules: rules_fingerprint(rules, &[], &selection, None),
        options: Options {
            selection,
            ..Options::default()
        },
        cache: cache.map(Cache::new),
        output: None,
        force: false,
        baseline: None,
        accepted: Acceptances::default(),
        threads: 2,
        memory: 1 << 30,
        all: false,
    };
    let (pages, mut lines) = (Pages::default(), Lines::default());
    let titles = catalogue.rows().unwrap().count();
    let tally = run(&plan, titles, &pages, &mut lines).unwrap();
    Ran {
        lines: lines.0,
        pages: pages.0.into_inner(),
        tally,
    }
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = folder("batch-cache", "changed");
    let list = backlist::make(&folder, 5, &[6, 4]);
    let known = built_in().unwrap();
    let cache = folder.join("cache");
    let open = || Catalogue::open(&list.catalogue, None, Overrides::default()).unwrap();
    let all = |rules: &str| backlist_of(&open(), &known, Some(&cache), rules, Selection::default());
    let first = all("build 1");
    assert_eq!((first.pages, first.tally.made), (6 * 3 + 4 * 2 + 5, 5));
    let again = all("build 1");
    assert_eq!((again.pages, again.tally.made), (0, 0));
    assert_eq!(again.lines, first.lines);
    // Without a cache everything is read, and the lines are the same.
    let without = backlist_of(&open(), &known, None, "build 1", Selection::default());
    assert_eq!((without.pages, &without.lines), (first.pages, &first.lines));
    // A file that changes without changing its size: one title is read again.
    let file = folder.join(format!("{}_cvr.pdf", backlist::isbn(3)));
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 2;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let changed = all("build 1");
    assert_eq!(changed.tally.made, 1);
    let differ: Vec<usize> = (0..5)
        .filter(|n| changed.lines[*n] != first.lines[*n])
        .collect();
    assert_eq!(differ, [3]);
    // Touched and not changed: nothing is read again but its bytes.
    let touched = std::fs::File::options().append(true).open(&file).unwrap();
    touched.set_modified(std::time::SystemTime::now()).unwrap();
    assert_eq!(all("build 1").pages, 0);
    // Another program, other rules, another job: everything is read again.
    assert_eq!(all("build 2").tally.made, 5);
    let fewer = Selection {
        ignore: vec!["page-rotated".to_owned()],
        ..Selection::default()
    };
    assert_eq!(
        backlist_of(&open(), &known, Some(&cache), "build 2", fewer)
            .tally
            .made,
        5
    );
    let text = std::fs::read_to_string(&list.catalogue)
        .unwrap()
        .replacen("cream", "white", 1);
    std::fs::write(&list.catalogue, text).unwrap();
    assert_eq!(all("build 2").tally.made, 1);
}

/// What one edition alone is told decides its verdict as much as what the whole book is.
#[test]
fn an_edition_that_is_told_another_isbn_is_checked_again() {
    let folder = folder("batch-cache", "edition");
    let books = folder.join("books");
    let title = books.join("title");
    std::fs::create_dir_all(&title).unwrap();
    std::fs::write(
        title.join("interior.pdf"),
        presscheck_fixtures::text_book(24),
    )
    .unwrap();
    let known = built_in().unwrap();
    let cache = folder.join("cache");
    let made = |own: &str| {
        let text = format!(
            "interior = 'interior.pdf'\nfor = ['kdp']\nisbn = '{}'\n[editions.kdp]\nisbn = '{own}'\n",
            backlist::isbn(0)
        );
        std::fs::write(title.join("book.toml"), text).unwrap();
        let open = Catalogue::open(&books, None, Overrides::default()).unwrap();
        let ran = backlist_of(&open, &known, Some(&cache), "", Selection::default());
        (ran.tally.made, ran.lines)
    };
    let (first, wrong) = made("9780000000000");
    let (again, right) = made(&backlist::isbn(1));
    assert_eq!((first, again), (1, 1));
    assert_ne!(wrong, right);
    assert_eq!(made(&backlist::isbn(1)), (0, right));
}

#[test]
fn what_could_not_be_checked_is_tried_again() {
    let folder = folder("batch-cache", "tried");
    let catalogue = folder.join("list.csv");
    std::fs::write(&catalogue, "id,interior,for\na,a.pdf,kdp\n").unwrap();
    let known = built_in().unwrap();
    let open = || Catalogue::open(&catalogue, None, Overrides::default()).unwrap();
    let all = || {
        backlist_of(
            &open(),
            &known,
            Some(&folder.join("cache")),
            "",
            Selection::default(),
        )
    };
    assert_eq!(all().tally.ended(Ending::NotChecked), 1);
    std::fs::write(folder.join("a.pdf"), presscheck_fixtures::text_book(24)).unwrap();
    assert_eq!(all().tally.ended(Ending::NotChecked), 0);
}

/// A panic inside a title is that title's result.
#[test]
fn a_panic_is_one_titles_result() {
    struct Panics(Mutex<Option<usize>>);
    impl Watch for Panics {
        fn begun(&self, _: &Row) {}
        fn page(&self, number: usize, _: &Path, _: usize, _: usize) {
            if number == 2 {
                *self.0.lock().unwrap() = Some(number);
                panic!("in the middle of a book");
            }
        }
    }
    let folder = folder("batch-cache", "panic");
    let list = backlist::make(&folder, 4, &[4]);
    let known = built_in().unwrap();
    let catalogue = Catalogue::open(&list.catalogue, None, Overrides::default()).unwrap();
    let plan = BatchPlan {
        catalogue: &catalogue,
        known: &known,
        rules: String::new(),
        options: Options::default(),
        cache: None,
        output: Some(folder.join("r.jsonl")),
        force: false,
        baseline: None,
        accepted: Acceptances::default(),
        threads: 2,
        memory: 1 << 30,
        all: false,
    };
    let watch = Panics(Mutex::new(None));
    let mut lines = Lines::default();
    std::panic::set_hook(Box::new(|_| {}));
    let tally = run(&plan, 4, &watch, &mut lines).unwrap();
    let _ = std::panic::take_hook();
    assert_eq!(watch.0.into_inner().ok().flatten(), Some(2), "it did panic");
    assert_eq!(
        (tally.titles, tally.ended(Ending::NotChecked), tally.gaps),
        (4, 1, 1)
    );
    let second: serde_json::Value = serde_json::from_str(&lines.0[1]).unwrap();
    assert!(
        second["batch"]["why"]
            .as_str()
            .unwrap()
            .contains("broke off")
    );
    assert!(second.get("verdicts").is_none());
}

#[test]
fn two_runs_at_once_share_a_cache_and_not_an_output() {
    let folder = folder("batch-cache", "two");
    let list = backlist::make(&folder, 12, &[6, 4]);
    let cache = folder.join("cache");
    let start = |output: &str| {
        program()
            .args([
                "batch",
                "--quiet",
                "--fail-on",
                "never",
                "--jobs",
                "1",
                "--cache",
            ])
            .arg(&cache)
            .arg("--output")
            .arg(folder.join(output))
            .arg(&list.catalogue)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut both = [start("a.jsonl"), start("b.jsonl")];
    for run in &mut both {
        assert_eq!(run.wait().unwrap().code(), Some(0));
    }
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    assert!(
        read("a.jsonl") == read("b.jsonl")
            && read("a.jsonl").iter().filter(|b| **b == b'\n').count() == 12
    );
    // Held by a run that is still at it.
    let held = std::fs::File::options()
        .read(true)
        .write(true)
        .open(folder.join("a.jsonl"))
        .unwrap();
    held.lock().unwrap();
    assert_eq!(start("a.jsonl").wait().unwrap().code(), Some(2));
    drop(held);
    assert_eq!(start("a.jsonl").wait().unwrap().code(), Some(0));
}
