//! A trim the platform does not make.

use super::{Context, Meta, Need, NoLimits, Rule};
use crate::finding::{Finding, Level, Outcome, Part};
use crate::profile::Offer;

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "trim-size-not-offered",
        title: "the platform does not make books of this size",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Each platform cuts books to its own list of sizes, and not every size can be had on every paper or in every \
              binding. Setting up the title will fail, or the pages will be scaled.",
        fix: "Choose a trim from the platform's list and set the pages to it; do not scale finished pages.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let trim = at.trim()?;
        let stocks = at.stocks()?;
        let offers: Vec<Offer<'_>> = stocks.iter().map(|s| at.order.profile.offer(trim, s)).collect();
        if offers.iter().any(|o| o.pages().is_some()) {
            return Ok(Outcome::one(None));
        }
        let profile = at.order.profile;
        let size = at.order.size_words(trim);
        let message = if offers.contains(&Offer::OtherStock) {
            let other = profile.stocks.iter().filter(|s| profile.offer(trim, s).pages().is_some());
            let other: Vec<&str> = other.map(|s| s.title.as_str()).collect();
            let told: Vec<&str> = stocks.iter().map(|s| s.title.as_str()).collect();
            format!("{} does not make {size} in {}, only in {}", profile.title, told.join(" or "), other.join(", "))
        } else {
            format!("{} does not make books of {size}", profile.title)
        };
        let off = |t: &crate::profile::OfferedTrim| {
            let size = t.size();
            (size.width - trim.width).abs() + (size.height - trim.height).abs()
        };
        let mut near: Vec<_> = profile.trims.iter().filter(|t| !t.size().is_near(trim, crate::profile::SAME_TRIM_PT)).collect();
        near.sort_by(|a, b| off(a).total_cmp(&off(b)));
        let near: Vec<&str> = near.iter().take(3).map(|t| t.name.as_str()).collect();
        let finding = Finding::about(Part::Interior, message)
            .advise(format!("The nearest sizes it makes are {}.", near.join(", ")));
        Ok(Outcome::one(Some(finding)))
    }
}
