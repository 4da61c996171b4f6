//! The seam between the walk and what becomes of it: the walk follows content, a painter takes what it paints.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, BezPath, Rect, Vec2};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;

use crate::model::facts::SpaceKind;
use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::fonts::glyph_shape::GlyphShape;
use crate::pdf::images::picture::FoundPicture;
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::glyph_line::GlyphLine;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::ImageMark;
use crate::pdf::separations::Group;
use crate::pdf::separations::shading::Shading;

/// Takes what content paints, in painting order. Shapes are true: in user space under the CTM of `state`, or as what
/// makes them where an outline would have to be built.
///
/// The graphics state is the walk's. What only one painter needs of it, that painter keeps, and saves and restores when
/// told to.
pub(crate) trait Painter<'p> {
    /// `q`, or the start of content.
    fn save(&mut self) {}

    /// `Q`, or the end of content.
    fn restore(&mut self) {}

    /// Fills a path.
    fn fill(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
        even_odd: bool,
    ) -> Result<(), Stop>;

    /// Strokes a path.
    fn stroke(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
    ) -> Result<(), Stop>;

    /// Fills and strokes a path as one mark.
    fn fill_and_stroke(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
        even_odd: bool,
    ) -> Result<(), Stop> {
        self.fill(cx, state, path, even_odd)?;
        self.stroke(cx, state, path)
    }

    /// Paints a glyph.
    fn glyph(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        glyph: &Glyph<'_, 'p>,
    ) -> Result<(), Stop>;

    /// Paints an image on the unit square.
    fn image(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        image: &Image<'_, 'p>,
    ) -> Result<(), Stop>;

    /// Paints a shading through the clip.
    fn shading(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        fill: &ShadingFill<'_, 'p>,
    ) -> Result<(), Stop>;

    /// Intersects the clip with a path.
    fn clip(&mut self, state: &State<'p>, clip: &ClipPath<'_>);

    /// Intersects the clip with the box of a form.
    fn clip_to_box(&mut self, _state: &State<'p>, _bounds: Rect) {}

    /// Intersects the clip with the glyphs painted since the last time in modes that clip.
    fn clip_to_text(&mut self) {}

    /// Sets the soft mask, or removes it.
    fn set_soft_mask(
        &mut self,
        _cx: &mut Context<'p, '_>,
        _state: &State<'p>,
        _mask: Option<&Dict<'p>>,
        _resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        Ok(())
    }

    /// Begins the group of a form that covers `area`. Its kind is none unless it is a transparency group.
    fn push_group(&mut self, state: &State<'p>, kind: Option<Group>, area: Rect);

    /// Ends that group.
    fn pop_group(&mut self) {}

    /// The blending colour space of a group or of the page.
    fn group_space(&mut self, _space: SpaceKind) {}

    /// Device-dependent settings of an object that covers `area`.
    fn settings(&mut self, _settings: Compositing, _area: Rect) {}
}

/// A glyph to be painted. Few painters need its outline, so it is built when asked for.
pub(crate) struct Glyph<'a, 'p> {
    pub(crate) font: &'a Rc<FontEntry<'p>>,
    pub(crate) code: u32,
    pub(crate) shape: &'a GlyphShape<'p>,
    /// Its line, the pen at its origin.
    pub(crate) line: &'a GlyphLine,
    /// How far the pen moves on, in text space.
    pub(crate) step: Vec2,
    /// The resources of the content that shows it.
    pub(crate) resources: &'a Resources<'p>,
}

impl Glyph<'_, '_> {
    /// From thousandths of the em to the page.
    pub(crate) fn em(&self) -> Affine {
        let origin = self.line.on_page(self.line.pen);
        self.line.em.with_translation(origin)
    }

    /// Its outline in user space.
    pub(crate) fn outline(&self, state: &State<'_>) -> BezPath {
        let text = &state.text;
        let em = text.matrix * Affine::translate(self.line.pen) * text.em();
        em * self.shape.placement * self.font.outline(self.code)
    }
}

/// An image to be painted.
pub(crate) struct Image<'a, 'p> {
    pub(crate) picture: FoundPicture<'a, 'p>,
    pub(crate) mark: &'a ImageMark,
    /// Whether it is an image mask.
    pub(crate) is_stencil: bool,
}

/// A shading to be painted.
pub(crate) struct ShadingFill<'a, 'p> {
    pub(crate) shading: &'a Shading<'p>,
    /// What it may cover, on the page.
    pub(crate) area: Rect,
    /// Its colours, as an index in the page's palette.
    pub(crate) colour: u32,
}

/// A path that narrows the clip.
pub(crate) struct ClipPath<'a> {
    pub(crate) path: &'a BezPath,
    pub(crate) even_odd: bool,
    /// Its extent on the page, if it has any.
    pub(crate) area: Option<Rect>,
    /// How many subpaths it has.
    pub(crate) parts: usize,
}
