//! Finds what a code is painted with: the inks of its dark modules, or the pixels of its image.

use crate::measure::codes::black_grade;
use crate::measure::codes::dark_inks::SeparationProbe;
use crate::measure::codes::measure::ReadCode;
use crate::model::facts::{Code, CodeKind, Codec, Colour, Page, PlacedImage};
use crate::model::geometry::Rect;
use crate::model::units::round3;
use crate::pdf::{ImageMark, PaintEffect, PathMark};

/// Shapes of a page that are kept for this, and how long they may be in points: a code is no longer.
const MAX_SHAPES: usize = 40_000;
const LONGEST: f64 = 320.0;
/// The share of a shape within a code from which it is a part of it.
const WITHIN: f64 = 0.7;
/// Colours of one code that are told apart.
const COLOURS: usize = 64;
/// The share of a code's shapes that has to be in one colour, for it to be the code's.
const MOSTLY: f64 = 0.5;

/// Shapes of a page with their colours, as places in its palette.
#[derive(Default)]
pub(in crate::measure) struct Shapes {
    all: Vec<(Rect, u32)>,
    /// How many there were each time something was painted that may hide them.
    begins: Vec<usize>,
}

/// The share of a code that shapes painted over something cover, if they are the code and what lies below is hidden: bars leave
/// as much as half of it bare, and may be cut off.
const COVERS: f64 = 0.15;

impl Shapes {
    pub(in crate::measure) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        self.add(seen, mark.effect, mark.appearance.colour);
    }

    /// A stencil takes the fill colour; other pictures have their own.
    pub(in crate::measure) fn image(&mut self, mark: &ImageMark, seen: Rect) {
        if mark.colour.is_none() {
            self.add(seen, mark.effect, mark.appearance.colour);
        }
    }

    /// Begins a layer, after a mark that may hide all before.
    pub(in crate::measure) fn begin(&mut self) {
        if self.begins.last() != Some(&self.all.len()) {
            self.begins.push(self.all.len());
        }
    }

    fn add(&mut self, seen: Rect, effect: PaintEffect, colour: u32) {
        let small = seen.width().max(seen.height()) <= LONGEST;
        if effect == PaintEffect::Ink && small && self.all.len() < MAX_SHAPES {
            self.all.push((seen, colour));
        }
    }

    /// The colour of most of what is drawn within an area; if nothing is, of what is for the most part.
    fn mostly(&self, area: Rect, slack: f64) -> Option<u32> {
        let within = |s: &Rect| area.contains(*s, slack);
        // Guard bars reach below the others, and all may be one path.
        let mostly = |s: &Rect| {
            let common = area
                .intersection(*s)
                .map_or(0.0, |c| c.width() * c.height());
            common >= WITHIN * s.width() * s.height()
        };
        let least = COVERS * area.width() * area.height();
        self.most(&within, least)
            .or_else(|| self.most(&mostly, least))
    }

    /// Those painted over everything that may hide others, if they cover so much; otherwise those of the layer below it too.
    fn top(&self, counts: &dyn Fn(&Rect) -> bool, least: f64) -> &[(Rect, u32)] {
        let mut covered = 0.0;
        let mut end = self.all.len();
        for begin in self.begins.iter().rev() {
            let layer = self.all.get(*begin..end).unwrap_or_default().iter();
            let areas = layer.filter(|(s, _)| counts(s));
            covered += areas.map(|(s, _)| s.width() * s.height()).sum::<f64>();
            end = *begin;
            if covered >= least {
                return self.all.get(end..).unwrap_or_default();
            }
        }
        &self.all
    }

    fn most(&self, counts: &dyn Fn(&Rect) -> bool, least: f64) -> Option<u32> {
        let mut tally: Vec<(u32, f64)> = Vec::new();
        let top = self.top(counts, least);
        for (shape, colour) in top.iter().filter(|(s, _)| counts(s)) {
            let covered = shape.width() * shape.height();
            if let Some((_, sum)) = tally.iter_mut().find(|(known, _)| known == colour) {
                *sum += covered;
            } else if tally.len() < COLOURS {
                tally.push((*colour, covered));
            }
        }
        let all: f64 = tally.iter().map(|(_, sum)| sum).sum();
        let (colour, most) = tally.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (most >= MOSTLY * all).then_some(colour)
    }
}

fn find(palette: &[Colour], place: u32) -> Option<&Colour> {
    usize::try_from(place).ok().and_then(|n| palette.get(n))
}

/// Assigns inks and image resolution to codes.
pub(in crate::measure) fn assign(
    found: Vec<ReadCode>,
    page: &Page,
    shapes: &Shapes,
    palette: &[Colour],
    probe: &SeparationProbe<'_, '_>,
) -> Vec<Code> {
    let complete = |read: ReadCode| {
        let mut code = read.code;
        let module = code.module_pt();
        let picture = read.pictured.then(|| picture(page, code.area)).flatten();
        if let Some(picture) = picture {
            let pixels = |ppi: f32| round3(code.module_mm / 25.4 * f64::from(ppi));
            code.pixels_per_module = Some(picture.ppi.map(pixels));
            code.lossy = matches!(picture.filter, Codec::Jpeg | Codec::Jpeg2000);
        }
        // A light code is painted as its background.
        if code.inverted {
            return code;
        }
        let colour = match picture {
            Some(picture) => find(palette, picture.paint),
            None => shapes
                .mostly(code.area, 0.3 * module)
                .and_then(|c| find(palette, c)),
        };
        code.space = colour.map(|c| c.space);
        code.inks = match colour {
            Some(colour) if !colour.has_many() || is_black(colour, &code) => {
                Some(colour.laid().cloned().collect())
            }
            Some(colour) if colour.space.is_rgb() => None,
            // No rule needs the inks of other symbologies.
            _ if !matches!(code.kind, CodeKind::Qr | CodeKind::Ean13) => None,
            Some(_) => probe.inks(&code, false),
            // Glyphs, or shapes of several colours; inks converted from RGB do not count.
            None => probe.inks(&code, true),
        };
        if !on_large_picture(page, &code) {
            code.grade = black_grade::grade(probe, &code).or(code.grade);
        }
        code
    };
    found.into_iter().map(complete).collect()
}

/// Pixels of pictures from which laying them costs more than what a grade may gain.
const LARGE: u64 = 3_000_000;

/// Whether large pictures lie at the place of a code.
fn on_large_picture(page: &Page, code: &Code) -> bool {
    let there = page
        .images
        .iter()
        .filter(|i| i.visible && i.area.overlaps(code.area));
    let pixels = there.map(|i| i.pixels.map(u64::from).iter().product::<u64>());
    pixels.sum::<u64>() > LARGE
}

/// Whether a code in a grey image is simply black ink. For bar codes the amount of black counts, so it is measured.
fn is_black(colour: &Colour, code: &Code) -> bool {
    colour.space.is_gray() && code.kind != CodeKind::Ean13
}

/// The smallest picture a code lies in.
fn picture(page: &Page, area: Rect) -> Option<&PlacedImage> {
    let size = |i: &&PlacedImage| i.area.width() * i.area.height();
    page.images
        .iter()
        .filter(|i| i.visible && i.area.contains(area, 1.0))
        .min_by(|a, b| size(a).total_cmp(&size(b)))
}
