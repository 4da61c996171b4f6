//! A last page that is printed on, where the printer puts a barcode of its own.

use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct LastPageNotBlank;

impl Rule for LastPageNotBlank {
    const META: Meta = Meta {
        id: "last-page-not-blank",
        title: "the last page is not blank",
        level: Level::Warning,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "The printer puts a bar code of its own on the last page of the block. If that page is not blank, a leaf \
              may be added for it.",
        fix: "End the interior with a blank page.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        if interior.page_count() % 2 == 1 {
            return Ok(Inspection::looked(1, Vec::new()));
        }
        let last = interior
            .pages
            .last()
            .filter(|p| p.ink.is_some() && !cx.is_blank(p));
        let finding = last.map(|page| {
            let message = format!(
                "the last page ({}) is printed on; the printer's own bar code goes there",
                page.number
            );
            Finding::about(Part::Interior, message).at_places(vec![Place {
                page: page.number,
                area: page.ink,
                what: "the extent of its ink".to_owned(),
            }])
        });
        Ok(Inspection::one(finding))
    }
}
