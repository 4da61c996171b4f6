//! How glyphs of Type 3 fonts paint, recorded when their program was run.

use std::rc::Rc;

use hayro_font::kurbo::Rect;

use crate::pdf::colour::{Palette, PaletteEntry};
use crate::pdf::interpreting::compositing::Compositing;
use crate::pdf::interpreting::visitor::BoundsVisitor;
use crate::pdf::reading::trouble::Troubles;

/// How a Type 3 glyph paints, independent of the page.
pub(crate) struct Type3Paint {
    /// It fills in the colour that text is filled in.
    pub(in crate::pdf) fills: bool,
    /// It strokes in the colour that text is stroked in.
    pub(in crate::pdf) strokes: bool,
    /// Colours it sets itself, after those of the text, and which of them it paints with.
    pub(in crate::pdf) palette: Vec<PaletteEntry>,
    pub(in crate::pdf) own: Vec<u32>,
    /// How its marks meet each other.
    pub(in crate::pdf) compositing: Compositing,
}

/// The result of running a glyph program: its extent, and how it paints unless it does so in the colour of the text
/// alone.
#[derive(Default)]
pub(crate) struct Type3Run {
    /// Its extent.
    pub(crate) ink: Option<Rect>,
    /// How it paints, unless it does so in the colour of the text alone.
    pub(crate) drawn: Option<Rc<Type3Paint>>,
    /// What went wrong.
    pub(crate) troubles: Option<Rc<Troubles>>,
    /// Operators that it ran.
    pub(crate) cost: u64,
    /// Operators that drawing it costs beyond those.
    pub(crate) further: u64,
}

/// Indices of the text's two colours in the palette that a glyph is run with.
const FILL: u32 = 0;
const STROKE: u32 = 1;

impl Type3Paint {
    /// Nothing but a shape in the colour of the text.
    pub(in crate::pdf) fn plain() -> Self {
        Self {
            fills: true,
            strokes: false,
            palette: Vec::new(),
            own: Vec::new(),
            compositing: Compositing::NONE,
        }
    }

    pub(in crate::pdf) fn of(extent: &BoundsVisitor, palette: Palette<'_>) -> Self {
        let own = extent.colours.iter().copied();
        let own: Vec<u32> = own.filter(|c| !matches!(*c, FILL | STROKE)).collect();
        Self {
            fills: extent.colours.contains(&FILL),
            strokes: extent.colours.contains(&STROKE),
            palette: if own.is_empty() {
                Vec::new()
            } else {
                palette.into_entries()
            },
            own,
            compositing: extent.compositing,
        }
    }

    pub(in crate::pdf) fn is_plain(&self) -> bool {
        self.fills && !self.strokes && self.own.is_empty() && self.compositing.is_none()
    }
}
