//! Lines thinner than the platform prints reliably.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{CropMarks, Document, Line, LineKind, Page};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::model::units::Length;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// The least width.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// On paper.
    least: Length,
    /// A width that the platform lets pass in another place; lines between the two are no more than noted.
    tolerated: Option<Length>,
}

/// TeX's point is 1/72.27 in, so its 0.75 pt are 0.747.
const ROUNDING: f64 = 0.005;
/// Lines this near to a code, in points, are its bars and modules.
const NEAR_CODE: f64 = 4.0;
/// Lines this near to the edge of a marked trim, in points, run along it.
const ON_EDGE: f64 = 1.5;

pub(super) struct LineTooThin;

impl Rule for LineTooThin {
    const META: Meta = Meta {
        id: "line-too-thin",
        title: "lines are thinner than the press holds",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Codes],
        why: "A line thinner than the press holds prints broken or not at all; a hairline of no width is as thin as the device \
              can draw, which on a plate-setter is invisible. What counts is the width on paper: a line of 1 pt in a drawing \
              scaled down to a quarter is 0.25 pt. Rules drawn as thin filled boxes count, bars of codes do not.",
        fix: "Make the lines thicker, or scale up the drawing or table they belong to.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            let mut thin: [Vec<(f64, u32, Place)>; 2] = Default::default();
            for page in &document.pages {
                looked += usize::try_from(page.lines.total).unwrap_or(usize::MAX);
                let sheet = part == Part::Interior && cx.resolved.placement(page).marked;
                let marks = page.crop_marks.filter(|_| sheet);
                for line in &page.lines.thinnest {
                    if is_code(document, page, line) || marks.is_some_and(|m| is_mark(line, &m)) {
                        continue;
                    }
                    let width = f64::from(line.width);
                    let below = |least: Length| width < least.as_pt() * (1.0 - ROUNDING);
                    if !below(limits.least) {
                        continue;
                    }
                    let noted = limits.tolerated.is_some_and(|t| !below(t));
                    let [warned, noticed] = &mut thin;
                    let place = Place {
                        page: page.number,
                        area: Some(line.area),
                        what: what(line),
                    };
                    let kind = if noted { noticed } else { warned };
                    kind.push((width, line.count, place));
                }
            }
            let [warned, noticed] = thin;
            findings.extend(report(part, warned, limits));
            findings.extend(report(part, noticed, limits).map(|f| f.at(Level::Note)));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn report(part: Part, mut thin: Vec<(f64, u32, Place)>, limits: &Limits) -> Option<Finding> {
    thin.sort_by(|a, b| a.0.total_cmp(&b.0));
    let thinnest = thin.first()?.0;
    let count = thin
        .iter()
        .map(|(_, n, _)| *n)
        .fold(0u32, u32::saturating_add);
    // Lines that are alike and near each other are one place.
    let spots = match thin.len() {
        spots if u32::try_from(spots) == Ok(count) => String::new(),
        1 => " in one place".to_owned(),
        spots => format!(" in {spots} places"),
    };
    let lines = match (count, thinnest > 0.0) {
        (1, true) => "1 line is".to_owned(),
        (1, false) => "1 line is a".to_owned(),
        (n, true) => format!("{n} lines{spots} are too thin, down to"),
        (n, false) => format!("{n} lines{spots} are too thin, down to a"),
    };
    let message = format!(
        "{lines} {} on {}; at least {} pt needed",
        width(thinnest),
        words::pages(thin.iter().map(|(.., p)| p.page)),
        limits.least.as_pt(),
    );
    let measure = |v| Measure::new(v, MeasureUnit::Points);
    let places = thin.into_iter().map(|(.., place)| place).collect();
    let least = measure(limits.least.as_pt());
    Some(
        Finding::about(part, message)
            .at_places(places)
            .measured(measure(thinnest), least),
    )
}

fn width(points: f64) -> String {
    if points <= 0.0 {
        "hairline (width 0)".to_owned()
    } else {
        format!("{} pt", (points * 1000.0).round() / 1000.0)
    }
}

fn what(line: &Line) -> String {
    let kind = match line.kind {
        LineKind::Stroke => "a drawn line",
        LineKind::Rule => "a rule drawn as a filled box",
    };
    let others = match line.count {
        0 | 1 => String::new(),
        n => format!(", the first of {n} alike"),
    };
    format!("{kind}, {}{others}", width(f64::from(line.width)))
}

fn is_code(document: &Document, page: &Page, line: &Line) -> bool {
    document
        .codes
        .iter()
        .any(|c| c.page == page.number && c.area.inflate(NEAR_CODE).contains(line.extent, 0.0))
}

/// Whether a line is one of the marks around the trim on a larger sheet: along its edges, or outside.
fn is_mark(line: &Line, marks: &CropMarks) -> bool {
    let (inside, around) = (marks.trim.inflate(-ON_EDGE), marks.trim.inflate(ON_EDGE));
    let frame = around.contains(line.extent, 0.0) && line.extent.contains(inside, 0.0);
    !line.extent.overlaps(inside) || frame
}
