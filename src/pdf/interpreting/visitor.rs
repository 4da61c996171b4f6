//! The interface to the content walk: it reports every mark of a page, in painting order, on the page as seen.

use crate::model::facts::{Codec, FontKind, ImageFlaw, Painted, SpaceKind};
use crate::model::geometry::Rect;
use crate::pdf::colour::Family;
use crate::pdf::fonts::identity::FontIdentity;
use crate::pdf::images::picture::FoundPicture;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::outline::PathShape;

/// What a paint puts on the page: ink, paper white or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaintEffect {
    /// Ink on paper.
    Ink,
    /// Paper white: hides what lies below, and is invisible on bare paper.
    White,
    /// Fully transparent.
    None,
}

/// The colour of a mark and how it is composited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Its colour, as an index in the page's palette.
    pub colour: u32,
    /// Whether it overprints.
    pub overprint: bool,
    /// Whether the overprint mode is 1: inks at zero in DeviceCMYK are left as they are.
    pub nonzero: bool,
    /// Its alpha.
    pub alpha: f32,
    /// The product of its enclosing groups' alpha.
    pub groups: f32,
    /// Its blend mode.
    pub blend: Blend,
    /// Whether a soft mask is in force.
    pub masked: bool,
    /// Whether its pattern, its shading or its soft mask is artwork of many parts or stops, and so may hold a code.
    pub has_artwork: bool,
    /// How the marks within it are composited: those of a pattern's cell or a Type 3 glyph.
    pub within: Compositing,
}

impl Appearance {
    /// Whether it is not simply opaque.
    pub fn is_transparent(&self) -> bool {
        self.masked || self.blend != Blend::Normal || self.alpha < 1.0
    }

    /// All ways in which it and the marks within it are composited.
    pub fn compositing(&self) -> Compositing {
        Compositing::of(self.alpha, self.blend, self.masked, self.overprint).with(self.within)
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
    /// Its extent before clipping; none for a blank.
    pub outline: Option<Rect>,
    /// Its extent after clipping; none for a blank or if nothing is left.
    pub seen: Option<Rect>,
    /// The share of its extent before clipping that is painted, at most.
    pub filled: f32,
    /// How it is painted.
    pub mode: GlyphMode,
    /// The effect of its paint.
    pub effect: PaintEffect,
    /// Its origin on the page.
    pub origin: [f32; 2],
    /// The direction of its line, a unit vector.
    pub along: [f32; 2],
    /// How far the pen moves on along the line, in points.
    pub advance: f32,
    /// Its colour and how it is composited.
    pub appearance: Appearance,
    /// The font has no glyph for this code and shows .notdef.
    pub missing: bool,
    /// It is a block character: a box as wide as its place in the line.
    pub block: bool,
    /// Further appearances: that of the stroke of a filled glyph, and one for each colour that a Type 3 glyph sets
    /// itself.
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

/// A mark in the cell of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellMark {
    /// What it is.
    pub on: Painted,
    /// Its colour and how it is composited.
    pub appearance: Appearance,
    /// The em of text, or the width of a stroke, in points on the page.
    pub size: Option<f32>,
    /// Whether it is an image mask.
    pub stencil: bool,
}

/// A path.
#[derive(Debug)]
pub struct PathMark<'e> {
    /// Filled, stroked or shaded.
    pub mode: PathMode,
    /// The effect of its paint.
    pub effect: PaintEffect,
    /// Its extent before clipping.
    pub outline: Rect,
    /// Its extent after clipping, if anything is left.
    pub seen: Option<Rect>,
    /// Whether it hides all that was painted before within what is seen of it.
    pub hides: bool,
    /// The extents of its parts before clipping: subpaths of a fill, segments and corners of a stroke.
    pub parts: &'e [Rect],
    /// Its colour and how it is composited.
    pub appearance: Appearance,
    /// The width of a stroke on the page, where it is thinnest, in points; 0 for anything else.
    pub width: f32,
    /// What is in the cell of its pattern, if it is painted with one: different marks, some of very many.
    pub cell: &'e [CellMark],
    /// Its true shape; none for a shading.
    pub(crate) shape: Option<PathShape<'e>>,
}

