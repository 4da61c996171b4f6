//! Which pages, and which places on them, the HTML report shows as pictures, and how finely.

use std::collections::BTreeMap;

use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::report::model::{PlaceReport, Report};

/// A picture that the report wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// The file, by its name in the report.
    pub file: String,
    /// The page, from 1.
    pub page: u32,
    /// A place that is shown with what is around it; none for all of the page.
    pub place: Option<Rect>,
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

/// Places of a cause that are shown as a crop.
pub(super) const CROPS: usize = 3;
/// Crops of one report. Each takes some thirty kilobytes.
const MOST_CROPS: usize = 60;
/// A cause on so few pages has all of them shown.
const FEW: usize = 6;
/// Pages of one report that are shown; more are named only.
const MOST_PAGES: usize = 400;
/// Up to so many pages are shown so finely, in pixels an inch: together they stay within some megabytes.
const FINENESS: [(usize, f64); 4] = [(12, 110.0), (40, 80.0), (120, 52.0), (MOST_PAGES, 34.0)];
/// The pixels an inch of a cover, which is looked at most.
const COVER_PPI: f64 = 100.0;
/// The longest side of a page and of a crop, in pixels.
const LONGEST: f64 = 2000.0;
const CROP_PIXELS: f64 = 680.0;
/// The pixels an inch of a crop that is not wide.
const CROP_PPI: f64 = 330.0;

/// Two places look the same where no edge of theirs lies further apart than this, in points: an outline and its filling, say.
const ALIKE: f64 = 6.0;

fn looks_like(place: &PlaceReport, other: &PlaceReport) -> bool {
    let (Some(a), Some(b)) = (place.area_pt, other.area_pt) else {
        return false;
    };
    let mut edges = a.to_f64().into_iter().zip(b.to_f64());
    place.page == other.page && edges.all(|(a, b)| (a - b).abs() <= ALIKE)
}

/// The pictures that a report wants: whole pages first, the cover before all, then crops of the worst places.
pub fn shots(report: &Report) -> Vec<Shot> {
    let mut pages: BTreeMap<(Part, &str, u32), Level> = BTreeMap::new();
    for cause in &report.causes {
        // What is on many pages is seen on those of its worst places.
        let places = cause.places.iter().filter(|p| p.area_pt.is_some());
        let few = cause.pages.iter().filter(|_| cause.pages.len() <= FEW);
        for page in places.map(|p| &p.page).chain(few) {
            let level = pages
                .entry((cause.file, &cause.name, *page))
                .or_insert(cause.level);
            *level = cause.level.min(*level);
        }
    }
    for file in report.files.iter().filter(|f| f.role == Part::Cover) {
        let page = (Part::Cover, file.name.as_str(), 1);
        pages.entry(page).or_insert(Level::Note);
    }
    let mut chosen: Vec<((Part, &str, u32), Level)> = pages.into_iter().collect();
    // The pages with the worst faults are shown where not all can be.
    chosen.sort_by_key(|(page, level)| (*level, *page));
    chosen.truncate(MOST_PAGES);
    chosen.sort_by_key(|((part, name, page), _)| (*part == Part::Interior, *name, *page));
    let fits = |(most, _): &&(usize, f64)| chosen.len() <= *most;
    let ppi = FINENESS.iter().find(fits).map_or(34.0, |(_, ppi)| *ppi);
    let page = |((part, name, page), _): &((Part, &str, u32), Level)| {
        let ppi = if *part == Part::Cover { COVER_PPI } else { ppi };
        Shot {
            file: (*name).to_owned(),
            page: *page,
            place: None,
            scale: ppi / 72.0,
            longest: LONGEST,
        }
    };
    let mut shots: Vec<Shot> = chosen.iter().map(page).collect();
    let mut crops = Vec::new();
    for cause in &report.causes {
        let mut places: Vec<&PlaceReport> = Vec::new();
        for place in cause.places.iter().filter(|p| p.area_pt.is_some()) {
            if places.len() < CROPS && !places.iter().any(|other| looks_like(place, other)) {
                places.push(place);
            }
        }
        for place in places {
            let crop = Shot {
                file: cause.name.clone(),
                page: place.page,
                place: place.area_pt,
                scale: CROP_PPI / 72.0,
                longest: CROP_PIXELS,
            };
            if !crops.contains(&crop) {
                crops.push(crop);
            }
        }
    }
    crops.truncate(MOST_CROPS);
    shots.extend(crops);
    shots
}
