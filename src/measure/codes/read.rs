//! Rasterises each candidate at the coarsest useful scale, decodes it and measures its printed size.

use tracing::{debug, debug_span};

use crate::measure::codes::bars::{self, BarView};
use crate::measure::codes::block_glyphs;
use crate::measure::codes::candidate::{BESIDE, Candidate, CandidateKind};
use crate::measure::codes::candidates::CandidateSet;
use crate::measure::codes::decode::{blurred, detect_and_decode};
use crate::measure::codes::measure::{self, ReadCode};
use crate::measure::codes::prefilter::Prefilter;
use crate::measure::codes::resolution::{
    COARSEST, FIRST_LOOK, PICTURE_FINEST, first_scale, is_drawn,
};
use crate::model::facts::{Code, CodeKind, Unread};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::model::units::round3;
use crate::pdf::{Canvas, Grey, PageView};

/// The result of the search.
#[derive(Default)]
pub(in crate::measure) struct CodeSearch {
    pub(in crate::measure) codes: Vec<ReadCode>,
    pub(in crate::measure) unread: Vec<Unread>,
    pub(in crate::measure) trouble: Option<&'static str>,
}

/// Pixels a module of the second raster of a drawing, if the first showed finders but no code.
const SECOND_LOOK: f64 = 8.0;
/// Points around all candidates that the region includes: quiet zones and add-ons.
const AROUND: f64 = 60.0;
/// The finest scale of a region rasterised once for all candidates (600 ppi).
const REGION_FINEST: f64 = 600.0 / 72.0;
/// Pixels a point from which bars with modules of 0.25 mm can be decoded.
const SEES_ALL: f64 = 1.3 / 0.7;
/// Pixels spent on the search of a picture for QR codes, where most hold none.
const PICTURE_PIXELS: usize = 2_600_000;
/// The least cost of a candidate, in pixels: a close-up follows what it finds.
const LEAST_COST: u64 = 400_000;
/// The share of its fixed patterns from which a place is a code, though it cannot be read: finders and timing.
const IS_CODE: f64 = 0.9;

/// The region to rasterise once for all candidates, if drawing the page for each would take too long.
fn region_to_rasterise(candidates: &CandidateSet, operators: u64, limits: &Limits) -> Option<Rect> {
    let count = candidates.list.len();
    let all = operators.saturating_mul(count as u64);
    let many = count > limits.code_drawings || all > limits.raster_operators;
    let areas = many.then(|| candidates.list.iter().map(|t| t.area));
    Some(areas?.reduce(Rect::union)?.inflate(AROUND))
}

/// The scale of that region, in pixels a point.
fn region_scale(region: Rect, limits: &Limits) -> f64 {
    let most = limits.raster_pixels as f64;
    (most / region.area().max(1.0)).sqrt().min(REGION_FINEST)
}

/// Why a page is not searched, if it would take too long.
pub(in crate::measure) fn too_much(
    candidates: &CandidateSet,
    operators: u64,
    limits: &Limits,
) -> Option<&'static str> {
    if operators > limits.raster_operators {
        return Some("it has too many drawing operators to be searched for codes");
    }
    // A soft mask is composited pixel by pixel for every mark painted through it.
    let scale = |candidate: &Candidate| match candidate.kind {
        CandidateKind::Picture => PICTURE_FINEST,
        _ => first_scale(candidate, limits),
    };
    let pixels = |area: Rect, scale: f64| candidates.masked.within(area) * scale.powi(2);
    let all = match region_to_rasterise(candidates, operators, limits) {
        Some(region) => pixels(region, region_scale(region, limits)),
        None => candidates
            .list
            .iter()
            .map(|t| pixels(t.area, scale(t)))
            .sum(),
    };
    let most = limits.masked_pixels as f64;
    (all > most)
        .then_some("too much on it is painted through soft masks for it to be searched for codes")
}

/// Decodes every candidate of a page of so many operators.
pub(in crate::measure) fn read(
    canvas: &Canvas<'_>,
    index: usize,
    (candidates, operators): (&CandidateSet, u64),
    limits: &Limits,
) -> CodeSearch {
    let mut found = CodeSearch::default();
    let page = if let Some(region) = region_to_rasterise(candidates, operators, limits) {
        let scale = region_scale(region, limits);
        if scale < SEES_ALL {
            found.trouble = Some(
                "it is too large, for all that is drawn on it, to be searched for small codes",
            );
        }
        debug!(%scale, "many places on a busy page: it is drawn once for all looks");
        PageView::rasterised(canvas, index, region, scale)
    } else {
        PageView::direct(canvas, index)
    };
    found.decode_all(&page, &candidates.list, limits);
    found.tidy();
    found
}

