//! Text smaller than the platform lets pass.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Document, Page, TextRun, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::model::units::Length;
use crate::rules::words;
use crate::rules::{Context, Meta, Need, Rule};

/// The least size.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Of the em, on paper.
    least: Length,
}

/// TeX's point is 1/72.27 in, so its 7 pt are 6.974, and programs round sizes to a twentieth.
const ROUNDING: f64 = 0.05;
/// The height of small letters and of capitals in an ordinary typeface, in parts of the em.
const X_HEIGHT: f64 = 0.47;
const CAP_HEIGHT: f64 = 0.69;
/// A typeface whose letters are this much larger or smaller than an ordinary one's has an em that means nothing, as
/// those drawn by page operators or made of pixels often have. Then its letters speak, not its em.
const STRANGE: [f64; 2] = [0.4, 1.6];
/// Letters as high as those of text this much larger than the least size read as easily, whatever their em.
const TALL: f64 = 1.25;
/// Figures and letters set high or low beside larger text: note signs, indices, ordinals.
const SCRIPT: usize = 6;
/// Small runs of a page that are compared with larger text beside them; a page with more is set small throughout.
const LOOKS: usize = 2000;
/// Text this near to a code, in points, is its human-readable number.
const NEAR_CODE: f64 = 14.0;

pub(super) struct TextTooSmall;

impl Rule for TextTooSmall {
    const META: Meta = Meta {
        id: "text-too-small",
        title: "text is smaller than the platform lets pass",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Codes],
        why: "Reviewers refuse text that readers can hardly read. What counts is the size on paper: text of 10 pt in a picture \
              or table that was scaled down to half is 5 pt. Note signs and indices beside larger text are let pass.",
        fix: "Set the text larger, or scale up the picture or table it stands in.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            let mut small: Vec<(f64, Place)> = Vec::new();
            let mut large_eyed: Vec<(f64, Place)> = Vec::new();
            let heights = x_heights(document);
            for page in &document.pages {
                let mut looks = LOOKS;
                for run in cx.text(part, page) {
                    looked += 1;
                    let size = size(run);
                    if size >= limits.least.as_pt() - ROUNDING || is_exempt(document, page, run) {
                        continue;
                    }
                    let beside_larger = looks > 0 && {
                        looks -= 1;
                        is_beside_larger(page, run, size)
                    };
                    let text = run.text.trim();
                    if beside_larger && text.chars().count() <= SCRIPT {
                        continue;
                    }
                    let small_capitals = beside_larger && !text.chars().any(char::is_lowercase);
                    let x_height = run.x_height.or_else(|| heights.get(&face(run)).copied());
                    let letters = x_height.map_or(0.0, |x| f64::from(x) / X_HEIGHT);
                    let as_large = letters >= limits.least.as_pt() * TALL;
                    let what = what(document, run, if as_large { letters } else { size });
                    let place = Place {
                        page: page.number,
                        area: Some(run.area),
                        what,
                    };
                    let kind = if as_large || small_capitals {
                        &mut large_eyed
                    } else {
                        &mut small
                    };
                    kind.push((size, place));
                }
            }
            findings.extend(report(part, small, limits.least.as_pt()));
            // Tall small letters are read as easily as those of larger text, and so are small capitals beside their own.
            findings
                .extend(report(part, large_eyed, limits.least.as_pt()).map(|f| f.at(Level::Note)));
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// A font at a size, in hundredths of a point.
type Face = (u32, i64);

fn face(run: &TextRun) -> Face {
    let size = (f64::from(run.size) * 100.0).round() as i64;
    (run.font, size)
}

/// How high small letters are in each font and size of a file: page numbers and names in capitals have none of their own.
fn x_heights(document: &Document) -> HashMap<Face, f32> {
    let mut heights: HashMap<Face, f32> = HashMap::new();
    for run in document.pages.iter().flat_map(|p| &p.text) {
        if let Some(x) = run.x_height {
            let known = heights.entry(face(run)).or_insert(x);
            *known = known.max(x);
        }
    }
    heights
}

fn report(part: Part, mut small: Vec<(f64, Place)>, least: f64) -> Option<Finding> {
    small.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let smallest = small.first()?.0;
    let pages = words::pages(small.iter().map(|(_, p)| p.page));
    let message =
        format!("text as small as {smallest:.1} pt on {pages}; at least {least:.0} pt needed");
    let measure = |v| Measure::new(v, MeasureUnit::Points);
    let places = small.into_iter().map(|(_, place)| place).collect();
    Some(
        Finding::about(part, message)
            .at_places(places)
            .measured(measure(smallest), measure(least)),
    )
}

/// The size of a run: its em, unless its letters show that the em means nothing.
fn size(run: &TextRun) -> f64 {
    let em = f64::from(run.size);
    let by_letters = match (run.x_height, run.cap_height) {
        (Some(x), _) => f64::from(x) / X_HEIGHT,
        (None, Some(caps)) => f64::from(caps) / CAP_HEIGHT,
        (None, None) => return em,
    };
    if (em * STRANGE[0]..=em * STRANGE[1]).contains(&by_letters) {
        em
    } else {
        by_letters
    }
}

fn what(document: &Document, run: &TextRun, letters: f64) -> String {
    let named = words::text(document, run, None);
    if (letters - f64::from(run.size)).abs() < 0.01 {
        named
    } else {
        format!("{named}, whose letters are as high as those of {letters:.1} pt")
    }
}

/// Whether a run may be so small: it has no letters, or belongs to a code.
fn is_exempt(document: &Document, page: &Page, run: &TextRun) -> bool {
    // Dots that lead to a page number, asterisks, rules made of type.
    let text = run.text.trim();
    if !text.is_empty() && !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    let near = |c: &crate::model::facts::Code| c.area.inflate(NEAR_CODE).contains(run.area, 0.0);
    document
        .codes
        .iter()
        .any(|c| c.page == page.number && near(c))
}

/// Whether larger text is right beside a run, on the same line.
fn is_beside_larger(page: &Page, run: &TextRun, own: f64) -> bool {
    page.text.iter().any(|other| {
        let larger = size(other) > own * 1.1 && other.visibility == Visibility::Visible;
        let beside = f64::from(other.size) * 0.5;
        larger && other.area.inflate(beside).overlaps(run.area)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::{RenderMode, Tip};
    use crate::model::geometry::Rect;

    fn run(em: f32, x_height: Option<f32>) -> TextRun {
        let tip = || Tip {
            text: String::new(),
            area: Rect::default(),
        };
        TextRun {
            area: Rect::new(0.0, 0.0, 50.0, 5.0),
            text: "words".to_owned(),
            font: 0,
            size: em,
            angle: 0,
            mode: RenderMode::Fill,
            visibility: Visibility::Visible,
            tips: Box::new([tip(), tip(), tip(), tip()]),
            paint: 0,
            opacity: 100,
            ground: None,
            x_height,
            cap_height: None,
            missing: None,
        }
    }

    #[test]
    fn an_em_that_means_nothing_gives_way_to_the_letters() {
        assert!((size(&run(10.0, None)) - 10.0).abs() < 1e-6);
        assert!((size(&run(10.0, Some(5.2))) - 10.0).abs() < 1e-6);
        // A script with small letters is still called by its em.
        assert!((size(&run(10.0, Some(2.5))) - 10.0).abs() < 1e-6);
        // A font of pixels, whose em is a pixel.
        assert!((size(&run(0.24, Some(4.7))) - 10.0).abs() < 1e-3);
        assert!((size(&run(10.0, Some(1.2))) - 1.2 / 0.47).abs() < 1e-3);
    }
}
