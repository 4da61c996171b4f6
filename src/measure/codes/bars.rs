//! Decodes and measures bar codes. Rasterises each candidate finely enough to measure a module's width.

use presscheck_barcode::{self, Bars, Symbology};

use crate::measure::codes::candidate::{BESIDE, Candidate, CandidateKind};
use crate::measure::codes::measure::tidy;
use crate::measure::codes::resolution::PICTURE_FINEST;
use crate::model::facts::{Code, CodeKind, Grade, Unread};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::model::units::round3;
use crate::pdf::{Grey, PageView};

/// Pixels a module: edges are found to a pixel, so a symbol of 95 modules is measured to a part in 500.
const PIXELS_PER_MODULE: f64 = 5.0;
/// Modules that a place may have along a side to hold little more than a symbol.
const TIGHT: f64 = 400.0;
/// Pixels a module for the close-up: rasterising an image moves edges by less than a twentieth of a module.
const MEASURE: f64 = 10.0;
/// Modules above and below that the close-up includes.
const BEYOND: f64 = 8.0;
/// The finest module looked for, in points.
const FINEST: f64 = 0.05;
/// Leans below this, in radians, are steps of pixels.
const LEANS: f64 = 0.02;
/// Lines of a whole picture passed over between two that are read.
const PASSED: usize = 4;
/// The share of a symbol's pixels, at the dark and the light end, that may be stray.
const STRAY: usize = 20;
/// Close-ups of bars at most, until they are upright.
const MOST_LOOKS: usize = 3;

/// The bar codes read at a candidate, and those not decodable.
#[derive(Default)]
pub(in crate::measure) struct BarReadings {
    pub(in crate::measure) codes: Vec<Code>,
    pub(in crate::measure) unread: Vec<Unread>,
}

/// Decodes the bar codes of a candidate, given its first view.
pub(in crate::measure) fn read(
    page: &PageView<'_, '_>,
    candidate: &Candidate,
    first: &BarView,
    limits: &Limits,
) -> BarReadings {
    let mut found = BarReadings::default();
    // In a whole image bars are high: every few lines suffice, and a close-up follows.
    let step = if candidate.kind == CandidateKind::Picture {
        PASSED
    } else {
        1
    };
    let (read, like) = first.linear(step);
    for bars in &read {
        let place = first.unturned(bars.area);
        let known = |c: &Code| c.text == bars.digits && c.area.overlaps(place);
        if found.codes.iter().any(known) {
            continue;
        }
        let lean = leaning(bars);
        // Shapes were seen well enough at once, unless the place is more than the symbol; a picture may end with its bars, and
        // its own pixels move their edges.
        let off = (bars.module - candidate.detail).abs() / candidate.detail.max(FINEST);
        let size = candidate.area.width().max(candidate.area.height());
        let enough = off < 0.5 && size < TIGHT * bars.module && lean == 0.0 && !candidate.pictured;
        let again = (!enough).then(|| first.closer(page, (bars, lean), limits));
        let again = again.flatten();
        let closer = again.as_ref().map(|(view, bars)| (view, bars.clone()));
        let (view, mut bars) = closer.unwrap_or((first, bars.clone()));
        // Scanners do not see red lettering beside the bars, and see a pale blue one well.
        if let Some(quiet) = view.quiet_in_red(&bars) {
            bars.quiet = quiet;
        }
        let code = Code {
            grade: view.grade(&bars),
            ..view.code(&bars, page.index())
        };
        found.codes.push(code);
    }
    let unread = |area| unread(page.index(), area);
    found.unread = like.into_iter().map(unread).collect();
    found
}

fn unread(index: usize, area: Rect) -> Unread {
    Unread {
        kind: CodeKind::Ean13,
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        area,
        tried: "guards and most digits of an EAN-13; read along every line, both ways".to_owned(),
    }
}

