//! Whole pages as the page shows them, with all their places.

use std::cmp::Reverse;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::guides::{self, Guide, InteriorPage};
use super::maker::Maker;
use super::pages::FoundPage;
use super::shots::Picture;
use super::view::{CauseLink, GuideSet, LegendEntry, MarkGroup, Sheet};
use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::model::units::round3;
use crate::report::model::{FindingReport, VerdictReport};

/// Places of one cause that are marked on one page.
const MARKS: usize = 60;
/// The distance of an outline from what it marks on a whole page, in points.
const APART: f64 = 2.0;
/// Marks below this share of a page lie over larger ones.
const LARGE: f64 = 0.25;

/// What lies over what: small marks over large ones, worse ones over others, those of first causes over later ones.
type MarkOrder = (bool, Reverse<Level>, Reverse<usize>);

impl Maker<'_> {
    /// The picture of a whole page, with its number among those that are shown.
    pub(super) fn sheet(&self, file: &str, page: u32) -> Option<(usize, &Picture)> {
        self.whole_pages.get(&(file, page)).copied()
    }

    /// Every page that is shown, those in small last.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let pages = self.index.pages.iter().enumerate();
        let shown = pages.filter_map(|(choice, found)| {
            let (number, picture) = self.sheet(&found.file.name, found.page)?;
            Some(self.of_page(choice, found, number, picture))
        });
        let mut sheets: Vec<Sheet> = shown.collect();
        sheets.sort_by_key(|sheet| sheet.is_small);
        sheets
    }

    fn of_page(
        &self,
        choice: usize,
        found: &FoundPage<'_>,
        number: usize,
        picture: &Picture,
    ) -> Sheet {
        let is_cover = found.file.role == Part::Cover;
        let causes = found.causes.iter().filter_map(|n| {
            let cause = self.report.causes.get(*n)?;
            Some(CauseLink {
                level: cause.level.word(),
                text: cause.rule.replace('-', " "),
                anchor: format!("cause-{}", n + 1),
            })
        });
        Sheet {
            anchor: sheet_anchor(found.file.role, &found.file.name, found.page),
            choice,
            number,
            file: found.file.role.word(),
            name: self.distinct_name(found.file).unwrap_or_default(),
            page: found.page,
            width: round3(picture.size.width),
            height: round3(picture.size.height),
            data: data_uri(&picture.data),
            guides: self.guides(found, picture.size),
            marks: self.marks(found, picture.size),
            causes: causes.collect(),
            is_cover,
            is_small: picture.shot.is_small,
        }
    }

    /// The places of a page, cause by cause. Small ones lie over large ones and errors over notes, so that each can be seen and
    /// clicked.
    fn marks(&self, found: &FoundPage<'_>, size: Size) -> Vec<MarkGroup> {
        let page = size.width * size.height;
        let mut groups: Vec<(MarkOrder, MarkGroup)> = Vec::new();
        for n in &found.causes {
            let Some(cause) = self.report.causes.get(*n) else {
                continue;
            };
            let here = found.places.iter().filter(|(of, ..)| of == n);
            let areas =
                here.filter_map(|(_, finding, place)| Some((finding.level, place.area_pt?)));
            for (level, area) in areas.take(MARKS) {
                let order = (area.area() < LARGE * page, Reverse(level), Reverse(*n));
                let area = outlined(area, APART, whole(size));
                match groups.iter_mut().find(|(known, _)| *known == order) {
                    Some((_, group)) => group.areas.push(area),
                    None => {
                        let group = MarkGroup {
                            level: level.word(),
                            areas: vec![area],
                            message: format!("{}: {}", level.word(), cause.rule.replace('-', " ")),
                            anchor: format!("cause-{}", n + 1),
                        };
                        groups.push((order, group));
                    }
                }
            }
        }
        groups.sort_by_key(|(order, _)| *order);
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The guides of a page by product; those of products that want the same are drawn once.
    fn guides(&self, found: &FoundPage<'_>, size: Size) -> Vec<GuideSet> {
        let mut sets: Vec<(Vec<String>, Vec<Guide>)> = Vec::new();
        for verdict in self.verdicts_of(found) {
            let guides = self.guides_at(found, size, verdict);
            let class = self.class(&verdict.profile);
            match sets.iter_mut().find(|(_, known)| *known == guides) {
                Some((classes, _)) => classes.push(class),
                None => sets.push((vec![class], guides)),
            }
        }
        // Until a product is chosen a cover has the lines of one: those of several lie side by side.
        let is_cover = found.file.role == Part::Cover;
        for (classes, _) in sets.iter_mut().take(if is_cover { 1 } else { usize::MAX }) {
            classes.push("p-all".to_owned());
        }
        let drawn = sets.into_iter().filter(|(_, guides)| !guides.is_empty());
        drawn
            .map(|(classes, guides)| GuideSet {
                classes: classes.join(" "),
                guides,
            })
            .collect()
    }

    /// The products that a file is for.
    fn verdicts_of<'a>(&'a self, found: &FoundPage<'a>) -> Vec<&'a VerdictReport> {
        let verdicts = self.report.verdicts.iter();
        let of_file = verdicts.filter(|v| found.file.products.contains(&v.profile));
        of_file.collect()
    }

    fn guides_at(&self, found: &FoundPage<'_>, size: Size, verdict: &VerdictReport) -> Vec<Guide> {
        if found.file.role == Part::Cover {
            return guides::cover(size, &verdict.expected);
        }
        let page = InteriorPage {
            size,
            number: found.page,
            direction: self.report.job.direction,
            expected: &verdict.expected,
            unit: self.unit,
        };
        let findings = self.report.findings.iter();
        let own = findings.filter(|f| f.profile == verdict.profile && f.file == Part::Interior);
        let own: Vec<&FindingReport> = own.collect();
        let is_limit = |n: &&usize| {
            let cause = self.report.causes.get(**n);
            cause.is_some_and(|c| guides::has_line(&c.rule))
        };
        let of_limit = found.causes.iter().find(is_limit);
        let place = found.places.iter().find(|(n, ..)| Some(n) == of_limit);
        guides::interior(page, &own, place.and_then(|(.., place)| place.area_pt))
    }

    /// What the lines over the pages are, and whose.
    pub(super) fn legend(&self) -> Vec<LegendEntry> {
        let mut entries: Vec<(bool, LegendEntry)> = Vec::new();
        for found in &self.index.pages {
            let Some((_, picture)) = self.sheet(&found.file.name, found.page) else {
                continue;
            };
            let is_cover = found.file.role == Part::Cover;
            for set in self.guides(found, picture.size) {
                for guide in &set.guides {
                    let entry = LegendEntry {
                        kind: guide.kind,
                        label: guide.legend().to_owned(),
                        owner: String::new(),
                        classes: set.classes.clone(),
                    };
                    // Lines of interiors are those of all products together, those of a cover of some at a time.
                    let is_known = |(of_cover, known): &&mut (bool, LegendEntry)| {
                        let is_same = known.kind == entry.kind && known.label == entry.label;
                        let is_shown = !is_cover || known.classes == entry.classes;
                        *of_cover == is_cover && is_same && is_shown
                    };
                    match entries.iter_mut().find(is_known) {
                        Some((_, known)) => join(&mut known.classes, &entry.classes),
                        None => entries.push((is_cover, entry)),
                    }
                }
            }
        }
        let named = entries.into_iter().map(|(_, entry)| {
            let has = |v: &&VerdictReport| {
                let class = self.class(&v.profile);
                entry.classes.split(' ').any(|c| c == class)
            };
            let owners = self.report.verdicts.iter().filter(has);
            let names: Vec<String> = owners.map(|v| self.name(&v.profile)).collect();
            LegendEntry {
                owner: names.join(", "),
                ..entry
            }
        });
        named.collect()
    }
}

