//! Builds the report of a run, the one model behind text and JSON.

use super::causes::{LocatedFinding, causes};
use super::codes::{self, CodeReport};
use super::covers::covers;
use super::model::{
    AssumptionReport, CheckReport, CoverShape, Expected, FileReport, FindingReport, JobReport,
    OutcomeWord, PlaceReport, Report, SCHEMA, Tool, Verdict, VerdictReport, Word,
};
use crate::model::facts::Document;
use crate::model::finding::{Finding, Level, Outcome, Part, Place};
use crate::model::flags::as_members;
use crate::model::geometry::Rect;
use crate::model::job::{Binding, Setting};
use crate::model::units::round3;
use crate::pipeline::{Judged, Run};
use crate::profile::Profile;
use crate::resolve::{Assumption, ResolvedJob};
use crate::rules::{self, Meta};

/// Places listed for one finding; `places_total` tells how many there are.
const MOST_PLACES: usize = 20;

/// The report of a run, with the worst places of each finding. Covers are compared with the stocks of the `known` products.
pub fn report(run: &Run<'_>, known: &[Profile]) -> Report {
    report_with_all_places(run, known).with_worst_places()
}

/// The report of a run, with every place of each finding.
pub fn report_with_all_places(run: &Run<'_>, known: &[Profile]) -> Report {
    let first = run.judged.first();
    let stock = first.and_then(|j| j.resolved.stock);
    let mut assumed: Vec<Setting> = Vec::new();
    for setting in run.judged.iter().flat_map(|j| &j.resolved.assumed) {
        if !assumed.contains(setting) {
            assumed.push(*setting);
        }
    }
    let mut pairs: Vec<(FindingReport, &Finding<Level>, &str)> = Vec::new();
    for judged in &run.judged {
        let mut own: Vec<(FindingReport, &Finding<Level>, &str)> = judged
            .checks
            .iter()
            .flat_map(|c| of_check(judged, c))
            .collect();
        own.sort_by(|(a, ..), (b, ..)| {
            (a.level, &a.rule, a.file, &a.pages).cmp(&(b.level, &b.rule, b.file, &b.pages))
        });
        number(&mut own);
        pairs.extend(own);
    }
    let mut findings = Vec::new();
    let mut located = Vec::new();
    for (index, (report, finding, file)) in pairs.into_iter().enumerate() {
        findings.push(report);
        located.push(LocatedFinding {
            index,
            finding,
            file,
        });
    }
    let causes = causes(&findings, &located);
    Report {
        schema: SCHEMA.into(),
        tool: Tool::default(),
        job: JobReport {
            title: run.job.title.clone(),
            trim_pt: run.concluded.trim.map(|t| t.size),
            paper: stock.map(|s| s.paper),
            weight: stock.and_then(|s| s.weight),
            ink: stock.map(|s| s.ink),
            binding: first.map_or_else(Binding::default, |j| j.resolved.profile.binding),
            direction: run.concluded.direction,
            pages: run.concluded.pages,
            assumed: words(&assumed),
            assumptions: run.concluded.assumptions.iter().map(assumption).collect(),
        },
        files: files(run),
        covers: covers(run, known),
        verdicts: run.judged.iter().map(verdict).collect(),
        checks: run.judged.iter().flat_map(checks).collect(),
        findings,
        causes,
        codes: all_codes(run),
    }
}

/// Numbers those of one rule, product and file beyond the first.
fn number(findings: &mut [(FindingReport, &Finding<Level>, &str)]) {
    let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for (finding, ..) in findings {
        let n = seen.entry(finding.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            finding.id = format!("{}:{n}", finding.id);
        }
    }
}

fn words(all: &[Setting]) -> Vec<Word> {
    all.iter().map(|setting| setting.word().into()).collect()
}

fn assumption(one: &Assumption) -> AssumptionReport {
    AssumptionReport {
        what: one.what.word().into(),
        value: one.value.clone(),
        evidence: one.evidence.clone(),
    }
}

/// Each distinct file once: the interior, then covers in the order of the products they are for.
fn documents<'a>(run: &'a Run<'_>) -> Vec<(Part, &'a Document, Vec<String>)> {
    let mut list: Vec<(Part, &Document, Vec<String>)> = Vec::new();
    for part in [Part::Interior, Part::Cover] {
        for judged in &run.judged {
            let Some(file) = crate::resolve::ResolvedJob::file(&judged.book, part) else {
                continue;
            };
            let id = judged.resolved.profile.id.clone();
            match list
                .iter_mut()
                .find(|(p, f, _)| *p == part && f.name == file.name)
            {
                Some((.., products)) => products.push(id),
                None => list.push((part, file, vec![id])),
            }
        }
    }
    list
}

