//! Holds the plates we make against ghostscript's `tiffsep` device: on every fixture about ink, and on the pages of the
//! corpus that are painted in device CMYK, grey and spot inks alone.
//!
//! Skips, and says so, where ghostscript is not installed; the corpus is named by `PRESSCHECK_CORPUS`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use presscheck::limits::Limits;
use presscheck::pdf::{Reader, Shelf};
use rayon::prelude::*;

/// How far the two maxima may lie apart, in per cent of ink.
const SLACK: f32 = 2.0;
const PPI: u32 = 100;

/// Fixtures on which the two differ, and why.
const LISTED: &[(&str, &str)] = &[
    ("fail-warning-before-a-soft-mask", LIGHT),
    ("pass-behind-a-soft-mask", LIGHT),
    ("pass-rgb-black", RGB),
    ("pass-overprint-mode-0-replaces-process-ink", EDGE),
];

const LIGHT: &str = "ghostscript takes the luminosity of grey through a gamma; the format, and every other reader tried, takes grey as it is";
const RGB: &str = "RGB is converted by a plain rule here, through a profile there";
const EDGE: &str =
    "on the edge, where a shape covers part of a pixel, half of what lies below still shows";

fn has_ghostscript() -> bool {
    let has = Command::new("gs").arg("--version").output().is_ok();
    if !has {
        println!("skipped: gs (ghostscript) is not installed");
    }
    has
}

/// The most ink on the first page as we see it, and whether everything could be laid.
fn ours(bytes: Vec<u8>) -> Option<(f32, bool)> {
    let reader = Reader::open(Arc::new(bytes), Limits::default()).ok()?;
    let mut budget = Limits::default().operators;
    let set = reader.plates(0, &Shelf::default(), &mut budget)?;
    let most = (0..set.width * set.height)
        .map(|n| set.plates.iter().map(|plate| plate[n]).sum::<f32>())
        .fold(0.0, f32::max);
    Some((most * 100.0, set.troubles.is_empty()))
}

/// A folder of one's own that goes when it is done with.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("presscheck-plates-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What stays behind is no fault of the plates.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The most ink on the first page as ghostscript sees it.
fn theirs(path: &Path) -> Option<f32> {
    let desk = Desk::new();
    let out = desk.0.join("page.tif");
    Command::new("gs")
        .args(["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dUseCropBox"])
        .args(["-dFirstPage=1", "-dLastPage=1", "-sCompression=none"])
        .arg("-sDEVICE=tiffsep")
        .arg(format!("-r{PPI}"))
        .arg("-o")
        .arg(&out)
        .arg(path)
        .output()
        .ok()?;
    let mut sum: Vec<f32> = Vec::new();
    for entry in std::fs::read_dir(&desk.0).ok()?.flatten() {
        // Plates carry the name of their ink in brackets; the composite does not.
        if !entry.file_name().to_string_lossy().contains('(') {
            continue;
        }
        let plate = grey_tiff(&std::fs::read(entry.path()).ok()?)?;
        sum.resize(plate.len().max(sum.len()), 0.0);
        for (total, ink) in sum.iter_mut().zip(plate) {
            *total += ink;
        }
    }
    sum.into_iter().reduce(f32::max)
}

/// The ink of an uncompressed TIFF of 8 bits and one channel, in per cent.
fn grey_tiff(bytes: &[u8]) -> Option<Vec<f32>> {
    let little = bytes.get(..2)? == b"II";
    let number = |at: usize, size: usize| -> Option<usize> {
        let part = bytes.get(at..at + size)?;
        let fold = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little {
            part.iter().rev().fold(0, fold)
        } else {
            part.iter().fold(0, fold)
        })
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    let mut strips = (Vec::new(), Vec::new());
    let mut white_is_zero = false;
    for n in 0..count {
        let at = directory + 2 + n * 12;
        let (tag, kind, values) = (number(at, 2)?, number(at + 2, 2)?, number(at + 4, 4)?);
        let size = if kind == 3 { 2 } else { 4 };
        let start = if values * size <= 4 {
            at + 8
        } else {
            number(at + 8, 4)?
        };
        let all = || {
            (0..values)
                .map(|v| number(start + v * size, size))
                .collect::<Option<Vec<_>>>()
        };
        match tag {
            262 => white_is_zero = all()? == [0],
            273 => strips.0 = all()?,
            279 => strips.1 = all()?,
            _ => {}
        }
    }
    let mut ink = Vec::new();
    for (start, length) in strips.0.into_iter().zip(strips.1) {
        ink.extend(bytes.get(start..start + length)?.iter().map(|v| {
            let v = if white_is_zero { *v } else { u8::MAX - v };
            f32::from(v) / 2.55
        }));
    }
    Some(ink)
}

#[test]
fn fixtures_agree_with_ghostscript() {
    if !has_ghostscript() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test_pdfs/ink-coverage-high");
    let files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "pdf"))
        .collect();
    assert!(files.len() > 30, "only {} fixtures", files.len());
    let faults: Vec<String> = files
        .par_iter()
        .filter_map(|path| {
            let name = path.file_stem()?.to_string_lossy().into_owned();
            let (ours, whole) = ours(std::fs::read(path).unwrap()).unwrap();
            let theirs = theirs(path).unwrap();
            let agree = (ours - theirs).abs() <= SLACK && whole;
            let listed = LISTED.iter().any(|(known, _)| *known == name);
            (agree == listed).then(|| format!("{name}: {ours} here, {theirs} there"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_corpus_agrees_with_what_ghostscript_measured() {
    let Some(corpus) = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from) else {
        println!("skipped: PRESSCHECK_CORPUS does not name the corpus");
        return;
    };
    let truth: serde_json::Value =
        serde_json::from_slice(&std::fs::read(corpus.join("truth.json")).unwrap()).unwrap();
    let mut looked = 0;
    for (name, row) in truth.as_object().unwrap() {
        let Some(most) = row["total_ink"]["max"].as_f64() else {
            continue;
        };
        // Painted in RGB: nobody's figure but the profile's.
        if name.ends_with("bookcover-example1.pdf") {
            continue;
        }
        let (ours, whole) = ours(std::fs::read(corpus.join(name)).unwrap()).unwrap();
        assert!(whole, "{name}");
        assert!(
            (f64::from(ours) - most).abs() <= f64::from(SLACK),
            "{name}: {ours}, {most}"
        );
        looked += 1;
    }
    println!("{looked} covers of the corpus agree");
    assert!(looked > 2);
}
