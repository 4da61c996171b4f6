//! Bar codes read and measured: where bars may be, the page is looked at closely enough to read a module's width.

use super::seek::Target;
use crate::barcode::{self, Bars};
use crate::facts::{Code, CodeKind, Unread};
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::pdf::Canvas;
use crate::units::round3;

/// Pixels a module: edges are found to a pixel, so a symbol of 95 modules is measured to a part in 500.
const LOOK: f64 = 5.0;
/// Modules of surroundings, in which quiet zones and an add-on are seen.
const AROUND: f64 = 16.0;
/// Modules of an add-on and its gap.
const ADD_ON: f64 = 62.0;

/// What stands at a place.
#[derive(Default)]
pub(super) struct Found {
    pub(super) codes: Vec<Code>,
    pub(super) unread: Vec<Unread>,
}

/// Reads the bar codes at a place.
pub(super) fn read(
    canvas: &Canvas<'_>,
    index: usize,
    target: &Target,
    limits: &Limits,
) -> Found {
    let module = target.detail.max(0.05);
    let place = target.area;
    let mut codes: Vec<Code> = Vec::new();
    for bars in look(canvas, index, place, LOOK / module, limits) {
        // A first look at more than the symbol; a second at nothing else.
        let exact = 1.0 - (bars.module - module).abs() / module;
        let tight = place.width() < 400.0 * bars.module && place.height() < 400.0 * bars.module;
        let found = if exact > 0.5 && tight {
            bars
        } else {
            let near = around(&bars);
            let again = look(canvas, index, near, LOOK / bars.module, limits);
            match again.into_iter().find(|b| b.digits == bars.digits) {
                Some(closer) => closer,
                None => bars,
            }
        };
        let code = code(&found, index);
        if !codes
            .iter()
            .any(|c| c.text == code.text && c.area.overlaps(code.area))
        {
            codes.push(code);
        }
    }
    Found {
        codes,
        unread: Vec::new(),
    }
}

/// Bars on a place, in points on the page.
fn look(canvas: &Canvas<'_>, index: usize, place: Rect, scale: f64, limits: &Limits) -> Vec<Bars> {
    #[allow(clippy::cast_precision_loss)]
    let most = (limits.raster_pixels as f64 / (place.width() * place.height()).max(1.0)).sqrt();
    let scale = scale.min(most);
    let Some(grey) = canvas.grey(index, place, scale) else {
        return Vec::new();
    };
    let [x0, y0, ..] = place.to_f64();
    barcode::ean13(grey.width, grey.height, &grey.pixels, 1)
        .into_iter()
        .map(|bars| {
            let [a, b, c, d] = bars.area;
            Bars {
                area: [
                    x0 + a / scale,
                    y0 + b / scale,
                    x0 + c / scale,
                    y0 + d / scale,
                ],
                module: bars.module / scale,
                ..bars
            }
        })
        .collect()
}

fn around(bars: &Bars) -> Rect {
    let [x0, y0, x1, y1] = bars.area;
    let room = (AROUND + ADD_ON) * bars.module;
    Rect::new(x0 - room, y0 - room, x1 + room, y1 + room)
}

fn code(bars: &Bars, index: usize) -> Code {
    let [x0, y0, x1, y1] = bars.area;
    let (long, high) = if bars.lying {
        (y1 - y0, x1 - x0)
    } else {
        (x1 - x0, y1 - y0)
    };
    let mm = |points: f64| round3(points * 25.4 / 72.0);
    let [before, after] = bars.quiet.map(round3);
    Code {
        kind: CodeKind::Ean13,
        text: bars.digits.clone(),
        add_on: bars.add_on.clone(),
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        area: Rect::new(x0, y0, x1, y1),
        side_mm: mm(long),
        bar_height_mm: Some(mm(high)),
        module_mm: mm(bars.module),
        modules: 95,
        inverted: false,
        quiet_zone_modules: Some(before.min(after)),
        quiet_sides_modules: vec![before, after],
        rotation_deg: if bars.lying { 90.0 } else { 0.0 },
        mirrored: false,
        correction: None,
        bytes_over: None,
        pixels_per_module: None,
        lossy: false,
        noise: None,
        inks: None,
        grade: None,
    }
}
