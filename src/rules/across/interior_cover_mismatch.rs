//! An interior and a cover that were made for different books.

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::units::Length;
use crate::resolve::cover_art;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Heights that differ by less than this in points are of one trim; smaller faults are the cover size's.
const SAME: f64 = 4.5;

pub(super) struct InteriorCoverMismatch;

impl Rule for InteriorCoverMismatch {
    const META: Meta = Meta {
        id: "interior-cover-mismatch",
        title: "interior and cover were made for different trims",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "A cover is as high as the book's pages. When the two disagree, one of them belongs to another edition.",
        fix: "Check that both files are of the same edition and were made for the same trim size.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let page = cx.cover_page()?;
        let trim = cx.trim()?;
        let model = cx.model()?;
        let height = cover_art(page, trim, model).size.height;
        let of_cover = model.trim_height_of(height);
        // With bleed or, by mistake, without: either way its height gives its trim.
        let agrees = [of_cover, height]
            .iter()
            .any(|h| (h - trim.height).abs() <= SAME);
        let wide_enough = page.size.width + SAME >= trim.width;
        let finding = (!agrees || !wide_enough).then(|| {
            if agrees {
                let (wide, page) = (Length::pt(page.size.width), Length::pt(trim.width));
                let message = format!(
                    "the cover is {} wide, less than one page of the interior, which is {} wide",
                    cx.resolved.words(wide),
                    cx.resolved.words(page),
                );
                return Finding::about(Part::Cover, message)
                    .on_pages([1])
                    .measured(Measure::length(wide), Measure::length(page));
            }
            let of_cover = Length::pt(of_cover);
            let message = format!(
                "the cover is made for pages {} high; the interior's {} pages are {} high",
                cx.resolved.words(of_cover),
                interior.page_count(),
                cx.resolved.words(Length::pt(trim.height)),
            );
            Finding::about(Part::Cover, message).on_pages([1]).measured(
                Measure::length(of_cover),
                Measure::length(Length::pt(trim.height)),
            )
        });
        Ok(Inspection::one(finding))
    }
}
