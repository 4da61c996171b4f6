//! Holds the extents our content walk measures against two independent readers: hayro-interpret on every
//! page of the corpus, and ghostscript's `bbox` device on a sample.
//!
//! Both need the corpus, named by `PRESSCHECK_CORPUS`, and are run with `--ignored`.

mod device;
pub(crate) mod files;
mod made;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use device::oracle;
use files::{facts, pdfs};
use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_interpret::kurbo::Rect;
use hayro_syntax::Pdf;
use presscheck::facts::Page;
use presscheck::limits::Limits;
use presscheck::measure::{Wanted, document};
use rayon::prelude::*;

/// How far two edges may lie apart, in points.
const SLACK: f64 = 0.1;

/// Pages on which the two readers differ, and why: file (from its folder in the corpus), page, reason.
/// A page that stands here and agrees fails the test as one that differs and does not.
const LISTED: &[(&str, u32, &str)] = &[
    (
        "hostile/qpdf__qtest__qpdf__split-content-stream.pdf",
        1,
        CUT_STRING,
    ),
    ("hostile/qpdf__qtest__qpdf__split-tokens.pdf", 1, CUT_STRING),
    (
        "hostile/qpdf__qtest__qpdf__split-tokens-split-1-2.pdf",
        1,
        CUT_STRING,
    ),
];

const CUT_STRING: &str = "a string is cut in two by the end of a content stream, which the format forbids; \
    we join streams with a line feed, so that a comment ends with its stream, hayro with a blank, which \
    the string then sets";

/// The corpus.
fn corpus() -> PathBuf {
    let folder = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    folder.expect("PRESSCHECK_CORPUS names the corpus")
}

/// Runs `work` where deep nesting does not overflow the stack and panics of the readers stay quiet.
fn quietly<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(64 << 20)
        .build()
        .unwrap();
    let result = pool.install(work);
    std::panic::set_hook(loud);
    result
}

#[derive(Default)]
struct Tally {
    unreadable: usize,
    compared: usize,
    gaps: usize,
    oracle_panics: usize,
    /// Page to what differs.
    differ: BTreeMap<u32, String>,
}

fn compare(path: &Path) -> Tally {
    let mut tally = Tally::default();
    let ours = facts(path);
    let bytes = std::fs::read(path).unwrap();
    let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes).ok()));
    let (None, Ok(Some(pdf))) = (&ours.unreadable, opened) else {
        tally.unreadable = 1;
        return tally;
    };
    let mut cache = InterpreterCache::new();
    for page in &ours.pages {
        if let Some(gap) = &page.gap {
            println!("gap: {} page {}: {gap}", ours.name, page.number);
            tally.gaps += 1;
            continue;
        }
        let index = page.number as usize - 1;
        let measured = catch_unwind(AssertUnwindSafe(|| oracle(&pdf, index, &cache)));
        let Ok(theirs) = measured else {
            cache = InterpreterCache::new();
            tally.oracle_panics += 1;
            continue;
        };
        tally.compared += 1;
        let painted = page.painted.map(plain);
        if !agree(painted, theirs, SLACK) {
            tally
                .differ
                .insert(page.number, format!("{} {}", show(painted), show(theirs)));
        }
    }
    tally
}

fn plain(r: presscheck::geometry::Rect) -> Rect {
    Rect::new(r.x0.into(), r.y0.into(), r.x1.into(), r.y1.into())
}

fn agree(a: Option<Rect>, b: Option<Rect>, slack: f64) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1]
            .iter()
            .all(|d| d.abs() <= slack),
        _ => false,
    }
}

