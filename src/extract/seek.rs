//! Where on a page a code may be, found from its marks alone.
//!
//! A code drawn as vectors is a patch of many small shapes in many rows and columns; a code in a picture is a
//! picture. A page of text has neither and is never looked at.

use std::collections::HashMap;

use crate::barcode::{self, Sight};
use crate::geometry::{Rect, Size};
use crate::limits::Limits;
use crate::pdf::{Glance, ImageMark, PathMark};

/// One place worth looking at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Target {
    /// Where, with room for a quiet zone.
    pub(super) area: Rect,
    /// The finest detail expected there, in points: a module, or a pixel of the picture.
    pub(super) detail: f64,
    /// Whether it is drawn (else it is a picture).
    pub(super) drawn: bool,
}

/// Shapes smaller than this in points are texture, not modules.
const FINEST: f64 = 0.2;
/// Shapes with both sides longer than this are no part of a code anyone prints in a book.
const COARSEST: f64 = 320.0;
/// A patch needs this many shapes: version 1 as one path has about forty.
const FEWEST: u32 = 24;
/// The module looked for on a page that is looked at as a whole, in points: 0.35 mm, near the least that scans.
const WHOLE_PAGE_DETAIL: f64 = 1.0;
/// The share of a patch that shapes cover: half of a code is dark, a plot or a tree of lines is mostly paper.
const LEAST_COVER: f64 = 0.22;
/// Modules along the side of a patch that is a code with a little around it.
const MOST_MODULES: f64 = 200.0;
/// The smallest side of a code anyone prints, in points (6 mm: version 1 with modules of 0.29 mm).
const SMALLEST_CODE: f64 = 17.0;

/// The finest pixel a glance at a picture needs, in points (300 ppi): a module of 0.25 mm, the least that scans,
/// has three there.
const GLANCE: f64 = 72.0 / 300.0;
/// Pictures whose edges are nearer than this, in points, may be pieces of one.
const SEAM: f64 = 1.0;
/// Pictures on a page beyond which nobody asks which of them touch.
const MOST_PIECES: usize = 1000;

/// Gathers shapes into patches at two coarsenesses: small modules close together, large ones further apart.
pub(super) struct Seeker {
    page: Size,
    limits: Limits,
    shapes: Vec<Rect>,
    pictures: Vec<Target>,
    /// Pictures in which no finder patterns stand.
    blanks: Vec<Target>,
    glances: HashMap<((u32, i32), usize), Option<Vec<Sight>>>,
    glanced: u64,
    dropped: bool,
}

