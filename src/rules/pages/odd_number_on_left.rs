//! Odd page numbers on left-hand pages.

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::{Direction, Side};
use crate::rules::heads::folios;
use crate::rules::{Context, Explains, Meta, Need, NoLimits, Rule, Scope};

/// The share of all numbered pages that have to be on the wrong side.
const SHARE: f64 = 0.8;

pub(super) struct OddNumberOnLeft;

impl Rule for OddNumberOnLeft {
    const META: Meta = Meta {
        id: "odd-number-on-left",
        title: "odd page numbers stand on left-hand pages",
        level: Level::Warning,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "The first page of the file is a right-hand page. Books number right-hand pages odd and left-hand pages even; in a \
              book that is read from right to left it is the left-hand pages that are odd. When it is the other way round, a page \
              is missing or was added at the front, and margins made for left pages are printed on right ones.",
        fix: "Add a blank page at the front, or take one out, so that the page numbered 1 is the first, third or fifth page of the \
              file; then look at the margins.",
        since: "0.1.0",
    };
    // A page too few at the front puts the numbers at the bind edge as well.
    const EXPLAINS: &'static [Explains] = &[("folio-at-bind-edge", Scope::File)];
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let folios = folios(interior);
        if folios.is_empty() {
            return Err(Skip::NotApplicable(
                "the pages bear no numbers that go up by one a page".to_owned(),
            ));
        }
        // Of what is read from right to left the left-hand page comes first.
        let (first, name, other) = match cx.resolved.direction {
            Direction::Ltr => (Side::Right, "left-hand", "right-hand"),
            Direction::Rtl => (Side::Left, "right-hand", "left-hand"),
        };
        let wrong: Vec<_> = folios
            .iter()
            .filter(|f| (f.number % 2 == 1) != (cx.resolved.placement(f.page).side == first))
            .collect();
        let all = wrong.len() as f64 >= SHARE * folios.len() as f64;
        let example = wrong.iter().find(|f| f.number % 2 == 1);
        let finding = example.filter(|_| all).map(|example| {
            let message = format!(
                "odd page numbers stand on {name} pages: number {} is page {} of the file; {other} pages are numbered odd",
                example.number, example.page.number,
            );
            let places = wrong.iter().filter(|f| f.number % 2 == 1).map(|f| Place {
                page: f.page.number,
                area: Some(f.area),
                what: format!("page number {}", f.number),
            });
            Finding::about(Part::Interior, message).at_places(places.collect())
        });
        Ok(Inspection::looked(
            folios.len(),
            finding.into_iter().collect(),
        ))
    }
}
