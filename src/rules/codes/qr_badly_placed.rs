//! QR codes that are cut, folded, or drawn into the gutter.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Code, Document};
use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Skip};
use crate::model::geometry::Rect;
use crate::model::units::Length;
use crate::profile::PanelKind;
use crate::rules::scan;
use crate::rules::words::count;
use crate::rules::wrap::Wrap;
use crate::rules::{Context, Meta, Need, Rule};

/// How far a code with its quiet zone stays from edges; on covers the profile's safe areas say so.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// From the outer, upper and lower edge of a page.
    edge: Length,
    /// From the bind edge.
    gutter: Length,
}

/// Modules of a quiet zone.
const QUIET: f64 = 4.0;
/// What measuring may be off by.
const SLACK: Length = Length::pt(0.4);

pub(super) struct QrBadlyPlaced;

/// How a code lies: what is too near, by how much it has to move, and how bad it is.
struct Fault<'c> {
    code: &'c Code,
    gap: Length,
    limit: Length,
    edge: &'static str,
    level: Level,
}

impl Rule for QrBadlyPlaced {
    const META: Meta = Meta {
        id: "qr-badly-placed",
        title: "a QR code is too near to a fold or an edge",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "What lies in the bleed is cut away, what lies over a fold is bent around it, and a page curves into its gutter. A \
              code needs its whole square and the clear band around it, flat.",
        fix: "Move the code, with the clear band of four modules around it, inside the safe area.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in cx.files()? {
            let codes = scan::qr(file).count();
            if codes == 0 {
                continue;
            }
            let faults = match part {
                Part::Interior if cx.resolved.trim.is_some() => interior(limits, cx, file),
                Part::Interior => {
                    gaps.push("the trim is not known".to_owned());
                    continue;
                }
                Part::Cover => match cx.wrap() {
                    Ok(wrap) => cover(&wrap, file),
                    Err(Skip::NotApplicable(why) | Skip::NotChecked(why)) => {
                        gaps.push(why);
                        continue;
                    }
                },
            };
            looked += codes;
            for level in [Level::Error, Level::Warning] {
                findings.extend(finding(
                    cx,
                    part,
                    faults.iter().filter(|f| f.level == level).collect(),
                    level,
                ));
            }
        }
        match (looked, gaps.pop()) {
            (0, Some(why)) => Err(Skip::NotApplicable(why)),
            _ => Ok(Inspection::looked(looked, findings)),
        }
    }
}

fn finding(
    cx: &Context<'_>,
    part: Part,
    mut faults: Vec<&Fault<'_>>,
    level: Level,
) -> Option<Finding> {
    faults.sort_by(|a, b| {
        (b.limit - b.gap)
            .as_pt()
            .total_cmp(&(a.limit - a.gap).as_pt())
    });
    let worst = faults.first()?;
    let near = if worst.gap.as_pt() < 0.0 {
        format!(
            "{} {} over the {}",
            reach(faults.len(), "runs", "run"),
            cx.resolved.words(-worst.gap),
            worst.edge
        )
    } else {
        format!(
            "{} within {} of the {}",
            reach(faults.len(), "comes", "come"),
            cx.resolved.words(worst.gap),
            worst.edge
        )
    };
    let needed = if worst.limit.as_pt() > 0.0 {
        format!("{} needed", cx.resolved.words(worst.limit))
    } else {
        "it must stay on its side".to_owned()
    };
    let message = format!("{near}, with the clear space a code needs around it; {needed}");
    let advice = format!(
        "Move it {} away from the {}.",
        cx.resolved.words(worst.limit - worst.gap),
        worst.edge
    );
    Some(
        Finding::about(part, message)
            .at(level)
            .at_places(faults.iter().map(|f| scan::place(f.code)).collect())
            .measured(Measure::length(worst.gap), Measure::length(worst.limit))
            .advise(advice),
    )
}

fn reach(codes: usize, one: &str, many: &str) -> String {
    count(
        codes,
        &format!("QR code {one}"),
        &format!("QR codes {many}"),
    )
}

/// A code with its quiet zone.
fn whole(code: &Code) -> Rect {
    code.area.inflate(QUIET * code.module_pt())
}

fn interior<'c>(limits: &Limits, cx: &Context<'_>, file: &'c Document) -> Vec<Fault<'c>> {
    let on_page = |code: &'c Code| {
        let page = file.pages.iter().find(|p| p.number == code.page)?;
        let placement = cx.resolved.placement(page);
        let area = whole(code);
        let edges = [
            ("bind edge", placement.from_bind(area), limits.gutter),
            ("outer edge", placement.from_outside(area), limits.edge),
            ("upper edge", placement.from_top(area), limits.edge),
            ("lower edge", placement.from_bottom(area), limits.edge),
        ];
        worst(code, &edges, SLACK)
    };
    scan::qr(file).filter_map(on_page).collect()
}

/// The edge a code is nearest to, against what it needs there.
fn worst<'c>(
    code: &'c Code,
    edges: &[(&'static str, Length, Length)],
    slack: Length,
) -> Option<Fault<'c>> {
    let short = |(_, gap, limit): &&(&str, Length, Length)| (*limit - *gap).as_pt();
    let near = edges.iter().filter(|e| (e.2 - e.1).is_above(slack));
    let (edge, gap, limit) = near.max_by(|a, b| short(a).total_cmp(&short(b)))?;
    let beyond = edges.iter().any(|(_, gap, _)| (-*gap).is_above(slack));
    Some(Fault {
        code,
        gap: *gap,
        limit: *limit,
        edge,
        level: if beyond { Level::Error } else { Level::Warning },
    })
}

fn cover<'c>(wrap: &Wrap<'_>, file: &'c Document) -> Vec<Fault<'c>> {
    let areas = wrap.safe();
    let on_cover = |code: &'c Code| {
        let area = whole(code);
        let [x0, y0, x1, y1] = area.to_f64();
        let [middle_x, middle_y] = area.middle();
        let of = |(_, panel, safe): &(PanelKind, Rect, Rect)| {
            let [p0, q0, p1, q1] = panel.to_f64();
            let [s0, t0, s1, t1] = safe.to_f64();
            // Towards the middle of the cover lies a fold, away from it the trim or a flap's fold.
            let sides = if wrap.is_left(*panel) {
                ["outer edge", "fold"]
            } else {
                ["fold", "outer edge"]
            };
            let [left, right] = sides;
            [
                (left, Length::pt(x0 - p0), Length::pt(s0 - p0)),
                (right, Length::pt(p1 - x1), Length::pt(p1 - s1)),
                ("upper edge", Length::pt(y0 - q0), Length::pt(t0 - q0)),
                ("lower edge", Length::pt(q1 - y1), Length::pt(q1 - t1)),
            ]
        };
        // The panel its middle lies in is its own; in the bleed it belongs to the nearest.
        let off = |(_, panel, _): &&(PanelKind, Rect, Rect)| {
            let [p0, q0, p1, q1] = panel.to_f64();
            (p0 - middle_x).max(middle_x - p1).max(0.0)
                + (q0 - middle_y).max(middle_y - q1).max(0.0)
        };
        let own = areas
            .iter()
            .filter(|(kind, ..)| *kind != PanelKind::Spine)
            .min_by(|a, b| off(a).total_cmp(&off(b)))?;
        worst(code, &of(own), SLACK + wrap.slack)
    };
    scan::qr(file).filter_map(on_cover).collect()
}
