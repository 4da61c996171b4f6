//! Ingram's whole spine table, and the readings found in November 2026, against our spines and covers. The figures lie in
//! `tests/it/figures/`; where each was read stands in the profiles' sources.

use std::collections::BTreeMap;

use presscheck::geometry::Size;
use presscheck::profile::Profile;
use serde::Deserialize;

use crate::figures::{profile, spine};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    paperback: Vec<Widths>,
    hardcover: Vec<Boards>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Widths {
    stock: String,
    same_as: Option<String>,
    #[serde(default)]
    widths: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Boards {
    stock: String,
    last: u32,
    next_board_at: Vec<u32>,
}

fn table() -> Table {
    toml::from_str(include_str!("figures/ingram_spines.toml")).unwrap()
}

/// Even page counts from the table's first on.
fn counts() -> impl Iterator<Item = u32> {
    (18..).step_by(2)
}

#[test]
fn every_paperback_of_ingrams_table() {
    let mut known: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for sheet in table().paperback {
        let widths: Vec<f64> = match &sheet.same_as {
            Some(stock) => known[stock].clone(),
            None => {
                let words = sheet.widths.split_whitespace();
                words
                    .map(|w| w.parse::<f64>().unwrap() / 10_000.0)
                    .collect()
            }
        };
        for id in ["ingramspark/paperback", "lightning-source/paperback"] {
            let ingram = profile(id);
            let worst = counts()
                .zip(&widths)
                .map(|(n, read)| (spine(&ingram, &sheet.stock, n).as_inches() - read).abs())
                .fold(0.0, f64::max);
            assert!(worst <= 0.0011, "{id} {}: off by {worst}", sheet.stock);
            let stock = ingram.stocks.iter().find(|s| s.id == sheet.stock).unwrap();
            // No tolerance hides more than the table leaves open.
            assert!(stock.spine.tolerance(500).as_inches() <= 0.0011);
        }
        known.insert(sheet.stock, widths);
    }
    let rows: usize = known.values().map(Vec::len).sum();
    assert_eq!((known.len(), rows), (6, 592 * 3 + 517 * 2 + 442));
}

#[test]
fn every_hardcover_of_ingrams_table() {
    let mut rows = 0;
    for sheet in table().hardcover {
        for id in [
            "ingramspark/case-laminate",
            "ingramspark/jacketed",
            "lightning-source/case-laminate",
        ] {
            let ingram = profile(id);
            let mut boards = 4;
            let mut next = sheet.next_board_at.iter().peekable();
            for n in counts().take_while(|n| *n <= sheet.last) {
                while next.next_if(|at| **at <= n).is_some() {
                    boards += 1;
                }
                let width = spine(&ingram, &sheet.stock, n).as_inches();
                let read = f64::from(boards) / 16.0;
                assert!(
                    (width - read).abs() < 1e-6,
                    "{id} {} {n}: {width}, not {read}",
                    sheet.stock
                );
                rows += 1;
            }
        }
    }
    assert_eq!(rows, 3 * (592 * 3 + 517 * 2 + 442));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Readings {
    reading: Vec<Reading>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    product: String,
    stock: Option<String>,
    trim: Option<[f64; 2]>,
    pages: Option<u32>,
    spine: Option<f64>,
    cover: Option<[f64; 2]>,
    #[allow(dead_code)]
    day: String,
    strength: String,
}

/// The stock of a reading; where the paper was not told, any will do at the platforms this is read of.
fn stock(profile: &Profile, reading: &Reading) -> String {
    let named = reading.stock.clone();
    named.unwrap_or_else(|| profile.stocks.first().unwrap().id.clone())
}

#[test]
fn readings_of_november_2026() {
    let all: Readings = toml::from_str(include_str!("figures/readings_2026_11.toml")).unwrap();
    assert_eq!(all.reading.len(), 35);
    let mut held = 0;
    for reading in &all.reading {
        let profile = profile(&reading.product);
        let model = profile.cover.as_ref().unwrap();
        let trim = reading.trim.map(|[w, h]| Size::new(w * 72.0, h * 72.0));
        let ours = reading
            .pages
            .map(|n| spine(&profile, &stock(&profile, reading), n));
        // A page count or paper that others only inferred is held less closely.
        let within = match (profile.platform.as_str(), reading.strength.as_str()) {
            ("ingramspark", "weak") => 0.012,
            ("lulu", "weak") => 0.001,
            _ => 0.0011,
        };
        if let (Some(ours), Some(read)) = (ours, reading.spine) {
            let off = (ours.as_inches() - read).abs();
            assert!(off <= within, "{reading:?}: {ours:?}");
            held += 1;
        }
        let (Some(trim), Some([width, height])) = (trim, reading.cover) else {
            continue;
        };
        let flat = model.size(trim, Default::default());
        let bleed_in = flat.height / 72.0;
        assert!(
            (bleed_in - height).abs() <= 0.0015,
            "{reading:?}: {bleed_in} high"
        );
        let spine = ours.or(reading.spine.map(presscheck::units::Length::inches));
        if let Some(spine) = spine {
            let ours = model.size(trim, spine).width / 72.0;
            assert!((ours - width).abs() <= 0.0015, "{reading:?}: {ours} wide");
            held += 1;
        }
    }
    assert_eq!(
        held, 49,
        "as many spines and widths were held against a reading"
    );
}
