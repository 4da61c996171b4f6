//! Holds the plates we make against ghostscript's `tiffsep` device: on every fixture about ink, and on the pages of the
//! corpus that are painted in device CMYK, grey and spot inks alone.
//!
//! Run with `--ignored` where ghostscript is installed; the corpus is named by `PRESSCHECK_CORPUS`.

use std::path::PathBuf;
use std::sync::Arc;

use presscheck::limits::Limits;
use presscheck::pdf::{Reader, ResourceCache};
use rayon::prelude::*;

use crate::support::fixture;
use crate::tiffsep;

/// How far the two maxima may lie apart, in per cent of ink.
const SLACK: f32 = 2.0;

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

/// The most ink on the first page as we see it, and whether everything could be laid.
fn ours(bytes: Vec<u8>) -> Option<(f32, bool)> {
    let reader = Reader::open(Arc::new(bytes), Limits::default()).ok()?;
    let mut budget = Limits::default().operators;
    let set = reader.plates(0, &ResourceCache::default(), &mut budget)?;
    let most = (0..set.width * set.height)
        .map(|n| set.plates.iter().map(|plate| plate[n]).sum::<f32>())
        .fold(0.0, f32::max);
    Some((most * 100.0, set.troubles.is_empty()))
}

#[test]
#[ignore = "needs ghostscript"]
fn fixtures_agree_with_ghostscript() {
    let folder = fixture("ink-coverage-high");
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
            let theirs = *tiffsep::most(path).first().unwrap();
            let agree = (ours - theirs).abs() <= SLACK && whole;
            let listed = LISTED.iter().any(|(known, _)| *known == name);
            (agree == listed).then(|| format!("{name}: {ours} here, {theirs} there"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS"]
fn the_corpus_agrees_with_what_ghostscript_measured() {
    let corpus = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    let corpus = corpus.expect("PRESSCHECK_CORPUS names the corpus");
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
