//! Text on the spine too near to a fold.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::units::Length;
use crate::profile::PanelKind;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// How exactly the distance to the folds is meant. The distance itself belongs to the cover's geometry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Short by less than this is not spoken of.
    #[serde(default)]
    ignore_below: Length,
}

pub(super) struct SpineTextTooClose;

impl Rule for SpineTextTooClose {
    const META: Meta = Meta {
        id: "spine-text-too-close",
        title: "spine text comes too near to a fold",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "Folds drift by up to a sixteenth of an inch to either side. Text nearer than that wraps onto the front or back.",
        fix: "Make the spine text smaller, or centre it between the folds.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        let (Some(spine), Some(sides)) = (
            wrap.panel(PanelKind::Spine),
            wrap.model.spine_sides(wrap.cover.spine),
        ) else {
            return Err(Skip::NotApplicable(
                "the platform states no distance from the folds".to_owned(),
            ));
        };
        let runs = wrap.spine_text();
        let mut near: Vec<(Length, Place)> = runs
            .iter()
            .filter_map(|run| {
                let gap = (run.area.x0 - spine.x0).min(spine.x1 - run.area.x1);
                let gap = Length::pt(f64::from(gap));
                (sides - gap)
                    .is_above(limits.ignore_below + wrap.slack)
                    .then(|| {
                        let what = words::text(wrap.document, run, None);
                        (
                            gap,
                            Place {
                                page: wrap.page.number,
                                area: Some(run.area),
                                what,
                            },
                        )
                    })
            })
            .collect();
        near.sort_by(|(a, _), (b, _)| a.as_pt().total_cmp(&b.as_pt()));
        let finding = near.first().map(|(least, _)| {
            let gap = if least.as_pt() < 0.0 {
                format!("runs {} over", cx.resolved.words(-*least))
            } else {
                format!("comes within {} of", cx.resolved.words(*least))
            };
            let message = format!(
                "spine text {gap} a fold; {} needed on a spine of {}",
                cx.resolved.words(sides),
                cx.resolved.words(wrap.cover.spine),
            );
            let room = wrap.cover.spine - sides * 2.0;
            let advice = if room.as_pt() > 0.0 {
                format!(
                    "The spine has room for text {} wide, centred between the folds.",
                    cx.resolved.words(room)
                )
            } else {
                "SpineTextTooClose spine is too narrow for any text.".to_owned()
            };
            (message, *least, advice)
        });
        let places: Vec<Place> = near.into_iter().map(|(_, place)| place).collect();
        let finding = finding.map(|(message, least, advice)| {
            Finding::about(Part::Cover, message)
                .at_places(places)
                .measured(Measure::length(least), Measure::length(sides))
                .advise(advice)
        });
        if let (None, true, Some(what)) = (&finding, runs.is_empty(), wrap.spine_art()) {
            return Ok(Inspection::one(wrap.crossing(what, sides).map(|(message, area)| {
                let place = Place { page: wrap.page.number, area: Some(area), what: "the fold zone".to_owned() };
                Finding::about(Part::Cover, message)
                    .at(Level::Note)
                    .at_places(vec![place])
                    .advise("If that is text, make it smaller or centre it between the folds; a background that runs across is fine.")
            })));
        }
        Ok(Inspection::looked(
            runs.len().max(1),
            finding.into_iter().collect(),
        ))
    }
}
