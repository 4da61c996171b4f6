//! From a run to the report: what programs and people are told of it.

use crate::facts::{CropMarks, Document};
use crate::finding::{Finding, Level, Outcome, Part, Place};
use crate::geometry::Size;
use crate::job::Binding;
use crate::order::{self, Assumption, CoverArt, Likeness, Order, cover_art};
use crate::press::{Judged, Press};
use crate::profile::{CoverModel, Fit, Profile};
use crate::rules::{self, Meta};
use crate::units::{Length, round3};

use super::causes::{Told, causes};
use super::codes::{self, CodeReport};
use super::model::{
    AssumptionReport, CheckReport, CoverReport, Expected, FileReport, FindingReport, FitReport,
    JobReport, OutcomeWord, PlaceReport, Report, SCHEMA, Tool, Verdict, VerdictReport, millimetres,
};

/// Places listed for one finding; `places_total` tells how many there are.
const MOST_PLACES: usize = 20;

/// The report of a run. `known` are the products whose stocks a cover is held against.
pub fn report(press: &Press<'_>, known: &[Profile]) -> Report {
    let first = press.judged.first();
    let stock = first.and_then(|j| j.order.stock);
    let mut assumed: Vec<&'static str> = Vec::new();
    for word in press.judged.iter().flat_map(|j| &j.order.assumed) {
        if !assumed.contains(word) {
            assumed.push(word);
        }
    }
    let mut pairs: Vec<(FindingReport, &Finding, &str)> = Vec::new();
    for judged in &press.judged {
        let mut own: Vec<(FindingReport, &Finding, &str)> = judged
            .checks
            .iter()
            .flat_map(|c| of_check(judged, c))
            .collect();
        own.sort_by(|(a, ..), (b, ..)| {
            (a.level, a.rule, a.file, &a.pages).cmp(&(b.level, b.rule, b.file, &b.pages))
        });
        pairs.extend(own);
    }
    let mut findings = Vec::new();
    let mut told = Vec::new();
    for (index, (report, finding, file)) in pairs.into_iter().enumerate() {
        findings.push(report);
        told.push(Told {
            index,
            finding,
            file,
        });
    }
    let causes = causes(&findings, &told);
    Report {
        schema: SCHEMA,
        tool: Tool::default(),
        job: JobReport {
            trim_pt: press.concluded.trim.map(|t| t.size),
            paper: stock.map(|s| s.paper),
            weight: stock.and_then(|s| s.weight),
            ink: stock.map(|s| s.ink),
            binding: first.map_or_else(Binding::default, |j| j.order.profile.binding),
            direction: press.concluded.direction,
            pages: press.concluded.pages,
            assumed,
            assumptions: press.concluded.assumptions.iter().map(assumption).collect(),
        },
        files: files(press),
        covers: covers(press, known),
        verdicts: press.judged.iter().map(verdict).collect(),
        checks: press.judged.iter().flat_map(checks).collect(),
        findings,
        causes,
        codes: all_codes(press),
    }
}

fn assumption(one: &Assumption) -> AssumptionReport {
    AssumptionReport {
        what: one.what,
        value: one.value.clone(),
        evidence: one.evidence.clone(),
    }
}

