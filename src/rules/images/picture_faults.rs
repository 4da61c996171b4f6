//! Gathers the pictures that break one limit into one finding, the worst first.

use crate::model::facts::{Page, PlacedImage};
use crate::model::finding::{Finding, Measure, MeasureUnit, Part, Place};
use crate::rules::words;

/// The pictures of a file that break a limit.
#[derive(Default)]
pub(in crate::rules) struct PictureFaults(Vec<PictureFault>);

struct PictureFault {
    value: f64,
    limit: f64,
    place: Place,
}

/// Which of them is the worst.
#[derive(Clone, Copy)]
pub(in crate::rules) enum Worst {
    Lowest,
    Highest,
}

impl PictureFaults {
    /// Adds a picture whose `value` breaks a limit; these words describe it at its place.
    pub(in crate::rules) fn add(
        &mut self,
        page: &Page,
        image: &PlacedImage,
        (value, limit): (f64, f64),
        says: &str,
    ) {
        let place = Place {
            page: page.number,
            area: Some(image.area),
            what: format!("{}, {says}", words::image(image)),
        };
        self.0.push(PictureFault {
            value,
            limit,
            place,
        });
    }

    /// One finding, if there are any. The message is given how many there are, the worst value and its limit.
    pub(in crate::rules) fn finding(
        mut self,
        part: Part,
        worst: Worst,
        unit: MeasureUnit,
        message: impl Fn(usize, f64, f64) -> String,
    ) -> Option<Finding> {
        self.0.sort_by(|a, b| match worst {
            Worst::Lowest => a.value.total_cmp(&b.value),
            Worst::Highest => b.value.total_cmp(&a.value),
        });
        let (value, limit) = self.0.first().map(|worst| (worst.value, worst.limit))?;
        let message = message(self.0.len(), value, limit);
        let finding = Finding::about(part, message)
            .at_places(self.0.into_iter().map(|broken| broken.place).collect());
        Some(finding.measured(Measure::new(value, unit), Measure::new(limit, unit)))
    }
}

/// `as little as`, where there are several.
pub(in crate::rules) fn down_to(count: usize) -> &'static str {
    if count == 1 { "" } else { "as little as " }
}
