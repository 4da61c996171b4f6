//! Which pages were weighed because they may carry more ink than a limit.

use crate::model::facts::{Page, Plates};
use crate::model::finding::Part;

/// The plates of a page that may carry more than a limit, in per cent. Where they are needed and not there in full, says why
/// among the gaps.
pub(super) fn plates_over<'p>(
    (part, page): (Part, &'p Page),
    limit: f64,
    gaps: &mut Vec<String>,
) -> Option<&'p Plates> {
    let coverage = &page.coverage;
    let bound = coverage.window_bound.unwrap_or(coverage.bound);
    if f64::from(bound) <= limit {
        return None;
    }
    let why = match (&coverage.plates, &coverage.gap) {
        (_, Some(why)) => Some(why.as_str()),
        (None, None) => Some("its ink was not weighed"),
        (Some(_), None) => None,
    };
    gaps.extend(why.map(|why| format!("{} page {}: {why}", part.word(), page.number)));
    coverage.plates.as_ref()
}