/// Each distinct file once: the interior, then covers in the order of the products they are for.
fn documents<'a>(press: &'a Press<'_>) -> Vec<(Part, &'a Document, Vec<String>)> {
    let mut list: Vec<(Part, &Document, Vec<String>)> = Vec::new();
    for part in [Part::Interior, Part::Cover] {
        for judged in &press.judged {
            let Some(file) = crate::order::Order::file(&judged.book, part) else {
                continue;
            };
            let id = judged.order.profile.id.clone();
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

fn files(press: &Press<'_>) -> Vec<FileReport> {
    documents(press)
        .into_iter()
        .map(|(role, file, products)| FileReport {
            role,
            products,
            name: file.name.clone(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            pages: file.page_count(),
            page_size_pt: crate::order::typical(file).map(|p| p.size),
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

/// A cover within this many points of a spine is of it: nothing tighter, as PDF writers round.
const SPINE_SLACK: Length = Length::pt(1.0);

fn covers(press: &Press<'_>, known: &[Profile]) -> Vec<CoverReport> {
    let mut list: Vec<CoverReport> = Vec::new();
    for judged in &press.judged {
        let order = &judged.order;
        let Some(file) = judged.book.cover.as_deref() else {
            continue;
        };
        if let Some(earlier) = list.iter_mut().find(|c| c.name == file.name) {
            earlier.products.push(order.profile.id.clone());
            continue;
        }
        let Some(page) = file.pages.first() else {
            continue;
        };
        let Some(model) = &order.profile.cover else {
            continue;
        };
        let Some(trim) = order.trim else {
            // Nobody knows the trim: whatever is offered anywhere is tried.
            // Guests only where they were asked; whatever else was asked first.
            let asked = |p: &Profile| press.judged.iter().any(|j| j.order.profile.id == p.id);
            let marked = page.crop_marks.filter(CropMarks::are_sure);
            let size = marked.map_or(page.size, |m| {
                let area = m.trim.inflate(model.bleed.as_pt());
                Size::new(area.width(), area.height())
            });
            let mut fits = crate::profile::covers(known, size, None);
            fits.retain(|(_, fit)| asked(fit.profile) || !fit.profile.guest);
            fits.sort_by_key(|(_, fit)| !asked(fit.profile));
            list.push(CoverReport {
                name: file.name.clone(),
                products: vec![order.profile.id.clone()],
                size_pt: page.size,
                on_sheet: false,
                spine_pt: None,
                looks_like: None,
                fits: fits
                    .iter()
                    .map(|(trim, fit)| FitReport::new(*trim, fit))
                    .collect(),
            });
            continue;
        };
        let art = cover_art(page, trim, model);
        let spine = model.spine_of(trim, art.size.width);
        let this_book = |fit: &Fit<'_>| {
            let (Some(pages), Some(model)) = (order.pages, &fit.profile.cover) else {
                return false;
            };
            if !order.prints(fit.stock) {
                return false;
            }
            let spine = model.spine_of(trim, art.size.width);
            fit.profile.printed_counts(pages).into_iter().any(|n| {
                let own = &fit.stock.spine;
                let spare = if own.jumps() {
                    Length::default()
                } else {
                    own.tolerance(n)
                };
                own.width(n)
                    .is_some_and(|width| width.is_near(spine, SPINE_SLACK + spare))
            })
        };
        list.push(CoverReport {
            name: file.name.clone(),
            products: vec![order.profile.id.clone()],
            size_pt: art.size,
            on_sheet: art.on_sheet(),
            spine_pt: Some(round3(spine.as_pt())),
            looks_like: looks_like(order, &art, trim, model),
            fits: crate::profile::covers(known, art.size, Some(trim))
                .into_iter()
                .map(|(_, fit)| FitReport {
                    this_book: this_book(&fit),
                    ..FitReport::new(trim, &fit)
                })
                .collect(),
        });
    }
    list
}

/// What a cover looks like where it is no wrap with bleed for this trim.
fn looks_like(order: &Order<'_>, art: &CoverArt, trim: Size, model: &CoverModel) -> Option<String> {
    let page = order.bleed_page(trim);
    match order::likeness(art, trim, model, page, order.spine()) {
        Likeness::Wrap => None,
        Likeness::Front => Some("the cover is a front alone".to_owned()),
        Likeness::NoBleed(spine) => Some(format!(
            "the cover has no bleed: it is as high as the trim, with a spine drawn {} wide",
            order.words(spine)
        )),
        Likeness::OtherBleed { bleed, spine } => Some(format!(
            "the cover has a bleed of {}, with a spine drawn {} wide",
            order.words(bleed),
            order.words(spine)
        )),
        Likeness::Flaps(flap) => Some(format!(
            "the cover looks like one with flaps of {}",
            order.words(flap)
        )),
        Likeness::OtherHeight(high) => Some(format!(
            "the cover has the height of one for a trim {} high",
            order.words(high)
        )),
    }
}

fn all_codes(press: &Press<'_>) -> Vec<CodeReport> {
    documents(press)
        .into_iter()
        .flat_map(|(part, file, products)| {
            let judged = press
                .judged
                .iter()
                .find(|j| products.contains(&j.order.profile.id));
            judged.map_or_else(Vec::new, |judged| codes::of_part(part, file, &judged.order))
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
            Some(Level::Error) | None => 0,
            Some(Level::Warning) => 1,
            Some(Level::Note) => 2,
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
    let order = &judged.order;
    VerdictReport {
        profile: order.profile.id.clone(),
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
            pages: order.printed().first().copied(),
            interior_size_pt: order.trim,
            interior_bleed_size_pt: order.trim.and_then(|t| order.bleed_page(t)),
            stock: order.stock.map(|s| s.id.clone()),
            assumed: order.assumed.clone(),
            spine_pt: order.spine().map(|s| round3(s.as_pt())),
            cover_size_pt: order.cover().map(|c| c.size),
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
                profile: judged.order.profile.id.clone(),
                rule: check.meta.id,
                outcome,
                looked_at,
                why,
            }
        })
        .collect()
}

/// The findings of a check as they are told, each with itself and the name of its file.
fn of_check<'j>(
    judged: &'j Judged<'_>,
    check: &'j crate::check::Check,
) -> Vec<(FindingReport, &'j Finding, &'j str)> {
    // A check without a source had no figures to judge by, and found nothing.
    let Some(source) = &check.source else {
        return Vec::new();
    };
    let told = |finding: &'j Finding| {
        let report = FindingReport {
            rule: check.meta.id,
            profile: judged.order.profile.id.clone(),
            level: finding.level.unwrap_or(check.meta.level),
            explained_by: finding.explained_by,
            message: finding.message.clone(),
            file: finding.part,
            pages: finding.pages.clone(),
            places_total: finding.places.len(),
            places: finding.places.iter().take(MOST_PLACES).map(place).collect(),
            measured: finding.measured,
            limit: finding.limit,
            source: source.clone(),
            fix: fix(judged, check.meta, finding),
        };
        let file = Order::file(&judged.book, finding.part).map_or("", |f| f.name.as_str());
        (report, finding, file)
    };
    check.findings().iter().map(told).collect()
}

fn place(place: &Place) -> PlaceReport {
    PlaceReport {
        page: place.page,
        area_pt: place.area,
        area_mm: place.area.map(millimetres),
        what: place.what.clone(),
    }
}

/// The advice for this case, the rule's, and that for the program that made the file.
fn fix(judged: &Judged<'_>, meta: &Meta, finding: &Finding) -> String {
    let mut advice: Vec<&str> = Vec::new();
    advice.extend(finding.advice.as_deref());
    if finding.advice_is_all {
        return advice.join(" ");
    }
    advice.push(meta.fix);
    let info = crate::order::Order::file(&judged.book, finding.part).map(|f| &f.structure.info);
    advice.extend(info.and_then(|info| rules::advice(meta, info)));
    advice.join(" ")
}
