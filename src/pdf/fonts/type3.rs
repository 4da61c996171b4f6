//! Glyphs of Type 3 fonts, which are drawn by operators: how they paint, once they were run.

use std::rc::Rc;

use hayro_font::kurbo::Rect;

use crate::pdf::colour::{Palette, PaletteEntry};
use crate::pdf::interpreting::visitor::BoundsVisitor;
use crate::pdf::interpreting::ways::Ways;
use crate::pdf::reading::trouble::Troubles;

/// How a glyph drawn by operators paints, whatever the page it is set on.
pub(crate) struct Type3Paint {
    /// It fills in the colour that text is filled in.
    pub(in crate::pdf) fills: bool,
    /// It strokes in the colour that text is stroked in.
    pub(in crate::pdf) strokes: bool,
    /// Colours it sets itself, after those of the text, and which of them it paints with.
    pub(in crate::pdf) palette: Vec<PaletteEntry>,
    pub(in crate::pdf) own: Vec<u32>,
    /// How its marks meet each other.
    pub(in crate::pdf) ways: Ways,
}

/// What running a glyph tells: its ink, and how it paints where that is not plainly in the colour of the text.
#[derive(Default)]
pub(crate) struct Type3Run {
    /// Its ink.
    pub(crate) ink: Option<Rect>,
    /// How it paints, where that is not plainly in the colour of the text.
    pub(crate) drawn: Option<Rc<Type3Paint>>,
    /// What went wrong.
    pub(crate) troubles: Option<Rc<Troubles>>,
    /// Operators that it took.
    pub(crate) cost: u64,
    /// Those that drawing it takes beyond.
    pub(crate) further: u64,
}

/// Places of the colours of the text in the palette that a glyph is run with.
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
            ways: Ways::NONE,
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
            ways: extent.ways,
        }
    }

    pub(in crate::pdf) fn is_plain(&self) -> bool {
        self.fills && !self.strokes && self.own.is_empty() && self.ways.is_none()
    }
}
