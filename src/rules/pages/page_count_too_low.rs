//! Fewer pages than the platform binds.

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PageCountTooLow;

impl Rule for PageCountTooLow {
    const META: Meta = Meta {
        id: "page-count-too-low",
        title: "the book has fewer pages than the platform binds",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "A binding needs a block thick enough to hold the glue; below its minimum the platform does not take the book.",
        fix: "Add pages (front matter, notes, a sample of the next book), or choose another paper, ink or binding.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let bounds = cx.page_bounds()?;
        let Some(fewest) = bounds.refused.fewest else {
            return Err(cx.unknown_limit("fewest"));
        };
        let finding = (bounds.printed < fewest).then(|| {
            let pages = cx.resolved.pages.unwrap_or(bounds.printed);
            let counted = crate::rules::words::count(usize::try_from(pages).unwrap_or(usize::MAX), "page", "pages");
            let message = format!("{counted}; {} starts at {fewest}", bounds.of);
            let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
            let finding = Finding::about(Part::Interior, message).measured(measure(pages), measure(fewest));
            let other = cx.stocks_taking(bounds.printed);
            match other.is_empty() {
                true => finding.advise_alone(
                    "No paper takes as few: add pages (front matter, notes, a sample of the next book), or choose another binding or platform.",
                ),
                false => finding.advise(format!("It can be had in {}.", other.join(", "))),
            }
        });
        Ok(Inspection::one(finding))
    }
}
