//! Small text built of several inks.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Colour, Document, TextRun};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::model::job::Ink;
use crate::model::units::Length;
use crate::rules::{Context, Meta, Need, Rule, words};

/// Up to which size text wants one ink.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Black text up to this size wants black ink alone.
    black_up_to: Option<Length>,
    /// Text smaller than this wants one ink. Yellow beside another does not count: nobody sees where it is off.
    many_below: Option<Length>,
    /// White text smaller than this wants a ground of one ink.
    white_below: Option<Length>,
    /// White lines thinner than this want a ground of one ink.
    white_line_below: Option<Length>,
}

/// A hundredth of a point: sizes come through matrices.
const SLACK: f64 = 0.01;

pub(super) struct TextMultiInk;

impl Rule for TextMultiInk {
    const META: Meta = Meta {
        id: "text-multi-ink",
        title: "small text is built of several inks",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Each ink is printed on its own, and they never meet exactly. On small letters a shift of a tenth of a millimetre \
              leaves coloured fringes and blurs what should be sharp; small white letters on a ground of several inks fill in.",
        fix: "Set black text in 100 % black ink and nothing else: CMYK 0/0/0/100 or gray 0, not RGB black, not rich black. \
              Make small white letters larger or bolder, or lay them on one ink.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let kinds: Vec<Option<InkMix>> = file.colours.iter().map(kind).collect();
            let mut black: Vec<Place> = Vec::new();
            let mut many: Vec<Place> = Vec::new();
            let mut most = 0.0f32;
            // A book printed in black has one ink, whatever colours the file has.
            let has_inks =
                part == Part::Cover || cx.resolved.stock.is_none_or(|s| s.ink != Ink::Black);
            for page in &file.pages {
                for run in cx.text(part, page) {
                    looked += 1;
                    let kind = kinds.get(run.paint as usize).copied().flatten();
                    let Some(colour) = file.colour(run.paint).filter(|_| kind.is_some()) else {
                        continue;
                    };
                    let places = match kind {
                        Some(InkMix::Black) if is_within(run.size, limits.black_up_to) => {
                            if !colour.space.is_rgb() {
                                most = most.max(colour.total());
                            }
                            &mut black
                        }
                        Some(_) if has_inks && is_below(run.size, limits.many_below) => &mut many,
                        _ => continue,
                    };
                    places.push(place(
                        page.number,
                        run,
                        words::text(file, run, None),
                        &colour.words(),
                    ));
                }
            }
            if let (Some(limit), false) = (limits.black_up_to, black.is_empty()) {
                let total = if most > 100.0 {
                    format!(", with up to {most:.0} % of ink")
                } else {
                    String::new()
                };
                let message = format!(
                    "black text up to {:.0} pt not in black ink alone on {}{total}",
                    limit.as_pt(),
                    pages(&black)
                );
                let finding = Finding::about(part, message).at_places(black);
                let measure = |v: f32| Measure::new(f64::from(v), MeasureUnit::Percent);
                findings.push(if most > 100.0 {
                    finding.measured(measure(most), measure(100.0))
                } else {
                    finding
                });
            }
            if let (Some(limit), false) = (limits.many_below, many.is_empty()) {
                let message = format!(
                    "text below {:.0} pt in several inks on {}",
                    limit.as_pt(),
                    pages(&many)
                );
                findings.push(
                    Finding::about(part, message)
                        .at(Level::Note)
                        .at_places(many),
                );
            }
            if has_inks {
                findings.extend(spared(cx, part, file, limits));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}

fn is_within(size: f32, limit: Option<Length>) -> bool {
    limit.is_some_and(|l| f64::from(size) <= l.as_pt() + SLACK)
}

fn is_below(size: f32, limit: Option<Length>) -> bool {
    limit.is_some_and(|l| f64::from(size) <= l.as_pt() - SLACK)
}

/// Small letters and thin lines that are white on several inks: each ink that is off closes them a little.
fn spared(cx: &Context<'_>, part: Part, file: &Document, limits: &Limits) -> Vec<Finding> {
    let on_several =
        |ground: Option<u32>| ground.and_then(|g| file.colour(g)).filter(|c| inks(c) > 1);
    let mut text: Vec<Place> = Vec::new();
    let mut lines: Vec<Place> = Vec::new();
    for page in &file.pages {
        for run in cx.text(part, page) {
            let white = file.colour(run.paint).is_some_and(Colour::is_white);
            let Some(ground) = on_several(run.ground).filter(|_| white) else {
                continue;
            };
            if is_below(run.size, limits.white_below) {
                let colour = format!("white on {}", ground.words());
                text.push(place(
                    page.number,
                    run,
                    words::text(file, run, None),
                    &colour,
                ));
            }
        }
        for white in &page.white_lines {
            let Some(ground) = on_several(Some(white.on)) else {
                continue;
            };
            for line in white
                .lines
                .thinnest
                .iter()
                .filter(|l| is_below(l.width, limits.white_line_below))
            {
                let what = format!("a white line of {:.2} pt on {}", line.width, ground.words());
                lines.push(Place {
                    page: page.number,
                    area: Some(line.area),
                    what,
                });
            }
        }
    }
    let mut findings = Vec::new();
    if let (Some(limit), false) = (limits.white_below, text.is_empty()) {
        let message = format!(
            "white text below {:.0} pt on a ground of several inks on {}",
            limit.as_pt(),
            pages(&text)
        );
        findings.push(
            Finding::about(part, message)
                .at(Level::Note)
                .at_places(text),
        );
    }
    if let (Some(limit), false) = (limits.white_line_below, lines.is_empty()) {
        let message = format!(
            "white lines thinner than {} pt on a ground of several inks on {}",
            limit.as_pt(),
            pages(&lines)
        );
        findings.push(
            Finding::about(part, message)
                .at(Level::Note)
                .at_places(lines),
        );
    }
    findings
}

#[derive(Clone, Copy, PartialEq)]
enum InkMix {
    /// Black to the eye, but not black ink alone.
    Black,
    /// Several inks.
    Many,
}

/// How many inks a colour lays that can be seen to be off: yellow beside others cannot. Of many colours, those of all.
fn inks(colour: &Colour) -> usize {
    let all = if colour.has_many() && !colour.apart.is_empty() {
        &colour.apart
    } else {
        &colour.inks
    };
    let laid: Vec<&str> = all
        .iter()
        .filter(|i| i.percent > FAINT)
        .map(|i| i.ink.as_str())
        .collect();
    let seen = laid.iter().filter(|ink| **ink != "Yellow").count();
    seen.max(usize::from(!laid.is_empty()))
}

/// An ink of less than this, in per cent, shows no edge.
const FAINT: f32 = 5.0;
/// Colours darker than this in every light are black to the eye.
const DARK: f32 = 15.0;

fn kind(colour: &Colour) -> Option<InkMix> {
    // Registration colour has a rule of its own.
    if colour.has_many() || colour.space.is_gray() || colour.names.iter().any(|n| n == "All") {
        return None;
    }
    let [c, m, y, k] = ["Cyan", "Magenta", "Yellow", "Black"].map(|n| colour.ink(n));
    let light = |ink: f32| 100.0 - (ink + k).min(100.0);
    let is_dark = [c, m, y].into_iter().all(|ink| light(ink) <= DARK);
    if is_dark && (colour.space.is_rgb() || colour.laid().count() > 1) {
        Some(InkMix::Black)
    } else if inks(colour) > 1 && !colour.space.is_rgb() {
        Some(InkMix::Many)
    } else {
        None
    }
}

fn place(page: u32, run: &TextRun, what: String, colour: &str) -> Place {
    Place {
        page,
        area: Some(run.area),
        what: format!("{what}, {colour}"),
    }
}

fn pages(places: &[Place]) -> String {
    words::pages(places.iter().map(|p| p.page))
}