impl CodeSearch {
    fn decode_all(&mut self, page: &PageView<'_, '_>, list: &[Candidate], limits: &Limits) {
        let mut prefilter = Prefilter::new(page, list, limits);
        let mut left = limits.look_pixels;
        for (at, candidate) in list.iter().enumerate() {
            let _candidate = debug_span!(
                "candidate",
                kind = ?candidate.kind,
                area_mm = ?candidate.area.to_f64().map(|pt| round3(pt * 25.4 / 72.0)),
                detail_mm = round3(candidate.detail * 25.4 / 72.0)
            )
            .entered();
            if self.has(candidate) {
                debug!("passed over: its code is known");
                continue;
            }
            if is_drawn(candidate) && prefilter.rules_out(at) {
                debug!("passed over: no finder patterns show");
                continue;
            }
            if !self.affords(candidate, &mut left, limits) {
                return;
            }
            self.decode_at(page, candidate, limits);
        }
        for candidate in prefilter.closer() {
            if self.has(&candidate) {
                continue;
            }
            if !self.affords(&candidate, &mut left, limits) {
                return;
            }
            self.decode_at(page, &candidate, limits);
        }
    }

    /// Whether the budget of pixels covers a candidate.
    fn affords(&mut self, candidate: &Candidate, left: &mut u64, limits: &Limits) -> bool {
        let scale = match candidate.kind {
            CandidateKind::Picture => PICTURE_FINEST,
            _ => first_scale(candidate, limits),
        };
        let pixels = (candidate.area.area() * scale.powi(2)) as u64;
        let after = left
            .checked_sub(pixels.clamp(LEAST_COST, limits.raster_pixels))
            .filter(|_| self.codes.len() < limits.codes);
        *left = after.unwrap_or(0);
        if after.is_none() {
            debug!("passed over with all that follow: the pixels for looks are used up");
            self.trouble = Some("too much on it may be a code for all of it to be looked at");
        }
        after.is_some()
    }

    /// Whether the code of a candidate is known already: shapes are often proposed twice, alone and with the image
    /// they lie on.
    fn has(&self, candidate: &Candidate) -> bool {
        let inside = |c: &ReadCode| {
            candidate.area.contains(c.code.area, 1.0)
                && candidate.area.area() < 4.0 * c.code.area.area()
        };
        if candidate.kind == CandidateKind::Bars {
            return self.codes.iter().any(|c| is_of(candidate, &c.code));
        }
        !candidate.pictured && self.codes.iter().any(inside)
    }

    /// Rasterises a candidate as finely as its modules need, and decodes it.
    fn decode_at(&mut self, page: &PageView<'_, '_>, candidate: &Candidate, limits: &Limits) {
        if candidate.kind == CandidateKind::Bars {
            if let Some(view) = BarView::at(page, candidate, limits) {
                let read = bars::read(page, candidate, &view, limits);
                debug!(
                    read = read.codes.len(),
                    unread = read.unread.len(),
                    "decoded as bars"
                );
                self.bars(read, candidate);
            }
            return;
        }
        let drawn = is_drawn(candidate);
        let scale = first_scale(candidate, limits);
        let view = if candidate.kind == CandidateKind::Picture {
            // Bars need a finer raster; drawing an image once for both saves the costly decoding.
            BarView::at(page, candidate, limits).map(|view| {
                self.bars(bars::read(page, candidate, &view, limits), candidate);
                let step = coarser(view.grey.pixels.len(), view.scale);
                let scale = view.scale / step as f64;
                (view.grey.shrunk(step), scale)
            })
        } else {
            block_glyphs::rasterised(page, candidate, scale).map(|picture| (picture, scale))
        };
        let Some((picture, mut scale)) = view else {
            debug!("passed over: too large to be drawn");
            self.trouble = Some("a place that may hold a code is too large to look at");
            return;
        };
        let mut detections = detect_and_decode(&picture, drawn);
        if drawn && detections.is_empty() {
            detections = blurred(&picture);
        }
        // Finders without a code: the raster was too coarse.
        if drawn && !detections.is_empty() && !detections.iter().any(|s| s.text.is_some()) {
            let finer = scale * SECOND_LOOK / FIRST_LOOK;
            if let Some(picture) = block_glyphs::rasterised(page, candidate, finer) {
                scale = finer;
                detections = detect_and_decode(&picture, true);
            }
        }
        if drawn && detections.is_empty() {
            self.take(
                matrix(page.index(), candidate.area, scale, &picture),
                candidate.pictured,
            );
        }
        debug!(
            pixels_a_module = scale * candidate.detail,
            seen = detections.len(),
            read = detections.iter().filter(|s| s.text.is_some()).count(),
            "decoded"
        );
        for detection in detections {
            let measured = measure::code(page, candidate.area, scale, &detection, limits);
            match measured {
                Ok(code) => self.take(vec![code], candidate.pictured),
                Err(area) if detection.agreement.is_some_and(|a| a >= IS_CODE) => {
                    self.unread.push(unread(page.index(), area));
                }
                Err(_) => debug!("what looked like a code could not be read closely either"),
            }
        }
    }

