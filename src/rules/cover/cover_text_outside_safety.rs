//! Text on the cover outside a panel's safe area.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::TextRun;
use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::model::units::{Length, SLACK_PT};
use crate::profile::PanelKind;
use crate::rules::{Context, Meta, Need, Rule};

/// How exactly the safe areas are meant. The areas themselves belong to the cover's geometry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Out by less than this is not spoken of.
    #[serde(default)]
    ignore_below: Length,
}

pub(super) struct CoverTextOutsideSafety;

impl Rule for CoverTextOutsideSafety {
    const META: Meta = Meta {
        id: "cover-text-outside-safety",
        title: "text on the cover comes too near to an edge, hinge or fold",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Marks],
        why: "Covers are cut, folded and wrapped with some drift. Text outside the safe area may be cut off, folded over the \
              edge or end up in the hinge.",
        fix: "Move the text into the safe area of its panel; `presscheck cover` draws it as a template.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        let safe = wrap.safe();
        if safe.is_empty() {
            return Err(Skip::NotApplicable(
                "the platform's safe areas are not known".to_owned(),
            ));
        }
        let spine = wrap.spine_text();
        let mut looked = 0;
        let mut out: Vec<(Length, Length, String, Place)> = Vec::new();
        let mut near: Vec<(Length, Place)> = Vec::new();
        for run in wrap.text() {
            // What is on the spine is held to its ends here, to its folds elsewhere.
            let on_spine = spine.iter().any(|s| std::ptr::eq(*s, run));
            let home = safe
                .iter()
                .filter(|(kind, ..)| (*kind == PanelKind::Spine) == on_spine);
            let Some((kind, panel, area)) =
                home.min_by(|a, b| away(run, a.1).total_cmp(&away(run, b.1)))
            else {
                continue;
            };
            looked += 1;
            let Some((over, side, wanted)) = beyond(run.area, *panel, *area, on_spine) else {
                if matches!(*kind, PanelKind::Front | PanelKind::Back) {
                    let gap = Length::pt(inner_gap(run.area, *panel, wrap.is_left(*panel)));
                    if (wrap.model.safety_inner_doubtful - gap)
                        .is_above(limits.ignore_below + wrap.slack)
                    {
                        near.push((gap, wrap.place(run)));
                    }
                }
                continue;
            };
            if Length::pt(over).is_above(limits.ignore_below + wrap.slack) {
                let gap = Length::pt(wanted - over);
                out.push((
                    gap,
                    Length::pt(wanted),
                    format!("the {}'s {side} edge", kind.word().replace('-', " ")),
                    wrap.place(run),
                ));
            }
        }
        out.sort_by(|a, b| (a.0 - a.1).as_pt().total_cmp(&(b.0 - b.1).as_pt()));
        let near = near_fold(cx, near, wrap.model.safety_inner_doubtful);
        let Some((gap, wanted, edge, _)) = out.first().map(|(g, w, e, _)| (*g, *w, e.clone(), ()))
        else {
            return Ok(Inspection::looked(looked, near.into_iter().collect()));
        };
        let reach = if gap.as_pt() < 0.0 {
            format!("runs {} beyond", cx.resolved.words(-gap))
        } else {
            format!("comes within {} of", cx.resolved.words(gap))
        };
        let needed = if wanted.as_pt() > SLACK_PT {
            format!("{} needed", cx.resolved.words(wanted))
        } else {
            "it must not cross it".to_owned()
        };
        let message = format!("text on the cover {reach} {edge}; {needed}");
        let places = out.into_iter().map(|(.., place)| place).collect();
        let finding = Finding::about(Part::Cover, message)
            .at_places(places)
            .measured(Measure::length(gap), Measure::length(wanted));
        Ok(Inspection::looked(
            looked,
            [Some(finding), near].into_iter().flatten().collect(),
        ))
    }
}

/// That text keeps off the spine's folds by one of the platform's figures and not by the other.
fn near_fold(cx: &Context<'_>, mut near: Vec<(Length, Place)>, wanted: Length) -> Option<Finding> {
    near.sort_by(|a, b| a.0.as_pt().total_cmp(&b.0.as_pt()));
    let (gap, _) = near.first()?;
    let message = format!(
        "text on the cover comes within {} of the spine's fold; the platform's template keeps {} clear, its calculator nothing",
        cx.resolved.words(*gap),
        cx.resolved.words(wanted),
    );
    let measured = (Measure::length(*gap), Measure::length(wanted));
    Some(
        Finding::about(Part::Cover, message)
            .at(Level::Warning)
            .at_places(near.into_iter().map(|(_, place)| place).collect())
            .measured(measured.0, measured.1)
            .advise(format!(
                "On front and back keep text {} from the spine's folds.",
                cx.resolved.words(wanted)
            )),
    )
}

/// How far a run is from its panel's edge at the spine.
fn inner_gap(run: Rect, panel: Rect, left_of_spine: bool) -> f64 {
    let ([x0, _, x1, _], [p0, _, p1, _]) = (run.to_f64(), panel.to_f64());
    if left_of_spine { p1 - x1 } else { x0 - p0 }
}

/// How far the middle of a run is from a panel.
fn away(run: &TextRun, panel: Rect) -> f64 {
    let [x0, _, x1, _] = run.area.to_f64();
    let [p0, _, p1, _] = panel.to_f64();
    let middle = (x0 + x1) / 2.0;
    (p0 - middle).max(middle - p1).max(0.0)
}

/// How far a run is out of the safe area on its worst side, that side, and how far from the panel's edge it should be.
fn beyond(run: Rect, panel: Rect, safe: Rect, ends_only: bool) -> Option<(f64, &'static str, f64)> {
    let ([x0, y0, x1, y1], [p0, q0, p1, q1], [s0, t0, s1, t1]) =
        (run.to_f64(), panel.to_f64(), safe.to_f64());
    let sides = [
        (s0 - x0, "left", s0 - p0, true),
        (x1 - s1, "right", p1 - s1, true),
        (t0 - y0, "top", t0 - q0, false),
        (y1 - t1, "bottom", q1 - t1, false),
    ];
    sides
        .into_iter()
        .filter(|(over, _, _, across)| *over > 0.0 && !(ends_only && *across))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(over, side, wanted, _)| (over, side, wanted))
}
