//! Candidate places looked at: rasterised no finer than needed, read, and measured on paper.

use super::bars;
use super::seek::{self, Target};
use super::surroundings::{CLEAR, Surroundings};
use crate::barcode::{self, Kind, Sighting};
use crate::facts::{Code, CodeKind};
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::pdf::{Canvas, Grey};

/// What the search gave.
#[derive(Default)]
pub(super) struct Found {
    pub(super) codes: Vec<Code>,
    pub(super) trouble: Option<&'static str>,
}

/// Pixels a module in the first look at a drawing, which is small. Three is the reader's floor; more forgives
/// unlucky phases.
const FIRST_LOOK: f64 = 5.0;
/// Pixels a module in the second look at a drawing, in which the first showed no code.
const SECOND_LOOK: f64 = 8.0;
/// Pixels a module in the look at a picture.
const PICTURE_LOOK: f64 = 3.6;
/// Pixels a module in the look at a part of a picture that has finders.
const SIGHTED_LOOK: f64 = 8.0;
/// Pixels a module when a sighting is measured: corners are found to a pixel, 1 in 250 on the smallest code.
const MEASURE: f64 = 12.0;
/// The finest first look, in pixels a point (400 ppi): a version 10 code of 0.3 in has two pixels a module at 280.
const FINEST: f64 = 400.0 / 72.0;
/// The finest look at a picture (300 ppi): a module of 0.25 mm, the least that scans, has three pixels there.
const PICTURE_FINEST: f64 = 300.0 / 72.0;
/// The coarsest, in pixels a point (100 ppi).
const COARSEST: f64 = 100.0 / 72.0;
/// Pixels spent on the first look at a picture, where most hold no code.
const PICTURE_PIXELS: f64 = 2_600_000.0;

