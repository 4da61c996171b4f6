//! Where a cause is, in the report for people: its pages, and its worst places.

use super::model::{CauseReport, PlaceReport, Report};
use super::text::{Emphasis, TextWriter};
use crate::model::finding::Part;
use crate::model::geometry::Rect;
use crate::model::units::{Length, Unit, tidy};

/// A place that takes so much of its page's width and height is the page.
const MOST: f64 = 0.95;

impl TextWriter<'_> {
    pub(super) fn places(&mut self, cause: &CauseReport, report: &Report) {
        // Only the pages of this message, not those that other products add.
        let said = report.findings_at(&cause.findings);
        let mut pages: Vec<u32> = said
            .filter(|f| f.message == cause.message)
            .flat_map(|f| f.pages.iter().copied())
            .collect();
        pages.sort_unstable();
        pages.dedup();
        // Names distinguish the covers of single products.
        let covers = report
            .files
            .iter()
            .filter(|f| f.role == Part::Cover)
            .count();
        let mut file = cause.file.word().to_owned();
        if cause.file == Part::Cover && covers > 1 {
            file = format!("{file} {}", cause.name);
        }
        let places = cause.places.iter().filter(|p| p.area_pt.is_some());
        let places: Vec<&PlaceReport> = places.collect();
        match self.style.verbose {
            true => self.every_place(cause, &file, &pages, &places),
            false => self.worst_place(cause, &file, &pages, &places, report),
        }
    }

    /// Every place with all that is known of it.
    fn every_place(
        &mut self,
        cause: &CauseReport,
        file: &str,
        pages: &[u32],
        places: &[&PlaceReport],
    ) {
        if !pages.is_empty() {
            self.hang("where", &format!("{file} {}", self.pages(pages)), None);
        }
        for place in places {
            let Some(area) = place.area_pt else {
                continue;
            };
            let at = position(area, self.style.unit);
            let text = format!("p. {}: {}, {at}", place.page, place.what);
            self.hang("", &text, None);
        }
        let left = cause.places_total.saturating_sub(places.len());
        if left > 0 && !places.is_empty() {
            self.hang("", &more(left), Some(Emphasis::Dim));
        }
    }

    /// The pages, the worst place, and how many others there are, as one paragraph.
    fn worst_place(
        &mut self,
        cause: &CauseReport,
        file: &str,
        pages: &[u32],
        places: &[&PlaceReport],
        report: &Report,
    ) {
        let of = report.files.iter().find(|f| f.name == cause.name);
        let is_sheet = cause.file == Part::Cover && of.is_some_and(|f| f.pages <= 1);
        let mut text = match pages {
            [] => String::new(),
            _ if is_sheet => file.to_owned(),
            pages => format!("{file} {}", self.pages(pages)),
        };
        if let Some(worst) = places.first() {
            let page = match pages {
                [_] => String::new(),
                _ => format!("p. {}, ", worst.page),
            };
            if !text.is_empty() {
                text.push_str("; ");
            }
            let page_size = of.and_then(|f| f.page_size_pt);
            let is_page = worst.area_pt.zip(page_size).is_some_and(|(area, size)| {
                area.width() >= MOST * size.width && area.height() >= MOST * size.height
            });
            // Text is found by its words.
            let is_found = is_page || worst.what.contains('"');
            let at = worst.area_pt.filter(|_| !is_found);
            let at = at.map_or(String::new(), |at| {
                format!(", {}", corner(at, self.style.unit))
            });
            text.push_str(&format!("{page}{}{at}", worst.what));
            let left = cause.places_told(report).saturating_sub(1);
            if left > 0 {
                text.push_str(&format!(" ({left} more)"));
            }
        }
        if !text.is_empty() {
            self.hang("where", &text, None);
        }
    }
}

fn more(left: usize) -> String {
    let places = if left == 1 { "place" } else { "places" };
    format!("and {left} more {places}")
}

/// Where an area begins on its page, from its top-left corner, in the unit of the job.
fn corner(area: Rect, unit: Unit) -> String {
    let [x, y, ..] = area.to_array().map(Length::pt);
    let (x, y, unit) = match unit {
        Unit::Millimetres => (x.as_mm(), y.as_mm(), "mm"),
        Unit::Inches => (x.as_inches(), y.as_inches(), "in"),
    };
    let rounded = |v: f64| match unit {
        "mm" => format!("{:.1}", tidy(v, 1)),
        _ => format!("{:.3}", tidy(v, 3)),
    };
    let (x, y) = (rounded(x), rounded(y));
    format!("{x} across, {y} {unit} down")
}

/// Where an area lies on its page: in the unit of the job, and in millimetres.
pub(super) fn position(area: Rect, unit: Unit) -> String {
    let [x0, y0, x1, y1] = area.to_array().map(Length::pt);
    let mm = |from: Length, to: Length| {
        format!("{:.1} to {:.1}", tidy(from.as_mm(), 1), tidy(to.as_mm(), 1))
    };
    let (across, down) = (mm(x0, x1), mm(y0, y1));
    match unit {
        Unit::Millimetres => format!("{across} mm from the left, {down} mm from the top"),
        Unit::Inches => {
            let inches = |from: Length, to: Length| {
                format!(
                    "{:.3} to {:.3} in",
                    tidy(from.as_inches(), 3),
                    tidy(to.as_inches(), 3)
                )
            };
            format!(
                "{} from the left, {} from the top ({across} and {down} mm)",
                inches(x0, x1),
                inches(y0, y1)
            )
        }
    }
}