/// How far to turn the page so that bars are upright: scan lines across leaning bars measure them too wide.
fn leaning(bars: &Bars) -> f64 {
    let lean = if bars.lying {
        bars.lean.atan()
    } else {
        -bars.lean.atan()
    };
    if lean.abs() > LEANS { lean } else { 0.0 }
}

/// A part of the page as pixels.
pub(in crate::measure) struct BarView {
    pub(in crate::measure) grey: Grey,
    /// The same in red light.
    red: Grey,
    place: Rect,
    pub(in crate::measure) scale: f64,
    /// The angle by which the page was turned back, clockwise in radians.
    turn: f64,
}

impl BarView {
    /// Rasterises a candidate as finely as decoding bars needs.
    pub(in crate::measure) fn at(
        page: &PageView<'_, '_>,
        candidate: &Candidate,
        limits: &Limits,
    ) -> Option<Self> {
        let closely = PIXELS_PER_MODULE / candidate.detail.max(FINEST);
        let scale = if candidate.kind == CandidateKind::Picture {
            closely.min(PICTURE_FINEST)
        } else {
            closely
        };
        Self::new(page, candidate.area, scale, candidate.turn, limits)
    }

    fn new(
        page: &PageView<'_, '_>,
        place: Rect,
        scale: f64,
        turn: f64,
        limits: &Limits,
    ) -> Option<Self> {
        let most = (limits.raster_pixels as f64 / (place.width() * place.height()).max(1.0)).sqrt();
        let scale = scale.min(most);
        let seen = page.colours(place, scale, -turn)?;
        Some(Self {
            grey: seen.grey(),
            red: seen.red(),
            place,
            scale,
            turn,
        })
    }

    /// Rasterises bars by themselves, closely and turned upright. A coarse view gives their angle inexactly, so it
    /// may take several turns.
    fn closer(
        &self,
        page: &PageView<'_, '_>,
        (bars, mut lean): (&Bars, f64),
        limits: &Limits,
    ) -> Option<(Self, Bars)> {
        let around = self.around(bars, lean);
        let scale = MEASURE / bars.module;
        let mut best = None;
        for _ in 0..MOST_LOOKS {
            let view = Self::new(page, around, scale, self.turn + lean, limits)?;
            let same = |b: &Bars| b.digits == bars.digits;
            let Some(seen) = view.linear(1).0.into_iter().find(same) else {
                break;
            };
            let more = leaning(&seen);
            best = Some((view, seen));
            if more == 0.0 {
                break;
            }
            lean += more;
        }
        best
    }

    /// A rectangle of the turned page as the smallest upright one around it on the page.
    fn unturned(&self, [x0, y0, x1, y1]: [f64; 4]) -> Rect {
        let [p0, q0, p1, q1] = self.place.to_f64();
        let (mx, my) = (p0.midpoint(p1), q0.midpoint(q1));
        let (sine, cosine) = self.turn.sin_cos();
        let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
        Rect::around(&corners.map(|[x, y]| {
            let (dx, dy) = (x - mx, y - my);
            [mx + dx * cosine - dy * sine, my + dx * sine + dy * cosine]
        }))
    }

    /// The area of the close-up: bars, quiet zones and an add-on, at any angle.
    fn around(&self, bars: &Bars, lean: f64) -> Rect {
        let room = BESIDE * bars.module;
        if lean != 0.0 || self.turn != 0.0 {
            return self.unturned(bars.area).inflate(room);
        }
        let beyond = BEYOND * bars.module;
        let [a, b, c, d] = bars.area;
        let (across, down) = if bars.lying {
            (beyond, room)
        } else {
            (room, beyond)
        };
        Rect::new(a - across, b - down, c + across, d + down)
    }

    /// In points on the page as it was turned.
    fn on_page(&self, [a, b, c, d]: [f64; 4]) -> [f64; 4] {
        let [x0, y0, ..] = self.place.to_f64();
        [
            x0 + a / self.scale,
            y0 + b / self.scale,
            x0 + c / self.scale,
            y0 + d / self.scale,
        ]
    }

