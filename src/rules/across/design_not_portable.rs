//! One cover design for two platforms: what of it would have to move.

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::units::{Length, SLACK_PT};
use crate::profile::PanelKind;
use crate::resolve::ResolvedJob;
use crate::rules::wrap::Wrap;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct DesignNotPortable;

impl Rule for DesignNotPortable {
    const META: Meta = Meta {
        id: "design-not-portable",
        title: "the cover's design does not carry over to another platform asked for",
        level: Level::Note,
        parts: &[Part::Cover],
        needs: &[Need::Marks],
        why: "Each platform's paper has its own thickness, so every platform needs a cover file of its own. A design carries \
              over when only its background has to be stretched or cut; spine text and text near the edges may not fit.",
        fix: "Design for the narrowest spine and the widest safe area; let the background run across both folds.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mine = cx.resolved;
        let others: Vec<&ResolvedJob<'_>> = cx
            .peers
            .iter()
            .filter(|o| {
                o.profile.id != mine.profile.id && o.profile.binding == mine.profile.binding
            })
            .collect();
        if others.is_empty() {
            return Err(Skip::NotApplicable("one platform was asked for".to_owned()));
        }
        let wrap = cx.wrap()?;
        let findings = others
            .iter()
            .filter_map(|other| misfit(&wrap, mine, other, cx))
            .collect();
        Ok(Inspection::looked(others.len(), findings))
    }
}

/// What fits here and would not there.
fn misfit(
    wrap: &Wrap<'_>,
    mine: &ResolvedJob<'_>,
    other: &ResolvedJob<'_>,
    cx: &Context<'_>,
) -> Option<Finding> {
    let model = other.profile.cover.as_ref()?;
    let there = other.cover()?;
    let here = &wrap.cover;
    let narrower = here.spine.is_above(there.spine);
    let mut faults: Vec<String> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let mut measured = None;
    let mut inwards = None;
    if let (Some(spine), Some(sides)) =
        (wrap.panel(PanelKind::Spine), model.spine_sides(there.spine))
    {
        let middle = (spine.x0 + spine.x1) / 2.0;
        let reach = |x0: f32, x1: f32| Length::pt(2.0 * f64::from((middle - x0).max(x1 - middle)));
        let runs = wrap.spine_text();
        let widest = runs
            .iter()
            .map(|r| (reach(r.area.x0, r.area.x1), r))
            .max_by(|a, b| a.0.as_pt().total_cmp(&b.0.as_pt()));
        if let Some((width, run)) = widest {
            let room = there.spine - sides * 2.0;
            let own = wrap
                .model
                .spine_sides(here.spine)
                .map_or(here.spine, |s| here.spine - s * 2.0);
            if width.is_above(room) && !width.is_above(own + wrap.slack) {
                faults.push(format!(
                    "its spine text is {} wide, and the spine of {} there has room for {}",
                    cx.resolved.words(width),
                    cx.resolved.words(there.spine),
                    cx.resolved.words(room),
                ));
                measured = Some((width, room));
                places.push(Place {
                    page: wrap.page.number,
                    area: Some(run.area),
                    what: crate::rules::words::text(wrap.document, run, None),
                });
            }
        }
    }
    if let (Some(here_safety), Some(safety)) = (wrap.model.safety, model.safety) {
        let more = safety - here_safety;
        let near = wrap
            .safe()
            .into_iter()
            .filter(|(kind, ..)| *kind != PanelKind::Spine)
            .filter_map(|(_, panel, _)| {
                let gap = |r: crate::model::geometry::Rect| {
                    let [x0, y0, x1, y1] = r.to_f64();
                    let [p0, q0, p1, q1] = panel.to_f64();
                    let middle = f64::from(wrap.panel(PanelKind::Spine).map_or(0.0, |s| s.x0));
                    let outer = if p1 <= middle + 1.0 { x0 - p0 } else { p1 - x1 };
                    (p0 <= x0 && x1 <= p1).then(|| outer.min(y0 - q0).min(q1 - y1))
                };
                wrap.text()
                    .filter_map(|r| Some((gap(r.area)?, r)))
                    .min_by(|a, b| a.0.total_cmp(&b.0))
            });
        if let Some((gap, run)) = near.min_by(|a, b| a.0.total_cmp(&b.0))
            && more.as_pt() > 0.0
            && gap < safety.as_pt() - SLACK_PT
            && gap >= here_safety.as_pt() - SLACK_PT
        {
            faults.push(format!(
                "text stands {} from an edge, and {} are wanted there",
                cx.resolved.words(Length::pt(gap)),
                cx.resolved.words(safety),
            ));
            inwards = Some(format!(
                "Move the text {} inwards, and it fits both.",
                cx.resolved.words(safety - Length::pt(gap))
            ));
            measured = measured.or(Some((Length::pt(gap), safety)));
            places.push(Place {
                page: wrap.page.number,
                area: Some(run.area),
                what: crate::rules::words::text(wrap.document, run, None),
            });
        }
    }
    let (value, limit) = measured?;
    let message = format!(
        "this design does not carry over to {}: {}",
        other.profile.title,
        faults.join("; ")
    );
    let shift = here.spine.distance(there.spine) * 0.5;
    let word = if narrower { "narrower" } else { "wider" };
    let mut advice: Vec<String> = inwards.iter().cloned().collect();
    if shift.is_above(Length::default()) {
        advice.push(format!(
            "The spine of {} is {} {word} than that of {}: each fold moves by {}.",
            other.profile.title,
            cx.resolved.words(here.spine.distance(there.spine)),
            mine.profile.title,
            cx.resolved.words(shift),
        ));
    }
    let advice = advice.join(" ");
    Some(
        Finding::about(Part::Cover, message)
            .at_places(places)
            .measured(Measure::length(value), Measure::length(limit))
            .advise(advice),
    )
}
