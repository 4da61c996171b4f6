//! ISBN bar codes too near to a fold or an edge, or on the front.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Code;
use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::geometry::{Direction, Rect};
use crate::model::units::Length;
use crate::profile::PanelKind;
use crate::rules::scan;
use crate::rules::{Context, Meta, Need, Rule};

/// How far a bar code stays from the edges of its panel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// From folds and edges.
    inside: Length,
}

/// Edges of bars are found to a fifth of a module.
const SLACK: Length = Length::pt(0.4);

pub(super) struct BarcodeBadlyPlaced;

impl Rule for BarcodeBadlyPlaced {
    const META: Meta = Meta {
        id: "barcode-badly-placed",
        title: "the ISBN bar code is too near to a fold or an edge, or on the front",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "Covers are cut and folded with some drift. A bar code that is bent around the spine or cut at the edge is not \
              read at the till.",
        fix: "Move the bar code 0.25 in (6.4 mm) or more away from the folds and edges of the back cover.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let cover = cx.cover()?;
        let codes = scan::isbns(cover);
        if codes.is_empty() {
            let wrap = cx.wrap()?;
            return match wrap
                .barcode()
                .and_then(|place| scan::qr(cover).find(|c| c.area.overlaps(place)))
            {
                Some(code) => {
                    let message = "a QR code stands where the platform looks for the ISBN bar code";
                    let finding =
                        Finding::about(Part::Cover, message).at_places(vec![scan::place(code)]);
                    let advice = "Move the QR code elsewhere on the back cover, or place the ISBN bar code there.";
                    Ok(Inspection::one(Some(finding.advise(advice))))
                }
                None => Err(Skip::NotApplicable(
                    "no ISBN bar code was found on the cover".to_owned(),
                )),
            };
        }
        let wrap = cx.wrap()?;
        let panels: Vec<_> = [PanelKind::Back, PanelKind::Front]
            .into_iter()
            .filter_map(|kind| wrap.panel(kind))
            .collect();
        let findings = codes.iter().filter_map(|code| {
            let [x0, y0, x1, y1] = code.area.to_f64();
            let gap = |panel: &crate::model::geometry::Rect| {
                let [p0, q0, p1, q1] = panel.to_f64();
                (x0 - p0).min(p1 - x1).min(y0 - q0).min(q1 - y1)
            };
            // The panel it lies deepest in is its own.
            let gap = Length::pt(panels.iter().map(gap).fold(f64::NEG_INFINITY, f64::max));
            if !(limits.inside - gap).is_above(SLACK + wrap.slack) {
                return None;
            }
            let near = if gap.as_pt() < 0.0 {
                format!("runs {} over a fold or edge", cx.resolved.words(-gap))
            } else {
                format!("comes within {} of a fold or edge", cx.resolved.words(gap))
            };
            let message = format!(
                "the ISBN bar code {near}; {} needed",
                cx.resolved.words(limits.inside)
            );
            Some(
                Finding::about(Part::Cover, message)
                    .at_places(vec![scan::place(code)])
                    .measured(Measure::length(gap), Measure::length(limits.inside)),
            )
        });
        let mut findings: Vec<Finding> = findings.collect();
        findings.extend(on_the_front(cx, &codes, wrap.panel(PanelKind::Front)));
        Ok(Inspection::looked(codes.len(), findings))
    }
}

/// A bar code on the front: for books read in this direction front and back may have changed places.
fn on_the_front(cx: &Context<'_>, codes: &[&Code], front: Option<Rect>) -> Option<Finding> {
    let front = front?;
    let on_front: Vec<_> = codes
        .iter()
        .filter(|code| front.contains(code.area, 0.0))
        .collect();
    let first = on_front.first()?;
    let (from, half) = match cx.resolved.direction {
        Direction::Ltr => ("left to right", "right"),
        Direction::Rtl => ("right to left", "left"),
    };
    let message =
        format!("the ISBN bar code stands on the front cover, the {half} half of the file");
    let advice = format!(
        "A book read from {from} has its front on the {half}. If back and front have changed places, lay the cover out the other \
         way round, or tell the book's --direction; otherwise move the bar code to the back."
    );
    Some(
        Finding::about(Part::Cover, message)
            .at_places(vec![scan::place(first)])
            .advise_alone(advice),
    )
}
