//! More pages than the platform binds.

use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Measure, MeasureUnit, Outcome, Part};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "page-count-too-high",
        title: "the book has more pages than the platform binds",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Every binding ends at a thickness; above it the platform does not take the book. Thinner paper and smaller \
              type push the limit.",
        fix: "Choose a thinner paper or a larger trim, tighten the setting, or split the book into volumes.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let bounds = at.page_bounds()?;
        let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
        let ([_, most], [_, doubtful]) = (bounds.refused, bounds.doubtful);
        let finding = if bounds.printed > most {
            let message = format!("{} pages; {} ends at {most}", bounds.printed, bounds.of);
            Finding::about(Part::Interior, message).measured(measure(bounds.printed), measure(most))
        } else if bounds.printed > doubtful {
            let message = format!(
                "{} pages; the platform states no limit for a size of one's own, and {} at its nearest listed size ends at {doubtful}",
                bounds.printed, bounds.of,
            );
            Finding::about(Part::Interior, message)
                .at(Level::Warning)
                .measured(measure(bounds.printed), measure(doubtful))
        } else {
            return Ok(Outcome::one(None));
        };
        let other = at.order.profile.stocks.iter().filter(|s| {
            let pages = at.order.trim.and_then(|t| at.order.profile.offer(t, s).pages()).unwrap_or(s.pages);
            bounds.printed <= pages[1] && bounds.printed >= pages[0]
        });
        let other: Vec<&str> = other.map(|s| s.title.as_str()).collect();
        let finding = if other.is_empty() || bounds.printed <= most {
            finding
        } else {
            finding.advise(format!("It can be had in {}.", other.join(", ")))
        };
        Ok(Outcome::one(Some(finding)))
    }
}
