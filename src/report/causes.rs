//! Groups findings by cause: those of one rule about the same things, whatever product or level they are at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::model::{CauseReport, FindingReport};
use crate::model::finding::{Finding, Level};

/// A finding with its place among the report's and the file it is in.
pub(super) struct LocatedFinding<'a> {
    /// Its place among the report's findings.
    pub(super) index: usize,
    /// The finding, with all its places.
    pub(super) finding: &'a Finding<Level>,
    /// The file's name: covers of several platforms are several files.
    pub(super) file: &'a str,
}

/// Where a finding is, for comparing.
struct Where {
    places: HashSet<(u32, [u64; 4])>,
    pages: HashSet<u32>,
}

impl Where {
    fn of(finding: &Finding<Level>) -> Self {
        let place = |p: &crate::model::finding::Place| {
            let area = p.area?.to_array().map(f64::to_bits);
            Some((p.page, area))
        };
        Self {
            places: finding.places.iter().filter_map(place).collect(),
            pages: finding.pages.iter().copied().collect(),
        }
    }

    /// How many places two findings have in common, and how many pages.
    fn shared(&self, other: &Self) -> usize {
        let places = self.places.intersection(&other.places).count();
        places.max(self.pages.intersection(&other.pages).count().min(1))
    }

    /// Whether two findings of one rule are about the same things; none where they name no place and no page.
    fn meets(&self, other: &Self) -> Option<bool> {
        if !self.places.is_empty() && !other.places.is_empty() {
            return Some(!self.places.is_disjoint(&other.places));
        }
        if self.pages.is_empty() && other.pages.is_empty() {
            return None;
        }
        Some(!self.pages.is_disjoint(&other.pages))
    }
}

/// The causes of a report, worst first and what explains others before the rest, otherwise in the order of its findings. Explained findings stand under the cause
/// that explains them.
pub(super) fn causes(
    reports: &[FindingReport],
    located: &[LocatedFinding<'_>],
) -> Vec<CauseReport> {
    let mut groups: BTreeMap<(&str, &str), Vec<&LocatedFinding<'_>>> = BTreeMap::new();
    for one in located {
        let Some(report) = reports.get(one.index) else {
            continue;
        };
        if report.explained_by.is_none() {
            groups
                .entry((report.rule.as_ref(), one.file))
                .or_default()
                .push(one);
        }
    }
    let mut causes: Vec<CauseReport> = groups
        .values()
        .flat_map(|group| parted(reports, group))
        .filter_map(|indices| cause(reports, indices))
        .collect();
    for (index, report) in reports.iter().enumerate() {
        let Some(by) = &report.explained_by else {
            continue;
        };
        // Of several causes of one rule it is the one on the same pages.
        let shared = |c: &CauseReport| c.pages.iter().filter(|p| report.pages.contains(p)).count();
        let explains = |c: &&mut CauseReport| {
            let of = c.findings.iter().filter_map(|f| reports.get(*f));
            c.rule == *by && of.into_iter().any(|f| f.profile == report.profile)
        };
        let explaining = causes.iter_mut().filter(explains).enumerate();
        if let Some((_, cause)) = explaining.max_by_key(|(n, c)| (shared(c), Reverse(*n))) {
            cause.explains.push(index);
        }
    }
    // What explains others comes first: once it is mended, they are gone.
    causes.sort_by_key(|c| (c.level, c.explains.is_empty(), c.findings.first().copied()));
    causes
}

/// Findings of one rule in one file, parted by what they are about.
fn parted(reports: &[FindingReport], group: &[&LocatedFinding<'_>]) -> Vec<Vec<usize>> {
    let wheres: Vec<Where> = group.iter().map(|t| Where::of(t.finding)).collect();
    let product = |n: usize| {
        group
            .get(n)
            .and_then(|t| reports.get(t.index))
            .map(|r| r.profile.as_str())
    };
    // How many findings without pages a product has: one each is one and the same.
    let bare = |profile: Option<&str>| {
        let bare = wheres.iter().enumerate();
        bare.filter(|(n, w)| w.pages.is_empty() && product(*n) == profile)
            .count()
    };
    let alike = |a: usize, b: usize| {
        let (Some(one), Some(other)) = (wheres.get(a), wheres.get(b)) else {
            return false;
        };
        let same_words = group
            .get(a)
            .zip(group.get(b))
            .is_some_and(|(a, b)| a.finding.message == b.finding.message);
        if product(a) == product(b) {
            return false;
        }
        let alone = || bare(product(a)) == 1 && bare(product(b)) == 1;
        one.meets(other).unwrap_or_else(|| same_words || alone())
    };
    let level = |n: usize| {
        group
            .get(n)
            .and_then(|t| reports.get(t.index))
            .map(|r| r.level)
    };
    // What a product says twice at one level is about two things: margins at two edges, say.
    let differ = |a: usize, b: usize| product(a) == product(b) && level(a) == level(b);
    let shared = |a: usize, b: usize| match (wheres.get(a), wheres.get(b)) {
        (Some(a), Some(b)) => a.shared(b),
        _ => 0,
    };
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for n in 0..group.len() {
        let (mut like, mut apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|part| part.iter().any(|m| alike(*m, n)));
        like.sort_by_key(|part| Reverse(part.iter().map(|m| shared(*m, n)).max()));
        let mut whole = vec![n];
        for part in like {
            if part.iter().any(|a| whole.iter().any(|b| differ(*a, *b))) {
                apart.push(part);
            } else {
                whole.extend(part);
            }
        }
        parts = apart;
        parts.push(whole);
    }
    let index = |n: &usize| group.get(*n).map(|t| t.index);
    parts
        .iter()
        .map(|part| {
            let mut indices: Vec<usize> = part.iter().filter_map(index).collect();
            indices.sort_unstable();
            indices
        })
        .collect()
}

/// One cause from its findings: the words of the most serious, all pages, and the places of the one that has most.
fn cause(reports: &[FindingReport], indices: Vec<usize>) -> Option<CauseReport> {
    let all: Vec<&FindingReport> = indices.iter().filter_map(|n| reports.get(*n)).collect();
    let worst = all.iter().min_by_key(|f| f.level)?;
    let mut pages: Vec<u32> = all.iter().flat_map(|f| f.pages.iter().copied()).collect();
    pages.sort_unstable();
    pages.dedup();
    Some(CauseReport {
        rule: worst.rule.clone(),
        level: worst.level,
        file: worst.file,
        name: worst.name.clone(),
        pages,
        places_total: all.iter().map(|f| f.places_total).max().unwrap_or_default(),
        places: worst.places.clone(),
        message: worst.message.clone(),
        fix: worst.fix.clone(),
        findings: indices,
        explains: Vec::new(),
    })
}
