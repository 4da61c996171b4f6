//! Rules bound to one profile's limits, and their run over the facts.

mod questions;

pub use questions::{QUESTIONS, Question};

use std::collections::BTreeMap;

use crate::model::error::Error;
use crate::model::facts::{Book, Document};
use crate::model::finding::{Finding, Level, Outcome, Part, Place};
use crate::profile::{Profile, Source};
use crate::resolve::ResolvedJob;
use crate::rules::wrap::OTHER_SIZE;
use crate::rules::{self, Bound, Context, Explains, Meta, Need, Scope};

/// Which rules run and how bad they are, beyond what the profile says.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these, unless empty.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// Levels by rule.
    pub levels: Vec<(String, Level)>,
}

impl Selection {
    fn takes(&self, id: &str) -> bool {
        (self.select.is_empty() || self.select.iter().any(|s| s == id))
            && !self.ignore.iter().any(|s| s == id)
    }

    /// Whether every rule named exists.
    pub fn verify(&self) -> Result<(), Error> {
        let named = self
            .select
            .iter()
            .chain(&self.ignore)
            .chain(self.levels.iter().map(|(id, _)| id));
        for id in named {
            if rules::find(id).is_none() {
                return Err(Error::Job(rules::unknown(id)));
            }
        }
        Ok(())
    }
}

/// A rule bound to a profile's limits.
struct Planned {
    meta: &'static Meta,
    explains: &'static [Explains],
    bound: Bound,
    source: Source,
    /// The level given by flag, which outranks all others.
    told: Option<Level>,
    /// The profile's level, which outranks the rule's.
    level: Level,
}

/// All rules of one product with their limits, bound before any file is opened.
pub struct Plan<'a> {
    /// The product.
    pub profile: &'a Profile,
    rules: Vec<Planned>,
    selection: Selection,
}

/// How one rule ended for one product.
#[derive(Clone, Debug)]
pub struct Check {
    /// The rule.
    pub meta: &'static Meta,
    /// Who states the limit; none where the profile has no figures to judge by.
    pub source: Option<Source>,
    /// How it ended.
    pub outcome: Outcome,
}

impl<'a> Plan<'a> {
    /// Binds every rule the profile names. An unknown rule, a wrong limit or one without a source stops here.
    pub fn new(profile: &'a Profile, selection: &Selection) -> Result<Self, Error> {
        let fault =
            |id: &str, why: String| profile.fault(&["rules".to_owned(), id.to_owned()], &why);
        if let Some(unknown) = profile.rules.keys().find(|id| rules::find(id).is_none()) {
            return Err(fault(unknown, "there is no such rule".to_owned()));
        }
        let mut planned = Vec::new();
        // In the catalogue's order, whatever the profile's.
        for entry in rules::all() {
            let meta = entry.meta;
            let Some(limits) = profile.rules.get(meta.id) else {
                continue;
            };
            let mut limits = limits
                .as_table()
                .cloned()
                .ok_or_else(|| fault(meta.id, "a table of limits is expected".to_owned()))?;
            let source = limits
                .remove("source")
                .and_then(|key| profile.source(key.as_str()?).cloned())
                .ok_or_else(|| fault(meta.id, "no source".to_owned()))?;
            let level = match limits.remove("level") {
                None => meta.level,
                Some(level) => level
                    .try_into()
                    .map_err(|_| fault(meta.id, "level is error, warning or note".to_owned()))?,
            };
            let bound = (entry.bind)(limits).map_err(|why| fault(meta.id, why))?;
            if selection.takes(meta.id) {
                planned.push(Planned {
                    meta,
                    explains: entry.explains,
                    bound,
                    source,
                    told: selection
                        .levels
                        .iter()
                        .find(|(id, _)| id == meta.id)
                        .map(|(_, l)| *l),
                    level,
                });
            }
        }
        Ok(Self {
            profile,
            rules: planned,
            selection: selection.clone(),
        })
    }

    /// Whether any rule needs this measured.
    pub fn needs(&self, need: Need) -> bool {
        self.rules.iter().any(|r| r.meta.needs.contains(&need))
    }

    /// Above how much ink, in per cent, pages have to be weighed; none where no rule asks.
    pub fn weighs(&self) -> Option<f64> {
        let asked = self.rules.iter().filter_map(|r| r.bound.weighs);
        asked.reduce(f64::min)
    }

    /// The rules that will run.
    pub fn rules(&self) -> impl Iterator<Item = &'static Meta> {
        self.rules.iter().map(|r| r.meta)
    }

    /// Asks every rule.
    pub fn run(
        &self,
        resolved: &ResolvedJob<'_>,
        book: &Book,
        known: &[Profile],
        peers: &[ResolvedJob<'_>],
    ) -> Vec<Check> {
        let context = Context {
            book,
            resolved,
            known,
            peers,
        };
        let mut checks: Vec<Check> = self
            .rules
            .iter()
            .map(|planned| {
                let level = |own: Option<Level>| planned.told.or(own).unwrap_or(planned.level);
                let mut outcome = Outcome::settled((planned.bound.check)(&context), level);
                if let Outcome::Looked { gaps, .. } = &mut outcome {
                    gaps.extend(unseen(planned.meta, book));
                }
                Check {
                    meta: planned.meta,
                    source: Some(planned.source.clone()),
                    outcome,
                }
            })
            .collect();
        let takes = |id: &str| self.selection.takes(id);
        checks.extend(questions::open(self.profile, book, &takes));
        for planned in &self.rules {
            explain(&mut checks, planned.meta.id, planned.explains);
        }
        count_waiting(&mut checks);
        checks
    }
}

