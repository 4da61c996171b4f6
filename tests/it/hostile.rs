//! Whatever a file does, the program ends in good order: exit 0, 1 or 3, within a gibibyte, and without a panic.
//!
//! `test_pdfs/hostile/` is made by code (`UPDATE=1` writes it anew); truncations and mutations are made on the way.
//! `PRESSCHECK_CORPUS` names a folder whose `hostile` and `various` are gone through as well.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use presscheck::check::{Plan, Selection};
use presscheck::facts::Book;
use presscheck::job::Job;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck::profile;
use presscheck::resolve::{self, ResolvedJob};
use presscheck_fixtures::hostile as traps;
use presscheck_fixtures::made;
use presscheck_fixtures::rng::Rng;
use rayon::prelude::*;
use traps::End;

use crate::support::fixture;

/// No file may take longer, in a debug build on a busy machine as well.
const LONGEST: Duration = Duration::from_secs(60);

/// How a run of the program ended.
struct Run {
    code: Option<i32>,
    words: String,
    report: String,
    time: Duration,
}

/// Runs `presscheck check FILE --format json` with memory bounded where the shell can do so.
fn run(file: &Path) -> Run {
    let program = env!("CARGO_BIN_EXE_presscheck");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        // Address space, in KiB: a gibibyte, which memory in use can only stay below.
        shell.args(["-c", "ulimit -v 1048576; exec \"$@\"", "sh", program]);
        shell
    } else {
        Command::new(program)
    };
    command
        .arg("check")
        .arg(file)
        .args(["--format", "json", "--jobs", "2"]);
    // Each thread's own heap would reserve 128 MiB of addresses that it never uses.
    command
        .env("MALLOC_ARENA_MAX", "1")
        .env("PRESSCHECK_PANICS", "1");
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let report = drain(child.stdout.take().unwrap());
    let words = drain(child.stderr.take().unwrap());
    let code = wait(&mut child, start);
    Run {
        code,
        words: words.join().unwrap(),
        report: report.join().unwrap(),
        time: start.elapsed(),
    }
}

fn drain(mut pipe: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The exit code, or none if the program had to be stopped or died of a signal.
fn wait(child: &mut Child, start: Instant) -> Option<i32> {
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What is wrong with how a run ended.
fn fault(run: &Run, end: End) -> Option<String> {
    let seconds = run.time.as_secs_f64();
    let first = run.words.lines().next().unwrap_or_default();
    match run.code {
        None => Some(format!("stopped or killed after {seconds:.1} s: {first}")),
        Some(0 | 1) if end == End::Unchecked => {
            Some(format!("exit {:?} though it cannot be checked", run.code))
        }
        Some(0 | 1 | 3) if run.words.contains("memory allocation") => {
            Some(format!("out of memory: {first}"))
        }
        Some(3) if !run.report.contains("\"verdicts\"") => Some("no report was written".to_owned()),
        Some(0 | 1 | 3) => None,
        Some(code) => Some(format!("exit {code} after {seconds:.1} s: {first}")),
    }
}

/// Hostile files that do not end well yet, and why. They are left out unless `PRESSCHECK_OPEN` is set; then one
/// that has been mended fails the test, so that it is struck off.
const OPEN: &[(&str, &str)] = &[];

fn end_well(files: &[(PathBuf, End)]) {
    let open = |file: &Path| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        OPEN.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, why)| *why)
    };
    let all = std::env::var_os("PRESSCHECK_OPEN").is_some();
    let times = std::env::var_os("PRESSCHECK_TIMES").is_some();
    let faults: Vec<String> = files
        .par_iter()
        .filter(|(file, _)| all || open(file).is_none())
        .filter_map(|(file, end)| {
            let run = run(file);
            if times {
                eprintln!(
                    "{:6.2} s  exit {:?}  {}",
                    run.time.as_secs_f64(),
                    run.code,
                    file.display()
                );
            }
            match (fault(&run, *end), open(file)) {
                (None, None) => None,
                (Some(why), None) => Some(format!("{}: {why}", file.display())),
                (Some(why), Some(cause)) => {
                    eprintln!("still open: {}: {why} ({cause})", file.display());
                    None
                }
                (None, Some(_)) => Some(format!("{} ends well now: strike it off", file.display())),
            }
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        files.len(),
        faults.join("\n")
    );
}

