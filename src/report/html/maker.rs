//! Makes the view of the page from a report.

use std::collections::{BTreeSet, HashMap};

use super::Pictures;
use super::pages::PageIndex;
use super::plates::PlateSet;
use super::shots::Picture;
use super::view::{
    AssumptionView, CauseView, CodeView, File, GapView, Link, Named, VerdictView, View,
};
use crate::model::facts::CodeKind;
use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::model::units::{Length, Unit};
use crate::model::visible::visible;
use crate::profile::Profile;
use crate::report::model::{
    CauseReport, FileReport, FindingReport, Report, Verdict, VerdictReport,
};
use crate::report::queries::{pages_named, product_name};

/// What the parts of the view are made from.
pub(super) struct Maker<'a> {
    pub(super) report: &'a Report,
    pub(super) known: &'a [Profile],
    pub(super) pictures: &'a [Picture],
    pub(super) plate_sets: &'a [PlateSet],
    pub(super) unit: Unit,
    pub(super) index: PageIndex<'a>,
    /// The pictures of whole pages, by their numbers among them.
    pub(super) whole_pages: HashMap<(&'a str, u32), (usize, &'a Picture)>,
    crops: HashMap<PlaceKey<'a>, &'a Picture>,
}

/// A place on a page of a file, to be looked up.
type PlaceKey<'a> = (&'a str, u32, [u64; 4]);

fn bits(area: Rect) -> [u64; 4] {
    area.to_array().map(f64::to_bits)
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        report: &'a Report,
        known: &'a [Profile],
        pictures: &'a Pictures,
        unit: Unit,
    ) -> Self {
        let plate_sets = &pictures.plates;
        let pictures = &pictures.shots;
        let whole = pictures.iter().filter(|p| p.shot.place.is_none());
        let whole = whole.enumerate();
        let whole = whole.map(|(n, p)| ((p.shot.file.as_str(), p.shot.page), (n, p)));
        let crops = pictures.iter().filter_map(|picture| {
            let shot = &picture.shot;
            Some(((shot.file.as_str(), shot.page, bits(shot.place?)), picture))
        });
        Self {
            report,
            known,
            pictures,
            plate_sets,
            unit,
            index: PageIndex::new(report),
            whole_pages: whole.collect(),
            crops: crops.collect(),
        }
    }

    /// The picture of a place.
    pub(super) fn own_crop(&self, file: &str, page: u32, area: Rect) -> Option<&'a Picture> {
        self.crops.get(&(file, page, bits(area))).copied()
    }
}

