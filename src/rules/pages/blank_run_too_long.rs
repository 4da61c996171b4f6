//! Too many blank pages in a row, or in all.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::words::fold_pages;
use crate::rules::{Context, Meta, Need, Rule};

/// How many blank pages are taken.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// In a row, at the front or in the middle.
    front_or_middle: Option<u32>,
    /// In a row, at the end.
    end: Option<u32>,
    /// In all, as a share of the book in per cent.
    share_percent: Option<f64>,
}

pub(super) struct BlankRunTooLong;

impl Rule for BlankRunTooLong {
    const META: Meta = Meta {
        id: "blank-run-too-long",
        title: "too many blank pages in a row",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "Platforms take long runs of blank pages for a mistake, or for a book without content, and hold the title.",
        fix: "Take out blank pages that the book does not need.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let last = interior.page_count();
        let blank: Vec<u32> = interior
            .pages
            .iter()
            .filter(|p| cx.is_blank(p))
            .map(|p| p.number)
            .collect();
        let mut runs: Vec<Vec<u32>> = Vec::new();
        for page in &blank {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|l| l + 1 == *page) => run.push(*page),
                _ => runs.push(vec![*page]),
            }
        }
        let measure = |n: usize| Measure::new(n as f64, MeasureUnit::Pages);
        let mut findings = Vec::new();
        for (limit, at_end) in [(limits.front_or_middle, false), (limits.end, true)] {
            let Some(limit) = limit else {
                continue;
            };
            let most = usize::try_from(limit).unwrap_or(usize::MAX);
            let long: Vec<&Vec<u32>> = runs
                .iter()
                .filter(|run| (run.last() == Some(&last)) == at_end && run.len() > most)
                .collect();
            let Some(longest) = long.iter().map(|run| run.len()).max() else {
                continue;
            };
            let place = if at_end {
                "at the end"
            } else {
                "at the front or in the middle"
            };
            let pages: Vec<u32> = long.into_iter().flatten().copied().collect();
            let message = format!(
                "{longest} blank pages in a row {place} ({}); at most {limit} are accepted",
                fold_pages(&pages, 6)
            );
            let finding = Finding::about(Part::Interior, message).on_pages(pages);
            findings.push(finding.measured(measure(longest), measure(most)));
        }
        let share = blank.len() as f64 * 100.0 / f64::from(last.max(1));
        if let Some(most) = limits.share_percent.filter(|most| share > *most) {
            let message = format!(
                "{} of {last} pages are blank ({share:.1} %); above {most} % the title may be held",
                blank.len()
            );
            let percent = |v| Measure::new(v, MeasureUnit::Percent);
            findings.push(
                Finding::about(Part::Interior, message)
                    .on_pages(blank)
                    .measured(percent(share), percent(most)),
            );
        }
        Ok(Inspection::looked(interior.pages.len(), findings))
    }
}