/// Adds the classes that are not there yet.
fn join(classes: &mut String, more: &str) {
    for class in more.split(' ') {
        if !classes.split(' ').any(|known| known == class) {
            classes.push(' ');
            classes.push_str(class);
        }
    }
}

/// An outline that stands a little apart from what it marks and stays within what is shown.
pub(super) fn outlined(area: Rect, apart: f64, shown: Rect) -> [f64; 4] {
    let within = shown.inflate(-0.4 * apart);
    let around = area.inflate(apart);
    boxed(around.intersection(within).unwrap_or(around)).map(|v| (v * 100.0).round() / 100.0)
}

/// All that a page measures.
pub(super) fn whole(size: Size) -> Rect {
    Rect::new(0.0, 0.0, size.width, size.height)
}

/// A rectangle as x, y, width and height.
pub(super) fn boxed(area: Rect) -> [f64; 4] {
    let [x0, y0, x1, y1] = area.to_array();
    [x0, y0, x1 - x0, y1 - y0]
}

/// The id of a page. Names of files may hold anything: a sum of their bytes stands in for them.
pub(super) fn sheet_anchor(part: Part, name: &str, page: u32) -> String {
    let sum = name.bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    format!("{}-{sum:x}-{page}", part.word())
}

pub(super) fn data_uri(data: &[u8]) -> String {
    let kind = if data.starts_with(b"RIFF") {
        "webp"
    } else {
        "jpeg"
    };
    format!("data:image/{kind};base64,{}", STANDARD.encode(data))
}
