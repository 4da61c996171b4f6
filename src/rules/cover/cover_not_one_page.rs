//! A cover in several pieces.

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct CoverNotOnePage;

impl Rule for CoverNotOnePage {
    const META: Meta = Meta {
        id: "cover-not-one-page",
        title: "the cover is not a single page",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Structure],
        why: "Back, spine and front are printed on one sheet, so they have to come as one page.",
        fix: "Lay out back, spine and front side by side on one page and export that page alone.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let pages = cx.cover()?.page_count();
        let finding = (pages != 1).then(|| {
            let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
            let finding = Finding::about(Part::Cover, format!("the cover has {pages} pages; back, spine and front make one"))
                .on_pages(1..=pages.min(1000))
                .measured(measure(pages), measure(1));
            // A book of one page beside a cover of many is the one given for the other.
            let interior = cx.book.interior.as_deref().map(|i| i.page_count());
            match interior {
                Some(1) if pages > 4 => finding.advise_alone(
                    "The interior given has one page and the cover many: the two files look swapped. Give each for the other.",
                ),
                _ => finding,
            }
        });
        Ok(Inspection::one(finding))
    }
}