impl Seeker {
    pub(super) fn new(page: Size, limits: &Limits) -> Self {
        Self {
            page,
            limits: *limits,
            shapes: Vec::new(),
            pictures: Vec::new(),
            blanks: Vec::new(),
            glances: HashMap::new(),
            glanced: 0,
            dropped: false,
        }
    }

    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        for part in mark.parts {
            if self.shapes.len() >= self.limits.code_elements {
                self.dropped = true;
                return;
            }
            let Some(part) = part.intersection(seen) else {
                continue;
            };
            let (short, long) = sides(part);
            if short >= FINEST && long <= COARSEST {
                self.shapes.push(part);
            }
        }
    }

    pub(super) fn image(
        &mut self,
        mark: &ImageMark,
        seen: Rect,
        glance: &dyn Fn(usize) -> Option<Glance>,
    ) {
        let [width, height] = mark.pixels;
        // A code has at least 21 modules a side, and a pixel for each.
        if width < 21
            || height < 21
            || seen.width() < SMALLEST_CODE
            || seen.height() < SMALLEST_CODE
        {
            // Codes are also drawn as many tiny pictures, one a module.
            if self.shapes.len() < self.limits.code_elements {
                self.shapes.push(seen);
            }
            return;
        }
        let [across, down] = mark.sides;
        let detail = (across / f64::from(width)).max(down / f64::from(height));
        let whole = Target {
            area: seen,
            detail,
            drawn: false,
        };
        match self.sights(mark, detail, glance) {
            None => self.pictures.push(whole),
            Some(sights) if sights.is_empty() => self.blanks.push(whole),
            Some(sights) => {
                let places = sights.iter().filter_map(|s| s.area.intersection(seen));
                self.pictures
                    .extend(places.map(|area| Target { area, ..whole }));
            }
        }
    }

    /// Where in a picture codes may be, on the page; none if only a look at the whole can tell.
    fn sights(
        &mut self,
        mark: &ImageMark,
        detail: f64,
        glance: &dyn Fn(usize) -> Option<Glance>,
    ) -> Option<Vec<Target>> {
        // Finders squeezed out of square are not found by their proportions.
        let [width, height] = mark.pixels.map(f64::from);
        let [across, down] = mark.sides;
        let squeezed = (across / width) / (down / height);
        if !(0.85..=1.18).contains(&squeezed) {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let step = ((GLANCE / detail).floor() as usize).clamp(1, 64);
        let known = mark.object.and_then(|id| self.glances.get(&(id, step)));
        let found = if let Some(found) = known {
            found.clone()
        } else {
            let pixels = u64::from(mark.pixels[0]) * u64::from(mark.pixels[1]);
            self.glanced += pixels;
            if self.glanced > self.limits.image_pixels {
                return None;
            }
            let found = glance(step)
                .and_then(|g| barcode::finders(g.grey.width, g.grey.height, &g.grey.pixels));
            if let Some(id) = mark.object {
                self.glances.insert((id, step), found.clone());
            }
            found
        };
        let [a, b, c, d, e, f] = mark.place;
        #[allow(clippy::cast_precision_loss)]
        let step = step as f64;
        let on_page = |sight: &Sight| {
            let room = 6.0 * sight.module;
            let [x0, y0, x1, y1] = sight.area;
            let corners = [
                [x0 - room, y0 - room],
                [x1 + room, y0 - room],
                [x1 + room, y1 + room],
                [x0 - room, y1 + room],
            ];
            let corners = corners.map(|[x, y]| {
                let (x, y) = (x * step / width, y * step / height);
                [a * x + c * y + e, b * x + d * y + f]
            });
            Target {
                area: super::codes::bounds(&corners),
                detail,
                drawn: false,
            }
        };
        Some(found?.iter().map(on_page).collect())
    }

    pub(super) fn finish(self) -> Vec<Target> {
        let mut regions = self.pictures;
        regions.extend(pieced(self.blanks));
        regions.sort_by(|a, b| area(b.area).total_cmp(&area(a.area)));
        // A picture within another picture is looked at with it, unless it is much finer.
        let mut kept: Vec<Target> = Vec::new();
        for target in regions {
            if !kept
                .iter()
                .any(|k| k.area.contains(target.area, 0.5) && k.detail <= target.detail * 1.5)
            {
                kept.push(target);
            }
        }
        if self.shapes.len() >= FEWEST as usize {
            for cell in [2.5, 9.0] {
                patches(&self.shapes, self.page, cell, &mut kept);
            }
        }
        if kept.len() > self.limits.code_regions || self.dropped {
            // Too many places to look at one by one: one look at the whole page, as fine as the finest needs.
            let finest = kept
                .iter()
                .map(|t| t.detail)
                .fold(WHOLE_PAGE_DETAIL, f64::min);
            return vec![Target {
                area: Rect::new(0.0, 0.0, self.page.width, self.page.height),
                detail: finest,
                drawn: true,
            }];
        }
        // Small places first: they are cheap, and the likeliest.
        kept.sort_by(|a, b| area(a.area).total_cmp(&area(b.area)));
        kept
    }
}

/// Pictures without finders that touch: programs cut pictures into strips, and a strip shows no finder.
fn pieced(mut blanks: Vec<Target>) -> Vec<Target> {
    if blanks.len() > MOST_PIECES {
        return blanks;
    }
    let abut = |a: Rect, b: Rect| {
        a.inflate(SEAM)
            .intersection(b)
            .is_some_and(|seam| sides(seam).0 <= 2.0 * SEAM)
    };
    let mut whole = Vec::new();
    while let Some(mut one) = blanks.pop() {
        let mut pieces = 1;
        while let Some(at) = blanks
            .iter()
            .position(|b| abut(b.area, one.area))
        {
            let piece = blanks.swap_remove(at);
            one.area = one.area.union(piece.area);
            one.detail = one.detail.min(piece.detail);
            pieces += 1;
        }
        if pieces > 1 {
            whole.push(one);
        }
    }
    whole
}

/// Connected patches of shapes on a grid of `cell` points, added to `targets` unless already there.
fn patches(shapes: &[Rect], page: Size, cell: f64, targets: &mut Vec<Target>) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cells = |side: f64| ((side / cell).ceil() as usize).clamp(1, 2000) + 2;
    let (columns, rows) = (cells(page.width), cells(page.height));
    let place = |at: f32, limit: usize| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let place = (f64::from(at) / cell + 1.0).clamp(0.0, (limit - 1) as f64) as usize;
        place
    };
    let mut grid = vec![0u32; columns * rows];
    for shape in shapes {
        let (x0, x1) = (place(shape.x0, columns), place(shape.x1, columns));
        for y in place(shape.y0, rows)..=place(shape.y1, rows) {
            if let Some(row) = grid.get_mut(y * columns + x0..=y * columns + x1) {
                row.fill(1);
            }
        }
    }
    // Numbers each patch from 2; neighbours up to two cells away belong together.
    let mut patch = 1;
    let mut open = Vec::new();
    for start in 0..grid.len() {
        if grid.get(start) != Some(&1) {
            continue;
        }
        patch += 1;
        open.push(start);
        if let Some(c) = grid.get_mut(start) {
            *c = patch;
        }
        while let Some(at) = open.pop() {
            let (x, y) = (at % columns, at / columns);
            for ny in y.saturating_sub(2)..=(y + 2).min(rows - 1) {
                for nx in x.saturating_sub(2)..=(x + 2).min(columns - 1) {
                    let near = ny * columns + nx;
                    if let Some(c) = grid.get_mut(near)
                        && *c == 1
                    {
                        *c = patch;
                        open.push(near);
                    }
                }
            }
        }
    }
    let mut found: Vec<Patch> = vec![Patch::default(); patch as usize + 1];
    for shape in shapes {
        let at = place(shape.y0, rows) * columns + place(shape.x0, columns);
        let number = grid.get(at).copied().unwrap_or(0) as usize;
        if let Some(p) = found.get_mut(number) {
            p.add(*shape);
        }
    }
    for p in found {
        if let Some(target) = p.target()
            && !targets.iter().any(|t| {
                t.drawn
                    && t.area.contains(target.area, 2.0)
                    && area(t.area) < 1.3 * area(target.area)
            })
        {
            targets.push(target);
        }
    }
}

