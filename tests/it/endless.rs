//! What never ends is refused at once: pipes that nobody writes to and devices, wherever a file is named. Texts may come from
//! pipes that are open.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::{fixture, folder, program};

/// Far more than any of these takes on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut child = program()
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn pipes_and_devices_are_no_files() {
    let folder = folder("endless", "refused");
    let made = Command::new("mkfifo")
        .arg(folder.join("pipe.pdf"))
        .status()
        .unwrap();
    assert!(made.success());
    let novel = fixture("books/novel/interior.pdf");
    let novel = novel.to_str().unwrap();
    std::fs::write(
        folder.join("list.csv"),
        format!("id,interior\na,{novel}\nb,pipe.pdf\n"),
    )
    .unwrap();
    for endless in ["pipe.pdf", "/dev/zero"] {
        for args in [
            vec!["check", endless],
            vec!["check", "--interior", novel, "--cover", endless],
            vec!["facts", endless],
            vec!["codes", endless],
            vec!["check", novel, "--profile", endless],
            vec!["spine", "--pages", "100", "--profile", endless],
            vec!["batch", endless],
            vec!["batch", "list.csv", "--no-cache", "--accept", endless],
            vec!["batch", "list.csv", "--no-cache", "--baseline", endless],
            vec!["batch", "list.csv", "--no-cache", "--profile", endless],
        ] {
            let output = run(&folder, &args);
            let words = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{args:?}: {words}");
            assert!(
                words.contains("it is no file but a pipe or a device"),
                "{args:?}: {words}"
            );
        }
    }
    // One title is lost to it, and not the run.
    let output = run(
        &folder,
        &["batch", "list.csv", "--no-cache", "--for", "kdp"],
    );
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("a pipe or a device"), "{words}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 titles"));
}

#[test]
fn a_profile_may_come_from_an_open_pipe_and_a_file_from_standard_input() {
    let folder = folder("endless", "piped");
    std::fs::write(
        folder.join("corner.toml"),
        "id = \"corner/paperback\"\nplatform = \"corner\"\nbinding = \"paperback\"\ntitle = \"Corner Press\"\nextends = \"ingramspark/paperback\"\n",
    )
    .unwrap();
    std::fs::copy(fixture("books/novel/interior.pdf"), folder.join("a.pdf")).unwrap();
    let program = env!("CARGO_BIN_EXE_presscheck");
    for line in [
        "cat corner.toml | PROGRAM spine --pages 100 --profile /dev/stdin",
        "cat corner.toml | PROGRAM spine --pages 100 --profile /dev/fd/0",
        "PROGRAM spine --pages 100 --profile /dev/stdin < corner.toml",
        "PROGRAM facts /dev/stdin < a.pdf",
    ] {
        let shell = Command::new("sh")
            .current_dir(&folder)
            .args(["-c", &line.replace("PROGRAM", program)])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&shell.stderr);
        assert_eq!(shell.status.code(), Some(0), "{line}: {words}");
    }
    let endless = format!("{program} spine --pages 100 --profile /dev/stdin < /dev/zero");
    let shell = Command::new("sh").args(["-c", &endless]).output().unwrap();
    let words = String::from_utf8_lossy(&shell.stderr);
    assert!(words.contains("longer than 16 MiB"), "{words}");
}