/// Everything whose size or depth a file tells, and the hostile file that tells too much of it. Where a new kind of thing is
/// read, its bound in `limits.rs` and its file here come with it.
const BOUNDS: &[(&str, &str)] = &[
    ("page trees", "page-tree-as-deep-as-a-well"),
    ("cross-reference recovery", "xref-garbage"),
    ("cross-reference chains", "xref-in-a-ring"),
    ("object streams", "bomb-object-stream"),
    ("references", "references-in-a-ring"),
    ("stream lengths", "length-of-itself"),
    ("filters", "filters-by-the-thousand"),
    ("predictors", "predictor-of-billions-of-columns"),
    ("content", "bomb-content-3-gb-packed-thrice"),
    ("operators", "bomb-operators-90-million"),
    ("operands", "arrays-10000-deep-in-content"),
    ("graphics states", "states-saved-200000-times"),
    ("clips", "clips-20000-deep"),
    ("dashes", "dashes-countless"),
    ("marked content", "marked-content-100000-deep"),
    ("forms", "forms-exponential"),
    ("patterns", "pattern-of-countless-cells"),
    ("soft masks", "soft-mask-of-itself"),
    ("groups", "plates-groups-27-deep"),
    ("font programs", "bomb-font-cff"),
    ("Type 3 glyphs", "type3-glyph-draws-itself"),
    ("character maps", "character-map-of-all-codes"),
    ("ToUnicode maps", "unicode-map-of-all-codes"),
    ("glyphs of one string", "letters-three-million-at-once"),
    ("pieces of text", "texts-by-the-hundred-thousand"),
    ("functions", "function-of-itself"),
    ("calculator functions", "calculator-10000-deep"),
    ("colour spaces", "colour-space-of-itself"),
    ("ICC profiles", "profile-of-countless-tags"),
    ("inks", "plates-500-named-inks"),
    ("pictures", "bomb-image-large-by-its-words"),
    ("CCITT", "fax-of-two-thousand-million-columns"),
    ("JBIG2", "jbig2-region-as-wide-as-numbers-go"),
    ("JPEG 2000", "jpx-of-countless-tiles"),
    ("inline pictures", "inline-pictures-without-an-end"),
    ("lattice meshes", "mesh-of-countless-vertices-a-row"),
    ("patch meshes", "mesh-of-countless-patches"),
    ("name trees", "names-of-themselves"),
    ("actions", "actions-in-a-ring"),
    ("form fields", "fields-of-themselves"),
    ("outlines", "outlines-of-themselves"),
    ("annotations", "appearance-of-itself"),
    ("codes", "squares-like-one-huge-code"),
    ("plates", "plates-flooded-5000-times"),
];

#[test]
fn everything_that_a_file_sizes_has_a_hostile_file() {
    let made: Vec<&str> = traps::all().iter().map(|trap| trap.name).collect();
    for (place, name) in BOUNDS {
        assert!(made.contains(name), "{place}: {name} is not made");
    }
}

#[test]
fn hostile_files_are_fresh_and_end_well() {
    let folder = fixture("hostile");
    let update = std::env::var_os("UPDATE").is_some();
    std::fs::create_dir_all(&folder).unwrap();
    let made = traps::all();
    let mut files = Vec::new();
    for trap in &made {
        let path = folder.join(format!("{}.pdf", trap.name));
        if update {
            std::fs::write(&path, &trap.bytes).unwrap();
        }
        let fresh = std::fs::read(&path).is_ok_and(|kept| kept == trap.bytes);
        assert!(
            fresh,
            "{} is stale; run UPDATE=1 cargo test --test it hostile::",
            trap.name
        );
        files.push((path, trap.end));
    }
    for kept in std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let known = files.iter().any(|(path, _)| *path == kept);
        if !known && update {
            std::fs::remove_file(&kept).unwrap();
        } else {
            assert!(known, "{} is made by no code", kept.display());
        }
    }
    end_well(&files);
}

#[test]
#[ignore = "needs PRESSCHECK_CORPUS"]
fn the_corpus_ends_well() {
    let corpus = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    let corpus = corpus.expect("PRESSCHECK_CORPUS names the corpus");
    let mut files: Vec<(PathBuf, End)> = ["hostile", "various"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(corpus.join(folder)).unwrap())
        .map(|entry| (entry.unwrap().path(), End::Any))
        .filter(|(path, _)| path.is_file())
        .collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    end_well(&files);
}

