//! What several renderers ask of a report.

use std::borrow::Cow;
use std::collections::HashSet;

use super::model::{
    CauseReport, CheckReport, FileReport, FindingReport, OutcomeWord, PlaceReport, Report,
};
use crate::model::finding::{Level, Part};
use crate::model::visible::visible;
use crate::profile::Profile;
use crate::rules::fold_pages;
use crate::rules::wrap::OTHER_SIZE;

impl CheckReport {
    /// Whether something of it is not known.
    pub(super) fn has_gap(&self) -> bool {
        let partly = self.outcome == OutcomeWord::Failed && self.why.is_some();
        self.outcome == OutcomeWord::NotChecked || partly
    }
}

impl Report {
    /// The findings at these places of the list.
    pub(super) fn findings_at<'a>(
        &'a self,
        places: &'a [usize],
    ) -> impl Iterator<Item = &'a FindingReport> {
        places.iter().filter_map(|n| self.findings.get(*n))
    }

    /// Why something could not be checked, each reason once, with the rules it concerns.
    pub(super) fn gaps(&self) -> Vec<(&str, Vec<&str>)> {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        let waits = |check: &CheckReport| check.why.as_deref() == Some(OTHER_SIZE);
        for check in self.checks.iter().filter(|c| c.has_gap() || waits(c)) {
            let why = check.why.as_deref().unwrap_or("no reason was given");
            match reasons.iter_mut().find(|(w, _)| *w == why) {
                Some((_, rules)) if rules.contains(&&*check.rule) => {}
                Some((_, rules)) => rules.push(&check.rule),
                None => reasons.push((why, vec![&*check.rule])),
            }
        }
        reasons
    }

    /// The file that a product was asked about alone, where the book's other was not given.
    pub(super) fn only_file(&self, product: &str) -> Option<Part> {
        let is_for =
            |f: &&FileReport| f.products.is_empty() || f.products.iter().any(|p| p == product);
        let mut roles = self.files.iter().filter(is_for).map(|f| f.role);
        let first = roles.next()?;
        roles.all(|role| role == first).then_some(first)
    }

    /// About how many bytes of memory it takes: its places are most of it.
    pub fn weight(&self) -> usize {
        let places = self.findings.iter().flat_map(|f| &f.places);
        let places = places.chain(self.causes.iter().flat_map(|c| &c.places));
        let of_place = |place: &PlaceReport| size_of::<PlaceReport>() + place.what.len();
        let words = self.findings.iter().map(|f| f.message.len());
        places.map(of_place).sum::<usize>() + words.sum::<usize>()
    }

    /// The report with names of files in which nothing acts on what shows them.
    pub(super) fn with_visible_names(&self) -> Self {
        let mut report = self.clone();
        let names = (report.files.iter_mut().map(|f| &mut f.name))
            .chain(report.covers.iter_mut().map(|c| &mut c.name))
            .chain(report.findings.iter_mut().map(|f| &mut f.name))
            .chain(report.causes.iter_mut().map(|c| &mut c.name));
        for name in names {
            if let Cow::Owned(written) = visible(name) {
                *name = written;
            }
        }
        report
    }
}

impl CauseReport {
    /// What single products say of the same things where it is not the cause's own message: their products, the level if it
    /// is another, and the pages if they are others.
    pub(super) fn others<'a>(&'a self, report: &'a Report) -> Vec<OtherMessage<'a>> {
        let all: Vec<&FindingReport> = report.findings_at(&self.findings).collect();
        let shown = all.iter().find(|f| f.message == self.message);
        let mut others: Vec<OtherMessage<'a>> = Vec::new();
        for finding in all.iter().filter(|f| f.message != self.message) {
            let product = (finding.profile.as_str(), finding.level);
            match others.iter_mut().find(|o| o.message == finding.message) {
                Some(other) => other.products.push(product),
                None => others.push(OtherMessage {
                    message: &finding.message,
                    products: vec![product],
                    pages: match shown.is_some_and(|f| f.pages == finding.pages) {
                        true => &[],
                        false => &finding.pages,
                    },
                }),
            }
        }
        others
    }

