//! An ink and a paper that the platform does not combine, or does not make this kind of book of.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Direction;
use crate::rules::paint::list;
use crate::rules::{Context, Meta, Need, Rule};

/// What stocks are not offered for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Stocks, by id, that only books read from left to right are printed on.
    #[serde(default)]
    left_to_right_only: Vec<String>,
}

pub(super) struct StockNotOffered;

impl Rule for StockNotOffered {
    const META: Meta = Meta {
        id: "stock-not-offered",
        title: "the platform does not print this book on such a stock",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "Each platform offers each ink on some papers only. The form for a new title does not let you choose another pair, and \
              the spine is then not the one the cover was made for.",
        fix: "Choose an ink and a paper that the platform offers together, and make the cover for them.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let profile = cx.resolved.profile;
        let Some(stock) = cx.resolved.stock else {
            let titles: Vec<&str> = profile.stocks.iter().map(|s| s.title.as_str()).collect();
            let message = format!("{} has no {}", profile.title, cx.resolved.stated_stock);
            let advice = format!("It has {}.", list(&titles));
            return Ok(Inspection::one(Some(
                Finding::about(Part::Interior, message).advise(advice),
            )));
        };
        let one_way = limits.left_to_right_only.contains(&stock.id);
        let finding = (one_way && cx.resolved.direction == Direction::Rtl).then(|| {
            let message = format!("{} takes only books read from left to right in {}; this one is read from right to left", profile.title, stock.title);
            Finding::about(Part::Interior, message)
        });
        Ok(Inspection::one(finding))
    }
}
