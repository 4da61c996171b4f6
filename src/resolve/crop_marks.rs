//! The trim that crop marks mark on larger sheets.

use super::trim::{EXACT, EvidencedTrim, TrimResolver, found, is_round, size_of};
use crate::model::facts::{MarkStyle, Page, TextRun};
use crate::model::geometry::Size;
use crate::profile::SAME_TRIM_PT as SAME;

/// Marks stand around at least this share of the sheet.
const LEAST_MARKED: f64 = 0.25;
/// A frame around a smaller share of a page of a size that is offered is no ornament of it.
const LEAST_FRAMED: f64 = 0.65;

impl TrimResolver<'_> {
    /// The trim that most pages' crop marks stand around.
    pub(super) fn marked(&self, page: Size) -> Option<EvidencedTrim> {
        let marked = |p: &Page| {
            let marks = p.crop_marks?;
            let size = size_of(marks.trim);
            let inside = |run: &TextRun| run.area.overlaps(marks.trim);
            let alone = marks.style != MarkStyle::Frame || p.text.iter().all(inside);
            (alone && !size.is_near(p.size, 2.0)).then_some((size, marks))
        };
        let apart = |p: &Page| marked(p).filter(|m| m.1.stand_apart()).map(|m| m.0);
        let framed = |p: &Page| marked(p).is_some_and(|m| m.1.style == MarkStyle::Frame);
        let any = |p: &Page| marked(p).map(|m| m.0);
        let drawn = self
            .interior
            .pages
            .iter()
            .filter(|p| p.ink.is_some())
            .count();
        let (size, pages) = self
            .most_common(apart)
            .filter(|(size, pages)| pages * 2 > drawn || (*pages >= 3 && self.confirmed(*size)))
            // Ornaments at the corners of the text mark an unusual size on a page of an offered one.
            .filter(|(size, _)| {
                let chosen = self.offered(*size, EXACT).is_some() || is_round(*size);
                chosen || self.offered(page, SAME).is_none() || self.confirmed(*size)
            })
            // Lines that touch their corner may be a table's: nearly every page has to have them, around one size.
            .or_else(|| {
                let (size, pages) = self.most_common(any)?;
                let sure = pages * 10 >= drawn * 9 && pages >= 2;
                let on_book = self.offered(page, SAME).is_some();
                let around_book = self.offered(size, EXACT).is_some();
                let meant = if self.interior.pages.iter().any(framed) {
                    // Most frames are ornaments near the edge of a page of a usual size.
                    let roomy = size.area() < LEAST_FRAMED * page.area();
                    let chosen = around_book || (is_round(size) && !is_round(page));
                    chosen && (roomy || !on_book)
                } else {
                    // On a sheet of an offered size, the marked size has to be offered, too.
                    !on_book || around_book
                };
                (sure && (meant || self.confirmed(size))).then_some((size, pages))
            })?;
        (size.area() >= LEAST_MARKED * page.area()).then(|| {
            let size = self.offered(size, EXACT).unwrap_or(size);
            let framed = self.interior.pages.iter().filter(|p| framed(p)).count();
            let marks = if 2 * framed > pages {
                "frames"
            } else {
                "crop marks"
            };
            found(size, format!("the {marks} on {pages} pages mark it"))
        })
    }
}
