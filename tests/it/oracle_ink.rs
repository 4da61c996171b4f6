//! Ink that poppler shows and our walk does not see, on every page of the fixtures and of the corpus: such ink is a fault of
//! ours, unless the page is told as not wholly read.
//!
//! Pages are drawn by `pdftoppm` at 36 ppi; the corpus is compared where `PRESSCHECK_CORPUS` names it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use presscheck::facts::Page;
use rayon::prelude::*;

use crate::oracle::files::{facts, pdfs};
use crate::support::fixture;

/// Pixels an inch.
const PPI: f64 = 36.0;
/// Anti-aliasing spreads a mark by a pixel, and a page's size is rounded to whole ones: two pixels, in points.
const SLACK: f64 = 2.0 * 72.0 / PPI;
/// What is lighter than this is paper.
const PAPER: u8 = 245;
/// Pages of a file that are drawn: a book's further pages are made as its first are.
const PAGES: usize = 40;

/// Files that differ, and why. A file that stands here and agrees fails the test as one that differs and does not.
const LISTED: &[(&str, &str)] = &[
    ("hostile/media-box-empty.pdf", SIZE),
    ("hostile/media-box-missing.pdf", SIZE),
    ("hostile/media-box-of-two.pdf", SIZE),
    ("hostile/parent-is-itself.pdf", SIZE),
    ("hostile/qpdf__qtest__qpdf__form-xobjects-out.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__fx-overlay-56.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__fx-overlay-57.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__fx-overlay-58.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__fx-overlay-59.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__fxo-red.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-1.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-2.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-3.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-4.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-5.pdf", UNIT),
    ("hostile/qpdf__qtest__qpdf__uo-7.pdf", UNIT),
    ("user-unit-set/fail-warning-0.5.pdf", UNIT),
    ("user-unit-set/fail-warning-2.pdf", UNIT),
    ("various/pdfjs/test__pdfs__boundingBox_invalid.pdf", SIZE),
    ("various/pdfjs/test__pdfs__issue10542_reduced.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__issue11131_reduced.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__issue11555.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__issue15441.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__issue19176.pdf", UNIT),
    ("various/pdfjs/test__pdfs__issue2537r.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__issue2840.pdf", STAND_IN),
    ("various/pdfjs/test__pdfs__noembed-identity-2.pdf", STAND_IN),
];

const UNIT: &str = "poppler draws a page with a UserUnit as if it had none";
const SIZE: &str = "the page does not say how large it is, and poppler takes another size";
const STAND_IN: &str =
    "a font is not in the file, and the stand-ins differ in their letters or widths";

/// A page as poppler draws it.
struct Drawn {
    width: usize,
    pixels: Vec<u8>,
}

/// The pages that poppler draws of a file, grey, in portable maps one after another.
fn drawn(path: &Path) -> Vec<Drawn> {
    let output = Command::new("timeout")
        .args([
            "60",
            "pdftoppm",
            "-gray",
            "-cropbox",
            "-r",
            &PPI.to_string(),
        ])
        .args(["-l", &PAGES.to_string()])
        .arg(path)
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let mut rest = output.stdout.as_slice();
    let mut pages = Vec::new();
    while let Some((page, behind)) = map(rest) {
        pages.push(page);
        rest = behind;
    }
    pages
}

/// The first portable grey map of some bytes, and what follows it.
fn map(bytes: &[u8]) -> Option<(Drawn, &[u8])> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < 4 {
        let from = at
            + bytes
                .get(at..)?
                .iter()
                .position(|b| !b.is_ascii_whitespace())?;
        at = from
            + bytes
                .get(from..)?
                .iter()
                .position(u8::is_ascii_whitespace)?;
        words.push(std::str::from_utf8(&bytes[from..at]).ok()?);
    }
    let [width, height] = [words[1].parse::<usize>().ok()?, words[2].parse().ok()?];
    let (pixels, behind) = bytes.get(at + 1..)?.split_at_checked(width * height)?;
    let pixels = pixels.to_vec();
    Some((Drawn { width, pixels }, behind))
}

/// What poppler shows beyond the ink that was measured on a page, in points, if anything.
fn unseen(page: &Page, drawn: &Drawn) -> Option<[f64; 4]> {
    let ink = page.ink.map(|ink| ink.inflate(SLACK).to_f64());
    let mut beyond: Option<[f64; 4]> = None;
    for (at, _) in drawn
        .pixels
        .iter()
        .enumerate()
        .filter(|(_, grey)| **grey < PAPER)
    {
        let [x, y] = [at % drawn.width, at / drawn.width].map(|n| (n as f64 + 0.5) * 72.0 / PPI);
        let seen = ink.is_some_and(|[x0, y0, x1, y1]| x0 <= x && x <= x1 && y0 <= y && y <= y1);
        if !seen {
            let [x0, y0, x1, y1] = beyond.unwrap_or([x, y, x, y]);
            beyond = Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)]);
        }
    }
    beyond
}

/// Where poppler shows more than was measured, for people. A page that is not wholly read says so itself.
fn differences(path: &Path) -> Vec<String> {
    let ours = facts(path);
    if ours.unreadable.is_some() {
        return Vec::new();
    }
    let pages = ours.pages.iter().zip(drawn(path));
    let told = pages.filter(|(page, _)| page.gap.is_none() && page.annotations.is_empty());
    told.filter_map(|(page, drawn)| {
        let beyond = unseen(page, &drawn)?.map(f64::round);
        Some(format!(
            "page {}: {beyond:?}, measured {:?}",
            page.number, page.ink
        ))
    })
    .collect()
}

#[test]
#[ignore = "needs pdftoppm (poppler-utils); `.ci/run` runs it where it is at hand"]
fn no_ink_that_poppler_shows_is_unseen() {
    let fixtures = fixture("");
    let corpus = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    let folders = [Some(fixtures), corpus];
    let files: Vec<(String, PathBuf)> = folders
        .iter()
        .flatten()
        .flat_map(|folder| {
            let name = move |file: PathBuf| {
                let name = file.strip_prefix(folder).unwrap().display().to_string();
                (name, file)
            };
            pdfs(folder).into_iter().map(name)
        })
        .collect();
    let differ: Vec<(&str, Vec<String>)> = files
        .par_iter()
        .map(|(name, file)| (name.as_str(), differences(file)))
        .filter(|(_, differences)| !differences.is_empty())
        .collect();
    println!(
        "{} files compared with poppler, {} listed",
        files.len(),
        LISTED.len()
    );
    let listed = |name: &str| LISTED.iter().any(|(n, _)| *n == name);
    let mut faults: Vec<String> = differ
        .iter()
        .filter(|(name, _)| !listed(name))
        .map(|(name, differences)| format!("{name}: {}", differences.join("; ")))
        .collect();
    let at_hand = |name: &str| files.iter().any(|(n, _)| n == name);
    let stale = LISTED
        .iter()
        .filter(|(name, _)| at_hand(name) && !differ.iter().any(|(n, _)| n == name));
    faults.extend(stale.map(|(name, why)| format!("stale: {name} ({why})")));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
