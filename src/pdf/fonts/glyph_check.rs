//! Looks at outlines of glyphs one by one: whether the program that draws them can be run to its end.

use std::sync::Arc;

use skrifa::{DrawMemory, Font, GlyphId, PathSink, ScalerFont};

use crate::pdf::fonts::program::has_whole_outline;

/// A program whose glyphs are looked at.
pub(in crate::pdf::fonts) struct GlyphCheck {
    data: Arc<Vec<u8>>,
    scaler: ScalerFont,
}

impl GlyphCheck {
    /// None where no reader makes a font of the program.
    pub(in crate::pdf::fonts) fn new(data: Arc<Vec<u8>>) -> Option<Self> {
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = data.clone();
        let font = Font::new(shared, 0)?;
        Some(Self {
            data,
            scaler: ScalerFont::force_unhinted(font, None),
        })
    }

    /// Whether the outline of a glyph can be drawn whole. One that is not there is no damage here.
    pub(in crate::pdf::fonts) fn is_sound(&self, glyph: u32) -> bool {
        let outline = self.scaler.outline(GlyphId::new(glyph));
        outline.is_none_or(|outline| outline.draw(DrawMemory::Scratch, &mut Nowhere).is_ok())
            && has_whole_outline(&self.data, glyph)
    }
}

/// Takes outlines and keeps none.
struct Nowhere;

impl PathSink for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
