//! Measures a detected QR code in a close-up: decodes it again, and measures it on paper.

use presscheck_barcode::{self, Detection, SURROUNDINGS, Symbol};

use crate::measure::codes::decode::detect_and_decode;
use crate::model::facts::{Code, CodeKind};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::model::units::round3;
use crate::pdf::{Grey, PageView};

/// Pixels a module of the close-up.
const MEASURE: f64 = 12.0;

/// A decoded code.
pub(in crate::measure) struct ReadCode {
    pub(in crate::measure) code: Code,
    /// Whether it is in an image.
    pub(in crate::measure) pictured: bool,
}

/// A close-up of a part of a page.
struct CloseUp {
    grey: Grey,
    origin: [f64; 2],
    scale: f64,
}

impl CloseUp {
    fn on_page(&self, corners: [[f64; 2]; 4]) -> [[f64; 2]; 4] {
        corners.map(|[x, y]| {
            [
                self.origin[0] + x / self.scale,
                self.origin[1] + y / self.scale,
            ]
        })
    }

    fn in_pixels(&self, corners: [[f64; 2]; 4]) -> [[f64; 2]; 4] {
        corners.map(|[x, y]| {
            [
                (x - self.origin[0]) * self.scale,
                (y - self.origin[1]) * self.scale,
            ]
        })
    }

    fn measure(&self, corners: [[f64; 2]; 4], modules: u32) -> Option<Symbol> {
        let grey = &self.grey;
        presscheck_barcode::measure(
            grey.width,
            grey.height,
            &grey.pixels,
            self.in_pixels(corners),
            modules,
        )
    }
}

/// Makes a close-up of a detection (in a raster of `origin` at `scale` pixels a point), decodes and measures it. If
/// nothing can be decoded, gives its area.
pub(in crate::measure) fn code(
    page: &PageView<'_, '_>,
    origin: Rect,
    scale: f64,
    detection: &Detection,
    limits: &Limits,
) -> Result<Code, Rect> {
    let [x0, y0, ..] = origin.to_f64();
    let corners = detection
        .corners
        .map(|[x, y]| [x0 + x / scale, y0 + y / scale]);
    let around = Rect::around(&corners);
    let module = side(&corners) / f64::from(detection.modules.max(21));
    let near = around.inflate(module * (SURROUNDINGS + 1.0) + 1.0);
    let most = (limits.raster_pixels as f64 / 4.0 / near.area().max(1.0)).sqrt();
    let fine = (MEASURE / module.max(0.01)).min(most);
    let grey = page.grey(near, fine).ok_or(around)?;
    let [x, y, ..] = near.to_f64();
    let close_up = CloseUp {
        grey,
        origin: [x, y],
        scale: fine,
    };
    if let Some(symbol) = close_up.measure(corners, detection.modules) {
        return Ok(measured(page.index(), &close_up, symbol));
    }
    // The first decoder's corners may be too far off for the second, or the first raster too coarse for both.
    let grey = &close_up.grey;
    let mut again = [
        detect_and_decode(grey, true),
        detect_and_decode(grey, false),
    ]
    .concat();
    again.extend(presscheck_barcode::search(
        grey.width,
        grey.height,
        &grey.pixels,
    ));
    again.retain(|s| s.text.is_some() && (detection.text.is_none() || s.text == detection.text));
    let measure = |s: &Detection| close_up.measure(close_up.on_page(s.corners), s.modules);
    if let Some(symbol) = again.iter().find_map(measure) {
        return Ok(measured(page.index(), &close_up, symbol));
    }
    if let Some(again) = again.first() {
        return read_only(page.index(), again, close_up.on_page(again.corners)).ok_or(around);
    }
    read_only(page.index(), detection, corners).ok_or(around)
}

/// The facts of a code that was measured by its grid.
fn measured(index: usize, close_up: &CloseUp, symbol: Symbol) -> Code {
    let corners = close_up.on_page(symbol.corners);
    let quiet = symbol.quiet.map(round3);
    Code {
        inverted: symbol.inverted,
        mirrored: symbol.mirrored,
        correction: Some(symbol.level),
        bytes_over: symbol.bytes_over,
        quiet_zone_modules: Some(quiet.into_iter().fold(f64::INFINITY, f64::min)),
        quiet_sides_modules: quiet.to_vec(),
        noise: Some(round3(symbol.noise)),
        grade: Some(symbol.grade),
        ..code_at(index, symbol.text, symbol.modules, &corners)
    }
}

/// The facts of a code that only the first decoder could read: without the finer measures.
fn read_only(index: usize, detection: &Detection, corners: [[f64; 2]; 4]) -> Option<Code> {
    let text = detection.text.clone()?;
    Some(Code {
        inverted: detection.inverted,
        ..code_at(index, text, detection.modules, &corners)
    })
}

pub(in crate::measure) fn code_at(
    index: usize,
    text: String,
    modules: u32,
    corners: &[[f64; 2]; 4],
) -> Code {
    let side_mm = side(corners) * 25.4 / 72.0;
    let [from, to, ..] = corners;
    // On the page y runs down; people turn to the left.
    let turned = (from[1] - to[1]).atan2(to[0] - from[0]).to_degrees();
    Code {
        kind: CodeKind::Qr,
        text,
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        area: Rect::around(corners),
        side_mm: round3(side_mm),
        module_mm: round3(side_mm / f64::from(modules)),
        modules,
        inverted: false,
        add_on: None,
        bar_height_mm: None,
        quiet_zone_modules: None,
        quiet_sides_modules: Vec::new(),
        rotation_deg: tidy(turned),
        mirrored: false,
        correction: None,
        bytes_over: None,
        pixels_per_module: None,
        lossy: false,
        noise: None,
        space: None,
        inks: None,
        grade: None,
    }
}

/// Degrees to a tenth, and never a negative nothing.
pub(in crate::measure) fn tidy(degrees: f64) -> f64 {
    let tenth = (degrees * 10.0).round() / 10.0;
    if tenth == 0.0 { 0.0 } else { tenth }
}

/// The mean length of the four sides.
fn side(corners: &[[f64; 2]; 4]) -> f64 {
    let [a, b, c, d] = corners;
    let length = |p: &[f64; 2], q: &[f64; 2]| (p[0] - q[0]).hypot(p[1] - q[1]);
    (length(a, b) + length(b, c) + length(c, d) + length(d, a)) / 4.0
}
