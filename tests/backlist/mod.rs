//! Backlists made by code: many titles, each with files of its own, quickly.

#![allow(dead_code, reason = "each test and bench uses its own part")]
#![allow(
    unreachable_pub,
    reason = "a module of test binaries, where nothing is reachable from outside"
)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code that feeds itself only known input"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::studio;

/// A press's backlist in a folder: catalogue and files.
pub struct Backlist {
    /// Where everything is.
    pub folder: PathBuf,
    /// The catalogue.
    pub catalogue: PathBuf,
}

/// ISBNs with a right check digit.
pub fn isbn(number: usize) -> String {
    let body = format!("97812345{number:04}");
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// So many titles with interiors of these page counts in turn, each file different in its last bytes.
pub fn make(folder: &Path, titles: usize, pages: &[usize]) -> Backlist {
    std::fs::create_dir_all(folder).unwrap();
    let interiors: Vec<(usize, Vec<u8>)> =
        pages.iter().map(|n| (*n, studio::text_book(*n))).collect();
    let covers: Vec<Vec<u8>> = interiors
        .iter()
        .map(|(n, _)| studio::cover(*n as f64 * 0.0025))
        .collect();
    let mut text = String::from("isbn,title,interior,cover,for,trim,ink,paper\n");
    for number in 0..titles {
        let which = number % interiors.len();
        let isbn = isbn(number);
        for (name, bytes) in [("txt", &interiors[which].1), ("cvr", &covers[which])] {
            let mut own = bytes.clone();
            own.extend_from_slice(format!("% title {number}\n").as_bytes());
            std::fs::write(folder.join(format!("{isbn}_{name}.pdf")), own).unwrap();
        }
        let _ = writeln!(
            text,
            "{isbn},{},{isbn}_txt.pdf,{isbn}_cvr.pdf,kdp ingramspark,6x9,black,cream",
            studio::TITLE
        );
    }
    let catalogue = folder.join("backlist.csv");
    std::fs::write(&catalogue, text).unwrap();
    Backlist {
        folder: folder.to_owned(),
        catalogue,
    }
}
