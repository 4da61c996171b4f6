//! Paints the true shapes of marks on the separations, within clips and soft masks. Does nothing unless separations
//! are made.

use std::rc::Rc;

use hayro_font::FontGlyph;
use hayro_font::kurbo::{Affine, BezPath, Rect};
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::pdf::fonts::cache::{FontEntry, GlyphShape};
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::glyph_line::GlyphLine;
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::paint::PatternPaint;
use crate::pdf::interpreting::visitor::GlyphMode;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::separations::{CompositeParams, CoverageMask, PaintMask, fill, stencil};

impl<'p> Walker<'p, '_, '_> {
    /// Fills the current path.
    pub(crate) fn lay_fill(&mut self, even_odd: bool) -> Result<(), Stop> {
        let ctm = self.state.ctm;
        let Some(cover) = self.covered(&self.path, ctm, even_odd) else {
            return Ok(());
        };
        let paint = self.state.fill.clone();
        self.lay(&cover, &paint)
    }

    /// Strokes the current path.
    pub(crate) fn lay_stroke(&mut self) -> Result<(), Stop> {
        let Some(plates) = &self.plates else {
            return Ok(());
        };
        let ctm = self.state.ctm;
        let outline = self.state.pen.outline(&self.path, ctm, plates.scale);
        let Some(cover) = self.covered(&outline, ctm, false) else {
            return Ok(());
        };
        let paint = self.state.stroke.clone();
        self.lay(&cover, &paint)
    }

    /// Intersects the clip mask with a path.
    pub(crate) fn clip_plates(&mut self, path: &BezPath, ctm: Affine, even_odd: bool) {
        if self.plates.is_some() {
            let cover = self.covered(path, ctm, even_odd).unwrap_or_default();
            self.narrow(cover);
        }
    }

    pub(crate) fn narrow(&mut self, cover: CoverageMask) {
        self.state.clip_mask = Some(Rc::new(match &self.state.clip_mask {
            Some(clip_mask) => cover.under(clip_mask),
            None => cover,
        }));
    }

    /// The coverage of a path within the page and the clip's bounds.
    pub(crate) fn covered(
        &self,
        path: &BezPath,
        ctm: Affine,
        even_odd: bool,
    ) -> Option<CoverageMask> {
        let plates = self.plates.as_deref()?;
        let within = self
            .state
            .clip_mask
            .as_ref()
            .map_or(plates.page, |clip_mask| clip_mask.area.meet(plates.page));
        fill(path, Affine::scale(plates.scale) * ctm, even_odd, within)
    }

    pub(crate) fn paint_mask(&self) -> PaintMask {
        PaintMask {
            clip: self.state.clip_mask.clone(),
            soft_mask: self.state.soft_mask.clone(),
        }
    }

    pub(crate) fn composite_params(&self, paint: &Paint<'p>) -> CompositeParams {
        CompositeParams {
            alpha: paint.alpha as f32,
            blend: self.state.blend,
            overprint: paint.overprint,
            opm_nonzero: self.state.opm_nonzero,
            // A transfer function applies only where the mark is opaque.
            transfer: self.state.transfer.clone().filter(|_| {
                paint.alpha >= 1.0
                    && self.state.blend == Blend::Normal
                    && self.state.soft_mask.is_none()
            }),
        }
    }

    /// Paints where `cover` says.
    pub(crate) fn lay(&mut self, cover: &CoverageMask, paint: &Paint<'p>) -> Result<(), Stop> {
        let (mask, params) = (self.paint_mask(), self.composite_params(paint));
        match paint.pattern.clone().as_deref() {
            None => {
                if let Some(plates) = self.plates.as_deref_mut()
                    && !paint.empty_pattern
                {
                    plates.converted |= paint.space.is_converted();
                    plates.lay(cover, &mask, &params, &paint.inks);
                }
                Ok(())
            }
            Some(PatternPaint::Tile {
                cell,
                resources,
                base,
                plain,
            }) => self.lay_tiles(cover, paint, &params, cell, resources, *base, *plain),
            Some(PatternPaint::Shade { shading, base }) => {
                self.lay_shade(cover, &mask, &params, shading, *base);
                Ok(())
            }
        }
    }

