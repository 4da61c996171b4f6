//! Grades codes in black ink alone by the amounts of ink: a screen rendering of a tint has another reflectance.

use presscheck_barcode::{self, Bars};

use crate::measure::codes::dark_inks::SeparationProbe;
use crate::model::facts::{Code, CodeKind, Grade, SpaceKind};
use crate::model::geometry::Rect;
use crate::model::units::Length;
use crate::pdf::{Grey, SeparationSet};

/// Pixels a module of QR codes and of bars.
const PIXELS_PER_MODULE: f64 = 12.0;
const FINE_BARS: f64 = 6.0;
/// Modules around them that belong to them, and one more.
const AROUND: f64 = 7.0;
const AROUND_BARS: f64 = 12.0;
/// Amounts of other inks below this are none.
const FAINT: f32 = 0.005;

/// A part of the page as tints of black.
struct Tints {
    grey: Grey,
    origin: [f64; 2],
    scale: f64,
}

/// The grade of a code that is drawn in black and stands on nothing else; none where greys are as drawn anyway, or where
/// other inks lie about.
pub(in crate::measure) fn grade(probe: &SeparationProbe<'_, '_>, code: &Code) -> Option<Grade> {
    code.grade?;
    let black = matches!(code.inks.as_deref(), Some([one]) if one.ink == "Black");
    if !black || code.space.is_some_and(SpaceKind::is_gray) {
        return None;
    }
    match code.kind {
        CodeKind::Qr => symbol(probe, code),
        CodeKind::Ean13 => bars(probe, code),
        _ => None,
    }
}

fn symbol(probe: &SeparationProbe<'_, '_>, code: &Code) -> Option<Grade> {
    let module = code.module_pt();
    let tints = Tints::at(
        probe,
        code.area.inflate(AROUND * module),
        PIXELS_PER_MODULE / module,
    )?;
    let half = Length::mm(code.side_mm).as_pt() / 2.0;
    let (sine, cosine) = code.rotation_deg.to_radians().sin_cos();
    let [mx, my] = code.area.middle();
    // Down the symbol is up the page where it is seen from behind.
    let down = if code.mirrored { -1.0 } else { 1.0 };
    let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[x, y]| {
        let (along, across) = (x * half, y * half * down);
        tints.pixel([
            mx + along * cosine + across * sine,
            my - along * sine + across * cosine,
        ])
    });
    let grey = &tints.grey;
    let found =
        presscheck_barcode::measure(grey.width, grey.height, &grey.pixels, corners, code.modules)?;
    (found.text == code.text).then_some(found.grade)
}

fn bars(probe: &SeparationProbe<'_, '_>, code: &Code) -> Option<Grade> {
    let module = code.module_pt();
    let high = Length::mm(code.bar_height_mm.unwrap_or(0.0)).as_pt();
    let half = Length::mm(code.side_mm).as_pt().max(high) / 2.0 + AROUND_BARS * module;
    // Bars that lean are turned back to the nearest of the page's own directions.
    let quarters = (code.rotation_deg / 90.0).round();
    let lean = (code.rotation_deg - 90.0 * quarters).to_radians();
    let place = if lean == 0.0 {
        code.area.inflate(AROUND_BARS * module)
    } else {
        let [mx, my] = code.area.middle();
        let reach = half * std::f64::consts::SQRT_2;
        Rect::new(mx - reach, my - reach, mx + reach, my + reach)
    };
    let tints = Tints::at(probe, place, FINE_BARS / module)?;
    let grey = if lean == 0.0 {
        tints.grey
    } else {
        tints.turned(code.area.middle(), half, lean)
    };
    let found = presscheck_barcode::ean13(grey.width, grey.height, &grey.pixels, 1);
    let same = |b: &Bars| b.digits == code.text;
    let found = found.into_iter().find(same)?;
    presscheck_barcode::grade_ean13(grey.width, grey.height, &grey.pixels, &found)
}

impl Tints {
    /// A place at up to so many pixels a point; none if it has other inks than black.
    fn at(probe: &SeparationProbe<'_, '_>, place: Rect, scale: f64) -> Option<Self> {
        let set = probe.plates(place, scale)?;
        if set.through.is_some() {
            return None;
        }
        let [x0, y0, ..] = place.to_f64();
        let origin = [x0, y0].map(|v| (v.max(0.0) * set.scale).floor() / set.scale);
        Some(Self {
            scale: set.scale,
            origin,
            grey: grey(set)?,
        })
    }

    fn pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [x0, y0] = self.origin;
        [(x - x0) * self.scale, (y - y0) * self.scale]
    }

    /// A square about a point, seen as if the page were turned to the right by so many radians.
    fn turned(&self, about: [f64; 2], half: f64, lean: f64) -> Grey {
        let (sine, cosine) = lean.sin_cos();
        let [mx, my] = self.pixel(about);
        let reach = half * self.scale;
        let side = (2.0 * reach) as usize;
        let mut pixels = Vec::with_capacity(side * side);
        for y in 0..side {
            for x in 0..side {
                let (dx, dy) = (x as f64 + 0.5 - reach, y as f64 + 0.5 - reach);
                let place = [mx + dx * cosine + dy * sine, my - dx * sine + dy * cosine];
                pixels.push(self.grey.between(place));
            }
        }
        Grey {
            width: side,
            height: side,
            pixels,
        }
    }
}

/// Plates as grey, if black is all that lies on them.
fn grey(set: SeparationSet) -> Option<Grey> {
    let mut black = None;
    for (name, plate) in set.names.iter().zip(set.plates) {
        if name == "Black" {
            black = Some(plate);
        } else if plate.iter().any(|ink| *ink > FAINT) {
            return None;
        }
    }
    let shade = |ink: f32| ((1.0 - ink.clamp(0.0, 1.0)) * 255.0).round() as u8;
    Some(Grey {
        width: set.width,
        height: set.height,
        pixels: black?.into_iter().map(shade).collect(),
    })
}