fn files(run: &Run<'_>) -> Vec<FileReport> {
    documents(run)
        .into_iter()
        .map(|(role, file, products)| FileReport {
            role,
            products,
            name: file.name.clone(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            pages: file.page_count(),
            page_size_pt: crate::resolve::typical(file).map(|p| p.size),
            readable: file.unreadable.is_none(),
            why: file.unreadable.clone().or_else(|| {
                let gaps: Vec<String> = file
                    .gaps
                    .iter()
                    .take(3)
                    .map(|g| {
                        g.page
                            .map_or_else(|| g.why.clone(), |p| format!("page {p}: {}", g.why))
                    })
                    .collect();
                let more = file.gaps.len().saturating_sub(3);
                let more = if more > 0 {
                    format!("; and {more} more")
                } else {
                    String::new()
                };
                (!gaps.is_empty()).then(|| format!("{}{more}", gaps.join("; ")))
            }),
        })
        .collect()
}

fn all_codes(run: &Run<'_>) -> Vec<CodeReport> {
    documents(run)
        .into_iter()
        .flat_map(|(part, file, products)| {
            let judged = run
                .judged
                .iter()
                .find(|j| products.contains(&j.resolved.profile.id));
            judged.map_or_else(Vec::new, |judged| {
                codes::of_part(part, file, &judged.resolved)
            })
        })
        .collect()
}

fn verdict(judged: &Judged<'_>) -> VerdictReport {
    let findings = judged
        .checks
        .iter()
        .flat_map(crate::check::Check::findings)
        .filter(|f| f.explained_by.is_none());
    let mut counts = [0usize; 3];
    for finding in findings {
        let slot = match finding.level {
            Level::Error => 0,
            Level::Warning => 1,
            Level::Note => 2,
        };
        if let Some(n) = counts.get_mut(slot) {
            *n += 1;
        }
    }
    let [errors, warnings, notes] = counts;
    let not_checked = judged
        .checks
        .iter()
        .filter(|c| match &c.outcome {
            Outcome::NotChecked(_) => true,
            Outcome::Looked { gaps, .. } => !gaps.is_empty(),
            Outcome::NotApplicable(_) => false,
        })
        .count();
    let resolved = &judged.resolved;
    let cover = resolved.cover();
    let asks_for_size = !resolved.profile.standard;
    VerdictReport {
        profile: resolved.profile.id.clone(),
        standard: resolved.profile.standard,
        verdict: match (errors, not_checked, warnings) {
            (1.., ..) => Verdict::Fail,
            (0, 1.., _) => Verdict::Incomplete,
            (0, 0, 1..) => Verdict::Warn,
            (0, 0, 0) => Verdict::Pass,
        },
        errors,
        warnings,
        notes,
        not_checked,
        expected: Expected {
            pages: asks_for_size
                .then(|| resolved.printed().first().copied())
                .flatten(),
            interior_size_pt: resolved.trim.filter(|_| asks_for_size),
            interior_bleed_size_pt: resolved.trim.and_then(|t| resolved.bleed_page(t)),
            stock: resolved.stock.map(|s| s.id.clone()),
            assumed: words(&resolved.assumed),
            spine_pt: resolved.spine().map(|s| round3(s.as_pt())),
            cover_size_pt: cover.as_ref().map(|c| c.size),
            cover: cover.as_ref().map(CoverShape::from),
        },
    }
}

fn checks(judged: &Judged<'_>) -> Vec<CheckReport> {
    judged
        .checks
        .iter()
        .map(|check| {
            let (outcome, looked_at, why) = match &check.outcome {
                Outcome::Looked { at, findings, gaps } => {
                    let why = (!gaps.is_empty()).then(|| gaps.join("; "));
                    let word = match (findings.is_empty(), gaps.is_empty()) {
                        (false, _) => OutcomeWord::Failed,
                        (true, true) => OutcomeWord::Passed,
                        (true, false) => OutcomeWord::NotChecked,
                    };
                    (word, *at, why)
                }
                Outcome::NotApplicable(why) => (OutcomeWord::NotApplicable, 0, Some(why.clone())),
                Outcome::NotChecked(why) => (OutcomeWord::NotChecked, 0, Some(why.clone())),
            };
            CheckReport {
                profile: judged.resolved.profile.id.clone(),
                rule: check.meta.id.into(),
                outcome,
                looked_at,
                why,
            }
        })
        .collect()
}

/// The findings of a check for the report, each with its source and the name of its file.
fn of_check<'j>(
    judged: &'j Judged<'_>,
    check: &'j crate::check::Check,
) -> Vec<(FindingReport, &'j Finding<Level>, &'j str)> {
    // A check without a source had no figures to judge by, and found nothing.
    let Some(source) = &check.source else {
        return Vec::new();
    };
    let located = |finding: &'j Finding<Level>| {
        let file = ResolvedJob::file(&judged.book, finding.part).map_or("", |f| f.name.as_str());
        let profile = &judged.resolved.profile.id;
        let report = FindingReport {
            id: format!("{profile}:{}:{}", check.meta.id, finding.part.word()),
            rule: check.meta.id.into(),
            profile: profile.clone(),
            level: finding.level,
            explained_by: finding.explained_by.map(Into::into),
            message: finding.message.clone(),
            file: finding.part,
            name: file.to_owned(),
            pages: finding.pages.clone(),
            places_total: finding.places.len(),
            places: finding.places.iter().map(place).collect(),
            measured: finding.measured,
            limit: finding.limit,
            source: source.clone(),
            fix: fix(judged, check.meta, finding),
        };
        (report, finding, file)
    };
    check.findings().iter().map(located).collect()
}