/// A patch of shapes that may be a code.
#[derive(Clone, Default)]
struct Patch {
    area: Option<Rect>,
    shapes: u32,
    covered: f64,
    short_sides: Vec<f32>,
    corners: Vec<[f32; 2]>,
    columns: std::collections::BTreeSet<i32>,
    rows: std::collections::BTreeSet<i32>,
}

impl Patch {
    fn add(&mut self, shape: Rect) {
        self.area = Some(self.area.map_or(shape, |a| a.union(shape)));
        self.shapes += 1;
        self.covered += area(shape);
        #[allow(clippy::cast_possible_truncation)]
        if self.shapes < 4000 {
            self.short_sides.push(sides(shape).0 as f32);
            self.corners.push([shape.x0, shape.y0]);
            self.columns.insert((shape.x0 * 4.0) as i32);
            self.rows.insert((shape.y0 * 4.0) as i32);
        }
    }

    fn target(mut self) -> Option<Target> {
        let area = self.area?;
        let (short, _) = sides(area);
        // Bars stand in one row; a code has modules in many rows and columns.
        let spread = self.columns.len() >= 6 && self.rows.len() >= 6;
        let dense = self.covered >= area.width() * area.height() * LEAST_COVER;
        if self.shapes < FEWEST || !spread || !dense || short < SMALLEST_CODE {
            return None;
        }
        // The finest shapes are single modules; the tenth part is robust against slivers.
        self.short_sides.sort_by(f32::total_cmp);
        let tenth = f64::from(*self.short_sides.get(self.short_sides.len() / 10)?);
        if !on_lattice(&self.corners, tenth) {
            return None;
        }
        Some(Target {
            area: area.inflate(short * 0.06 + 2.0),
            // The largest code has 177 modules a side; what is finer than that is texture around it.
            detail: tenth.max(short / MOST_MODULES),
            drawn: true,
        })
    }
}

/// How well corners must agree on a lattice, from 0 (not at all) to 1. Chance gives 0.3, a code nearly 1.
const AGREEMENT: f64 = 0.6;
/// Shapes painted one after another that are looked at together: several codes may stand in one patch, each on
/// a lattice of its own, but each is painted in one go.
const WINDOW: usize = 64;
/// Windows looked at, spread evenly over the patch.
const WINDOWS: usize = 5;

/// Whether any stretch of shapes stands at multiples of one step near `module`, as the modules of a code do and
/// the shapes of a drawing do not.
fn on_lattice(corners: &[[f32; 2]], module: f64) -> bool {
    let count = corners.len() / WINDOW;
    let stride = count.div_ceil(WINDOWS).max(1);
    corners
        .chunks(WINDOW)
        .step_by(stride)
        .filter(|window| window.len() >= FEWEST as usize)
        .any(|window| agrees(window, module))
}

fn agrees(window: &[[f32; 2]], module: f64) -> bool {
    let Some([x0, y0]) = window.first().map(|c| c.map(f64::from)) else {
        return false;
    };
    #[allow(clippy::cast_precision_loss)]
    let count = window.len() as f64;
    let agreement = |step: f64| {
        let mut sums = [0.0f64; 4];
        for [x, y] in window {
            let (sx, cx) = ((f64::from(*x) - x0) / step * std::f64::consts::TAU).sin_cos();
            let (sy, cy) = ((f64::from(*y) - y0) / step * std::f64::consts::TAU).sin_cos();
            let [a, b, c, d] = &mut sums;
            *a += sx;
            *b += cx;
            *c += sy;
            *d += cy;
        }
        let [a, b, c, d] = sums;
        (a.hypot(b) / count).min(c.hypot(d) / count)
    };
    // Modules are often drawn a little larger than their step, to close the gaps. A step wrong by a part in 1000
    // is a sixth of a module off across the largest code.
    (0..100)
        .map(|i| 0.86 + 0.002 * f64::from(i))
        .any(|share| agreement(module * share) >= AGREEMENT)
}

fn sides(r: Rect) -> (f64, f64) {
    let (w, h) = (r.width(), r.height());
    (w.min(h), w.max(h))
}

fn area(r: Rect) -> f64 {
    r.width() * r.height()
}
