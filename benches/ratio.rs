//! The whole check against the least a reader must do: CPU time of a check of interior and cover for three
//! platforms, over the CPU time hayro-syntax alone takes to iterate the interior's content operators on one
//! thread. Both in this run, medians of several, so that the speed of the machine cancels out. The mark to
//! keep is eight. PRESSCHECK_INTERIOR and PRESSCHECK_COVER name a book; without them one is made by code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::PathBuf;
use std::time::Duration;

use hayro_syntax::Pdf;
use presscheck::job::Job;
use presscheck::pipeline::{self, Options};
use presscheck::{profile, report};

fn main() {
    let smoke = std::env::args().any(|a| a == "--test");
    let (interior, cover, name) = book();
    let job = Job {
        interior: Some(interior.clone()),
        cover: Some(cover),
        ..Job::default()
    };
    let bytes = std::fs::read(&interior).unwrap();
    let rounds = if smoke { 1 } else { 9 };
    let mut iterate = Vec::new();
    let mut check = Vec::new();
    for _ in 0..rounds {
        iterate.push(cpu(|| operators(bytes.clone())));
        check.push(cpu(|| whole(&job)));
    }
    let (iterate, check) = (median(iterate), median(check));
    println!("book: {name}");
    println!("iterating its operators, one thread: {iterate:?} of CPU");
    println!("the whole check, three platforms:    {check:?} of CPU");
    println!(
        "ratio: {:.2} (the mark is 8)",
        check.as_secs_f64() / iterate.as_secs_f64()
    );
    if let Some(peak) = peak_megabytes() {
        println!("peak memory of this process: {peak} MB (the mark is 200)");
    }
}

fn book() -> (PathBuf, PathBuf, String) {
    let named = |key| std::env::var_os(key).map(PathBuf::from);
    if let (Some(interior), Some(cover)) = (named("PRESSCHECK_INTERIOR"), named("PRESSCHECK_COVER"))
    {
        let name = interior.display().to_string();
        return (interior, cover, name);
    }
    let folder = std::env::temp_dir().join(format!("presscheck-ratio-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (interior, cover) = (folder.join("interior.pdf"), folder.join("cover.pdf"));
    std::fs::write(&interior, presscheck_fixtures::text_book(300)).unwrap();
    std::fs::write(&cover, presscheck_fixtures::cover(300.0 * 0.0025)).unwrap();
    (interior, cover, "300 pages of text made by code".to_owned())
}

/// Parses every operator of every page and does nothing with it.
fn operators(bytes: Vec<u8>) -> usize {
    let pdf = Pdf::new(bytes).unwrap();
    let mut count = 0;
    for page in pdf.pages().iter() {
        let mut operators = page.typed_operations();
        while operators.next().is_some() {
            count += 1;
        }
    }
    count
}

fn whole(job: &Job) -> usize {
    let known = profile::built_in().unwrap();
    let run =
        pipeline::check(job.clone(), &[], &known, &Options::default(), &|_, _, _| {}).unwrap();
    report::json(&report::report(&run, &known), true).len()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// CPU time of all threads of this process while `work` runs; wall time where the system does not tell.
fn cpu<T>(work: impl FnOnce() -> T) -> Duration {
    let start = (all_threads(), std::time::Instant::now());
    std::hint::black_box(work());
    match (start.0, all_threads()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.1.elapsed(),
    }
}

fn all_threads() -> Option<Duration> {
    let mut total = 0u64;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        total += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(total))
}

fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1000)
}
