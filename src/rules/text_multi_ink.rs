//! Small text built of several inks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, Meta, Need, Rule, words};
use crate::facts::{Colour, TextRun, Visibility};
use crate::finding::{Finding, Level, Outcome, Part, Place};
use crate::units::Length;

/// Up to which size text wants one ink.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Black text up to this size wants black ink alone.
    black_up_to: Option<Length>,
    /// Text smaller than this wants one ink, or two at most.
    many_below: Option<Length>,
}

/// A hundredth of a point: sizes come through matrices.
const SLACK: f64 = 0.01;

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "text-multi-ink",
        title: "small text is built of several inks",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "Each ink is printed on its own, and they never meet exactly. On small letters a shift of a tenth of a millimetre \
              leaves coloured fringes and blurs what should be sharp.",
        fix: "Set black text in 100 % black ink and nothing else: CMYK 0/0/0/100 or gray 0, not RGB black, not rich black.",
        fix_in: &[
            ("indesign", "In InDesign use the swatch [Black], and export with Preserve Numbers; Preferences > Appearance of Black must not make it rich."),
            ("illustrator", "In Illustrator use the swatch Black (0/0/0/100)."),
            ("affinity", "In Affinity use CMYK 0/0/0/100 with the K-only option on in the PDF export, and no RGB black."),
            ("canva", "Canva writes black in RGB: with the CMYK export, check that text is 0/0/0/100; if not, convert it afterwards."),
            ("word", "Word writes black text in RGB: convert the PDF so that RGB black becomes 100 % black ink."),
            ("libreoffice", "LibreOffice writes black text in RGB: convert the PDF so that RGB black becomes 100 % black ink."),
            ("chrome", "Browsers write black in RGB: convert the PDF so that RGB black becomes 100 % black ink."),
            ("cairo", "Cairo writes black in RGB: convert the PDF so that RGB black becomes 100 % black ink."),
            ("latex", "In LaTeX use \\color{black} from xcolor with the option cmyk or gray; do not define black in rgb."),
            ("typst", "In Typst set text(fill: luma(0)) or cmyk(0%, 0%, 0%, 100%)."),
        ],
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in at.files()? {
            let kinds: Vec<Option<Kind>> = file.colours.iter().map(kind).collect();
            let mut black: Vec<Place> = Vec::new();
            let mut many: Vec<Place> = Vec::new();
            for page in &file.pages {
                for run in page.text.iter().filter(|r| r.visibility == Visibility::Visible) {
                    looked += 1;
                    let kind = kinds.get(run.paint as usize).copied().flatten();
                    let within = |limit: Option<Length>, slack: f64| {
                        limit.is_some_and(|l| f64::from(run.size) <= l.as_pt() + slack)
                    };
                    let places = match kind {
                        Some(Kind::Black) if within(limits.black_up_to, SLACK) => &mut black,
                        Some(Kind::Black | Kind::Many) if within(limits.many_below, -SLACK) => {
                            &mut many
                        }
                        _ => continue,
                    };
                    let colour = file.colour(run.paint).map_or_else(String::new, Colour::words);
                    places.push(place(page.number, run, words::text(file, run, None), &colour));
                }
            }
            if let (Some(limit), false) = (limits.black_up_to, black.is_empty()) {
                let message = format!(
                    "black text up to {:.0} pt not in black ink alone on {}",
                    limit.as_pt(),
                    pages(&black)
                );
                findings.push(Finding::about(part, message).at_places(black));
            }
            if let (Some(limit), false) = (limits.many_below, many.is_empty()) {
                let message = format!(
                    "text below {:.0} pt in three inks or more on {}",
                    limit.as_pt(),
                    pages(&many)
                );
                findings.push(Finding::about(part, message).at_places(many));
            }
        }
        Ok(Outcome::looked(looked, findings))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Black to the eye, but not black ink alone.
    Black,
    /// Three inks or more.
    Many,
}

/// Colours darker than this in every light are black to the eye.
const DARK: f32 = 15.0;

fn kind(colour: &Colour) -> Option<Kind> {
    if colour.has_many() || colour.space.is_gray() || !colour.names.is_empty() {
        return None;
    }
    let [c, m, y, k] = ["Cyan", "Magenta", "Yellow", "Black"].map(|n| colour.ink(n));
    let light = |ink: f32| 100.0 - (ink + k).min(100.0);
    let is_dark = [c, m, y].into_iter().all(|ink| light(ink) <= DARK);
    let inks = colour.laid().count();
    if is_dark && (colour.space.is_rgb() || inks > 1) {
        Some(Kind::Black)
    } else if inks > 2 && !colour.space.is_rgb() {
        Some(Kind::Many)
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
