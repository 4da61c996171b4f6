//! `--press`: by which press RGB is weighed where a file does not say for which it was made.

use std::path::PathBuf;

use presscheck_fixtures::{Content, Page, Pdf, icc};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::presscheck;

/// A folder with a page of RGB black and mid grey, with an output intent or without, and the profile of a press.
fn folder(with_intent: bool) -> (TempDir, [String; 2]) {
    let folder = TempDir::new().unwrap();
    let mut pdf = Pdf::new();
    if with_intent {
        let profile = pdf.flate("/N 4", &icc::press());
        pdf.catalog(
            "OutputIntents",
            format!("[<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (Own) /DestOutputProfile {profile} >>]"),
        );
    }
    let mut content = Content::new();
    content
        .fill_rgb([0.0; 3])
        .fill_rect(0.0, 0.0, 100.0, 100.0)
        .fill_rgb([1.0; 3])
        .fill_rect(150.0, 0.0, 20.0, 20.0)
        .fill_rgb([1.0, 0.0, 0.0])
        .fill_rect(0.0, 120.0, 80.0, 80.0);
    pdf.page(Page::new(200.0, 200.0, content));
    let write = |name: &str, bytes: Vec<u8>| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let paths = [
        write("page.pdf", pdf.finish()),
        write("press.icc", icc::press()),
    ];
    (folder, paths)
}

/// What the plates of a file's page say, weighed by what flags ask for.
fn plates(args: &[&str]) -> Value {
    let answer = presscheck(&[&["facts"], args].concat());
    let why = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(0), "{why}");
    let facts: Value = serde_json::from_slice(&answer.stdout).unwrap();
    facts["pages"][0]["coverage"]["plates"].clone()
}

#[test]
fn rgb_is_weighed_by_the_press_that_is_chosen() {
    let (_folder, [file, press]) = folder(false);
    // By the plain rule black is one ink and red two: nothing to weigh.
    assert_eq!(plates(&[&file]), Value::Null);
    let weighed = plates(&[&file, "--press", &press]);
    assert_eq!(
        weighed["through"], "the press chosen, A press made by formula",
        "{weighed}"
    );
    // Black becomes all that the press lays for its black.
    let most = weighed["most"].as_f64().unwrap();
    assert!((280.0..=287.0).contains(&most), "{weighed}");
}

#[test]
fn a_file_that_says_for_which_press_it_was_made_is_weighed_by_that() {
    let (_folder, [file, press]) = folder(true);
    let own = plates(&[&file]);
    assert_eq!(
        own["through"],
        "the file's output intent, A press made by formula"
    );
    assert_eq!(own, plates(&[&file, "--press", &press]));
}

#[test]
fn a_press_that_is_none_is_refused_with_what_is_known() {
    let (_folder, [file, _]) = folder(false);
    for (press, says) in [
        ("fogra3", "known are fogra39"),
        (file.as_str(), "it is no ICC profile"),
        ("gone.icc", "there is no such file"),
    ] {
        let answer = presscheck(&["check", &file, "--press", press]);
        let why = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(2), "{why}");
        assert!(why.contains(says), "{why}");
    }
}
