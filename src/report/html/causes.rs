//! Causes as the page shows them, with crops of their places.

use super::guides::{self, InteriorPage};
use super::maker::Maker;
use super::plates;
use super::sheets::{boxed, data_uri, outlined, sheet_anchor, whole};
use super::shots::{AT_ONCE, cropped};
use super::view::{
    CauseView, Crop, InkView, InksView, LegendEntry, Other, PlaceView, ProductLevel, SourceView,
};
use crate::model::finding::Level;
use crate::model::geometry::Rect;
use crate::model::visible::visible;
use crate::profile::Source;
use crate::report::model::{CauseReport, FindingReport, PlaceReport, VerdictReport};
use crate::report::queries::pages_named;
use crate::report::text_places::position;

/// Places of a cause that are listed by their words.
const LISTED: usize = 100;
/// The distance of an outline from what it marks in a crop, as a share of the crop's width, and the most of it in points.
const APART: f64 = 0.012;
const APART_MOST: f64 = 2.5;
/// A place that takes this share of a page's width or height is shown by the page itself.
const LARGE: f64 = 0.5;

impl Maker<'_> {
    pub(super) fn cause(
        &self,
        cause: &CauseReport,
        number: usize,
        sources: &mut Vec<SourceView>,
    ) -> CauseView {
        let findings: Vec<&FindingReport> = self.report.findings_at(&cause.findings).collect();
        let products = cause.products(self.report);
        let mut cited: Vec<usize> = Vec::new();
        for finding in &findings {
            let index = cite(&finding.source, sources);
            if !cited.contains(&index) {
                cited.push(index);
            }
        }
        let (crops, key) = self.crops(cause, findings.first().copied());
        let all = cause.all_places(self.report);
        let places = all
            .iter()
            .take(LISTED)
            .map(|(_, place)| self.place(cause, place));
        let places: Vec<PlaceView> = places.collect();
        let total = cause.places_total.max(all.len());
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
            levels: match self.levels_at(cause) {
                same if same.len() < 2 => Vec::new(),
                levels => levels,
            },
            classes: self.classes(cause),
            pages: pages_named(&cause.pages, usize::MAX),
            fix: cause.fix.clone(),
            crops,
            key,
            plates: self.plates(cause),
            more: total.saturating_sub(places.len()),
            places,
            follows: cause.following(self.report),
            sources: cited,
        }
    }

    /// The separations of the worst page of a cause, if it is about ink and they could be made.
    fn plates(&self, cause: &CauseReport) -> Option<InksView> {
        let wanted = plates::wanted(cause, self.report)?;
        let set = self.plate_sets.iter().find(|set| set.shot == wanted)?;
        let share = match set.over {
            over if over >= 1.0 => format!("{over:.0} % of the page"),
            _ => "less than 1 % of the page".to_owned(),
        };
        let separations = set.separations.iter().map(|one| InkView {
            caption: format!("{}, at most {:.0} %", visible(&one.ink), one.most),
            data: data_uri(&one.data),
        });
        Some(InksView {
            page: wanted.page,
            total: InkView {
                caption: format!(
                    "all inks: red where more than {:.0} %, {share}",
                    wanted.limit
                ),
                data: data_uri(&set.total),
            },
            separations: separations.collect(),
        })
    }

    /// The file of a cause; covers of single products are told apart by their names.
    fn file_of(&self, cause: &CauseReport) -> String {
        let file = self.report.files.iter().find(|f| f.name == cause.name);
        match file.and_then(|file| self.distinct_name(file)) {
            Some(name) => format!("{} {name}", cause.file.word()),
            None => cause.file.word().to_owned(),
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

    /// The crops of a cause, and what is drawn into them. `first` is its first finding.
    fn crops(
        &self,
        cause: &CauseReport,
        first: Option<&FindingReport>,
    ) -> (Vec<Crop>, Vec<LegendEntry>) {
        let mut key: Vec<LegendEntry> = Vec::new();
        let mut crops: Vec<Crop> = Vec::new();
        let places = cropped(cause, self.report);
        for (finding, place) in &places {
            let Some(crop) = self.crop(cause, place, finding) else {
                continue;
            };
            for guide in &crop.guides {
                let entry = LegendEntry {
                    kind: guide.kind,
                    label: guide.legend().to_owned(),
                    owner: self.name(&finding.profile),
                    classes: String::new(),
                };
                if !key.contains(&entry) {
                    key.push(entry);
                }
            }
            crops.push(crop);
        }
        if let Some(finding) = first.filter(|_| places.is_empty()) {
            // What concerns pages as a whole is shown by the pages.
            let pages = cause.pages.iter().map(|page| PlaceReport {
                page: *page,
                area_pt: None,
                area_mm: None,
                what: String::new(),
            });
            let shown = pages.filter_map(|place| self.crop(cause, &place, finding));
            crops.extend(shown.take(AT_ONCE));
        }
        (crops, key)
    }

    fn crop(
        &self,
        cause: &CauseReport,
        place: &PlaceReport,
        finding: &FindingReport,
    ) -> Option<Crop> {
        let own = place
            .area_pt
            .and_then(|area| self.own_crop(&cause.name, place.page, area));
        let sheet = self.sheet(&cause.name, place.page);
        let size = own.or(sheet.map(|(_, page)| page))?.size;
        let sheet = match (own, sheet) {
            (Some(_), _) => None,
            (None, Some((number, page))) => {
                // What lies beyond the page is shown by the page as well.
                let is_large = |area: Rect| {
                    let is_off = area.intersection(whole(size)).is_none();
                    let [wide, high] = [area.width() / size.width, area.height() / size.height];
                    is_off || wide >= LARGE || high >= LARGE
                };
                let is_shown = place.area_pt.is_none_or(is_large) && !page.shot.is_small;
                Some(is_shown.then_some(number)?)
            }
            (None, None) => return None,
        };
        let is_product = |v: &&VerdictReport| v.profile == finding.profile;
        let expected = &self.report.verdicts.iter().find(is_product)?.expected;
        let what = match place.what.as_str() {
            "" => String::new(),
            what => format!(": {what}"),
        };
        let view = own.map_or_else(|| whole(size), |p| p.area);
        let apart = (APART * view.width()).min(APART_MOST);
        let page = InteriorPage {
            size,
            number: place.page,
            direction: self.report.job.direction,
            expected,
            unit: self.unit,
        };
        Some(Crop {
            caption: format!("page {}{what}", place.page),
            alt: format!("Page {} of the {}{what}", place.page, cause.file.word()),
            anchor: sheet_anchor(cause.file, &cause.name, place.page),
            view: boxed(view),
            data: own.map(|p| data_uri(&p.data)),
            sheet,
            mark: place.area_pt.map(|area| outlined(area, apart, view)),
            level: finding.level.word(),
            guides: guides::of(page, finding, place.area_pt),
            choice: self.index.number(&cause.name, place.page)?,
        })
    }
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
