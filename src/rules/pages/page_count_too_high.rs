//! More pages than the platform binds.

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct PageCountTooHigh;

impl Rule for PageCountTooHigh {
    const META: Meta = Meta {
        id: "page-count-too-high",
        title: "the book has more pages than the platform binds",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Every binding ends at a thickness; above it the platform does not take the book. Thinner paper and smaller \
              type push the limit.",
        fix: "Choose a thinner paper or a larger trim, tighten the setting, or split the book into volumes.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let bounds = cx.page_bounds()?;
        // What is more than the stock's most in any trim is too much in this one.
        let beyond_all = bounds.widest.filter(|most| bounds.printed > *most);
        if bounds.safe.is_some_and(|safe| bounds.printed <= safe) {
            return Ok(Inspection::one(None));
        }
        let Some(most) = bounds.refused.most.or(beyond_all) else {
            return Err(cx.unknown_limit("most"));
        };
        let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
        let doubtful = bounds.doubtful.and_then(|d| d.most).unwrap_or(most);
        let pages = cx.resolved.pages.unwrap_or(bounds.printed);
        let finding = if bounds.printed > most {
            let message = format!("{pages} pages; {} ends at {most}", bounds.of);
            Finding::about(Part::Interior, message).measured(measure(pages), measure(most))
        } else if bounds.printed > doubtful {
            let of = &bounds.of;
            let message = if bounds.custom {
                format!(
                    "{} pages; the platform states no limit for a size of one's own, and {of} at its nearest listed size ends at {doubtful}",
                    bounds.printed,
                )
            } else {
                format!(
                    "{} pages; {of} ends at {doubtful} by some sources, at {most} by others",
                    bounds.printed
                )
            };
            Finding::about(Part::Interior, message)
                .at(Level::Warning)
                .measured(measure(bounds.printed), measure(doubtful))
        } else {
            return Ok(Inspection::one(None));
        };
        let other = cx.stocks_taking(bounds.printed);
        let finding = match (bounds.printed > most, other.is_empty()) {
            (false, _) => finding,
            (true, false) => finding.advise(format!("It can be had in {}.", other.join(", "))),
            (true, true) => finding.advise_alone(
                "No paper takes as many in this trim: tighten the setting (smaller type, less space between lines, narrower margins), \
                 choose a larger trim, or split the book into volumes.",
            ),
        };
        Ok(Inspection::one(Some(finding)))
    }
}
