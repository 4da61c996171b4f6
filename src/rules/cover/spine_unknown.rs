//! Judges a cover's size where the spine is unknown: its height, and whether any spine could give its width.

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place};
use crate::model::units::{Length, SLACK_PT};
use crate::rules::cover::cover_size_check::Limits;
use crate::rules::cover::cover_size_check::{CoverSizeCheck, off_by};

/// A page of no book paper is thicker, in millimetres: half a leaf of card of 300 g.
const THICKEST_PAGE_MM: f64 = 0.17;
/// What boards and their glue add at the very most, in millimetres.
const THICKEST_CASE_MM: f64 = 8.0;

impl CoverSizeCheck<'_> {
    /// The outcome where the spine is unknown: the height, and whether any spine could give this width.
    pub(super) fn without_spine(&self, limits: &Limits) -> Inspection {
        let resolved = self.cx.resolved;
        let size = self.art.size;
        let least = self.model.size(self.trim, Length::default());
        let spine = self.model.spine_of(self.trim, size.width);
        let pages = resolved.pages.unwrap_or_default();
        let thickest = Length::mm(f64::from(pages) * THICKEST_PAGE_MM + THICKEST_CASE_MM);
        let height_off = Length::pt(size.height - least.height);
        let is = format!("the cover is {}", resolved.size_words(size));
        let impossible = if limits.refused().is_some() {
            Level::Error
        } else {
            Level::Warning
        };
        let high = |limit: Length| height_off.as_pt().abs() > limit.as_pt() + SLACK_PT;
        let (level, message, measured) = if high(limits.warn_beyond) {
            let level = if limits.refused().is_some_and(high) {
                Level::Error
            } else {
                Level::Warning
            };
            let message = format!(
                "{is}; a cover for pages of {} is {} high",
                resolved.size_words(self.trim),
                resolved.words(Length::pt(least.height)),
            );
            (level, message, (size.height, least.height))
        } else if spine.as_pt() < -limits.warn_beyond.as_pt() - SLACK_PT {
            let message = format!(
                "{is}; even without a spine it is {} wide",
                resolved.words(Length::pt(least.width))
            );
            (impossible, message, (size.width, least.width))
        } else if spine > thickest {
            let message = format!(
                "{is}, which leaves {} for the spine; {pages} pages of no paper make more than {}",
                resolved.words(spine),
                resolved.words(thickest),
            );
            (
                impossible,
                message,
                (size.width, least.width + thickest.as_pt()),
            )
        } else {
            return Inspection {
                at: 1,
                findings: Vec::new(),
                gaps: vec![self.unknown_width()],
            };
        };
        let mut advice = self.shape(None);
        advice.push("Make the cover with the platform's own template.".to_owned());
        let place = Place {
            page: self.page.number,
            area: Some(self.art.area),
            what: off_by(self.cx.resolved, Length::default(), height_off),
        };
        let finding = Finding::about(Part::Cover, message)
            .at(level)
            .at_places(vec![place])
            .measured(
                Measure::length(Length::pt(measured.0)),
                Measure::length(Length::pt(measured.1)),
            )
            .advise(advice.join(" "));
        Inspection {
            at: 1,
            findings: vec![finding],
            gaps: vec![self.unknown_width()],
        }
    }

    /// Why the width is not judged.
    fn unknown_width(&self) -> String {
        let resolved = self.cx.resolved;
        let title = &resolved.profile.title;
        let room = resolved.words(self.model.spine_of(self.trim, self.art.size.width));
        let Some((stock, known)) = resolved.stock.map(|s| (&s.title, s.spine.is_known())) else {
            return "cover width: the platform has no such paper".to_owned();
        };
        if !known {
            return format!(
                "cover width: how wide the spine of {title} in {stock} is, only the printer's own calculator knows; tell its \
                 answer with --spine (the cover has room for {room})"
            );
        }
        let others = self
            .cx
            .stocks()
            .unwrap_or_default()
            .into_iter()
            .filter(|s| !s.spine.is_known());
        let others: Vec<&str> = others.map(|s| s.title.as_str()).collect();
        format!(
            "cover width: it does not fit {stock}, and how wide the spine in {} is, only the printer's own calculator knows; \
             tell --paper, or its answer with --spine (the cover has room for {room})",
            others.join(" or "),
        )
    }
}
