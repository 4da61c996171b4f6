//! Causes as the page shows them, with crops of their places.

use super::guides;
use super::maker::{Maker, class};
use super::sheets::{boxed, data_uri, sheet_anchor, whole};
use super::shots::{CROPS, Picture};
use super::view::{CauseView, Crop, Other, PlaceView, ProductLevel, SourceView};
use crate::model::finding::Level;
use crate::model::visible::visible;
use crate::profile::Source;
use crate::report::model::{CauseReport, FindingReport, PlaceReport, VerdictReport};
use crate::report::queries::pages_named;
use crate::report::text_places::position;

/// Places of a cause that are listed by their words.
const LISTED: usize = 12;

impl Maker<'_> {
    pub(super) fn cause(
        &self,
        cause: &CauseReport,
        number: usize,
        sources: &mut Vec<SourceView>,
    ) -> CauseView {
        let findings: Vec<&FindingReport> = self.report.findings_at(&cause.findings).collect();
        let products = cause.products(self.report);
        let mut classes: Vec<String> = products.iter().map(|(id, _)| class(id)).collect();
        classes.extend([cause.level.word(), cause.file.word()].map(str::to_owned));
        let mut cited: Vec<usize> = Vec::new();
        for finding in &findings {
            let index = cite(&finding.source, sources);
            if !cited.contains(&index) {
                cited.push(index);
            }
        }
        let shown = shown(cause);
        let crops = shown
            .iter()
            .filter_map(|place| self.crop(cause, place, findings.first()?));
        let places = cause.places.iter().take(LISTED);
        let products = products.iter().map(|(id, level)| ProductLevel {
            title: self.name(id),
            level: level.word(),
        });
        CauseView {
            anchor: format!("cause-{number}"),
            rule: cause.rule.to_string(),
            level: cause.level.word(),
            file: self.file_of(cause),
            message: cause.message.clone(),
            others: self.others(cause),
            products: products.collect(),
            classes: classes.join(" "),
            pages: pages_named(&cause.pages, usize::MAX),
            fix: cause.fix.clone(),
            crops: crops.collect(),
            places: places.map(|place| self.place(cause, place)).collect(),
            more: cause.places_total.saturating_sub(LISTED),
            follows: cause.followers(self.report).join(", "),
            sources: cited,
        }
    }

    /// The file of a cause; covers of single products are told apart by their names.
    fn file_of(&self, cause: &CauseReport) -> String {
        let of_part = self.report.files.iter().filter(|f| f.role == cause.file);
        match of_part.count() {
            0 | 1 => cause.file.word().to_owned(),
            _ => {
                let name = cause.name.rsplit(['/', '\\']).next().unwrap_or_default();
                format!("{} {}", cause.file.word(), visible(name))
            }
        }
    }

    /// What other products say of the same things, where their limits differ.
    fn others(&self, cause: &CauseReport) -> Vec<Other> {
        let others = cause.others(self.report).into_iter();
        let named = |(id, _): &(&str, Level)| self.name(id);
        others
            .map(|other| Other {
                products: other
                    .products
                    .iter()
                    .map(named)
                    .collect::<Vec<_>>()
                    .join(", "),
                message: other.message.to_owned(),
            })
            .collect()
    }

    fn place(&self, cause: &CauseReport, place: &PlaceReport) -> PlaceView {
        let shown = self.sheet(&cause.name, place.page);
        let at = place.area_pt.map(|area| position(area, self.unit));
        PlaceView {
            page: place.page,
            what: place.what.clone(),
            at: at.unwrap_or_default(),
            anchor: shown.map(|_| sheet_anchor(cause.file, &cause.name, place.page)),
        }
    }

    fn crop(
        &self,
        cause: &CauseReport,
        place: &PlaceReport,
        finding: &FindingReport,
    ) -> Option<Crop> {
        let (sheet, page) = self.sheet(&cause.name, place.page)?;
        let size = page.size;
        let is_own = |p: &&Picture| {
            let shot = &p.shot;
            shot.file == cause.name && shot.page == place.page && shot.place == place.area_pt
        };
        let own = place
            .area_pt
            .and_then(|_| self.pictures.iter().find(is_own));
        let is_product = |v: &&VerdictReport| v.profile == finding.profile;
        let expected = &self.report.verdicts.iter().find(is_product)?.expected;
        let direction = self.report.job.direction;
        let what = match place.what.as_str() {
            "" => String::new(),
            what => format!(": {what}"),
        };
        let mark = place
            .area_pt
            .map(|area| boxed(area.intersection(whole(size)).unwrap_or(area)));
        Some(Crop {
            caption: format!("page {}{what}", place.page),
            alt: format!("Page {} of the {}{what}", place.page, cause.file.word()),
            anchor: sheet_anchor(cause.file, &cause.name, place.page),
            view: boxed(own.map_or_else(|| whole(size), |p| p.area)),
            data: own.map(|p| data_uri(&p.data)),
            sheet: own.is_none().then_some(sheet),
            mark,
            level: cause.level.word(),
            guides: guides::of(size, place.page, direction, expected, finding),
        })
    }
}

/// The places of a cause that are shown; what concerns pages as a whole is shown by the pages.
fn shown(cause: &CauseReport) -> Vec<PlaceReport> {
    let with_area = cause.places.iter().filter(|p| p.area_pt.is_some());
    let places: Vec<PlaceReport> = with_area.take(CROPS).cloned().collect();
    if !places.is_empty() {
        return places;
    }
    let pages = cause.pages.iter().take(CROPS).map(|page| PlaceReport {
        page: *page,
        area_pt: None,
        area_mm: None,
        what: String::new(),
    });
    pages.collect()
}

/// The number of a source in the list, from 1; a new one is added.
fn cite(source: &Source, sources: &mut Vec<SourceView>) -> usize {
    let is_same = |s: &SourceView| s.title == source.title && s.url == source.url;
    let known = sources.iter().position(is_same);
    let index = known.unwrap_or_else(|| {
        sources.push(SourceView {
            title: source.title.clone(),
            url: source.url.clone(),
            checked: source.checked.clone(),
            note: source.note.clone(),
        });
        sources.len() - 1
    });
    index + 1
}