/// What a cover of another size kept from being looked at is no gap while the cover is refused; where its size is only doubted,
/// nobody knows what else is wrong with a book that may be taken.
fn count_waiting(checks: &mut [Check]) {
    let mut findings = checks.iter().flat_map(Check::findings);
    if findings.any(|finding| finding.part == Part::Cover && finding.level == Level::Error) {
        return;
    }
    for check in checks {
        if let Outcome::NotApplicable(why) = &mut check.outcome
            && why == OTHER_SIZE
        {
            check.outcome = Outcome::NotChecked(std::mem::take(why));
        }
    }
}

/// Marks the findings of other rules that follow from those of one rule.
fn explain(checks: &mut [Check], by: &'static str, explains: &[Explains]) {
    if explains.is_empty() {
        return;
    }
    let mut causes: Vec<Finding<Level>> = checks
        .iter()
        .filter(|c| c.meta.id == by)
        .flat_map(Check::findings)
        .filter(|f| f.explained_by.is_none())
        .cloned()
        .collect();
    for check in checks.iter_mut() {
        let Some((_, scope)) = explains.iter().find(|(id, _)| *id == check.meta.id) else {
            continue;
        };
        if let Outcome::Looked { findings, .. } = &mut check.outcome {
            for finding in findings.iter_mut().filter(|f| f.explained_by.is_none()) {
                if follows(finding, &causes, *scope) {
                    finding.explained_by = Some(by);
                    for cause in causes
                        .iter_mut()
                        .filter(|c| *scope == Scope::Lines && shares(finding, c))
                    {
                        cause.level = cause.level.min(finding.level);
                    }
                }
            }
        }
    }
    let mut worse = causes.into_iter();
    for check in checks.iter_mut().filter(|c| c.meta.id == by) {
        if let Outcome::Looked { findings, .. } = &mut check.outcome {
            for finding in findings.iter_mut().filter(|f| f.explained_by.is_none()) {
                finding.level = worse.next().map_or(finding.level, |f| f.level);
            }
            findings.sort_by_key(|f| f.level);
        }
    }
}

/// Whether two findings are about the same file and, where both name pages, about one of the same.
fn shares(a: &Finding<Level>, b: &Finding<Level>) -> bool {
    let apart = a
        .pages
        .iter()
        .all(|page| b.pages.binary_search(page).is_err());
    a.part == b.part && (!apart || a.pages.is_empty() || b.pages.is_empty())
}

/// Whether a finding follows from others, within a scope.
fn follows(finding: &Finding<Level>, causes: &[Finding<Level>], scope: Scope) -> bool {
    let of_file: Vec<&Finding<Level>> = causes.iter().filter(|c| c.part == finding.part).collect();
    match scope {
        Scope::File => !of_file.is_empty(),
        Scope::Pages => {
            let on = |page: &u32| of_file.iter().any(|c| c.pages.binary_search(page).is_ok());
            !finding.pages.is_empty() && finding.pages.iter().all(on)
        }
        Scope::Places | Scope::Lines => {
            let meets = |place: &Place, cause: &Place| match scope {
                Scope::Lines => place.is_level_with(cause),
                _ => place.meets(cause),
            };
            let mut of_pages: BTreeMap<u32, Vec<&Place>> = BTreeMap::new();
            for place in of_file.iter().flat_map(|c| &c.places) {
                of_pages.entry(place.page).or_default().push(place);
            }
            let at = |place: &Place| {
                let mut causes = of_pages.get(&place.page).into_iter().flatten();
                causes.any(|cause| meets(place, cause))
            };
            !finding.places.is_empty() && finding.places.iter().all(at)
        }
    }
}

impl Check {
    /// What was found, explained or not.
    pub fn findings(&self) -> &[Finding<Level>] {
        match &self.outcome {
            Outcome::Looked { findings, .. } => findings,
            Outcome::NotApplicable(_) | Outcome::NotChecked(_) => &[],
        }
    }
}

/// The files that a rule covers and could not check.
fn unseen(meta: &Meta, book: &Book) -> Vec<String> {
    let mut gaps = Vec::new();
    for part in meta.parts {
        let Some(file) = ResolvedJob::file(book, *part) else {
            continue;
        };
        // A rule that checked one file has a gap at the other that cannot be read. The rule about unreadable files, which
        // needs no facts, has none.
        if meta.needs.is_empty() {
            continue;
        }
        if let Some(why) = &file.unreadable {
            gaps.push(format!("the {} cannot be read: {why}", part.word()));
        }
        if meta
            .needs
            .iter()
            .any(|n| matches!(n, Need::Marks | Need::Codes))
        {
            gaps.extend(file_gaps(*part, file));
        }
    }
    gaps
}

/// What could not be measured of a file, pages of one reason together.
fn file_gaps(part: Part, file: &Document) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<u32>)> = Vec::new();
    for gap in &file.gaps {
        match reasons.iter_mut().find(|(why, _)| *why == gap.why) {
            Some((_, pages)) => pages.extend(gap.page),
            None => reasons.push((&gap.why, gap.page.into_iter().collect())),
        }
    }
    let part = part.word();
    reasons
        .into_iter()
        .map(|(why, pages)| match pages.as_slice() {
            [] => format!("{part}: {why}"),
            [page] => format!("{part} page {page}: {why}"),
            pages => format!("{part} pages {}: {why}", rules::fold_pages(pages, 8)),
        })
        .collect()
}
