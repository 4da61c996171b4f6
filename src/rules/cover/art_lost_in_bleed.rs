//! Art on the cover that lies wholly in the bleed and is cut away with it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::model::job::Binding;
use crate::model::units::Length;
use crate::rules::{Context, Meta, Need, Rule};

/// What counts as a strip.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Narrower strips are slips of the program that wrote the file.
    least: Length,
    /// A strip lies along at least this share of its edge.
    share: f64,
}

/// The edges in the order of the facts.
const EDGES: [&str; 4] = ["left", "top", "right", "bottom"];
/// Half a pixel of 0.75 pt: strips are measured in whole ones, never too wide.
const PIXEL: Length = Length::pt(0.4);
/// A file larger than this around its cover is a sheet with the cover on it.
const SHEET: Length = Length::pt(4.5);

pub(super) struct ArtLostInBleed;

impl Rule for ArtLostInBleed {
    const META: Meta = Meta {
        id: "art-lost-in-bleed",
        title: "art on the cover lies wholly in the bleed",
        level: Level::Note,
        parts: &[Part::Cover],
        needs: &[Need::Marks, Need::Relief],
        why: "The bleed is cut away. A bar or border that lies in it and nowhere else is not on the finished book, or shows as a \
              sliver on some copies.",
        fix: "Move the bar or border inwards, or make it so wide that it reaches well inside the trim; if it is not meant to be \
              seen, let the ground run to the edge instead.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let wrap = cx.wrap()?;
        if cx.resolved.profile.binding == Binding::CaseLaminate {
            return Err(Skip::NotApplicable(
                "a case cover is folded around its boards, not cut".to_owned(),
            ));
        }
        let Some(backdrop) = &wrap.page.backdrop else {
            return Err(Skip::NotChecked(
                "the cover could not be looked at as a picture".to_owned(),
            ));
        };
        let [x0, y0, x1, y1] = wrap.finished().to_f64();
        let (width, height) = (wrap.page.size.width, wrap.page.size.height);
        // How much is cut away at each edge, and how long the edge is.
        let cut = [
            (x0, height),
            (y0, width),
            (width - x1, height),
            (height - y1, width),
        ];
        let mut found: Vec<(Length, Length, &str, Place)> = Vec::new();
        for band in &backdrop.bands {
            let edge = usize::from(band.edge);
            let (Some(name), Some((cut, length))) = (EDGES.get(edge), cut.get(edge)) else {
                continue;
            };
            // On a larger sheet the edges of the file are not the cover's.
            if Length::pt(*cut).is_above(wrap.model.bleed + SHEET) {
                continue;
            }
            let (depth, cut) = (Length::pt(f64::from(band.depth)), Length::pt(*cut));
            let [from, to] = band.along.map(f64::from);
            if (to - from) < limits.share * length
                || depth.is_below(limits.least)
                || depth.is_above(cut + PIXEL)
            {
                continue;
            }
            let d = f64::from(band.depth);
            let area = match edge {
                0 => Rect::new(0.0, from, d, to),
                1 => Rect::new(from, 0.0, to, d),
                2 => Rect::new(width - d, from, width, to),
                _ => Rect::new(from, height - d, to, height),
            };
            let what = format!(
                "a strip of one colour at the {name} edge, {:.1} mm wide",
                depth.as_mm()
            );
            found.push((
                depth,
                cut,
                *name,
                Place {
                    page: wrap.page.number,
                    area: Some(area),
                    what,
                },
            ));
        }
        let widest = found
            .iter()
            .map(|(depth, cut, ..)| (*depth, *cut))
            .max_by(|a, b| a.0.as_pt().total_cmp(&b.0.as_pt()));
        let finding = widest.map(|(depth, cut)| {
            let names: Vec<&str> = found.iter().map(|(_, _, name, _)| *name).collect();
            let edges = match names.as_slice() {
                [one] => format!("the {one} edge"),
                all => format!("the {} edges", crate::rules::paint::list(all)),
            };
            let message = format!(
                "a strip of another colour along {edges} of the cover, {} wide, lies in the bleed, of which {} are cut away",
                cx.resolved.words(depth),
                cx.resolved.words(cut),
            );
            let places = found.iter().map(|(.., place)| place.clone()).collect();
            Finding::about(Part::Cover, message)
                .at_places(places)
                .measured(Measure::length(depth), Measure::length(cut))
        });
        Ok(Inspection::looked(
            EDGES.len(),
            finding.into_iter().collect(),
        ))
    }
}