/// Looks at every target of a page and reads the codes there, in reading order.
pub(super) fn read(
    canvas: &Canvas<'_>,
    index: usize,
    targets: &[Target],
    limits: &Limits,
) -> Found {
    let mut found = Found::default();
    for target in targets {
        if target.kind == seek::Kind::Bars {
            take(&mut found.codes, bars::read(canvas, index, target, limits));
            continue;
        }
        let drawn = target.kind == seek::Kind::Drawn;
        let inside =
            |c: &Code| target.area.contains(c.area, 1.0) && area(target.area) < 4.0 * area(c.area);
        if drawn && found.codes.iter().any(inside) {
            continue;
        }
        let scale = first_scale(target, limits);
        if drawn && is_plain(canvas, index, target.area, scale) {
            continue;
        }
        let Some(picture) = canvas.grey(index, target.area, scale) else {
            found.trouble = Some("a place that may hold a code is too large to look at");
            continue;
        };
        if target.kind == seek::Kind::Picture {
            take(&mut found.codes, bars::read(canvas, index, target, limits));
        }
        let mut scale = scale;
        let mut sightings = looks(&picture, drawn);
        // Finders without a code: the picture was too coarse for what it holds.
        if drawn && !sightings.is_empty() && !sightings.iter().any(|s| s.text.is_some()) {
            let finer = scale * SECOND_LOOK / FIRST_LOOK;
            if let Some(picture) = canvas.grey(index, target.area, finer) {
                scale = finer;
                sightings = looks(&picture, true);
            }
        }
        for sighting in sightings {
            let Some(code) = measure(canvas, index, target.area, scale, &sighting, limits) else {
                continue;
            };
            let known = found
                .codes
                .iter()
                .any(|c| c.text == code.text && c.area.inflate(2.0).overlaps(code.area));
            if !known {
                found.codes.push(code);
            }
        }
    }
    found.codes.sort_by(|a, b| {
        (a.area.y0, a.area.x0)
            .partial_cmp(&(b.area.y0, b.area.x0))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    found
}

/// Adds codes that are not known yet.
fn take(known: &mut Vec<Code>, codes: Vec<Code>) {
    for code in codes {
        let same = |c: &Code| c.text == code.text && c.area.inflate(2.0).overlaps(code.area);
        if !known.iter().any(same) {
            known.push(code);
        }
    }
}

/// Pixels up to which reading a drawing costs less than looking for finders first.
const SMALL_DRAWING: f64 = 150_000.0;
/// The share of the first look's resolution at which finders show: three pixels a module.
const COARSER: f64 = 3.0 / FIRST_LOOK;

/// Whether a large drawing has no finder patterns, and need not be read.
fn is_plain(canvas: &Canvas<'_>, index: usize, place: Rect, scale: f64) -> bool {
    if area(place) * scale * scale < SMALL_DRAWING {
        return false;
    }
    let picture = canvas.grey(index, place, scale * COARSER);
    picture
        .and_then(|p| barcode::finders(p.width, p.height, &p.pixels))
        .is_some_and(|found| found.is_empty())
}

/// Pixels of a photograph up to which it is also read as a drawing: pictures of codes are small.
const SMALL_PICTURE: usize = 600_000;

/// Reads a picture in the ways that suit it.
fn looks(picture: &Grey, drawn: bool) -> Vec<Sighting> {
    let look = |kind| barcode::qr(picture.width, picture.height, &picture.pixels, kind);
    if drawn {
        return look(Kind::Drawing);
    }
    let found = look(Kind::Photo);
    let read = found.iter().any(|s| s.text.is_some());
    if read || picture.pixels.len() > SMALL_PICTURE {
        found
    } else {
        [found, look(Kind::Drawing)].concat()
    }
}

fn first_scale(target: &Target, limits: &Limits) -> f64 {
    let area = area(target.area).max(1.0);
    #[allow(clippy::cast_precision_loss)]
    let most = limits.raster_pixels as f64;
    let most = (most / area).sqrt();
    match target.kind {
        seek::Kind::Drawn => {
            let wanted = (FIRST_LOOK / target.detail.max(0.1)).clamp(COARSEST, FINEST * 2.0);
            wanted.min(most)
        }
        seek::Kind::Sighted | seek::Kind::Bars => {
            (SIGHTED_LOOK / target.detail.max(0.01)).min(most)
        }
        seek::Kind::Picture => {
            // Finer than its own pixels shows nothing more, except that a module of one pixel needs three.
            let wanted = (PICTURE_LOOK / target.detail.max(0.01)).min(PICTURE_FINEST);
            wanted.min((PICTURE_PIXELS / area).sqrt().max(COARSEST).min(most))
        }
    }
}

/// Looks again, closely, at a sighting: decodes what the first look could not, and measures what is there.
fn measure(
    canvas: &Canvas<'_>,
    index: usize,
    origin: Rect,
    scale: f64,
    sighting: &Sighting,
    limits: &Limits,
) -> Option<Code> {
    let at = |p: [f64; 2]| {
        [
            f64::from(origin.x0) + p[0] / scale,
            f64::from(origin.y0) + p[1] / scale,
        ]
    };
    let corners = sighting.corners.map(at);
    let around = bounds(&corners);
    let module = side(&corners) / f64::from(sighting.modules.max(21));
    let near = around.inflate(module * (CLEAR + 1.0) + 1.0);
    #[allow(clippy::cast_precision_loss)]
    let most = (limits.raster_pixels as f64 / 4.0 / area(near).max(1.0)).sqrt();
    let fine = (MEASURE / module.max(0.01)).min(most);
    let picture: Grey = canvas.grey(index, near, fine)?;
    let closer = [looks(&picture, true), looks(&picture, false)]
        .concat()
        .into_iter()
        .find(|s| s.text.is_some() && (sighting.text.is_none() || s.text == sighting.text));
    let (text, modules, inverted, corners) = match closer {
        Some(s) => {
            let at = |p: [f64; 2]| {
                [
                    f64::from(near.x0) + p[0] / fine,
                    f64::from(near.y0) + p[1] / fine,
                ]
            };
            (s.text?, s.modules, s.inverted, s.corners.map(at))
        }
        None => (
            sighting.text.clone()?,
            sighting.modules,
            sighting.inverted,
            corners,
        ),
    };
    let mut corners = corners;
    let mut quiet = None;
    let length = side(&corners);
    let [x0, y0, x1, y1] = bounds(&corners).to_f64();
    let upright = ((x1 - x0) - length).abs() <= 0.5 * length / f64::from(modules);
    let pixels = length / f64::from(modules) * fine;
    if let Some(around) = Surroundings::new(&picture, pixels, inverted).filter(|_| upright) {
        let (left, top) = (f64::from(near.x0), f64::from(near.y0));
        let given = [
            (x0 - left) * fine,
            (y0 - top) * fine,
            (x1 - left) * fine,
            (y1 - top) * fine,
        ];
        match around.edges(given) {
            Some(edges) => {
                quiet = Some(around.quiet_zone(edges));
                let [a, b, c, d] = edges;
                let (a, c) = (left + a / fine, left + c / fine);
                let (b, d) = (top + b / fine, top + d / fine);
                corners = [[a, b], [c, b], [c, d], [a, d]];
            }
            None => quiet = Some(0.0),
        }
    }
    let side_mm = side(&corners) * 25.4 / 72.0;
    Some(Code {
        kind: CodeKind::Qr,
        text,
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        area: bounds(&corners),
        side_mm: crate::units::round3(side_mm),
        module_mm: crate::units::round3(side_mm / f64::from(modules)),
        modules,
        inverted,
        add_on: None,
        bar_height_mm: None,
        quiet_zone_modules: quiet.map(crate::units::round3),
        quiet_sides_modules: None,
    })
}

/// The mean length of the four sides.
fn side(corners: &[[f64; 2]; 4]) -> f64 {
    let [a, b, c, d] = corners;
    let length = |p: &[f64; 2], q: &[f64; 2]| (p[0] - q[0]).hypot(p[1] - q[1]);
    (length(a, b) + length(b, c) + length(c, d) + length(d, a)) / 4.0
}

pub(super) fn bounds(corners: &[[f64; 2]; 4]) -> Rect {
    let fold = |i: usize, f: fn(f64, f64) -> f64, start: f64| {
        corners
            .iter()
            .filter_map(|c| c.get(i))
            .copied()
            .fold(start, f)
    };
    Rect::new(
        fold(0, f64::min, f64::INFINITY),
        fold(1, f64::min, f64::INFINITY),
        fold(0, f64::max, f64::NEG_INFINITY),
        fold(1, f64::max, f64::NEG_INFINITY),
    )
}

fn area(r: Rect) -> f64 {
    r.width() * r.height()
}
