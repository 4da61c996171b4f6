//! The program, the fixtures, and folders of a test's own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program that is tested.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_presscheck"))
}

/// What the program answers to these arguments; it never panics.
pub fn presscheck(args: &[&str]) -> Output {
    let output = program().args(args).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!words.contains("panicked"), "{args:?}: {words}");
    output
}

/// A file or folder below `test_pdfs`.
pub fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("test_pdfs")
        .join(path)
}

/// An empty folder of one test's own.
pub fn folder(of: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(of).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A file in the folder that cargo keeps for tests; its name is one test's own.
pub fn written(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Compares a file with what it should hold, or writes it.
pub fn fresh(path: &str, wanted: &str) {
    if std::env::var_os("UPDATE").is_some() {
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == wanted,
        "{path} is stale: run UPDATE=1 cargo test --test it -- generated:: formats:: and read the difference"
    );
}
