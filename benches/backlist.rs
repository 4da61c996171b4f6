//! A backlist of a thousand titles made by code, by the program itself: throughput on one and two threads (the mark for the
//! second is 0.9 of the first), peak memory at 100 and 1,000 titles (the mark: the same), and the price of a title that is
//! unchanged. PRESSCHECK_TITLES asks for another number.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use presscheck_fixtures::backlist;

/// Pages of the titles, in turn: from picture books' length to novels'.
const PAGES: [usize; 6] = [24, 48, 96, 32, 180, 64];

/// What one run took.
struct Took {
    wall: Duration,
    /// Megabytes.
    peak: Option<f64>,
}

fn main() {
    let smoke = std::env::args().any(|a| a == "--test");
    let asked = std::env::var("PRESSCHECK_TITLES")
        .ok()
        .and_then(|n| n.parse().ok());
    let titles: usize = asked.unwrap_or(if smoke { 6 } else { 1000 });
    let folder = std::env::temp_dir().join(format!("presscheck-backlist-{}", std::process::id()));
    let many = backlist::make(&folder.join("many"), titles, &PAGES);
    let few = backlist::make(&folder.join("few"), (titles / 10).max(2), &PAGES);
    let pages: usize = (0..titles).map(|n| PAGES[n % PAGES.len()] + 1).sum();
    let cache = folder.join("cache");
    let run = |catalogue: &Path, threads: &str, more: &[&str]| {
        let output = folder.join("results.jsonl");
        let _ = std::fs::remove_file(&output);
        took(
            Command::new(env!("CARGO_BIN_EXE_presscheck"))
                .args([
                    "batch",
                    "--quiet",
                    "--fail-on",
                    "never",
                    "--jobs",
                    threads,
                    "--output",
                ])
                .arg(&output)
                .arg("--cache")
                .arg(&cache)
                .args(more)
                .arg(catalogue),
        )
    };
    println!("{titles} titles, {pages} pages");
    // The files' first reading is the disk's business.
    run(&many.catalogue, "2", &["--no-cache"]);
    let best = |threads: &str| {
        let rounds = if smoke { 1 } else { 3 };
        (0..rounds)
            .map(|_| run(&many.catalogue, threads, &["--no-cache"]))
            .min_by_key(|t| t.wall)
            .unwrap()
    };
    let (one, two) = (best("1"), best("2"));
    let speed = |t: &Took| pages as f64 / t.wall.as_secs_f64();
    if smoke {
        run(&few.catalogue, "2", &[]);
        println!("it runs; six titles measure nothing");
        let _ = std::fs::remove_dir_all(&folder);
        return;
    }
    println!("one thread:  {:?}, {:.0} pages/s", one.wall, speed(&one));
    println!("two threads: {:?}, {:.0} pages/s", two.wall, speed(&two));
    println!(
        "efficiency of two threads: {:.2} (the mark is 0.9)",
        one.wall.as_secs_f64() / (2.0 * two.wall.as_secs_f64())
    );
    let small = run(&few.catalogue, "2", &["--no-cache"]);
    if let (Some(small), Some(large)) = (small.peak, two.peak) {
        println!(
            "peak memory: {small:.0} MB at {} titles, {large:.0} MB at {titles}",
            (titles / 10).max(2)
        );
    }
    // Files younger than a few seconds are not trusted by their times: the first run after that trusts them.
    std::thread::sleep(Duration::from_secs(4));
    run(&many.catalogue, "2", &[]);
    let again = run(&many.catalogue, "2", &[]);
    println!(
        "unchanged, from the cache: {:?}, {:.3} ms a title",
        again.wall,
        again.wall.as_secs_f64() * 1e3 / titles as f64
    );
    let _ = std::fs::remove_dir_all(&folder);
}

/// Runs the program and watches how much memory it has held at most, where the system tells.
fn took(command: &mut Command) -> Took {
    let since = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let code = loop {
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        if let Some(kilobytes) = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok())
        {
            peak = Some(kilobytes / 1000.0);
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    assert!(code.success(), "the run ended with {code}");
    Took {
        wall: since.elapsed(),
        peak,
    }
}
