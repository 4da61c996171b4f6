//! Which pages, and which places on them, the HTML report shows as pictures, and how finely.

use std::collections::{BTreeMap, HashSet};

use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::report::model::{CauseReport, FindingReport, PlaceReport, Report};

/// A picture that the report wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// The file, by its name in the report.
    pub file: String,
    /// The page, from 1.
    pub page: u32,
    /// A place that is shown with what is around it; none for all of the page.
    pub place: Option<Rect>,
    /// Whether it is a page in small, which only has to be told from others.
    pub is_small: bool,
    /// Pixels a point.
    pub scale: f64,
    /// The most pixels along a side.
    pub longest: f64,
}

/// A shot with its picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What was wanted.
    pub shot: Shot,
    /// A WebP or JPEG file.
    pub data: Vec<u8>,
    /// What it shows, in points on the page.
    pub area: Rect,
    /// The size of the page.
    pub size: Size,
}

/// Crops of a cause that are shown at once; others can be unfolded.
pub(super) const AT_ONCE: usize = 3;
/// Crops of one cause, and of one report. Each takes some twenty kilobytes.
const MOST_OF_CAUSE: usize = 40;
const MOST_CROPS: usize = 200;
/// Places of a cause among which crops are chosen.
const LOOKED_AT: usize = 400;
/// Up to so many pages are all shown so finely, in pixels an inch: together they stay within some megabytes.
const FINENESS: [(usize, f64); 3] = [(12, 110.0), (40, 80.0), (64, 52.0)];
/// Of more pages so many are shown so finely, the others in small, and what is beyond those not at all.
const FINE_AMONG_MANY: (usize, f64) = (32, 60.0);
const SMALL_PAGES: usize = 800;
const SMALL_PPI: f64 = 22.0;
/// The pixels an inch of a cover, which is looked at most.
const COVER_PPI: f64 = 100.0;
/// The longest side of a page and of a crop, in pixels.
const LONGEST: f64 = 2000.0;
const CROP_PIXELS: f64 = 600.0;
/// The pixels an inch of the smallest crops; large ones have as many pixels and show more.
const CROP_PPI: f64 = 900.0;

/// Two places look the same where no edge of theirs lies further apart than this, in points: an outline and its filling, say.
const ALIKE: f64 = 6.0;

fn looks_like(place: &PlaceReport, other: &PlaceReport) -> bool {
    let (Some(a), Some(b)) = (place.area_pt, other.area_pt) else {
        return false;
    };
    let mut edges = a.to_f64().into_iter().zip(b.to_f64());
    place.page == other.page && edges.all(|(a, b)| (a - b).abs() <= ALIKE)
}

/// The places of a cause that crops are made of, each with its finding: the worst first, one a page before a page has a second.
pub(super) fn cropped<'r>(
    cause: &'r CauseReport,
    report: &'r Report,
) -> Vec<(&'r FindingReport, &'r PlaceReport)> {
    let mut pages = HashSet::new();
    let places = cause.all_places(report).into_iter();
    let placed = places.filter(|(_, place)| place.area_pt.is_some());
    let (first, more): (Vec<_>, Vec<_>) = placed.partition(|(_, place)| pages.insert(place.page));
    let mut chosen: Vec<(&FindingReport, &PlaceReport)> = Vec::new();
    for (finding, place) in first.into_iter().chain(more).take(LOOKED_AT) {
        let is_shown = chosen.iter().any(|(_, other)| looks_like(place, other));
        if chosen.len() < MOST_OF_CAUSE && !is_shown {
            chosen.push((finding, place));
        }
    }
    chosen
}

/// A page of a file, as pages are shown: covers before the interior.
type PageKey<'r> = (Part, &'r str, u32);

/// The pictures that a report wants, the most needed first, for those that come after do not fit: covers and pages in small,
/// pages that are looked at closely, the worst places of every cause, then all other places in turn.
pub fn shots(report: &Report) -> Vec<Shot> {
    let mut pages: BTreeMap<PageKey<'_>, (Level, bool)> = BTreeMap::new();
    for cause in &report.causes {
        let crops = cropped(cause, report).into_iter().take(AT_ONCE);
        let crops: HashSet<u32> = crops.map(|(_, place)| place.page).collect();
        for (order, page) in cause.pages.iter().enumerate() {
            let is_seen = crops.contains(page) || (crops.is_empty() && order < AT_ONCE);
            let (level, seen) = pages
                .entry((cause.file, &cause.name, *page))
                .or_insert((cause.level, is_seen));
            *level = cause.level.min(*level);
            *seen |= is_seen;
        }
    }
    for file in report.files.iter().filter(|f| f.role == Part::Cover) {
        let page = (Part::Cover, file.name.as_str(), 1);
        pages.entry(page).or_insert((Level::Note, true));
    }
    let mut chosen: Vec<(PageKey<'_>, (Level, bool))> = pages.into_iter().collect();
    let all = chosen.len();
    // Of many pages those with the worst faults are shown, and those that crops are of.
    chosen.sort_by_key(|(page, (level, seen))| (page.0 != Part::Cover, !seen, *level, *page));
    let fits = |(most, _): &&(usize, f64)| all <= *most;
    let (fine, ppi) = *FINENESS.iter().find(fits).unwrap_or(&FINE_AMONG_MANY);
    let page = |(part, name, page): PageKey<'_>, is_small: bool| {
        let ppi = match part {
            Part::Cover if !is_small => COVER_PPI,
            _ if is_small => SMALL_PPI,
            _ => ppi,
        };
        Shot {
            file: name.to_owned(),
            page,
            place: None,
            is_small,
            scale: ppi / 72.0,
            longest: LONGEST,
        }
    };
    let keys = chosen.into_iter().map(|(key, _)| key);
    let mut fine_pages: Vec<PageKey<'_>> = keys.collect();
    let mut small = fine_pages.split_off(fine.min(all));
    small.truncate(SMALL_PAGES);
    let (covers, fine_pages): (Vec<PageKey<'_>>, Vec<PageKey<'_>>) =
        (fine_pages.into_iter()).partition(|(part, ..)| *part == Part::Cover);
    let [worst, others] = crops(report);
    let mut shots: Vec<Shot> = covers.into_iter().map(|key| page(key, false)).collect();
    shots.extend(small.into_iter().map(|key| page(key, true)));
    shots.extend(fine_pages.into_iter().map(|key| page(key, false)));
    shots.extend(worst);
    shots.extend(others);
    shots
}

/// The crops that are seen at once, and the others: of every cause one before any has a second.
fn crops(report: &Report) -> [Vec<Shot>; 2] {
    let places: Vec<Vec<_>> = (report.causes.iter())
        .map(|cause| cropped(cause, report))
        .collect();
    let mut taken = HashSet::new();
    let mut crops: [Vec<Shot>; 2] = [Vec::new(), Vec::new()];
    for turn in 0..MOST_OF_CAUSE {
        for (cause, places) in report.causes.iter().zip(&places) {
            let Some((_, place)) = places.get(turn) else {
                continue;
            };
            let Some(area) = place.area_pt else {
                continue;
            };
            let is_new = taken.insert((&cause.name, place.page, area.to_array().map(f64::to_bits)));
            if !is_new || taken.len() > MOST_CROPS {
                continue;
            }
            let [worst, others] = &mut crops;
            let crops = if turn < AT_ONCE { worst } else { others };
            crops.push(Shot {
                file: cause.name.clone(),
                page: place.page,
                place: Some(area),
                is_small: false,
                scale: CROP_PPI / 72.0,
                longest: CROP_PIXELS,
            });
        }
    }
    crops
}
