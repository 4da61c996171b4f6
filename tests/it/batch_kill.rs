//! Nothing lost, nothing twice: the program is killed at fifty random moments, goes on each time, and ends with the bytes of a
//! run that nobody disturbed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use presscheck_fixtures::rng::Rng;

use crate::support::program;
use presscheck_fixtures::backlist;

const KILLS: usize = 50;

fn batch(catalogue: &Path, output: &Path, more: &[&str]) -> Child {
    program()
        .args(["batch", "--quiet", "--jobs", "2", "--output"])
        .arg(output)
        .args(more)
        .arg(catalogue)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn waiting(output: &Path) -> PathBuf {
    PathBuf::from(format!("{}.waiting", output.display()))
}

/// The whole lines of a file; what a kill has torn off is none.
fn lines(path: &Path) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).unwrap_or_default();
    bytes
        .split_inclusive(|b| *b == b'\n')
        .filter(|l| l.ends_with(b"\n"))
        .map(<[u8]>::to_vec)
        .collect()
}

fn id(line: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(line).expect("every whole line is JSON");
    value["batch"]["id"].as_str().unwrap().to_owned()
}

/// What kills have met, so that the test knows that it tested something.
#[derive(Debug, Default)]
struct Met {
    /// Some lines were written and others not.
    midway: usize,
    /// Titles were done whose turn had not come.
    waiting: usize,
}

/// Kills until `kills` are used up or the run ends by itself; then lets it end.
#[allow(clippy::too_many_arguments)]
fn disturb(
    catalogue: &Path,
    output: &Path,
    more: &[&str],
    whole: &[Vec<u8>],
    time: Duration,
    rng: &mut Rng,
    kills: &mut usize,
    met: &mut Met,
) {
    let mut kept: BTreeSet<String> = BTreeSet::new();
    loop {
        let mut child = batch(catalogue, output, more);
        if *kills > 0 {
            std::thread::sleep(time.mul_f64(rng.unit() * 0.6));
        } else {
            child.wait().unwrap();
        }
        if let Some(status) = child.try_wait().unwrap() {
            assert_eq!(status.code(), Some(3), "the missing file is reported");
            return;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        *kills -= 1;
        let written = lines(output);
        assert!(written.len() <= whole.len());
        met.midway += usize::from(!written.is_empty() && written.len() < whole.len());
        met.waiting += usize::from(!lines(&waiting(output)).is_empty());
        // What waits for its turn may stand in both: the results never.
        for (line, wanted) in written.iter().zip(whole) {
            assert!(line == wanted, "a line differs from the undisturbed run's");
        }
        let now: BTreeSet<String> = written
            .iter()
            .chain(&lines(&waiting(output)))
            .map(|l| id(l))
            .collect();
        let lost: Vec<&String> = kept.difference(&now).collect();
        assert!(lost.is_empty(), "lost after a kill: {lost:?}");
        kept = now;
    }
}

#[test]
fn fifty_kills_leave_the_bytes_of_an_undisturbed_run() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kills");
    let _ = std::fs::remove_dir_all(&folder);
    // The first is much longer than the others: what comes after it has to wait for its turn.
    let list = backlist::make(&folder, 13, &[120, 6, 4, 6, 4, 8, 4, 6, 4, 6, 4, 8, 4]);
    let mut text = std::fs::read_to_string(&list.catalogue).unwrap();
    text.push_str("9781234599994,Missing,no-such.pdf,,kdp,6x9,black,cream\n,,,,,,,\n9781234599987,\"Open,x.pdf,,kdp,6x9,black,cream\n");
    std::fs::write(&list.catalogue, text).unwrap();

    let quiet = folder.join("quiet.jsonl");
    let since = Instant::now();
    let status = batch(&list.catalogue, &quiet, &["--no-cache"])
        .wait()
        .unwrap();
    let time = since.elapsed();
    assert_eq!(status.code(), Some(3));
    let whole = lines(&quiet);
    assert_eq!(whole.len(), 15);
    assert!(!waiting(&quiet).exists(), "nothing waits after the end");

    let mut rng = Rng::new(50);
    let mut kills = KILLS;
    let mut rounds = 0;
    let mut met = Met::default();
    while kills > 0 {
        rounds += 1;
        let output = folder.join(format!("disturbed-{rounds}.jsonl"));
        // Every other round has a cache, so that its files are cut off at any moment as well.
        let cache = folder.join(format!("cache-{rounds}"));
        let more = if rounds % 2 == 0 {
            vec!["--cache", cache.to_str().unwrap()]
        } else {
            vec!["--no-cache"]
        };
        disturb(
            &list.catalogue,
            &output,
            &more,
            &whole,
            time,
            &mut rng,
            &mut kills,
            &mut met,
        );
        assert!(
            lines(&output) == whole
                && std::fs::metadata(&output).unwrap().len()
                    == std::fs::metadata(&quiet).unwrap().len()
        );
        assert!(!waiting(&output).exists());
        let ids: BTreeSet<String> = whole.iter().map(|l| id(l)).collect();
        assert_eq!(ids.len(), whole.len(), "no title twice");
    }
    assert!(
        rounds > 1 && met.midway > 0 && met.waiting > 0,
        "{rounds} rounds, {met:?}"
    );
}
