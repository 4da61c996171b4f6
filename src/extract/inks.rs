//! What a code is made of: the inks its dark parts are drawn in, or the pixels of the picture it is.

use super::codes::Read;
use crate::facts::{Code, Filter, ImageColour, InkAmount, Page, PlacedImage};
use crate::geometry::Rect;
use crate::pdf::{Family, ImageMark, Ink, PathMark, Swatch};
use crate::units::round3;

/// Shapes of a page that are kept for this, and how long they may be in points: a code is no longer.
const MOST: usize = 40_000;
const LONGEST: f64 = 320.0;
/// The share of a shape within a code from which it is a part of it.
const WITHIN: f64 = 0.7;
/// Colours of one code that are told apart.
const COLOURS: usize = 64;
/// The share of a code's shapes that has to be in one colour, for it to be the code's.
const MOSTLY: f64 = 0.5;

/// Shapes of a page with their colours.
#[derive(Default)]
pub(super) struct Painted {
    shapes: Vec<(Rect, Swatch)>,
}

impl Painted {
    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        self.add(seen, mark.ink, mark.swatch);
    }

    /// A stencil takes the fill colour; other pictures have their own.
    pub(super) fn image(&mut self, mark: &ImageMark, seen: Rect) {
        if mark.colour.is_none() {
            self.add(seen, mark.ink, mark.swatch);
        }
    }

    fn add(&mut self, seen: Rect, ink: Ink, swatch: Swatch) {
        let small = seen.width().max(seen.height()) <= LONGEST;
        if ink == Ink::Ink && small && self.shapes.len() < MOST {
            self.shapes.push((seen, swatch));
        }
    }

    /// The colour of most of what is drawn within an area; if nothing is, of what is for the most part.
    fn mostly(&self, area: Rect, slack: f64) -> Option<Swatch> {
        let within = |s: &Rect| area.contains(*s, slack);
        // Guard bars reach below the others, and all may be one path.
        let mostly = |s: &Rect| {
            let common = area
                .intersection(*s)
                .map_or(0.0, |c| c.width() * c.height());
            common >= WITHIN * s.width() * s.height()
        };
        self.most(&within).or_else(|| self.most(&mostly))
    }

    fn most(&self, counts: &dyn Fn(&Rect) -> bool) -> Option<Swatch> {
        let mut tally: Vec<(Swatch, f64)> = Vec::new();
        for (shape, swatch) in self.shapes.iter().filter(|(s, _)| counts(s)) {
            let covered = shape.width() * shape.height();
            if let Some((_, sum)) = tally.iter_mut().find(|(known, _)| known == swatch) {
                *sum += covered;
            } else if tally.len() < COLOURS {
                tally.push((*swatch, covered));
            }
        }
        let all: f64 = tally.iter().map(|(_, sum)| sum).sum();
        let (swatch, most) = tally.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (most >= MOSTLY * all).then_some(swatch)
    }
}

/// Completes codes with what they are made of.
pub(super) fn tell(found: Vec<Read>, page: &Page, painted: &Painted) -> Vec<Code> {
    let complete = |read: Read| {
        let mut code = read.code;
        let module = code.module_mm * 72.0 / 25.4;
        let picture = read.pictured.then(|| picture(page, code.area)).flatten();
        if let Some(picture) = picture {
            let pixels = |ppi: f32| round3(code.module_mm / 25.4 * f64::from(ppi));
            code.pixels_per_module = Some(picture.ppi.map(pixels));
            code.lossy = matches!(picture.filter, Filter::Jpeg | Filter::Jpeg2000);
        }
        code.inks = match picture.map(|p| p.colour) {
            // The ground is what is drawn of a light code.
            _ if code.inverted => None,
            Some(ImageColour::Gray) => inks(Family::Gray, &[0.0]),
            Some(ImageColour::Rgb) => inks(Family::Rgb, &[0.0; 3]),
            // A stencil is a little larger than the code in it.
            Some(ImageColour::Stencil) => {
                let around = code.area.inflate(8.0 * module);
                painted.mostly(around, 0.0).and_then(told)
            }
            Some(_) => None,
            None => painted.mostly(code.area, 0.3 * module).and_then(told),
        };
        code
    };
    found.into_iter().map(complete).collect()
}

/// The smallest picture a code lies in.
fn picture(page: &Page, area: Rect) -> Option<&PlacedImage> {
    let size = |i: &&PlacedImage| i.area.width() * i.area.height();
    page.images
        .iter()
        .filter(|i| i.visible && i.area.contains(area, 1.0))
        .min_by(|a, b| size(a).total_cmp(&size(b)))
}

fn told(swatch: Swatch) -> Option<Vec<InkAmount>> {
    let count = usize::from(swatch.count).min(swatch.values.len());
    let values = swatch.values.get(..count)?;
    if matches!(swatch.family, Family::Spot) && swatch.count > 4 {
        return None;
    }
    inks(swatch.family, values)
}

/// The inks of a colour that are there at all; of RGB, the light. None where the space does not say.
fn inks(family: Family, values: &[f32]) -> Option<Vec<InkAmount>> {
    let names: &[&str] = match family {
        Family::Gray | Family::Icc(1) => &["black"],
        Family::Rgb | Family::Icc(3) => &["red", "green", "blue"],
        Family::Cmyk | Family::Icc(4) => &["cyan", "magenta", "yellow", "black"],
        Family::Spot => &["spot", "second spot", "third spot", "fourth spot"],
        Family::Lab | Family::Icc(_) | Family::Indexed | Family::Pattern | Family::Unknown => {
            return None;
        }
    };
    let light = matches!(family, Family::Rgb | Family::Icc(3));
    let amount = |value: f32| {
        let value = f64::from(value).clamp(0.0, 1.0);
        round3(if matches!(family, Family::Gray | Family::Icc(1)) {
            1.0 - value
        } else {
            value
        })
    };
    let told = names.iter().zip(values).map(|(name, value)| InkAmount {
        ink: (*name).to_owned(),
        amount: amount(*value),
    });
    Some(told.filter(|i| light || i.amount > 0.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_are_named_and_grey_is_black() {
        let named = |family, values: &[f32]| -> Vec<(String, f64)> {
            inks(family, values)
                .unwrap_or_default()
                .into_iter()
                .map(|i| (i.ink, i.amount))
                .collect()
        };
        assert_eq!(named(Family::Gray, &[0.0]), [("black".to_owned(), 1.0)]);
        assert_eq!(
            named(Family::Cmyk, &[0.0, 0.0, 0.0, 1.0]),
            [("black".to_owned(), 1.0)]
        );
        assert_eq!(named(Family::Cmyk, &[0.6, 0.4, 0.4, 1.0]).len(), 4);
        assert_eq!(named(Family::Rgb, &[0.0; 3]).len(), 3);
        assert_eq!(inks(Family::Pattern, &[]), None);
    }
}
