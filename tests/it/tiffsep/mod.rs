//! The plates of ghostscript's `tiffsep` device, summed up: the oracle of every test about ink.

#![allow(unreachable_pub, reason = "a module of test binaries")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pixels an inch, as ours have.
const PPI: u32 = 100;

/// Whether there is one; says so where there is none.
#[allow(
    dead_code,
    reason = "tests that are ignored without ghostscript do not ask"
)]
pub fn has_ghostscript() -> bool {
    let has = Command::new("gs").arg("--version").output().is_ok();
    if !has {
        println!("skipped: gs (ghostscript) is not installed");
    }
    has
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

/// The most ink on each page of a file as ghostscript sees it.
pub fn most(path: &Path) -> Vec<f32> {
    let desk = Desk::new();
    Command::new("gs")
        .args(["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dUseCropBox"])
        .args(["-sCompression=none", "-sDEVICE=tiffsep"])
        .arg(format!("-r{PPI}"))
        .arg("-o")
        .arg(desk.0.join("%d.tif"))
        .arg(path)
        .output()
        .unwrap();
    let mut pages: BTreeMap<usize, Vec<f32>> = BTreeMap::new();
    for entry in std::fs::read_dir(&desk.0).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Plates carry the name of their ink in brackets; the composite does not.
        let Some((page, _)) = name.split_once('(') else {
            continue;
        };
        let plate = grey_tiff(&std::fs::read(entry.path()).unwrap()).unwrap();
        let sum = pages.entry(page.parse().unwrap()).or_default();
        sum.resize(plate.len().max(sum.len()), 0.0);
        for (total, ink) in sum.iter_mut().zip(plate) {
            *total += ink;
        }
    }
    pages
        .into_values()
        .map(|sum| sum.into_iter().fold(0.0, f32::max))
        .collect()
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
