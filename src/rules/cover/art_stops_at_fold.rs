//! Two colours that meet exactly on a fold of the cover.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::model::units::Length;
use crate::profile::PanelKind;
use crate::rules::{Context, Meta, Need, Rule};

/// Where an edge lies on a fold, and how far folds drift.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// How far the fold may come to lie to either side.
    drift: Length,
    /// An edge this near to the fold is meant to lie on it.
    within: Length,
}

pub(super) struct ArtStopsAtFold;

impl Rule for ArtStopsAtFold {
    const META: Meta = Meta {
        id: "art-stops-at-fold",
        title: "a colour ends exactly on a fold of the spine",
        level: Level::Note,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "The spine is folded by machine and drifts by up to a sixteenth of an inch to either side, from copy to copy. Where \
              its colour ends exactly on the fold, a stripe of it shows on the front, or a stripe of the front on the spine.",
        fix: "Let one ground run across the spine, let a picture or a gradient blur the edge, or move the edge well onto the front \
              or back.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        let Some(spine) = wrap.panel(PanelKind::Spine) else {
            return Err(Skip::NotApplicable("this cover has no spine".to_owned()));
        };
        let Some(backdrop) = &wrap.page.backdrop else {
            return Err(Skip::NotChecked(
                "the cover could not be looked at as a picture".to_owned(),
            ));
        };
        let within = limits.within + wrap.slack;
        let [x0, y0, x1, y1] = spine.to_f64();
        let mut places = Vec::new();
        for (side, fold) in [("left", x0), ("right", x1)] {
            let near = backdrop
                .meetings
                .iter()
                .find(|m| Length::pt(f64::from(m.x)).is_near(Length::pt(fold), within));
            if let Some(meeting) = near {
                let x = f64::from(meeting.x);
                places.push(Place {
                    page: wrap.page.number,
                    area: Some(Rect::new(x, y0, x, y1)),
                    what: format!(
                        "the {side} fold of the spine, along {:.0} % of its height",
                        meeting.share * 100.0
                    ),
                });
            }
        }
        let finding = (!places.is_empty()).then(|| {
            let folds = if places.len() == 1 {
                "a fold"
            } else {
                "both folds"
            };
            let drift = cx.resolved.words(limits.drift);
            let message =
                format!("colours meet on {folds} of the spine; folds drift by up to {drift}");
            Finding::about(Part::Cover, message)
                .at_places(places)
                .measured(
                    Measure::length(Length::default()),
                    Measure::length(limits.drift),
                )
        });
        Ok(Inspection::looked(2, finding.into_iter().collect()))
    }
}