impl Maker<'_> {
    pub(super) fn view(&self) -> View {
        let report = self.report;
        let mut sources = Vec::new();
        let causes: Vec<CauseView> = (report.causes.iter().zip(1..))
            .map(|(cause, number)| self.cause(cause, number, &mut sources))
            .collect();
        let is_wrong = report.causes.iter().any(|c| c.level != Level::Note);
        let [small, missing] = self.left_out();
        let name = report.files.first().map_or("", |f| f.name.as_str());
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let assumptions = report.job.assumptions.iter().map(|a| AssumptionView {
            what: a.what.to_string(),
            value: a.value.clone(),
            evidence: a.evidence.clone(),
        });
        let products = report.verdicts.iter().map(|v| Named {
            id: self.class(&v.profile),
            title: self.name(&v.profile),
        });
        let gaps = report.gaps().into_iter().map(|(why, rules)| GapView {
            why: why.to_owned(),
            rules: rules.into_iter().map(str::to_owned).collect(),
        });
        View {
            title: visible(report.job.title.as_deref().unwrap_or(name)).into_owned(),
            version: report.tool.version.to_string(),
            files: report.files.iter().map(|f| self.file(f)).collect(),
            verdicts: report.verdicts.iter().map(|v| self.verdict(v)).collect(),
            assumptions: assumptions.collect(),
            products: products.collect(),
            causes,
            is_wrong,
            filters: self.filters(),
            counts: self.counts(),
            pages: self.choices(),
            sheets: self.sheets(),
            small,
            missing,
            legend: self.legend(),
            codes: self.codes(),
            gaps: gaps.collect(),
            sources,
        }
    }

    pub(super) fn name(&self, profile: &str) -> String {
        product_name(self.known, profile)
    }

    fn size(&self, size: Size) -> String {
        let [width, height] = size.to_array().map(|pt| Length::pt(pt).show(self.unit));
        format!("{width} × {height}")
    }

    fn file(&self, file: &FileReport) -> File {
        let facts = match (file.page_size_pt, file.readable) {
            (Some(size), true) => {
                let pages = if file.pages == 1 { "page" } else { "pages" };
                format!("{} {pages}, {}", file.pages, self.size(size))
            }
            _ => "cannot be read".to_owned(),
        };
        let all = file.products.len() == self.report.verdicts.len();
        let products: Vec<String> = file.products.iter().map(|p| self.name(p)).collect();
        File {
            role: file.role.word(),
            name: visible(&file.name).into_owned(),
            facts,
            products: if all {
                String::new()
            } else {
                products.join(", ")
            },
        }
    }

    fn verdict(&self, verdict: &VerdictReport) -> VerdictView {
        let only = self.report.only_file(&verdict.profile);
        let files = match only {
            Some(Part::Interior) => "this interior",
            Some(Part::Cover) => "this cover",
            None => "these files",
        };
        let (word, class) = match verdict.verdict {
            Verdict::Pass => ("Pass", "pass"),
            Verdict::Warn => ("Warnings", "warn"),
            Verdict::Fail => ("Fail", "fail"),
            Verdict::Incomplete => ("Incomplete", "open"),
        };
        let says = match (verdict.verdict, verdict.standard) {
            (Verdict::Pass, false) => format!("It would take {files}."),
            (Verdict::Pass, true) => format!("Nothing in {files} breaks it."),
            (Verdict::Warn, false) => {
                format!("It would take {files}; look at the warnings first.")
            }
            (Verdict::Warn, true) => {
                format!("Nothing in {files} breaks it for sure; look at the warnings.")
            }
            (Verdict::Fail, false) => format!("It would not take {files}."),
            (Verdict::Fail, true) => format!("There is what breaks it in {files}."),
            (Verdict::Incomplete, false) => {
                format!("Nothing stops {files}, but not all could be checked.")
            }
            (Verdict::Incomplete, true) => {
                format!("No breach was found in {files}, but not all could be checked.")
            }
        };
        // A standard is of files, not of books.
        let only = only.filter(|_| !verdict.standard);
        let missing = only.map(|part| format!(" No {} was given.", part.other().word()));
        let says = says + &missing.unwrap_or_default();
        let worst = match verdict.verdict {
            Verdict::Fail => Level::Error,
            _ => Level::Warning,
        };
        let stops = self.report.causes.iter().zip(1..).filter(|(cause, _)| {
            let mut here = self.report.findings_at(&cause.findings);
            here.any(|f| f.profile == verdict.profile && f.level == worst)
        });
        let stops = stops.map(|(cause, number)| Link {
            text: headline(
                cause,
                self.report.findings_at(&cause.findings),
                &verdict.profile,
            ),
            anchor: format!("cause-{number}"),
        });
        let mut counts = Vec::new();
        for (number, noun) in [
            (verdict.errors, "error"),
            (verdict.warnings, "warning"),
            (verdict.notes, "note"),
        ] {
            if number > 0 {
                let s = if number == 1 { "" } else { "s" };
                counts.push(format!("{number} {noun}{s}"));
            }
        }
        if verdict.not_checked > 0 {
            counts.push(format!("{} not checked", verdict.not_checked));
        }
        VerdictView {
            title: self.name(&verdict.profile),
            word,
            class,
            says,
            stops: stops.collect(),
            counts: counts.join(", "),
            wants: self.wants(verdict),
        }
    }

    /// What a product wants of the book.
    fn wants(&self, verdict: &VerdictReport) -> Vec<String> {
        let expected = &verdict.expected;
        let mut wants = Vec::new();
        if let Some(pages) = expected.pages {
            let profile = self.known.iter().find(|p| p.id == verdict.profile);
            let stocks = profile.map(|p| p.stocks.as_slice()).unwrap_or_default();
            let stock = stocks
                .iter()
                .find(|s| Some(&s.id) == expected.stock.as_ref());
            let stock = stock.map_or(String::new(), |s| format!(" in {}", s.title));
            wants.push(format!("{pages} printed pages{stock}"));
        }
        if let Some(spine) = expected.spine_pt {
            wants.push(format!("spine {}", Length::pt(spine).show(self.unit)));
        }
        if let Some(size) = expected.cover_size_pt {
            wants.push(format!("cover {}", self.size(size)));
        }
        wants
    }

    fn codes(&self) -> Vec<CodeView> {
        let codes = self.report.codes.iter().map(|code| CodeView {
            kind: match code.kind {
                CodeKind::Qr => "QR code",
                CodeKind::Ean13 => "bar code (EAN-13)",
                CodeKind::DataMatrix => "Data Matrix",
                _ => "bar code",
            },
            text: visible(&code.text).into_owned(),
            place: format!("{} page {}", code.file.map_or("", Part::word), code.page),
            size: Length::mm(code.side_mm).show(self.unit),
            grade: code.grade.map(|grade| format!("{:.1}", grade.overall)),
        });
        codes.collect()
    }
}

/// A cause in a few words: its rule, and where a product has it. Others may have it on other pages.
fn headline<'f>(
    cause: &CauseReport,
    findings: impl Iterator<Item = &'f FindingReport>,
    profile: &str,
) -> String {
    let rule = cause.rule.replace('-', " ");
    let here = findings.filter(|f| f.profile == profile);
    let pages: BTreeSet<u32> = here.flat_map(|f| f.pages.iter().copied()).collect();
    let pages: Vec<u32> = pages.into_iter().collect();
    match pages_named(&pages, 3) {
        Some(pages) if cause.file == Part::Interior => format!("{rule}: {pages}"),
        _ => format!("{rule}: {}", cause.file.word()),
    }
}
