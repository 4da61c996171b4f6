//! What a path or a glyph is painted with: a plain colour or a pattern.

use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::pdf::colour::{Inks, Palette, Space, Spaces};
use crate::pdf::interpreting::visitor::PaintEffect;
use crate::pdf::interpreting::ways::Ways;
use crate::pdf::separations::shading::Shading;

/// A current colour.
#[derive(Clone)]
pub(crate) struct Paint<'p> {
    pub(crate) space: Rc<Space>,
    /// Its place in the page's palette.
    pub(crate) colour: u32,
    /// The ink it lays.
    pub(crate) inks: Rc<Inks>,
    pub(crate) white: bool,
    pub(crate) alpha: f64,
    /// A pattern that paints nothing at all.
    pub(crate) empty_pattern: bool,
    /// Cells of a pattern that are a drawing, or a shading that may be one.
    pub(crate) has_artwork: bool,
    pub(crate) overprint: bool,
    /// How the marks in a pattern's cells meet each other.
    pub(crate) within: Ways,
    /// What it is made of where it is no plain colour; only kept while plates are made.
    pub(crate) pattern: Option<Rc<PatternPaint<'p>>>,
    /// Operators that drawing a cell of it takes.
    pub(crate) cell: u64,
}

impl Paint<'_> {
    /// Black, as every page starts.
    pub(crate) fn black(spaces: &Spaces, palette: &mut Palette<'_>) -> Self {
        let space = Rc::clone(&spaces.device().gray);
        let (colour, inks) = palette.colour(&space, &[0.0]);
        Self {
            space,
            colour,
            inks,
            white: false,
            alpha: 1.0,
            empty_pattern: false,
            has_artwork: false,
            overprint: false,
            within: Ways::NONE,
            pattern: None,
            cell: 0,
        }
    }

    /// What painting with it leaves.
    pub(crate) fn effect(&self) -> PaintEffect {
        if self.alpha <= 0.0 || self.empty_pattern || self.space.paints_nothing() {
            PaintEffect::None
        } else if self.white {
            PaintEffect::White
        } else {
            PaintEffect::Ink
        }
    }

    /// A colour in a new space.
    pub(crate) fn set(&mut self, space: Rc<Space>, components: &[f32], palette: &mut Palette<'_>) {
        self.space = space;
        self.components(components, palette);
    }

    /// New components in the same space.
    pub(crate) fn components(&mut self, components: &[f32], palette: &mut Palette<'_>) {
        self.white = self.space.is_white(components);
        (self.colour, self.inks) = palette.colour(&self.space, components);
        self.empty_pattern = false;
        self.has_artwork = false;
        self.within = Ways::NONE;
        self.pattern = None;
    }
}

/// What a paint is made of where it is no plain colour.
pub(crate) enum PatternPaint<'p> {
    /// A cell that repeats.
    Tile {
        cell: Stream<'p>,
        resources: Resources<'p>,
        /// From the cell to the page.
        base: Affine,
        /// Painted in the colour named with it, whatever the cell says.
        plain: bool,
    },
    /// A shading.
    Shade {
        shading: Shading<'p>,
        /// From the shading to the page.
        base: Affine,
    },
}
