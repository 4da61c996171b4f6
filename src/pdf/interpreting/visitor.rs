//! What the walk reports: every mark a page makes, in page order, on the page as seen.

use crate::model::facts::{Codec, FontKind, ImageFlaw, SpaceKind};
use crate::model::geometry::Rect;
use crate::pdf::colour::Family;
use crate::pdf::fonts::identity::FontIdentity;
use crate::pdf::images::thumbnail::Thumbnail;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::ways::Ways;

/// Whether a paint leaves anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaintEffect {
    /// Ink on paper.
    Ink,
    /// Paper white: hides what lies below, leaves nothing on bare paper.
    White,
    /// Fully transparent.
    None,
}

/// How a mark meets what lies below it, and in which colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Its colour: a place in the page's palette.
    pub colour: u32,
    /// Whether it overprints.
    pub overprint: bool,
    /// How opaque it is, 0 to 1.
    pub alpha: f32,
    /// How opaque the groups are that it lies in, together.
    pub groups: f32,
    /// How it blends.
    pub blend: Blend,
    /// Whether it is seen through a soft mask.
    pub masked: bool,
    /// Whether what it is painted with, or seen through, is a drawing of its own: a pattern's cells or a soft mask, made of
    /// many parts, or a shading of many stops.
    pub has_artwork: bool,
    /// How the marks it is made of meet each other and what lies below: those of a pattern's cell or of a drawn glyph.
    pub within: Ways,
}

impl Appearance {
    /// Whether anything but its colour decides what is seen.
    pub fn is_transparent(&self) -> bool {
        self.masked || self.blend != Blend::Normal || self.alpha < 1.0
    }

    /// All ways in which it and what it is made of meet what lies below.
    pub fn ways(&self) -> Ways {
        Ways::of(self.alpha, self.blend, self.masked, self.overprint).with(self.within)
    }
}

/// How a glyph is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlyphMode {
    /// Filled.
    Fill,
    /// Outlined.
    Stroke,
    /// Both.
    FillStroke,
    /// Neither.
    Invisible,
}

/// A glyph.
#[derive(Debug)]
pub struct GlyphMark<'e> {
    /// The font, the same pointer for the same font on one page.
    pub font: &'e std::rc::Rc<FontIdentity>,
    /// The em on the page, in points.
    pub size: f32,
    /// Its ink before clipping; none for a blank.
    pub outline: Option<Rect>,
    /// Its ink after clipping; none for a blank or when cut away.
    pub seen: Option<Rect>,
    /// How it is painted.
    pub mode: GlyphMode,
    /// What its paint leaves.
    pub effect: PaintEffect,
    /// Where its origin lies, and the direction its line runs in (a unit vector).
    pub origin: [f32; 2],
    /// The direction of its line.
    pub along: [f32; 2],
    /// How far the pen moves on along the line, in points.
    pub advance: f32,
    /// Its colour and how it meets what lies below.
    pub appearance: Appearance,
    /// The font has no glyph for this code and shows its mark for that instead.
    pub missing: bool,
    /// It is a block character: a box as wide as its place in the line.
    pub block: bool,
    /// Looks of what else it is painted with: of the outline of a filled glyph, and of the colours that a glyph drawn by
    /// operators sets itself.
    pub further: &'e [Appearance],
}

/// How a path is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathMode {
    /// Filled.
    Fill,
    /// Stroked.
    Stroke,
    /// A shading painted through the clip.
    Shading,
}

/// A path.
#[derive(Debug)]
pub struct PathMark<'e> {
    /// Filled, stroked or shaded.
    pub mode: PathMode,
    /// What its paint leaves.
    pub effect: PaintEffect,
    /// Its extent before clipping.
    pub outline: Rect,
    /// Its extent after clipping, if anything is left.
    pub seen: Option<Rect>,
    /// Whether it hides all that was painted before within what is seen of it.
    pub hides: bool,
    /// The extents of its parts before clipping: subpaths of a fill, segments and corners of a stroke.
    pub parts: &'e [Rect],
    /// Its colour and how it meets what lies below.
    pub appearance: Appearance,
    /// The width of a stroke on the page, where it is thinnest, in points; 0 for anything else.
    pub width: f32,
}

