//! Proposes candidates from the marks of a page.
//!
//! A code drawn as vectors is a cluster of many small shapes in many rows and columns; otherwise it is an image. A
//! page of text has neither and is never rasterised.

use std::rc::Rc;

use crate::measure::codes::barcode_fonts::SetBars;
use crate::measure::codes::block_glyphs::BlockGlyphs;
use crate::measure::codes::candidate::{
    Candidate, CandidateKind, FEWEST_SHAPES, LARGEST_CODE, LOWEST_BARS, SMALLEST_CODE, bars,
    is_symbol, sides,
};
use crate::measure::codes::clusters::patches;
use crate::measure::codes::code_inks::Shapes;
use crate::measure::codes::image_candidates::{ImageCandidates, is_squeezed};
use crate::measure::codes::layered::Layered;
use crate::measure::known_pictures::KnownPictures;
use crate::model::geometry::{Rect, Size};
use crate::model::limits::Limits;
use crate::pdf::{Appearance, ImageMark, PaintEffect, PathMark, PathMode, Thumbnail};

/// The candidates of a page.
#[derive(Default)]
pub(in crate::measure) struct CandidateSet {
    pub(in crate::measure) list: Vec<Candidate>,
    pub(in crate::measure) shapes: Shapes,
    pub(in crate::measure) masked: Masked,
}

/// The areas painted through soft masks.
#[derive(Clone, Copy, Default)]
pub(in crate::measure) struct Masked {
    marks: f64,
    /// Their areas together, in square points, again and again where they lie on one another.
    area: f64,
}

impl Masked {
    fn add(&mut self, seen: Rect) {
        self.marks += 1.0;
        self.area += seen.area();
    }

    /// The most of it that can lie within an area, in square points.
    pub(in crate::measure) fn within(self, place: Rect) -> f64 {
        self.area.min(self.marks * place.area())
    }
}

/// Shapes smaller than this in points are texture, not modules.
const FINEST: f64 = 0.2;
/// The module assumed when a whole page is one candidate, in points: 0.35 mm, near the least that scans.
const WHOLE_PAGE_DETAIL: f64 = 1.0;

/// Single marks on a page that become candidates of their own; more are merged into one.
const MOST_WHOLES: usize = 12;
/// Modules of an EAN-13.
const FEWEST_MODULES: u32 = 95;
/// Things painted as one that are longer, in points, may have a code somewhere and other things around it.
const ALONE: f64 = 100.0;
/// Large glyphs of a page beyond which they are lettering.
const MOST_LARGE: usize = 4;
/// Parts of a clip that is a code; most lettering cut as one has fewer.
const FEWEST_CUT: usize = 20;
/// Modules along the longer side of such a thing that its first look is fine enough for.
const WHOLE_MODULES: f64 = 60.0;
/// The least module looked for there, in points (0.25 mm).
const LEAST_WHOLE_DETAIL: f64 = 0.7;
/// The smallest code has some two hundred dark modules, or half as many runs of them.
const FEWEST_GLYPHS: usize = 100;

/// Collects candidates from marks; clusters shapes on two grids, for small and for large modules.
pub(in crate::measure) struct CandidateFinder {
    page: Size,
    limits: Limits,
    shapes: Layered,
    /// Those painted in white: light modules between dark ones, or on a dark block.
    white: Layered,
    pictures: ImageCandidates,
    dropped: bool,
    /// Glyphs as large as the one before them.
    glyphs: Vec<Rect>,
    last_glyph: [f32; 2],
    set_bars: SetBars,
    blocks: BlockGlyphs,
    /// Large square glyphs drawn by operators.
    large_glyphs: Vec<Rect>,
    /// Single marks.
    wholes: Vec<Candidate>,
    /// Their extent once there are many.
    crowd: Option<Rect>,
    masked: Masked,
    shapes_painted: Shapes,
}

impl CandidateFinder {
    pub(in crate::measure) fn new(page: Size, limits: &Limits) -> Self {
        Self {
            page,
            limits: *limits,
            shapes: Layered::default(),
            white: Layered::default(),
            pictures: ImageCandidates::default(),
            dropped: false,
            glyphs: Vec::new(),
            last_glyph: [0.0; 2],
            set_bars: SetBars::default(),
            blocks: BlockGlyphs::default(),
            large_glyphs: Vec::new(),
            wholes: Vec::new(),
            crowd: None,
            masked: Masked::default(),
            shapes_painted: Shapes::default(),
        }
    }

