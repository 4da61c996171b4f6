//! Text on the spine of a book too thin for it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::profile::PanelKind;
use crate::rules::words;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// From how many pages on a spine may bear text.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The fewest pages; 0 where the platform states no minimum.
    from_pages: u32,
    /// A page count at which sources differ: doubtful, not refused.
    warn_at: Option<u32>,
}

pub(super) struct SpineTextNotAllowed;

impl Rule for SpineTextNotAllowed {
    const META: Meta = Meta {
        id: "spine-text-not-allowed",
        title: "text on the spine of a book too thin for it",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "Folds drift by up to a sixteenth of an inch. On a thin spine the title ends up on the front or the back, so \
              the platform refuses covers of thin books with any text there.",
        fix: "Leave the spine without text until the book has enough pages.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("spine-text-too-close", Scope::File)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        let pages = cx.resolved.pages.unwrap_or(0);
        let doubtful = limits.warn_at.is_some_and(|n| n == pages);
        if pages >= limits.from_pages && !doubtful {
            return Ok(Inspection::looked(1, Vec::new()));
        }
        let measure = |n: u32| Measure::new(f64::from(n), MeasureUnit::Pages);
        let runs = wrap.spine_text();
        let places = runs.iter().map(|run| Place {
            page: wrap.page.number,
            area: Some(run.area),
            what: words::text(wrap.document, run, None),
        });
        let finding = if !runs.is_empty() {
            let level = if doubtful {
                Level::Warning
            } else {
                Level::Error
            };
            let from = limits.from_pages;
            let start = format!(
                "the spine has text on it; {pages} pages are printed, and text on the spine is accepted from"
            );
            let message = if doubtful {
                format!(
                    "{start} {from} pages on by one of the platform's help pages, from {} by another",
                    from + 1
                )
            } else {
                format!("{start} {from} pages on")
            };
            let mut finding = Finding::about(Part::Cover, message)
                .at_places(places.collect())
                .measured(measure(pages), measure(from));
            finding.level = (level == Level::Warning).then_some(level);
            Some(finding)
        } else {
            wrap.spine_art().map(|what| {
                let message = format!(
                    "the spine is {what}; whether there is text on it cannot be told, and {pages} pages are too few for any"
                );
                Finding::about(Part::Cover, message)
                    .at(Level::Note)
                    .at_places(vec![Place { page: wrap.page.number, area: wrap.panel(PanelKind::Spine), what: "the spine".to_owned() }])
                    .advise("Look at the spine; if there is text on it, take it off.")
            })
        };
        Ok(Inspection::one(finding))
    }
}