    /// Adds codes that are not known yet.
    fn take(&mut self, codes: Vec<Code>, pictured: bool) {
        for code in codes {
            let same = |c: &ReadCode| {
                c.code.text == code.text && c.code.area.inflate(2.0).overlaps(code.area)
            };
            if !self.codes.iter().any(same) {
                self.codes.push(ReadCode { code, pictured });
            }
        }
    }

    /// Adds the bar codes of a candidate.
    fn bars(&mut self, read: bars::BarReadings, candidate: &Candidate) {
        self.take(read.codes, candidate.pictured);
        self.unread.extend(read.unread);
    }

    /// Sorts all in reading order; drops undecodable areas where another candidate was decoded.
    fn tidy(&mut self) {
        let order = |a: Rect, b: Rect| {
            (a.y0, a.x0)
                .partial_cmp(&(b.y0, b.x0))
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        self.codes.sort_by(|a, b| order(a.code.area, b.code.area));
        self.unread.sort_by(|a, b| order(a.area, b.area));
        let codes = &self.codes;
        self.unread
            .retain(|u| !codes.iter().any(|c| c.code.area.overlaps(u.area)));
        self.unread
            .dedup_by(|b, a| a.kind == b.kind && a.area.overlaps(b.area));
    }
}

/// Whether a candidate's bars are those of a known code, as wide and in the same spot.
fn is_of(bars: &Candidate, code: &Code) -> bool {
    let alone = bars.area.inflate(-BESIDE * bars.detail);
    let [x, y] = alone.middle();
    let [x0, y0, x1, y1] = code.area.to_f64();
    code.kind == CodeKind::Ean13
        && alone.width() > 0.0
        && alone.height() > 0.0
        && (0.8..=1.25).contains(&(bars.detail / code.module_pt()))
        && alone.area() < 1.5 * code.area.area()
        && (x0..=x1).contains(&x)
        && (y0..=y1).contains(&y)
}

fn unread(index: usize, area: Rect) -> Unread {
    Unread {
        kind: CodeKind::Qr,
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        area,
        tried: "three finder patterns and the timing between them; read by two readers, dark on light and light on dark, \
                upright and mirrored, coarse and fine"
            .to_owned(),
    }
}

/// Detects a drawing that is a Data Matrix.
fn matrix(index: usize, place: Rect, scale: f64, picture: &Grey) -> Vec<Code> {
    let frame = presscheck_barcode::data_matrix(picture.width, picture.height, &picture.pixels);
    let code = frame.map(|frame| {
        let [x0, y0, ..] = place.to_f64();
        let [a, b, c, d] = frame.area.map(|v| v / scale);
        let corners = [[a, b], [c, b], [c, d], [a, d]].map(|[x, y]| [x0 + x, y0 + y]);
        Code {
            kind: CodeKind::DataMatrix,
            ..measure::code_at(index, String::new(), frame.modules, &corners)
        }
    });
    code.into_iter().collect()
}

/// The factor by which an image's raster is shrunk before QR codes are searched.
fn coarser(pixels: usize, scale: f64) -> usize {
    let most = (scale / COARSEST) as usize;
    (1..most)
        .find(|step| pixels <= PICTURE_PIXELS * step * step)
        .unwrap_or(most.max(1))
}