    /// Bars that can be read, in points on the page as it was turned; where there are none, areas that look like bars.
    fn linear(&self, step: usize) -> (Vec<Bars>, Vec<Rect>) {
        let grey = &self.grey;
        let found = presscheck_barcode::linear(grey.width, grey.height, &grey.pixels, step);
        let on_page = |bars: Bars| Bars {
            area: self.on_page(bars.area),
            module: bars.module / self.scale,
            ..bars
        };
        let rect = |area: [f64; 4]| self.unturned(self.on_page(area));
        (
            found.read.into_iter().map(on_page).collect(),
            found.unread.into_iter().map(rect).collect(),
        )
    }

    /// The clear space beside bars in red light, where they can be read in it.
    fn quiet_in_red(&self, bars: &Bars) -> Option<[f64; 2]> {
        let room = BESIDE * bars.module;
        let [a, b, c, d] = self.in_pixels(bars.area);
        let beside = room * self.scale;
        let near = if bars.lying {
            [a, b - beside, c, d + beside]
        } else {
            [a - beside, b, c + beside, d]
        };
        // Dark and light are those of the symbol: beyond a tinted ground bare paper makes no bar of it.
        let mut symbol = self.red.part([a, b, c, d]).pixels;
        symbol.sort_unstable();
        let stray = symbol.len() / STRAY;
        let darkest = symbol.get(stray)?;
        let lightest = symbol.get(symbol.len().checked_sub(stray + 1)?)?;
        let red = self.red.part(near).thresholded(darkest.midpoint(*lightest));
        let found = presscheck_barcode::ean13(red.width, red.height, &red.pixels, 1);
        let same = |b: &Bars| b.digits == bars.digits && b.add_on == bars.add_on;
        found.into_iter().find(same).map(|b| b.quiet)
    }

    /// In pixels of this view.
    fn in_pixels(&self, [a, b, c, d]: [f64; 4]) -> [f64; 4] {
        let [x0, y0, ..] = self.place.to_f64();
        [a - x0, b - y0, c - x0, d - y0].map(|v| v * self.scale)
    }

    /// The grade of an EAN-13 in red light.
    fn grade(&self, bars: &Bars) -> Option<Grade> {
        if bars.symbology != Symbology::Ean13 {
            return None;
        }
        let red = &self.red;
        let in_pixels = Bars {
            area: self.in_pixels(bars.area),
            module: bars.module * self.scale,
            ..bars.clone()
        };
        presscheck_barcode::grade_ean13(red.width, red.height, &red.pixels, &in_pixels)
    }

    /// The facts of a bar code, measured on paper.
    fn code(&self, bars: &Bars, index: usize) -> Code {
        let [x0, y0, x1, y1] = bars.area;
        let (long, high) = if bars.lying {
            (y1 - y0, x1 - x0)
        } else {
            (x1 - x0, y1 - y0)
        };
        let mm = |points: f64| round3(points * 25.4 / 72.0);
        let [before, after] = bars.quiet.map(round3);
        Code {
            kind: match bars.symbology {
                Symbology::Ean13 => CodeKind::Ean13,
                Symbology::Code128 => CodeKind::Code128,
                Symbology::Itf => CodeKind::Itf,
            },
            text: bars.digits.clone(),
            add_on: bars.add_on.clone(),
            page: u32::try_from(index + 1).unwrap_or(u32::MAX),
            area: self.unturned(bars.area),
            side_mm: mm(long),
            bar_height_mm: Some(mm(high)),
            module_mm: mm(bars.module),
            modules: modules(bars.modules),
            inverted: false,
            quiet_zone_modules: Some(before.min(after)),
            quiet_sides_modules: vec![before, after],
            rotation_deg: tidy(if bars.lying { 90.0 } else { 0.0 } - self.turn.to_degrees()),
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
}

/// Modules to a whole number; where wide bars have any width, so may the whole.
fn modules(modules: f64) -> u32 {
    modules.round().max(0.0) as u32
}
