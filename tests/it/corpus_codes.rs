//! Codes of real files, drawn by other people's programs in their ways, held to what two independent readers read: the corpus
//! named by `PRESSCHECK_CORPUS`. Run with `--ignored`.

use std::path::PathBuf;

use presscheck::facts::{Code, CodeKind, Document};
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use rayon::prelude::*;
use serde_json::Value;

/// How far a side may be off, as a share. The other readers' boxes are good to a pixel of 200 to the inch.
const SLACK: f64 = 0.02;
const PIXEL_MM: f64 = 25.4 / 200.0;
/// Truth texts are cut here.
const CUT: usize = 400;

fn corpus() -> (PathBuf, Value) {
    let folder = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    let folder = folder.expect("PRESSCHECK_CORPUS names the corpus");
    let truth = std::fs::read(folder.join("truth.json")).unwrap();
    (folder, serde_json::from_slice(&truth).unwrap())
}

fn measured(path: PathBuf) -> Document {
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    measure::file(&path, &Limits::default(), wanted, &|_, _| {}).unwrap()
}

/// Whether two readers agree on a code, and which kind it is.
fn sure(code: &Value) -> Option<CodeKind> {
    let readers = code["read_by"].as_array().map_or(0, Vec::len);
    let kind = match code["kind"].as_str()? {
        "QR" => CodeKind::Qr,
        "EAN-13" => CodeKind::Ean13,
        _ => return None,
    };
    (readers > 1).then_some(kind)
}

/// What is wrong with how a code was found.
fn fault(name: &str, truth: &Value, kind: CodeKind, found: &[Code]) -> Option<String> {
    let text = truth["text"].as_str().unwrap_or_default();
    let page = u32::try_from(truth["page"].as_u64()?).ok()?;
    let alike = |code: &&Code| {
        let cut: String = code.text.chars().take(CUT).collect();
        code.kind == kind && code.page == page && (code.text == text || cut == text)
    };
    let Some(code) = found.iter().find(alike) else {
        let shown: String = text.chars().take(40).collect();
        return Some(format!(
            "{name} page {page}: {kind:?} \"{shown}\" was not found"
        ));
    };
    if kind != CodeKind::Qr {
        return None;
    }
    let sides: Vec<f64> = truth["box_mm"][0]
        .as_array()?
        .iter()
        .skip(2)
        .filter_map(Value::as_f64)
        .collect();
    let side = sides.iter().sum::<f64>() / 2.0;
    let off = (code.side_mm - side).abs();
    // Turned codes have larger boxes.
    let upright = code.rotation_deg.abs() < 0.5;
    (upright && off > (SLACK * side).max(2.0 * PIXEL_MM)).then(|| {
        format!(
            "{name} page {page}: a side of {:.2} mm, {side:.2} there",
            code.side_mm
        )
    })
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS"]
fn codes_that_two_readers_read_are_found() {
    let (folder, truth) = corpus();
    let files: Vec<(&String, &Value)> = truth.as_object().unwrap().iter().collect();
    let results: Vec<(usize, Vec<String>)> = files
        .par_iter()
        .filter_map(|(name, row)| {
            let sure: Vec<(&Value, CodeKind)> = row["codes"]
                .as_array()?
                .iter()
                .filter_map(|code| Some((code, self::sure(code)?)))
                .collect();
            if sure.is_empty() {
                return None;
            }
            let found = measured(folder.join(name)).codes;
            let faults = sure
                .iter()
                .filter_map(|(code, kind)| fault(name, code, *kind, &found))
                .collect();
            Some((sure.len(), faults))
        })
        .collect();
    let looked: usize = results.iter().map(|(count, _)| count).sum();
    let faults: Vec<String> = results.into_iter().flat_map(|(_, faults)| faults).collect();
    println!("{looked} codes looked for");
    assert!(looked > 60, "only {looked} codes in the corpus");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS"]
fn pages_that_hold_no_code_give_none() {
    let (folder, truth) = corpus();
    let scanned: Vec<(&String, &Value)> = truth
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, row)| row["codes_complete"].as_bool() == Some(true))
        .collect();
    let faults: Vec<String> = scanned
        .par_iter()
        .flat_map_iter(|(name, row)| {
            let known = row["codes"].as_array().cloned().unwrap_or_default();
            let on_page = move |page: u32| {
                known
                    .iter()
                    .any(|code| code["page"].as_u64() == Some(page.into()))
            };
            measured(folder.join(name))
                .codes
                .into_iter()
                .filter(is_asked_for)
                .filter(move |code| !on_page(code.page))
                .map(|code| {
                    format!(
                        "{name} page {}: {:?} \"{}\"",
                        code.page, code.kind, code.text
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect();
    println!("{} files looked through", scanned.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Of the kinds that are read, not only named.
fn is_asked_for(code: &Code) -> bool {
    matches!(code.kind, CodeKind::Qr | CodeKind::Ean13)
}