    pub(in crate::measure) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        if mark.mode == PathMode::Fill && mark.parts.len() == 1 {
            self.hide(mark.appearance, seen);
        }
        self.shapes_painted.path(mark, seen);
        self.through(mark.appearance, seen);
        let shapes = if mark.effect == PaintEffect::White {
            &mut self.white
        } else {
            &mut self.shapes
        };
        // A shading has no parts: it is seen through a clip.
        let whole = mark.parts.is_empty().then_some(&seen);
        for part in mark.parts.iter().chain(whole) {
            if shapes.shapes().len() >= self.limits.code_elements {
                self.dropped = true;
                return;
            }
            let Some(part) = part.intersection(seen) else {
                continue;
            };
            let (short, long) = sides(part);
            if short >= FINEST && long <= LARGEST_CODE {
                shapes.push(part);
            }
        }
    }

    /// A mark that may hide all below it begins a new layer.
    fn hide(&mut self, appearance: Appearance, seen: Rect) {
        if sides(seen).0 >= LOWEST_BARS && !appearance.is_transparent() {
            self.shapes.begin();
            self.white.begin();
            self.shapes_painted.begin();
        }
    }

    /// A block character.
    pub(in crate::measure) fn block(&mut self, seen: Rect) {
        self.blocks.block(seen, self.limits.code_elements);
    }

    /// A glyph. One `drawn` by operators (Type 3) may be a whole code. Modules set in type repeat one glyph.
    pub(in crate::measure) fn glyph(&mut self, seen: Rect, advance: f32, drawn: bool) {
        self.set_bars.glyph(seen, advance);
        let [width, height] = [seen.x1 - seen.x0, seen.y1 - seen.y0];
        let [last_width, last_height] = std::mem::replace(&mut self.last_glyph, [width, height]);
        let near = |a: f32, b: f32| (a - b).abs() <= 0.02 * a;
        if near(width, last_width) && near(height, last_height) {
            if self.glyphs.len() < self.limits.code_elements && width.min(height) >= 0.2 {
                self.glyphs.push(seen);
            }
        } else if drawn && sides(seen).0 >= LOWEST_BARS && is_symbol(seen) {
            self.large_glyphs.push(seen);
        }
    }

    /// A clip path of many parts may be a code painted through it.
    pub(in crate::measure) fn clip(&mut self, area: Rect, parts: usize) {
        if parts >= FEWEST_CUT && is_symbol(area) {
            self.whole(area);
        }
    }

    /// Adds a mark whose pattern or soft mask is artwork: no other mark shows that artwork.
    pub(in crate::measure) fn through(&mut self, appearance: Appearance, seen: Rect) {
        if appearance.masked {
            self.masked.add(seen);
        }
        if appearance.has_artwork {
            self.whole(seen);
            if sides(seen).1 > ALONE {
                self.add(Some(together(seen)));
            }
        }
    }

    /// Adds a single mark that may show a code.
    fn whole(&mut self, seen: Rect) {
        self.add(whole(seen));
        self.add(bars(seen));
    }

    fn add(&mut self, candidate: Option<Candidate>) {
        let Some(candidate) = candidate else {
            return;
        };
        if let Some(crowd) = &mut self.crowd {
            *crowd = crowd.union(candidate.area);
            return;
        }
        let alike = |w: &&Candidate| w.kind == candidate.kind;
        let alike = self.wholes.iter().filter(alike);
        if alike.clone().any(|w| w.area.contains(candidate.area, 0.0)) {
            return;
        }
        let crowded = alike.count() >= MOST_WHOLES;
        self.wholes.push(candidate);
        if crowded {
            let areas = self.wholes.drain(..).map(|w| w.area);
            self.crowd = areas.reduce(Rect::union);
        }
    }

    pub(in crate::measure) fn image(&mut self, mark: &ImageMark, seen: Rect) {
        if !mark.masked {
            self.hide(mark.appearance, seen);
        }
        self.shapes_painted.image(mark, seen);
        self.through(mark.appearance, seen);
        let [width, height] = mark.pixels;
        // Bars need pixels in one direction only, and programs write no more.
        if width.max(height) >= FEWEST_MODULES && is_squeezed(mark) {
            self.add(bars(seen));
        }
        // Codes are also drawn as many tiny pictures, one a module.
        if is_small(mark, seen) && self.shapes.shapes().len() < self.limits.code_elements {
            self.shapes.push(seen);
        }
    }

    /// Looks at an image of which `seen` is visible, once the walk is over. Gives the share of its pixels that are coloured, as
    /// far as it was unpacked.
    pub(in crate::measure) fn look(
        &mut self,
        mark: &ImageMark,
        seen: Rect,
        known: &KnownPictures,
        thumbnail: &dyn Fn(usize) -> Option<Rc<Thumbnail>>,
    ) -> Option<f32> {
        if is_small(mark, seen) {
            self.pictures.piece(mark, seen);
            None
        } else {
            self.pictures
                .see(mark, seen, &self.limits, (known, thumbnail))
        }
    }

    pub(in crate::measure) fn finish(mut self) -> CandidateSet {
        // Letters of a title are more.
        if self.large_glyphs.len() <= MOST_LARGE {
            for glyph in std::mem::take(&mut self.large_glyphs) {
                self.whole(glyph);
            }
        }
        let mut regions = std::mem::take(&mut self.pictures).finish();
        regions.sort_by(|a, b| b.area.area().total_cmp(&a.area.area()));
        // An image within another is covered by it, unless it is much finer; a QR code beside bars is not.
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in regions {
            let sees = |k: &Candidate| {
                (k.kind == candidate.kind || k.kind == CandidateKind::Picture)
                    && k.area.contains(candidate.area, 0.5)
                    && k.detail <= candidate.detail * 1.5
            };
            if !kept.iter().any(sees) {
                kept.push(candidate);
            }
        }
        for shapes in [&self.shapes, &self.white] {
            if shapes.shapes().len() >= FEWEST_SHAPES {
                for cell in [2.5, 9.0] {
                    patches(shapes, self.page, cell, true, &mut kept);
                }
            }
        }
        if self.glyphs.len() >= FEWEST_GLYPHS {
            let glyphs = Layered::from(std::mem::take(&mut self.glyphs));
            patches(&glyphs, self.page, 2.5, false, &mut kept);
        }
        kept.extend(self.set_bars.finish());
        kept.extend(self.blocks.finish(self.page));
        kept.extend(self.wholes);
        kept.extend(self.crowd.map(together));
        if kept.len() > self.limits.code_regions || self.dropped {
            // Too many candidates: the whole page becomes one, as fine as the finest needs.
            let finest = kept
                .iter()
                .map(|t| t.detail)
                .fold(WHOLE_PAGE_DETAIL, f64::min);
            let page = Rect::new(0.0, 0.0, self.page.width, self.page.height);
            // Bars are read as in a picture.
            kept = vec![
                Candidate::at(page, finest, CandidateKind::Drawn),
                together(page),
            ];
        }
        // Small places first: they are cheap, and the likeliest.
        kept.sort_by(|a, b| a.area.area().total_cmp(&b.area.area()));
        CandidateSet {
            list: kept,
            shapes: self.shapes_painted,
            masked: self.masked,
        }
    }
}

/// Whether an image is too small to hold a code: one has at least 21 modules a side, and a pixel for each.
fn is_small(mark: &ImageMark, seen: Rect) -> bool {
    let [width, height] = mark.pixels;
    let side = seen.width().min(seen.height());
    width < 21 || height < 21 || side < SMALLEST_CODE
}

fn whole(seen: Rect) -> Option<Candidate> {
    let (short, long) = sides(seen);
    (short >= SMALLEST_CODE && long <= LARGEST_CODE * 2.0).then(|| {
        Candidate::at(
            seen.inflate(short * 0.06 + 2.0),
            (long / WHOLE_MODULES).max(LEAST_WHOLE_DETAIL),
            CandidateKind::Irregular,
        )
    })
}

/// The candidate of many single marks: rasterising any draws all of them, so they are treated as one image.
pub(in crate::measure) fn together(area: Rect) -> Candidate {
    Candidate::at(area, WHOLE_PAGE_DETAIL, CandidateKind::Picture)
}
