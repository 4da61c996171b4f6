//! What is different from an earlier run, and whether the file, the rules or the job are the cause.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::batch::results::accept::Acceptances;
use crate::batch::results::change::{Cause, Change, Difference, What};
use crate::batch::running::batch_record::{Ending, read_header};
use crate::batch::running::fingerprint::short;
use crate::batch::running::lines::{Span, index};
use crate::batch::running::report_summary::ReportSummary;
use crate::model::error::Error;
use crate::model::finding::Level;
use crate::model::readable;

/// The results of an earlier run. Only the span of each title's line is kept in memory.
pub struct Baseline {
    path: PathBuf,
    file: Mutex<File>,
    spans: HashMap<u64, Span>,
    met: Mutex<HashSet<u64>>,
}

/// A side of the comparison.
pub(in crate::batch) struct Side<'a> {
    pub(in crate::batch) ending: Ending,
    pub(in crate::batch) job: &'a str,
    pub(in crate::batch) rules: &'a str,
    pub(in crate::batch) summary: Option<&'a ReportSummary<'a>>,
}

impl Baseline {
    /// Opens the results of an earlier run.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let fault = |e: std::io::Error| Error::Read {
            path: path.to_owned(),
            why: e.to_string(),
        };
        // Lines are read again later, which a pipe cannot do.
        readable::file(path)?;
        let file = File::open(path).map_err(fault)?;
        let mut spans = HashMap::new();
        let found = index(&file, |id, span| {
            spans.insert(short(id), span);
        })
        .map_err(fault)?;
        if found.lines == 0 {
            return Err(Error::Catalogue(format!(
                "{} holds no results of `presscheck batch`",
                path.display()
            )));
        }
        Ok(Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            spans,
            met: Mutex::default(),
        })
    }

    /// How a title differs.
    pub(in crate::batch) fn change(
        &self,
        id: &str,
        now: &Side<'_>,
        accepted: &Acceptances,
    ) -> Change {
        let id = short(id);
        self.met
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id);
        let line = self.spans.get(&id).and_then(|span| {
            span.read(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner))
                .ok()
        });
        let Some((line, header)) = line.as_deref().and_then(|l| Some((l, read_header(l)?))) else {
            return Change {
                what: What::New,
                because: Vec::new(),
                new: Vec::new(),
                gone: Vec::new(),
            };
        };
        let summary = ReportSummary::read(line);
        let before = Side {
            ending: header.result,
            job: &header.job,
            rules: &header.rules,
            summary: summary.as_ref(),
        };
        change(&before, now, accepted)
    }

    /// How many titles of the earlier run were not met, and some of their names.
    pub fn gone(&self) -> (usize, Vec<String>) {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let mut spans: Vec<Span> = self
            .spans
            .iter()
            .filter(|(id, _)| !met.contains(id))
            .map(|(_, s)| *s)
            .collect();
        spans.sort_unstable();
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let names = spans
            .iter()
            .take(5)
            .filter_map(|s| Some(read_header(&s.read(&mut file).ok()?)?.id.into_owned()));
        (spans.len(), names.collect())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn change(before: &Side<'_>, now: &Side<'_>, accepted: &Acceptances) -> Change {
    let (old, new) = (findings(before, accepted), findings(now, accepted));
    let appeared: Vec<Difference> = new.difference(&old).cloned().collect();
    let gone: Vec<Difference> = old.difference(&new).cloned().collect();
    let refusing = |all: &BTreeSet<Difference>| -> BTreeSet<String> {
        all.iter()
            .filter(|f| f.level == Level::Error)
            .map(|f| f.profile.clone())
            .collect()
    };
    let (refused, refuses) = (refusing(&old), refusing(&new));
    let taken = |profile: &String| {
        let verdict = now
            .summary
            .and_then(|s| s.verdicts.iter().find(|v| *v.profile == **profile));
        !refuses.contains(profile) && verdict.is_some_and(|v| v.not_checked == 0)
    };
    let checked = |side: &Side<'_>| side.summary.is_some_and(|s| !s.verdicts.is_empty());
    let what = if refuses.difference(&refused).next().is_some() {
        What::NewlyFailing
    } else if refused.iter().any(taken) {
        What::NewlyPassing
    } else if !appeared.is_empty()
        || !gone.is_empty()
        || checked(before) != checked(now)
        || gaps(before) != gaps(now)
    {
        What::Changed
    } else {
        What::Same
    };
    let mut because = Vec::new();
    if what != What::Same {
        because.extend((files(before) != files(now)).then_some(Cause::File));
        because.extend((before.rules != now.rules).then_some(Cause::Rule));
        because.extend((before.job != now.job).then_some(Cause::Job));
    }
    Change {
        what,
        because,
        new: appeared,
        gone,
    }
}

fn gaps(side: &Side<'_>) -> bool {
    side.ending == Ending::NotChecked || side.summary.is_some_and(ReportSummary::has_gaps)
}

/// Findings that are not accepted.
fn findings(side: &Side<'_>, accepted: &Acceptances) -> BTreeSet<Difference> {
    let Some(summary) = side.summary else {
        return BTreeSet::new();
    };
    let open = summary
        .findings
        .iter()
        .filter(|f| !matches!(accepted.of(summary, f), Ok(Some(_))));
    open.map(|f| Difference {
        profile: f.profile.to_string(),
        rule: f.rule.to_string(),
        level: f.level,
        message: f.message.to_string(),
    })
    .collect()
}

fn files<'s>(side: &Side<'s>) -> BTreeSet<&'s str> {
    side.summary
        .into_iter()
        .flat_map(|s| s.files.iter().map(|f| f.sha256.as_ref()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(hash: &str, findings: &[(&str, &str)], not_checked: usize) -> String {
        let findings: Vec<String> = findings
            .iter()
            .map(|(rule, level)| {
                format!(
                    r#"{{"rule":"{rule}","profile":"kdp/paperback","level":"{level}","message":"m","file":"cover","pages":[],
                    "source":{{"checked":"2026-01-01"}},"fix":""}}"#
                )
            })
            .collect();
        format!(
            r#"{{"files":[{{"role":"cover","for":["kdp/paperback"],"name":"c","sha256":"{hash}","pages":1,"readable":true}}],
            "verdicts":[{{"profile":"kdp/paperback","not_checked":{not_checked}}}],"findings":[{}]}}"#,
            findings.join(",")
        )
    }

    fn compared(before: (&str, &str, &str), now: (&str, &str, &str)) -> (What, Vec<Cause>) {
        let (old, new) = (
            ReportSummary::read(before.0).unwrap(),
            ReportSummary::read(now.0).unwrap(),
        );
        let side = |s: &(&'static str, &'static str), summary| Side {
            ending: Ending::Pass,
            job: s.0,
            rules: s.1,
            summary,
        };
        let words = |w: &str| -> &'static str {
            ["j1", "j2", "r1", "r2"]
                .into_iter()
                .find(|k| *k == w)
                .unwrap()
        };
        let (b, n) = (
            (words(before.1), words(before.2)),
            (words(now.1), words(now.2)),
        );
        let change = change(
            &side(&b, Some(&old)),
            &side(&n, Some(&new)),
            &Acceptances::default(),
        );
        (change.what, change.because)
    }

    #[test]
    fn the_cause_is_what_is_different() {
        let clean = report("a", &[], 0);
        let fails = report("a", &[("cover-size-wrong", "error")], 0);
        let other = report("b", &[("cover-size-wrong", "error")], 0);
        let warns = report("a", &[("page-count-odd", "warning")], 0);
        let gap = report("a", &[], 3);
        let run = |r: &str| (r.to_owned(), "j1", "r1");
        let go = |b: (String, &str, &str), n: (String, &str, &str)| {
            compared((&b.0, b.1, b.2), (&n.0, n.1, n.2))
        };
        assert_eq!(go(run(&clean), run(&clean)), (What::Same, vec![]));
        assert_eq!(
            go(run(&clean), (clean.clone(), "j2", "r2")),
            (What::Same, vec![])
        );
        assert_eq!(
            go(run(&clean), (fails.clone(), "j1", "r2")),
            (What::NewlyFailing, vec![Cause::Rule])
        );
        assert_eq!(
            go(run(&clean), run(&other)),
            (What::NewlyFailing, vec![Cause::File])
        );
        assert_eq!(
            go(run(&clean), (other.clone(), "j2", "r2")),
            (
                What::NewlyFailing,
                vec![Cause::File, Cause::Rule, Cause::Job]
            )
        );
        assert_eq!(
            go(run(&other), run(&clean)),
            (What::NewlyPassing, vec![Cause::File])
        );
        assert_eq!(
            go(run(&clean), (warns, "j1", "r2")),
            (What::Changed, vec![Cause::Rule])
        );
        // A check that could not run has not passed.
        assert_eq!(
            go(run(&fails), (gap, "j1", "r2")),
            (What::Changed, vec![Cause::Rule])
        );
    }
}
