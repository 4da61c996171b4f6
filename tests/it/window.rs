//! The square that ink is averaged over is a profile's own.

use crate::support::{fixture, program, written};

/// Whether a printer that averages ink over `window` doubts a fixture.
fn doubts(name: &str, window: &str) -> bool {
    let profile = window.replace('.', "-");
    let profile = format!("window-{profile}.toml");
    let said = format!(
        "id = \"corner/paperback\"\nplatform = \"corner\"\nbinding = \"paperback\"\ntitle = \"Corner Press\"\n\
         extends = \"ingramspark/paperback\"\n\n[rules.ink-coverage-high]\nsource = \"ink\"\nmost = 240\nwindow = \"{window}\"\n"
    );
    let profile = written(&profile, said);
    let interior = fixture("ink-coverage-high").join(name);
    let output = program()
        .args([
            "check",
            "--format",
            "json",
            "--select",
            "ink-coverage-high",
            "--trim",
            "6x9",
        ])
        .args(["--ink", "standard-colour", "--paper", "white", "--profile"])
        .arg(&profile)
        .arg("--interior")
        .arg(interior)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| {
        panic!("{e}: {}", String::from_utf8_lossy(&output.stderr));
    });
    let findings = report
        .get("findings")
        .and_then(|f| f.as_array().map(Vec::len));
    findings.unwrap() > 0
}

#[test]
fn a_patch_counts_where_the_window_is_no_larger() {
    // 4 mm across, on all plates.
    let patch = "fail-warning-a-patch-of-4-mm.pdf";
    assert!(doubts(patch, "3mm"));
    assert!(!doubts(patch, "15mm"));
    // 60 x 40 mm.
    for window in ["3mm", "15mm", "1in"] {
        assert!(doubts("fail-warning-300.pdf", window), "{window}");
        assert!(!doubts("edge-exactly-240.pdf", window), "{window}");
    }
}
