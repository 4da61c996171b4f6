//! Where a cause is, in the report for people: its pages, and its worst places.

use super::model::{CauseReport, Report};
use super::text::{Emphasis, TextWriter};
use crate::model::finding::Part;
use crate::model::geometry::Rect;
use crate::model::units::{Length, Unit, tidy};

/// Places shown of one cause unless all are asked for: the worst.
const FEW_PLACES: usize = 1;

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
        if !pages.is_empty() {
            // Names distinguish the covers of single products.
            let covers = report
                .files
                .iter()
                .filter(|f| f.role == Part::Cover)
                .count();
            let named = match cause.file == Part::Cover && covers > 1 {
                true => format!(" {}", cause.name),
                false => String::new(),
            };
            let text = format!("{}{named} {}", cause.file.word(), self.pages(&pages));
            self.hang("where", &text, None);
        }
        let most = if self.style.verbose {
            usize::MAX
        } else {
            FEW_PLACES
        };
        let places: Vec<_> = cause
            .places
            .iter()
            .filter(|p| p.area_mm.is_some())
            .collect();
        for place in places.iter().take(most) {
            let Some(area) = place.area_pt else {
                continue;
            };
            let text = format!(
                "p. {}: {}, {}",
                place.page,
                place.what,
                position(area, self.style.unit)
            );
            self.hang("", &text, None);
        }
        let left = cause.places_total.saturating_sub(places.len().min(most));
        if left > 0 && !places.is_empty() {
            let places = if left == 1 { "place" } else { "places" };
            self.hang(
                "",
                &format!("and {left} more {places}"),
                Some(Emphasis::Dim),
            );
        }
    }
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
