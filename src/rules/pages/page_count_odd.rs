//! An odd number of pages.

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PageCountOdd;

impl Rule for PageCountOdd {
    const META: Meta = Meta {
        id: "page-count-odd",
        title: "the page count is odd",
        level: Level::Warning,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "A leaf has two sides, so the printer adds a blank page at the end. The spine follows the padded count.",
        fix: "Add a blank page at the end yourself, and make the cover for the even count.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        cx.interior()?;
        let pages = cx.pages()?;
        let finding = (pages % 2 == 1).then(|| {
            let padded = pages + 1;
            let message = format!(
                "{pages} {}; a blank will be added and {padded} printed",
                if pages == 1 { "page" } else { "pages" }
            );
            let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
            let advice = format!(
                "Add a blank page at the end yourself; the cover is then made for {padded} pages."
            );
            Finding::about(Part::Interior, message)
                .advise_alone(advice)
                .measured(measure(pages), measure(padded))
        });
        Ok(Inspection::one(finding))
    }
}