fn show(r: Option<Rect>) -> String {
    r.map_or_else(
        || "[blank]".to_owned(),
        |r| format!("[{:.2} {:.2} {:.2} {:.2}]", r.x0, r.y0, r.x1, r.y1),
    )
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS"]
fn painted_extents_agree_with_hayro_interpret() {
    let corpus = corpus();
    let files = pdfs(&corpus);
    let tallies: Vec<(String, Tally)> = quietly(|| {
        files
            .par_iter()
            .map(|path| {
                let name = path.strip_prefix(&corpus).unwrap_or(path);
                (name.display().to_string(), compare(path))
            })
            .collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(|(_, t)| of(t)).sum::<usize>();
    println!(
        "{} files, {} unreadable; {} pages compared, {} listed, {} with gaps, {} the oracle panics on",
        files.len(),
        sum(|t| t.unreadable),
        sum(|t| t.compared),
        LISTED.len(),
        sum(|t| t.gaps),
        sum(|t| t.oracle_panics),
    );
    let mut faults = Vec::new();
    for (name, tally) in &tallies {
        for (page, what) in &tally.differ {
            if !LISTED.iter().any(|(n, p, _)| n == name && p == page) {
                faults.push(format!("differs: {name} page {page}: ours, theirs {what}"));
            }
        }
    }
    for (name, page, reason) in LISTED {
        let differs = tallies
            .iter()
            .any(|(n, t)| n == name && t.differ.contains_key(page));
        if !differs {
            faults.push(format!("stale: {name} page {page} ({reason})"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn both_readers_see_made_pages_as_the_format_prescribes() {
    for (what, content, [x0, y0, x1, y1]) in made::PAGES {
        let bytes = made::page(content);
        let prescribed = Some(Rect::new(*x0, 200.0 - y1, *x1, 200.0 - y0));
        let limits = Limits::default();
        let ours = document(
            "made".to_owned(),
            bytes.clone(),
            &limits,
            Wanted::default(),
            &|_, _| {},
        );
        assert_eq!(ours.gaps, [], "{what}");
        let painted = ours.pages[0].painted.map(plain);
        assert!(agree(painted, prescribed, 0.01), "{what}: {painted:?}");
        let pdf = Pdf::new(bytes).unwrap();
        let theirs = oracle(&pdf, 0, &InterpreterCache::new());
        assert!(
            agree(theirs, prescribed, 0.01),
            "{what}, oracle: {theirs:?}"
        );
    }
}

/// How far ghostscript's edges may lie from ours: it renders glyphs at a resolution of its own choosing.
const GHOST_SLACK: f64 = 0.5;

/// Pages of the sample on which ghostscript differs, and why.
const GHOST_LISTED: &[(&str, u32, &str)] = &[
    ("books/d2d/9780973568875.pdf", 1, BLANK),
    (
        "codes/swiss-qr/TcPdfOutput__qr-payment-information-without-amount-and-long-addresses.svg.print.pdf",
        1,
        BLANK,
    ),
    (
        "codes/swiss-qr/TcPdfOutput__qr-payment-information-without-amount.svg.textno@7bbae9c7.pdf",
        1,
        STAND_IN,
    ),
    (
        "codes/swiss-qr/DompdfOutput__qr-alternative-schemes-compact.scissorsdown@64d529f0.pdf",
        1,
        STAND_IN,
    ),
    (
        "codes/swiss-qr/DompdfOutput__qr-payment-information-with-mediumlong-creditor-and-unknown-debtor.scissors@64d529f0.pdf",
        1,
        STAND_IN,
    ),
    (
        "codes/swiss-qr/DompdfOutput__qr-payment-reference-non.scissorsdown@64d529f0.pdf",
        1,
        STAND_IN,
    ),
];

const BLANK: &str = "ghostscript counts the origin of a blank as a mark";
const STAND_IN: &str = "the scissors are ZapfDingbats, which is not embedded, and the two stand-ins are drawn differently";

/// About thirty pages spread over the books and codes of the corpus: first pages, and every so many within
/// a book.
fn sample(corpus: &Path) -> Vec<(PathBuf, u32)> {
    let books = pdfs(&corpus.join("books"));
    let codes = pdfs(&corpus.join("codes"));
    let mut pages: Vec<(PathBuf, u32)> = Vec::new();
    for book in books {
        let count = facts(&book).pages.len() as u32;
        pages.extend((1..=count).step_by(150).map(|page| (book.clone(), page)));
    }
    pages.extend(codes.into_iter().step_by(6).map(|file| (file, 1)));
    pages
}

/// What ghostscript finds on a page, on the page as seen. Its `bbox` device takes paper white for no mark,
/// unless told `-dWhiteIsOpaque`; so it answers the question our `ink` answers, not `painted`.
fn ghost(file: &Path, page: &Page) -> Option<Rect> {
    let number = page.number;
    let output = Command::new("gs")
        .args([
            "-q",
            "-dNOPAUSE",
            "-dBATCH",
            "-dSAFER",
            "-sDEVICE=bbox",
            "-dUseCropBox",
        ])
        .arg(format!("-dFirstPage={number}"))
        .arg(format!("-dLastPage={number}"))
        .arg(file)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = words
        .lines()
        .find_map(|l| l.strip_prefix("%%HiResBoundingBox:"))?;
    let edges: Vec<f64> = line
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    let (width, height) = (page.size.width, page.size.height);
    let [x0, y0, x1, y1] = edges[..].try_into().ok()?;
    let found = Rect::new(x0, height - y1, x1, height - y0);
    (x1 > x0 && y1 > y0).then(|| found.intersect(Rect::new(0.0, 0.0, width, height)))
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS and ghostscript"]
fn ink_extents_agree_with_ghostscript() {
    let corpus = corpus();
    let sample = sample(&corpus);
    let differ: Vec<(String, u32, String)> = sample
        .par_iter()
        .filter_map(|(file, number)| {
            let ours = facts(file);
            let page = &ours.pages[*number as usize - 1];
            let theirs = ghost(file, page);
            let ink = page.ink.map(plain);
            let name = file.strip_prefix(&corpus).unwrap_or(file).display();
            (!agree(ink, theirs, GHOST_SLACK)).then(|| {
                let what = format!("{} {}", show(ink), show(theirs));
                (name.to_string(), *number, what)
            })
        })
        .collect();
    println!(
        "{} pages compared with ghostscript, {} listed",
        sample.len(),
        GHOST_LISTED.len()
    );
    let mut faults = Vec::new();
    for (name, page, what) in &differ {
        if !GHOST_LISTED.iter().any(|(n, p, _)| n == name && p == page) {
            faults.push(format!("differs: {name} page {page}: ours, theirs {what}"));
        }
    }
    for (name, page, reason) in GHOST_LISTED {
        if !differ.iter().any(|(n, p, _)| n == name && p == page) {
            faults.push(format!("stale: {name} page {page} ({reason})"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