    /// Paints an image on the unit square.
    pub(crate) fn lay_image(
        &mut self,
        stream: &Stream<'_>,
        is_stencil: bool,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        // Rows of a picture run down from the top of its unit square.
        let upright = self.state.ctm * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0]);
        let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path();
        let Some(mut cover) = self.covered(&square, upright, false) else {
            return Ok(());
        };
        let (mask, mut params) = (self.paint_mask(), self.composite_params(&self.state.fill));
        let translucent = stream.dict().contains_key(b"SMask");
        if translucent {
            params.transfer = None;
        }
        let (spaces, converter, allowance) = (
            self.cx.spaces,
            self.cx.palette.converter(),
            self.cx.allowance(),
        );
        let Some(plates) = self.plates.as_deref_mut() else {
            return Ok(());
        };
        let to_unit = (Affine::scale(plates.scale) * upright).inverse();
        if !to_unit.is_finite() {
            return Ok(());
        }
        if is_stencil {
            let Some(data) = stencil(stream, to_unit, cover.area, allowance) else {
                plates.trouble("a stencil on it cannot be unpacked");
                return Ok(());
            };
            cover.data = data;
            let paint = self.state.fill.clone();
            return self.lay(&cover, &paint);
        }
        if !plates.spend(cover.data.len()) {
            return Ok(());
        }
        if self.state.fixed_colour {
            let paint = self.state.fill.clone();
            return self.lay(&cover, &paint);
        }
        let mut pictures = std::mem::take(&mut plates.pictures);
        match pictures.get(stream, resources, spaces, converter, allowance) {
            Some(picture) => {
                let space = picture.space();
                plates.converted |= space.is_converted();
                let (spots, specified) = (space.spots(), space.specified());
                plates.lay_rows(
                    &cover,
                    &mask,
                    &params,
                    (&spots, specified, translucent),
                    |y, x0, alpha, amounts| {
                        picture.row(converter, to_unit, [x0, y], alpha, amounts);
                    },
                );
            }
            None => plates.trouble("a picture on it cannot be unpacked"),
        }
        plates.pictures = pictures;
        Ok(())
    }

    /// Paints a glyph; `em` places its em square.
    pub(crate) fn lay_glyph(
        &mut self,
        font: &FontEntry<'p>,
        code: u32,
        shape: &GlyphShape<'p>,
        line: &GlyphLine,
        em: Affine,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let Some(plates) = self.plates.as_deref() else {
            return Ok(());
        };
        let scale = plates.scale;
        let placed = em * shape.placement;
        let outline = match font.font.glyph(font.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.outline(),
            FontGlyph::Type3(_) if line.mode == GlyphMode::Invisible => return Ok(()),
            FontGlyph::Type3(glyph) => return self.lay_program(&glyph, placed, resources),
        };
        if line.clips {
            let clip = self.text_cut.get_or_insert_with(BezPath::new);
            clip.extend((placed * outline.clone()).iter());
        }
        let pair = if line.mode == GlyphMode::FillStroke {
            let ctm = self.state.ctm;
            self.open_pair(&(ctm.inverse() * placed * outline.clone()))
        } else {
            false
        };
        if matches!(line.mode, GlyphMode::Fill | GlyphMode::FillStroke)
            && let Some(cover) = self.covered(&outline, placed, false)
        {
            let paint = self.state.fill.clone();
            self.lay(&cover, &paint)?;
        }
        if matches!(line.mode, GlyphMode::Stroke | GlyphMode::FillStroke) {
            // The pen is that of user space, whatever the size of the text.
            let ctm = self.state.ctm;
            let path = ctm.inverse() * placed * outline;
            let stroked = self.state.pen.outline(&path, ctm, scale);
            if let Some(cover) = self.covered(&stroked, ctm, false) {
                let paint = self.state.stroke.clone();
                self.lay(&cover, &paint)?;
            }
        }
        self.close_pair(pair);
        Ok(())
    }
}

/// A rectangle as a path.
pub(crate) trait ToPath {
    fn to_path(&self) -> BezPath;
}

impl ToPath for Rect {
    fn to_path(&self) -> BezPath {
        hayro_font::kurbo::Shape::to_path(self, 0.1)
    }
}
