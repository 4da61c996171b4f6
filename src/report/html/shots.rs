//! Which pages, and which places on them, the HTML report shows as pictures, and how finely.

use std::collections::BTreeMap;

use crate::model::finding::{Level, Part};
use crate::model::geometry::{Rect, Size};
use crate::pipeline::Run;
use crate::report::model::Report;

/// A picture that the report wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// The file, by its name in the report.
    pub file: String,
    /// The page, from 1.
    pub page: u32,
    /// The whole page, in points.
    pub size: Size,
    /// What of the page is shown.
    pub area: Rect,
    /// Pixels a point.
    pub scale: f64,
}

impl Shot {
    /// Whether it shows all of its page.
    pub fn is_whole(&self) -> bool {
        self.area == whole(self.size)
    }
}

/// A shot with its picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows.
    pub shot: Shot,
    /// A WebP or JPEG file.
    pub data: Vec<u8>,
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
/// The longest side of a picture, in pixels.
const LONGEST: f64 = 2000.0;
/// A crop is at least so wide and high, in points, and as much wider than its place.
const CROP: [f64; 2] = [150.0, 96.0];
const AROUND: f64 = 28.0;
/// The width of a crop in pixels.
const CROP_PIXELS: f64 = 680.0;

/// All that a page measures.
pub(super) fn whole(size: Size) -> Rect {
    Rect::new(0.0, 0.0, size.width, size.height)
}

/// The pictures that a report wants: whole pages first, then crops of the worst places.
pub fn shots(report: &Report, run: &Run<'_>) -> Vec<Shot> {
    let sizes = sizes(run);
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
        pages
            .entry((Part::Cover, &file.name, 1))
            .or_insert(Level::Note);
    }
    let mut chosen: Vec<((Part, &str, u32), Level)> = pages.into_iter().collect();
    // The pages with the worst faults are shown where not all can be.
    chosen.sort_by_key(|(page, level)| (*level, *page));
    chosen.truncate(MOST_PAGES);
    // The cover first.
    chosen.sort_by_key(|((part, name, page), _)| (*part == Part::Interior, *name, *page));
    let fits = |(most, _): &&(usize, f64)| chosen.len() <= *most;
    let ppi = FINENESS.iter().find(fits).map_or(34.0, |(_, ppi)| *ppi);
    let mut shots: Vec<Shot> = chosen
        .iter()
        .filter_map(|((part, name, page), _)| {
            let size = *sizes.get(&(*name, *page))?;
            let ppi = if *part == Part::Cover { COVER_PPI } else { ppi };
            Some(shot(name, *page, size, whole(size), ppi / 72.0))
        })
        .collect();
    let mut crops = Vec::new();
    for cause in &report.causes {
        let places = cause
            .places
            .iter()
            .filter_map(|p| Some((p.page, p.area_pt?)));
        for (page, area) in places.take(CROPS) {
            let Some(size) = sizes.get(&(cause.name.as_str(), page)) else {
                continue;
            };
            if let Some(area) = crop(area, *size) {
                let scale = CROP_PIXELS / area.width();
                let crop = shot(&cause.name, page, *size, area, scale);
                if !crops.contains(&crop) {
                    crops.push(crop);
                }
            }
        }
    }
    crops.truncate(MOST_CROPS);
    shots.extend(crops);
    shots
}

/// The part of a page around a place; none where it is most of the page anyway.
pub(super) fn crop(place: Rect, page: Size) -> Option<Rect> {
    let all = whole(page);
    let place = place.intersection(all)?;
    let [least_width, least_height] = CROP;
    let width = (place.width() + 2.0 * AROUND).max(least_width);
    let height = (place.height() + 2.0 * AROUND).max(least_height);
    if width > 0.75 * page.width || height > 0.75 * page.height {
        return None;
    }
    let [x, y] = place.middle();
    let left = (x - width / 2.0).clamp(0.0, page.width - width);
    let top = (y - height / 2.0).clamp(0.0, page.height - height);
    Some(Rect::new(left, top, left + width, top + height))
}

fn shot(file: &str, page: u32, size: Size, area: Rect, scale: f64) -> Shot {
    let longest = area.width().max(area.height()).max(1.0);
    Shot {
        file: file.to_owned(),
        page,
        size,
        area,
        scale: scale.min(LONGEST / longest),
    }
}

/// The size of every page as seen.
fn sizes<'r>(run: &'r Run<'_>) -> BTreeMap<(&'r str, u32), Size> {
    let books = run.judged.iter().map(|judged| &judged.book);
    let files = books.flat_map(|book| [&book.interior, &book.cover]);
    files
        .flatten()
        .flat_map(|file| {
            let pages = file.pages.iter();
            pages.map(|page| ((file.name.as_str(), page.number), page.size))
        })
        .filter(|(_, size)| size.width >= 1.0 && size.height >= 1.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_stays_on_its_page_and_shows_the_place() {
        let page = Size::new(432.0, 648.0);
        let place = Rect::new(0.0, 640.0, 20.0, 650.0);
        let crop = crop(place, page).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
        assert_eq!(crop.to_f64(), [0.0, 552.0, 150.0, 648.0]);
        assert!(super::crop(Rect::new(0.0, 0.0, 400.0, 20.0), page).is_none());
    }
}
