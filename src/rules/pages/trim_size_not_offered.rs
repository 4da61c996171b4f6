//! A trim the platform does not make.

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::profile::{Confidence, Offer, Stock};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct TrimSizeNotOffered;

impl Rule for TrimSizeNotOffered {
    const META: Meta = Meta {
        id: "trim-size-not-offered",
        title: "the platform does not make books of this size",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Each platform cuts books to its own list of sizes, and not every size can be had on every paper or in every \
              binding. Setting up the title will fail, or the pages will be scaled.",
        fix: "Choose a trim from the platform's list and set the pages to it; do not scale finished pages.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let trim = cx.trim()?;
        let stocks = cx.stocks()?;
        let profile = cx.resolved.profile;
        let offers: Vec<Offer<'_>> = stocks.iter().map(|s| profile.offer(trim, s)).collect();
        if offers.iter().any(|o| o.is_made() && o.doubt().is_none()) {
            return Ok(Inspection::one(None));
        }
        let size = cx.resolved.size_words(trim);
        let told: Vec<&str> = stocks.iter().map(|s| s.title.as_str()).collect();
        let sure = |s: &&Stock| {
            let offer = profile.offer(trim, s);
            offer.is_made() && offer.doubt().is_none()
        };
        let other: Vec<&str> = profile
            .stocks
            .iter()
            .filter(sure)
            .map(|s| s.title.as_str())
            .collect();
        if let Some((offer, key)) = offers.iter().find_map(|o| Some((o, o.doubt()?))) {
            return Ok(Inspection::one(Some(doubtful(
                cx, *offer, key, &size, &told, &other,
            ))));
        }
        let message = if offers.contains(&Offer::OtherStock) {
            format!(
                "{} does not make {size} in {}, only in {}",
                profile.title,
                told.join(" or "),
                other.join(", ")
            )
        } else {
            format!("{} does not make books of {size}", profile.title)
        };
        let off = |t: &crate::profile::OfferedTrim| {
            let size = t.size();
            (size.width - trim.width).abs() + (size.height - trim.height).abs()
        };
        let mut near: Vec<_> = profile
            .trims
            .iter()
            .filter(|t| !t.size().is_near(trim, crate::profile::SAME_TRIM_PT))
            .collect();
        // Sizes that only a second-hand source lists, as those of one shop, come last.
        let second_hand = |t: &crate::profile::OfferedTrim| {
            profile
                .source(&t.source)
                .is_some_and(|source| source.confidence == Confidence::Secondary)
        };
        near.sort_by(|a, b| {
            second_hand(a)
                .cmp(&second_hand(b))
                .then(off(a).total_cmp(&off(b)))
        });
        let near: Vec<&str> = near.iter().take(3).map(|t| t.name.as_str()).collect();
        let near = format!("The nearest other sizes it makes are {}.", near.join(", "));
        // A listed size has a source of its own.
        let advice = match profile
            .offered(trim)
            .and_then(|listed| profile.source(&listed.source))
        {
            Some(source) => format!("So says {}, read {}. {near}", source.title, source.checked),
            None => near,
        };
        let finding = Finding::about(Part::Interior, message).advise(advice);
        Ok(Inspection::one(Some(finding)))
    }
}

/// A size that may not be had after all: a list leaves it out, or sources differ.
fn doubtful(
    cx: &Context<'_>,
    offer: Offer<'_>,
    key: &str,
    size: &str,
    told: &[&str],
    other: &[&str],
) -> Finding {
    let title = &cx.resolved.profile.title;
    let told = told.join(" or ");
    let message = if matches!(offer, Offer::Custom { .. }) {
        format!(
            "sources differ on whether {title} can be had in {size}, a size of one's own, in {told}"
        )
    } else {
        format!("{size} is not listed for {title} in {told}")
    };
    let why = match (cx.resolved.profile.source(key), offer) {
        (Some(source), Offer::Custom { .. }) => source.note.clone().unwrap_or_default(),
        (Some(source), _) => format!(
            "It is not in this source: {}, read {}.",
            source.title, source.checked
        ),
        (None, _) => String::new(),
    };
    let elsewhere = match other {
        [] => String::new(),
        other => format!(" It can be had in {}.", other.join(", ")),
    };
    let advice = format!(
        "{why} See whether the form for a new title offers it before you finish the files.{elsewhere}"
    );
    Finding::about(Part::Interior, message)
        .at(Level::Warning)
        .advise(advice)
}
