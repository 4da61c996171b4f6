//! The current colour: a plain colour or a pattern.

use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::pdf::colour::{Inks, Palette, Space, Spaces};
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::visitor::{CellMark, PaintEffect};
use crate::pdf::separations::shading::Shading;

/// The current colour for filling or stroking.
#[derive(Clone)]
pub(crate) struct Paint<'p> {
    pub(crate) space: Rc<Space>,
    /// Its index in the page's palette.
    pub(crate) colour: u32,
    /// Its inks.
    pub(crate) inks: Rc<Inks>,
    pub(crate) white: bool,
    pub(crate) alpha: f64,
    /// A pattern that paints nothing at all.
    pub(crate) empty_pattern: bool,
    /// A pattern whose cell is artwork, or a shading of many stops.
    pub(crate) has_artwork: bool,
    pub(crate) overprint: bool,
    /// How the marks in a pattern's cells meet each other.
    pub(crate) within: Compositing,
    /// What is in the pattern's cell.
    pub(crate) marks: Option<Rc<[CellMark]>>,
    /// The pattern, if it is no plain colour.
    pub(crate) pattern: Option<Rc<PatternPaint<'p>>>,
    /// Operators that a cell of it costs.
    pub(crate) cell: u64,
}

impl Paint<'_> {
    /// Black, the initial colour.
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
            within: Compositing::NONE,
            marks: None,
            pattern: None,
            cell: 0,
        }
    }

    /// The effect of painting with it.
    pub(crate) fn effect(&self) -> PaintEffect {
        if self.alpha <= 0.0 || self.empty_pattern || self.space.paints_nothing() {
            PaintEffect::None
        } else if self.white {
            PaintEffect::White
        } else {
            PaintEffect::Ink
        }
    }

    /// Sets a colour in a new space.
    pub(crate) fn set(&mut self, space: Rc<Space>, components: &[f32], palette: &mut Palette<'_>) {
        self.space = space;
        self.components(components, palette);
    }

    /// Sets components in the same space.
    pub(crate) fn components(&mut self, components: &[f32], palette: &mut Palette<'_>) {
        self.white = self.space.is_white(components);
        (self.colour, self.inks) = palette.colour(&self.space, components);
        self.empty_pattern = false;
        self.has_artwork = false;
        self.within = Compositing::NONE;
        self.marks = None;
        self.pattern = None;
    }
}

/// The pattern of a paint.
pub(crate) enum PatternPaint<'p> {
    /// A tiling pattern.
    Tile(Tile<'p>),
    /// A shading pattern.
    Shade {
        shading: Shading<'p>,
        /// From the shading to the page.
        base: Affine,
    },
}

/// A tiling pattern.
pub(crate) struct Tile<'p> {
    pub(crate) cell: Stream<'p>,
    pub(crate) resources: Resources<'p>,
    /// From the cell to the page.
    pub(crate) base: Affine,
    /// Uncoloured (`PaintType` 2): painted in the colour given with it.
    pub(crate) plain: bool,
}
