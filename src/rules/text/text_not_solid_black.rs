//! Body text in a tint: printed as dots instead of solid.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Colour, Document, TextRun};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::model::job::Ink;
use crate::rules::paint::darkness;
use crate::rules::{Context, Meta, Need, Rule, words};

/// What is solid, and how much of the text has to be otherwise.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// From so much black on, in per cent, letters come out solid.
    solid_from: f64,
    /// The share of the letters of body text, in per cent, from which on it is spoken of: less are captions, notes and
    /// headings that are grey by design.
    share_from: f64,
}

/// Sizes within so many points of the commonest are body text.
const BODY: f32 = 1.0;
/// Fewer letters than this are no body.
const FEWEST: usize = 400;

pub(super) struct TextNotSolidBlack;

impl Rule for TextNotSolidBlack {
    const META: Meta = Meta {
        id: "text-not-solid-black",
        title: "body text is not solid black",
        level: Level::Note,
        parts: &[Part::Interior],
        needs: &[Need::Marks],
        why: "A press prints black solid and everything lighter as a screen of dots. Text in dark grey looks black on the screen \
              of a computer; on paper its edges are ragged, thin strokes break up and the page looks pale. It comes from web pages \
              and templates that soften black (#121212, #333333), and from black that a conversion made lighter.",
        fix: "Set body text in black and nothing else: gray 0, CMYK 0/0/0/100 or RGB 0/0/0.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let file = cx.interior()?;
        let ink = cx.stock()?.ink;
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        let mut all = 0;
        for run in seen(cx, file).map(|(_, run)| run) {
            *sizes.entry(half_points(run.size)).or_default() += letters(run);
            all += letters(run);
        }
        let Some((body, _)) = sizes.iter().max_by_key(|(size, n)| (**n, **size)) else {
            return Err(Skip::NotApplicable("there is no text".to_owned()));
        };
        if all < FEWEST {
            return Err(Skip::NotApplicable(
                "there is too little text to speak of".to_owned(),
            ));
        }
        let body = *body as f32 / 2.0;
        let tint = |run: &TextRun| {
            let colour = file
                .colour(run.paint)
                .filter(|c| !c.has_many() && !c.is_white())?;
            is_tint(colour, run.opacity, ink, limits.solid_from).then_some(colour)
        };
        let mut tints: BTreeMap<(u32, u8), (usize, Vec<Place>)> = BTreeMap::new();
        let mut total = 0;
        for (page, run) in seen(cx, file).filter(|(_, r)| (r.size - body).abs() <= BODY) {
            total += letters(run);
            if let Some(colour) = tint(run) {
                let (n, places) = tints.entry((run.paint, run.opacity)).or_default();
                *n += letters(run);
                // One a page is enough to find them all.
                if places.last().is_none_or(|p: &Place| p.page != page) {
                    let what = format!(
                        "{}, {}",
                        words::text(file, run, None),
                        seen_through(colour, run.opacity)
                    );
                    places.push(Place {
                        page,
                        area: Some(run.area),
                        what,
                    });
                }
            }
        }
        let tinted: usize = tints.values().map(|(n, _)| n).sum();
        let share = 100.0 * tinted as f64 / total.max(1) as f64;
        let most = tints.iter().max_by_key(|(_, (n, _))| *n);
        let most = most.and_then(|((paint, opacity), _)| Some((file.colour(*paint)?, *opacity)));
        let finding = most.filter(|_| share >= limits.share_from).map(|(colour, opacity)| {
            let dark = darkness(colour) * f64::from(opacity) / 100.0;
            let others = match tints.len() {
                0 | 1 => String::new(),
                2 => " and another tint".to_owned(),
                n => format!(" and {} other tints", n - 1),
            };
            let message = format!(
                "{share:.0} % of the body text is in {}{others}, which prints as dots of {dark:.0} % black; 100 % prints solid",
                seen_through(colour, opacity),
            );
            let mut places: Vec<Place> = tints.into_values().flat_map(|(_, places)| places).collect();
            places.sort_by_key(|p| p.page);
            let measure = |v| Measure::new(v, MeasureUnit::Percent);
            Finding::about(Part::Interior, message).at_places(places).measured(measure(dark), measure(100.0))
        });
        Ok(Inspection::looked(total, finding.into_iter().collect()))
    }
}

/// The text that can be seen, with its page.
fn seen<'a>(cx: &Context<'a>, file: &'a Document) -> impl Iterator<Item = (u32, &'a TextRun)> {
    file.pages
        .iter()
        .flat_map(move |p| cx.text(Part::Interior, p).map(move |r| (p.number, r)))
}

fn letters(run: &TextRun) -> usize {
    run.text.chars().filter(|c| !c.is_whitespace()).count()
}

fn half_points(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// Whether a colour prints as dots where black would print solid. In a book printed in colour a colour is meant to be one.
fn is_tint(colour: &Colour, opacity: u8, ink: Ink, solid: f64) -> bool {
    let meant = ink != Ink::Black && !colour.is_neutral();
    !meant && darkness(colour) * f64::from(opacity) / 100.0 < solid
}

/// A colour, with the opacity that lets paper through.
fn seen_through(colour: &Colour, opacity: u8) -> String {
    match opacity {
        100 => colour.words(),
        percent => format!("{} at {percent} % opacity", colour.words()),
    }
}