/// Measures and judges bytes as the program would; gives whether they could be read.
fn judge(bytes: Vec<u8>, wanted: Wanted, known: &[profile::Profile], plans: &[Plan<'_>]) -> bool {
    let limits = Limits {
        // Mutations are about damage; what a file may ask for is tested above.
        operators: 500_000,
        file_operators: 500_000,
        ..Limits::default()
    };
    let document = measure::document("x.pdf".to_owned(), bytes, &limits, wanted, &|_, _| {});
    let readable = document.unreadable.is_none();
    let book = Book {
        interior: Some(document.into()),
        cover: None,
    };
    let job = Job::default();
    let concluded = resolve::conclude_book(&job, &book, known, known);
    for plan in plans {
        let resolved = ResolvedJob::new(plan.profile, &job, &book, &concluded);
        plan.run(&resolved, &book, known, std::slice::from_ref(&resolved));
    }
    readable
}

/// One of so many files has its codes looked for and its inks added up.
const LOOKS: usize = 5;

/// Judges many files on threads with stacks as large as the program's own; gives what panicked.
fn judge_all(files: Vec<(String, Vec<u8>)>) -> (usize, Vec<String>) {
    let known = profile::built_in().unwrap();
    // A twin judges as the product it is a twin of; and binding limits anew for every file takes longer than judging it.
    let products = known.iter().filter(|p| !p.is_twin());
    let plans: Vec<Plan<'_>> = products
        .map(|p| Plan::new(p, &Selection::default()).unwrap())
        .collect();
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(32 << 20)
        .build()
        .unwrap();
    let ends: Vec<(String, Option<bool>)> = pool.install(|| {
        files
            .into_par_iter()
            .enumerate()
            .map(|(n, (name, bytes))| {
                let start = Instant::now();
                // Each product in turn: rules are the same code for all of them.
                let plan = plans.get(n % plans.len()..).unwrap_or_default();
                let plan = plan.get(..1).unwrap_or_default();
                // Looking at pixels takes most of the time, and depends least on how a file is built.
                let wanted = match n % LOOKS {
                    0 => Wanted::everything(),
                    _ => Wanted {
                        leftovers: true,
                        ..Wanted::default()
                    },
                };
                let end =
                    catch_unwind(AssertUnwindSafe(|| judge(bytes, wanted, &known, plan))).ok();
                let slow = start.elapsed() > LONGEST;
                (name, end.filter(|_| !slow))
            })
            .collect()
    });
    let read = ends.iter().filter(|(_, end)| *end == Some(true)).count();
    let bad = ends
        .into_iter()
        .filter(|(_, end)| end.is_none())
        .map(|(name, _)| name);
    (read, bad.collect())
}

#[test]
fn a_book_cut_anywhere_ends_well() {
    let whole = std::fs::read(fixture("gutter-too-narrow/fail-error-picture.pdf")).unwrap();
    // At every object's beginning and end, and a little before and after.
    let marks: [&[u8]; 6] = [
        b" 0 obj",
        b"endobj",
        b"stream",
        b"endstream",
        b"xref",
        b"%%EOF",
    ];
    let mut cuts: Vec<usize> = (0..whole.len())
        .filter(|at| marks.iter().any(|mark| whole[*at..].starts_with(mark)))
        .flat_map(|at| [at.saturating_sub(2), at, at + 3, at + 7])
        .collect();
    cuts.dedup();
    assert!(cuts.len() > 60, "{} cuts", cuts.len());
    let cut = |at: &usize| whole.iter().take(*at).copied().collect();
    let files = cuts.iter().map(|at| (format!("cut at {at}"), cut(at)));
    let (_, bad) = judge_all(files.collect());
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn mutated_fixtures_end_well() {
    const EACH: usize = 8;
    let mut files = Vec::new();
    for (path, bytes) in made::all() {
        if !path.ends_with(".pdf") || bytes.is_empty() || bytes.len() > 30_000 {
            continue;
        }
        for n in 0..EACH {
            let seed = path.bytes().fold(n as u64, |sum, byte| {
                sum.wrapping_mul(31).wrapping_add(u64::from(byte))
            });
            files.push((
                format!("{path}, mutation {n} of seed {seed}"),
                mutated(&bytes, &mut Rng::new(seed)),
            ));
        }
    }
    let all = files.len();
    let (read, bad) = judge_all(files);
    assert!(
        bad.is_empty(),
        "{} of {all}:\n{}",
        bad.len(),
        bad.join("\n")
    );
    assert!(
        read > all / 2,
        "only {read} of {all} could still be read: the mutations are too coarse"
    );
}

/// One to four changes, each at a place of its own.
fn mutated(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=rng.below(4) {
        let at = rng.below(out.len());
        let end = (at + 1 + rng.below(24)).min(out.len());
        match rng.below(5) {
            0 => out[at] ^= 1 << rng.below(8),
            1 => {
                out.drain(at..end);
            }
            2 => {
                let copy = out[at..end].to_vec();
                let to = rng.below(out.len());
                out.splice(to..to, copy);
            }
            3 => {
                let length = end - at;
                let other = rng.below(out.len() - length + 1);
                for n in 0..length {
                    out.swap(at + n, other + n);
                }
            }
            // A digit that becomes another changes lengths, places and references.
            _ => {
                if let Some(byte) = out[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                    *byte = b'0' + rng.below(10) as u8;
                }
            }
        }
        if out.is_empty() {
            out.push(b'%');
        }
    }
    out
}