/// A placed image.
#[derive(Debug)]
pub struct ImageMark {
    /// Object number and generation, or none for an inline image.
    pub object: Option<(u32, i32)>,
    /// Its extent before clipping.
    pub outline: Rect,
    /// Its extent after clipping, if anything is left.
    pub seen: Option<Rect>,
    /// Pixels, width by height; those of its mask where that is finer.
    pub pixels: [u32; 2],
    /// From the unit square, its top-left corner first, to the page: `[a, b, c, d, e, f]`.
    pub place: [f64; 6],
    /// Its width and height on the page along its own axes, in points.
    pub sides: [f64; 2],
    /// Bits a component.
    pub bits: u8,
    /// The family of its colours; none for a stencil.
    pub colour: Option<Family>,
    /// Its codec.
    pub codec: Codec,
    /// What its paint leaves (a stencil takes the fill colour).
    pub effect: PaintEffect,
    /// Its colour and how it meets what lies below.
    pub appearance: Appearance,
    /// Whether it has a soft mask of its own.
    pub own_mask: bool,
    /// What is wrong with its data, if any of it can be seen.
    pub flaw: Option<ImageFlaw>,
    /// Whether it hides all that was painted before within what is seen of it.
    pub hides: bool,
    /// Whether a mask, its own or the one in force, decides which of its pixels are painted.
    pub masked: bool,
}

/// Receives the marks of a page.
pub trait Visitor {
    /// A glyph. `text` gives its characters where known.
    fn glyph(&mut self, mark: &GlyphMark<'_>, text: &dyn Fn(&mut String));
    /// A path.
    fn path(&mut self, mark: &PathMark<'_>);
    /// A clip of so many parts: what is painted through it shows where else it does not.
    fn clip(&mut self, _area: Rect, _parts: usize) {}
    /// An image. `thumbnail` gives its own pixels in grey, so many of them averaged, where that is easily done.
    fn image(&mut self, mark: &ImageMark, thumbnail: &dyn Fn(usize) -> Option<Thumbnail>);
    /// A group that meets what lies below it as a whole, before its marks.
    fn group(&mut self, _look: Appearance, _area: Rect) {}
    /// Settings of the press that an object brings, where it is placed.
    fn settings(&mut self, _ways: Ways, _area: Rect) {}
    /// The colour space that a group, or the page as a group, is composed in.
    fn group_space(&mut self, _space: SpaceKind) {}
}

/// Keeps only the extent of whatever is painted, and its colours.
#[derive(Debug, Default)]
pub(crate) struct BoundsVisitor {
    /// The extent, if anything was painted.
    pub(crate) area: Option<Rect>,
    /// The colours, each once.
    pub(crate) colours: Vec<u32>,
    /// Which they are.
    known: Vec<bool>,
    /// How they meet each other and what lies below.
    pub(crate) ways: Ways,
    /// Its parts, a picture counting as many.
    parts: usize,
}

/// Parts from which something is a drawing: as one path, the smallest code has some twenty.
const ARTWORK_PARTS: usize = 14;

impl BoundsVisitor {
    /// Whether it is a drawing, and no more than a shape or a shade.
    pub(crate) fn is_artwork(&self) -> bool {
        self.parts >= ARTWORK_PARTS
    }

    fn add(&mut self, area: Option<Rect>, appearance: Appearance, parts: usize) {
        if let Some(area) = area {
            self.parts += if appearance.has_artwork {
                ARTWORK_PARTS
            } else {
                parts
            };
            self.area = Some(self.area.map_or(area, |a| a.union(area)));
            self.paint(appearance);
        }
    }

    fn paint(&mut self, appearance: Appearance) {
        self.ways = self.ways.with(appearance.ways());
        let place = appearance.colour as usize;
        // A palette has a few thousand places at the most.
        if self.known.len() <= place {
            self.known.resize(place + 1, false);
        }
        if let Some(known) = self.known.get_mut(place)
            && !std::mem::replace(known, true)
        {
            self.colours.push(appearance.colour);
        }
    }
}

impl Visitor for BoundsVisitor {
    fn glyph(&mut self, mark: &GlyphMark<'_>, _: &dyn Fn(&mut String)) {
        if mark.mode != GlyphMode::Invisible {
            // A glyph drawn by operators may be anything.
            let drawn = mark.font.technology == FontKind::Type3;
            self.add(
                mark.seen,
                mark.appearance,
                if drawn { ARTWORK_PARTS } else { 1 },
            );
            if mark.seen.is_some() {
                mark.further
                    .iter()
                    .for_each(|appearance| self.paint(*appearance));
            }
        }
    }

    fn path(&mut self, mark: &PathMark<'_>) {
        self.add(mark.seen, mark.appearance, mark.parts.len());
    }

    fn image(&mut self, mark: &ImageMark, _: &dyn Fn(usize) -> Option<Thumbnail>) {
        let [width, height] = mark.pixels;
        let parts = if width.max(height) < 21 {
            1
        } else {
            ARTWORK_PARTS
        };
        self.add(mark.seen, mark.appearance, parts);
        if mark.own_mask && mark.seen.is_some() {
            self.ways = self.ways.with(Ways::PICTURE_MASK);
        }
    }

    fn group(&mut self, appearance: Appearance, _: Rect) {
        self.ways = self.ways.with(appearance.ways());
    }

    fn settings(&mut self, ways: Ways, _: Rect) {
        self.ways = self.ways.with(ways);
    }
}