    /// Its places at whatever product, each once and with the finding that it is of: those of the cause's own message first.
    pub(super) fn all_places<'a>(
        &'a self,
        report: &'a Report,
    ) -> Vec<(&'a FindingReport, &'a PlaceReport)> {
        let mut findings: Vec<&FindingReport> = report.findings_at(&self.findings).collect();
        findings.sort_by_key(|f| (f.message != self.message, f.level));
        let mut known = HashSet::new();
        let mut places = Vec::new();
        for finding in findings {
            for place in &finding.places {
                let area = place.area_pt.map(|a| a.to_array().map(f64::to_bits));
                if known.insert((place.page, area)) {
                    places.push((finding, place));
                }
            }
        }
        places
    }

    /// How many places its own message is about.
    pub(super) fn places_told(&self, report: &Report) -> usize {
        let said = report.findings_at(&self.findings);
        let said = said.filter(|f| f.message == self.message);
        said.map(|f| f.places_total).max().unwrap_or_default()
    }

    /// Products by `name`, separated by commas, each with its level where that is not the cause's own.
    pub(super) fn named(
        &self,
        products: &[(&str, Level)],
        name: impl Fn(&str) -> String,
    ) -> String {
        let named = |(id, level): &(&str, Level)| match *level == self.level {
            true => name(id),
            false => format!("{} ({})", name(id), level.word()),
        };
        products.iter().map(named).collect::<Vec<_>>().join(", ")
    }

    /// What becomes of the rules whose findings follow from it; none where nothing follows.
    pub(super) fn following(&self, report: &Report) -> Option<String> {
        let [mut with_this, mut with_all]: [Vec<&str>; 2] = Default::default();
        for finding in report.findings_at(&self.explains) {
            let rules = if self.explains_alone(finding, report) {
                &mut with_this
            } else {
                &mut with_all
            };
            if !rules.contains(&&*finding.rule) {
                rules.push(&finding.rule);
            }
        }
        let told = |rules: &[&str], when: &str| {
            let goes = if rules.len() == 1 { "goes" } else { "go" };
            (!rules.is_empty()).then(|| format!("{} {goes} {when}", rules.join(", ")))
        };
        let every = format!("once every {} is mended", self.rule);
        let told = [told(&with_this, "with this"), told(&with_all, &every)];
        let told: Vec<String> = told.into_iter().flatten().collect();
        (!told.is_empty()).then(|| format!("{} (not counted)", told.join("; ")))
    }

    /// Whether no other cause of its rule is on the pages of a finding that follows.
    fn explains_alone(&self, follower: &FindingReport, report: &Report) -> bool {
        let is_elsewhere = |page: &u32| follower.pages.contains(page) && !self.pages.contains(page);
        let mut others = report.causes.iter().filter(|other| other.rule == self.rule);
        !others.any(|other| other.pages.iter().any(is_elsewhere))
    }

    /// The products it concerns, each once, with the worst level there.
    pub(super) fn products<'a>(&'a self, report: &'a Report) -> Vec<(&'a str, Level)> {
        let mut products: Vec<(&str, Level)> = Vec::new();
        for finding in report.findings_at(&self.findings) {
            match products.iter_mut().find(|(p, _)| *p == finding.profile) {
                Some((_, level)) => *level = finding.level.min(*level),
                None => products.push((&finding.profile, finding.level)),
            }
        }
        products
    }
}

/// What some products say of a cause in words of their own.
pub(super) struct OtherMessage<'a> {
    pub(super) message: &'a str,
    pub(super) products: Vec<(&'a str, Level)>,
    /// Its pages, where they are not those of the cause's own message.
    pub(super) pages: &'a [u32],
}

/// A product's name for people; its id where it is not among the known.
pub(super) fn product_name(known: &[Profile], id: &str) -> String {
    let product = known.iter().find(|p| p.id == id);
    product.map_or(id, |p| p.title.as_str()).to_owned()
}

/// `page 3`, `pages 3-9, 12`; nothing where there are none.
pub(super) fn pages_named(pages: &[u32], most: usize) -> Option<String> {
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    (!pages.is_empty()).then(|| format!("{noun} {}", fold_pages(pages, most)))
}

/// A path without `.` and without the `..` that take a folder back: code hosts know files by the plain one.
pub(super) fn plain_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (n, part) in path.split('/').enumerate() {
        match (part, parts.last()) {
            (".", _) => {}
            ("", _) if n > 0 => {}
            ("..", Some(last)) if !matches!(*last, "" | "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