/// A placed image.
#[derive(Clone, Debug)]
pub struct ImageMark {
    /// Object number and generation, or none for an inline image.
    pub object: Option<(u32, i32)>,
    /// Its extent before clipping.
    pub outline: Rect,
    /// Its extent after clipping, if anything is left.
    pub seen: Option<Rect>,
    /// Pixels, width by height; those of its mask where that is finer.
    pub pixels: [u32; 2],
    /// Its own pixels, width by height.
    pub own_pixels: [u32; 2],
    /// From the unit square, its top-left corner first, to the page: `[a, b, c, d, e, f]`.
    pub place: [f64; 6],
    /// Its width and height on the page along its own axes, in points.
    pub sides: [f64; 2],
    /// Bits a component.
    pub bits: u8,
    /// The family of its colour space; none for an image mask.
    pub colour: Option<Family>,
    /// Its codec.
    pub codec: Codec,
    /// The effect of its paint (an image mask takes the fill colour).
    pub effect: PaintEffect,
    /// Its colour and how it is composited.
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
pub trait Visitor<'p> {
    /// A glyph. `text` gives its characters where known.
    fn glyph(&mut self, mark: &GlyphMark<'_>, text: &dyn Fn(&mut String));
    /// A path.
    fn path(&mut self, mark: &PathMark<'_>);
    /// A clip path of so many subpaths.
    fn clip(&mut self, _area: Rect, _parts: usize) {}
    /// An image. Its picture can be kept, to be looked at after the walk.
    fn image(&mut self, mark: &ImageMark, picture: &FoundPicture<'_, 'p>);
    /// A transparency group, before its marks.
    fn group(&mut self, _look: Appearance, _area: Rect) {}
    /// Device-dependent settings of an object, with its placement.
    fn settings(&mut self, _ways: Compositing, _area: Rect) {}
    /// The blending colour space of a group or of the page.
    fn group_space(&mut self, _space: SpaceKind) {}
}

/// Collects the extent and the colours of all that is painted.
#[derive(Debug, Default)]
pub(crate) struct BoundsVisitor {
    /// The extent, if anything was painted.
    pub(crate) area: Option<Rect>,
    /// The colours, each once, as indices in the palette.
    pub(crate) colours: Vec<u32>,
    /// Whether each index of the palette is among them.
    known: Vec<bool>,
    /// How the marks are composited.
    pub(crate) compositing: Compositing,
    /// Different marks, some of very many.
    pub(crate) marks: Vec<CellMark>,
    /// Pictures whose data are flawed, by the number of their objects.
    pub(crate) flawed: Vec<(u32, ImageFlaw)>,
    /// The number of parts; an image counts as many.
    parts: usize,
}

/// Different marks kept of a cell.
const MARKS: usize = 32;
/// Parts from which something is artwork: the smallest code has some twenty as one path.
const ARTWORK_PARTS: usize = 14;

impl BoundsVisitor {
    /// Whether the marks are artwork that may hold a code, rather than a shape or a tint.
    pub(crate) fn is_artwork(&self) -> bool {
        self.parts >= ARTWORK_PARTS
    }

    /// Keeps a mark that is unlike those before, of which something is seen.
    fn keep(&mut self, seen: Option<Rect>, mark: CellMark) {
        if seen.is_some() && self.marks.len() < MARKS && !self.marks.contains(&mark) {
            self.marks.push(mark);
        }
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
        self.compositing = self.compositing.with(appearance.compositing());
        let place = appearance.colour as usize;
        // A palette has a few thousand entries at most.
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

impl<'p> Visitor<'p> for BoundsVisitor {
    fn glyph(&mut self, mark: &GlyphMark<'_>, _: &dyn Fn(&mut String)) {
        if mark.mode != GlyphMode::Invisible {
            let (appearance, size) = (mark.appearance, Some(mark.size));
            let kept = CellMark {
                on: Painted::Text,
                appearance,
                size,
                stencil: false,
            };
            self.keep(mark.seen, kept);
            // A Type 3 glyph may be anything.
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
        let (on, size) = match mark.mode {
            PathMode::Fill => (Painted::Fill, None),
            PathMode::Stroke => (Painted::Stroke, Some(mark.width)),
            PathMode::Shading => (Painted::Shading, None),
        };
        let kept = CellMark {
            on,
            appearance: mark.appearance,
            size,
            stencil: false,
        };
        self.keep(mark.seen, kept);
        self.add(mark.seen, mark.appearance, mark.parts.len());
    }

    fn image(&mut self, mark: &ImageMark, _: &FoundPicture<'_, 'p>) {
        let [width, height] = mark.pixels;
        let parts = if width.max(height) < 21 {
            1
        } else {
            ARTWORK_PARTS
        };
        let kept = CellMark {
            on: Painted::Image,
            appearance: mark.appearance,
            size: None,
            stencil: mark.colour.is_none(),
        };
        self.keep(mark.seen, kept);
        self.add(mark.seen, mark.appearance, parts);
        if let (Some(flaw), Some((number, _))) = (mark.flaw, mark.object) {
            self.flawed.push((number, flaw));
        }
        if mark.own_mask && mark.seen.is_some() {
            self.compositing = self.compositing.with(Compositing::IMAGE_MASK);
        }
    }

    fn group(&mut self, appearance: Appearance, _: Rect) {
        self.compositing = self.compositing.with(appearance.compositing());
    }

    fn settings(&mut self, compositing: Compositing, _: Rect) {
        self.compositing = self.compositing.with(compositing);
    }
}
