//! What no figure is known of is said to be unchecked, never passed and never refused; telling it has it judged.

use std::path::Path;

use presscheck::finding::Outcome;
use presscheck::job::Job;
use presscheck::pipeline::{self, Options};
use presscheck::profile::built_in;
use presscheck::report::{self, Verdict};

/// The verdict, and how a rule ended: its findings and what it could not look at.
fn judged(rule: &str, job: &str) -> (Verdict, Vec<String>, String) {
    let known = built_in().unwrap();
    let mut job: Job = toml::from_str(job).unwrap();
    for file in [&mut job.interior, &mut job.cover] {
        *file = file.take().map(|f| Path::new("test_pdfs").join(f));
    }
    let run = pipeline::check(job, &[], &known, &Options::default(), &|_, _, _| {}).unwrap();
    let verdict = report::report(&run, &known)
        .verdicts
        .first()
        .unwrap()
        .verdict;
    let checks = &run.judged.first().unwrap().checks;
    let check = checks.iter().find(|c| c.meta.id == rule).unwrap();
    let (findings, gaps) = match &check.outcome {
        Outcome::Looked { findings, gaps, .. } => (
            findings.iter().map(|f| f.message.clone()).collect(),
            gaps.join("; "),
        ),
        Outcome::NotApplicable(why) | Outcome::NotChecked(why) => (Vec::new(), why.clone()),
    };
    (verdict, findings, gaps)
}

/// A cover for 6 x 9 in with 0.5 in of spine.
const COVER: &str = "cover = 'cover-size-wrong/pass-kdp.pdf'\ntrim = '6x9'\npages = 200\n";
const SIZE: &str = "cover-size-wrong";

#[test]
fn a_width_nobody_knows_is_not_checked() {
    let (verdict, findings, gaps) = judged(SIZE, &format!("{COVER}for = ['blurb']"));
    assert_eq!(verdict, Verdict::Incomplete);
    assert!(
        findings.is_empty() && gaps.starts_with("cover width:"),
        "{findings:?} {gaps}"
    );
    assert!(
        gaps.contains("--spine") && gaps.contains("0.500 in"),
        "{gaps}"
    );
}

#[test]
fn told_it_is_judged() {
    let (_, findings, gaps) = judged(SIZE, &format!("{COVER}for = ['blurb']\nspine = '0.5in'"));
    assert!(
        findings.is_empty() && gaps.is_empty(),
        "{findings:?} {gaps}"
    );
    let (verdict, findings, _) = judged(SIZE, &format!("{COVER}for = ['blurb']\nspine = '0.6in'"));
    assert_eq!(verdict, Verdict::Fail);
    assert!(
        findings
            .iter()
            .any(|f| f.contains("0.600 in") && f.contains("as told")),
        "{findings:?}"
    );
}

#[test]
fn a_height_that_is_wrong_is_an_error_all_the_same() {
    let job = "cover = 'cover-size-wrong/pass-kdp.pdf'\ntrim = '5x8'\npages = 200\nfor = ['blurb']";
    let (verdict, findings, gaps) = judged(SIZE, job);
    assert_eq!(verdict, Verdict::Fail);
    assert!(
        findings.iter().any(|f| f.contains("8.250 in")),
        "{findings:?}"
    );
    assert!(gaps.starts_with("cover width:"), "{gaps}");
}

#[test]
fn a_paper_that_was_not_told_may_be_one_of_unknown_spine() {
    // White makes 0.46 in, so 0.5 in may be cream's, whose spine nobody knows.
    let (verdict, findings, gaps) = judged(SIZE, &format!("{COVER}for = ['barnes-noble']"));
    assert_eq!(verdict, Verdict::Incomplete);
    assert!(
        findings.is_empty() && gaps.contains("cream 55 lb"),
        "{findings:?} {gaps}"
    );
    let (_, findings, _) = judged(
        SIZE,
        &format!("{COVER}for = ['barnes-noble']\npaper = 'white'\nink = 'black'"),
    );
    assert!(
        findings.iter().any(|f| f.contains("0.460 in")),
        "{findings:?}"
    );
}

#[test]
fn front_and_back_on_their_own_are_taken_where_the_platform_takes_them() {
    let job = "cover = 'cover-size-wrong/fail-error-front-only-with-bleed.pdf'\ntrim = '6.125x9'\npages = 200\nfor = ['barnes-noble']";
    let (_, findings, gaps) = judged(SIZE, job);
    assert!(
        findings.is_empty() && gaps.contains("on its own"),
        "{findings:?} {gaps}"
    );
}

#[test]
fn a_page_limit_nobody_read_is_not_checked() {
    // Up to what a size of one's own takes, a trim of unknown limits takes as well.
    let job =
        "interior = 'page-count-too-low/pass-40-pages.pdf'\ntrim = '4.13x6.81'\nfor = ['kdp']";
    let (_, findings, gaps) = judged("page-count-too-high", job);
    assert!(
        findings.is_empty() && gaps.is_empty(),
        "{findings:?} {gaps}"
    );
    let many = "cover = 'page-count-too-high/fail-error-kdp-bunko-more-than-any-trim-takes.pdf'\npages = 700\n\
                trim = '4.13x6.81'\nfor = ['kdp']\npaper = 'white'\nink = 'black'";
    let (_, findings, gaps) = judged("page-count-too-high", many);
    assert!(
        findings.is_empty() && gaps.starts_with("page limits:"),
        "{findings:?} {gaps}"
    );
    let (_, _, gaps) = judged("page-count-too-low", job);
    assert!(gaps.is_empty(), "{gaps}");
    let b5 = "interior = 'page-count-too-low/pass-40-pages.pdf'\ntrim = '7.17x10.12'\nfor = ['kdp']\npaper = 'white'\nink = 'black'";
    let (_, _, gaps) = judged("page-count-too-high", b5);
    assert!(gaps.is_empty(), "{gaps}");
    let mixam = "interior = 'page-count-too-low/pass-40-pages.pdf'\ntrim = '6x9'\nfor = ['mixam']";
    let (verdict, _, gaps) = judged("page-count-too-low", mixam);
    assert!(gaps.starts_with("page limits:"), "{gaps}");
    assert_ne!(verdict, Verdict::Pass);
}