impl Report {
    /// The same report with the worst places of each finding and cause alone; `places_total` still tells how many there are.
    #[must_use]
    pub fn with_worst_places(self) -> Self {
        self.with_places(MOST_PLACES)
    }

    /// The same report for those who have no command line: it names members of the job where it named flags.
    #[must_use]
    pub fn with_members_named(mut self) -> Self {
        let of_checks = self.checks.iter_mut().filter_map(|c| c.why.as_mut());
        let of_findings = self.findings.iter_mut();
        let of_causes = self.causes.iter_mut();
        of_checks
            .chain(of_findings.flat_map(|f| [&mut f.message, &mut f.fix]))
            .chain(of_causes.flat_map(|c| [&mut c.message, &mut c.fix]))
            .for_each(|text| *text = as_members(text).into_owned());
        self
    }

    /// The same report with so many places of each finding and cause at most.
    #[must_use]
    pub fn with_places(mut self, most: usize) -> Self {
        let of_findings = self.findings.iter_mut().map(|f| &mut f.places);
        let of_causes = self.causes.iter_mut().map(|c| &mut c.places);
        of_findings
            .chain(of_causes)
            .for_each(|places| keep_worst(places, most));
        self
    }
}

/// Keeps one place a page before a page has a second. They come as the rule has them, worst first.
fn keep_worst(places: &mut Vec<PlaceReport>, most: usize) {
    if places.len() <= most {
        return;
    }
    let mut pages = std::collections::HashSet::new();
    let is_first: Vec<bool> = places.iter().map(|p| pages.insert(p.page)).collect();
    let more = most.saturating_sub(pages.len());
    let mut room = [more, most];
    let mut is_first = is_first.into_iter();
    places.retain(|_| {
        let kind = room.get_mut(usize::from(is_first.next().unwrap_or_default()));
        kind.is_some_and(|left| {
            let is_kept = *left > 0;
            *left = left.saturating_sub(1);
            is_kept
        })
    });
    places.shrink_to_fit();
}

fn place(place: &Place) -> PlaceReport {
    PlaceReport {
        page: place.page,
        area_pt: place.area,
        area_mm: place.area.map(Rect::to_mm),
        what: place.what.clone(),
    }
}

/// The advice for this case, the rule's, and that for the program that made the file.
fn fix(judged: &Judged<'_>, meta: &Meta, finding: &Finding<Level>) -> String {
    let mut advice: Vec<&str> = Vec::new();
    advice.extend(finding.advice.as_deref());
    if finding.advice_is_all {
        return advice.join(" ");
    }
    advice.push(meta.fix);
    let info =
        crate::resolve::ResolvedJob::file(&judged.book, finding.part).map(|f| &f.structure.info);
    advice.extend(info.and_then(|info| rules::advice(meta, info)));
    advice.join(" ")
}
