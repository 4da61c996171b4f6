//! The painter of separations: it paints the true shapes of marks, within clips and soft masks.

use std::rc::Rc;

use hayro_font::FontGlyph;
use hayro_font::kurbo::{Affine, BezPath, Rect};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;

use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::paint::{Paint, PatternPaint};
use crate::pdf::interpreting::painter::{ClipPath, Glyph, Image, Painter, ShadingFill};
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::type3::paint_program;
use crate::pdf::interpreting::visitor::GlyphMode;
use crate::pdf::objects::rect;
use crate::pdf::separations::{
    CompositeParams, CoverageMask, Group, PaintMask, Pixels, Separations, fill, stencil,
};

/// Paints marks on separations.
pub(crate) struct SeparationsPainter {
    pub(crate) plates: Separations,
    /// The clip and the soft mask in force, pixel by pixel.
    pub(super) mask: PaintMask,
    /// Those of the graphics states saved.
    saved: Vec<PaintMask>,
    /// The groups begun, and how to composite them; none for one that is painted as if it were none.
    pub(super) groups: Vec<Option<(PaintMask, CompositeParams)>>,
    /// Outlines of glyphs that will clip at the end of the text object, on the page.
    text_clip: Option<BezPath>,
}

impl SeparationsPainter {
    pub(crate) fn new(plates: Separations) -> Self {
        Self {
            plates,
            mask: PaintMask::default(),
            saved: Vec::new(),
            groups: Vec::new(),
            text_clip: None,
        }
    }

    /// Intersects the clip with a path.
    pub(super) fn clip_by(&mut self, path: &BezPath, ctm: Affine, even_odd: bool) {
        let cover = self.covered(path, ctm, even_odd).unwrap_or_default();
        self.narrow(cover);
    }

    /// Intersects the clip with a coverage.
    pub(super) fn narrow(&mut self, cover: CoverageMask) {
        self.mask.clip = Some(Rc::new(match &self.mask.clip {
            Some(clip) => cover.under(clip),
            None => cover,
        }));
    }

    /// The pixels within the clip's bounds.
    pub(super) fn within(&self) -> Pixels {
        let clip = self.mask.clip.as_ref();
        clip.map_or(self.plates.page, |clip| clip.area)
    }

    /// The coverage of a path within the page and the clip's bounds.
    fn covered(&self, path: &BezPath, ctm: Affine, even_odd: bool) -> Option<CoverageMask> {
        let within = self.within().meet(self.plates.page);
        fill(
            path,
            Affine::scale(self.plates.scale) * ctm,
            even_odd,
            within,
        )
    }

    /// How a mark in `paint` is composited.
    pub(super) fn params(&self, state: &State<'_>, paint: &Paint<'_>) -> CompositeParams {
        CompositeParams {
            alpha: paint.alpha as f32,
            blend: state.blend,
            overprint: paint.overprint,
            opm_nonzero: state.opm_nonzero,
            // A transfer function applies only where the mark is opaque.
            transfer: state.transfer.clone().filter(|_| {
                paint.alpha >= 1.0 && state.blend == Blend::Normal && self.mask.soft_mask.is_none()
            }),
        }
    }

    /// Paints where `cover` says.
    fn lay<'p>(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        cover: &CoverageMask,
        paint: &Paint<'p>,
    ) -> Result<(), Stop> {
        let params = self.params(state, paint);
        match paint.pattern.as_deref() {
            None => {
                if !paint.empty_pattern {
                    self.plates.converted |= paint.space.is_converted();
                    self.plates.lay(cover, &self.mask, &params, &paint.inks);
                }
                Ok(())
            }
            Some(PatternPaint::Tile(tile)) => {
                self.lay_tiles(cx, state, cover, (paint, &params), tile)
            }
            Some(PatternPaint::Shade { shading, base }) => {
                self.lay_shade(cx, cover, &params, shading, *base);
                Ok(())
            }
        }
    }
}

impl<'p> Painter<'p> for SeparationsPainter {
    fn save(&mut self) {
        self.saved.push(self.mask.clone());
    }

    fn restore(&mut self) {
        if let Some(mask) = self.saved.pop() {
            self.mask = mask;
        }
    }

    fn fill(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
        even_odd: bool,
    ) -> Result<(), Stop> {
        if state.filled(path, |_| {}).seen.is_some()
            && let Some(cover) = self.covered(path, state.ctm, even_odd)
        {
            self.lay(cx, state, &cover, &state.fill)?;
        }
        Ok(())
    }

    fn stroke(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
    ) -> Result<(), Stop> {
        if state.stroked(path, |_| {}).seen.is_none() {
            return Ok(());
        }
        let outline = state.pen.outline(path, state.ctm, self.plates.scale);
        match self.covered(&outline, state.ctm, false) {
            Some(cover) => self.lay(cx, state, &cover, &state.stroke),
            None => Ok(()),
        }
    }

    fn fill_and_stroke(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        path: &BezPath,
        even_odd: bool,
    ) -> Result<(), Stop> {
        let pair = self.open_pair(state, path);
        self.fill(cx, state, path, even_odd)?;
        self.stroke(cx, state, path)?;
        self.close_pair(pair);
        Ok(())
    }

    fn glyph(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        glyph: &Glyph<'_, 'p>,
    ) -> Result<(), Stop> {
        let Glyph {
            font,
            code,
            shape,
            line,
            resources,
            ..
        } = *glyph;
        if shape.ink.is_none() {
            return Ok(());
        }
        let placed = glyph.em() * shape.placement;
        let outline = match font.font.glyph(font.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.outline(),
            FontGlyph::Type3(_) if line.mode == GlyphMode::Invisible => return Ok(()),
            FontGlyph::Type3(program) => {
                return paint_program(cx, self, state, &program, placed, resources);
            }
        };
        if line.clips {
            let clip = self.text_clip.get_or_insert_with(BezPath::new);
            clip.extend((placed * outline.clone()).iter());
        }
        let fills = matches!(line.mode, GlyphMode::Fill | GlyphMode::FillStroke);
        let strokes = line.strokes();
        let ctm = state.ctm;
        let pair =
            fills && strokes && self.open_pair(state, &(ctm.inverse() * placed * outline.clone()));
        if fills && let Some(cover) = self.covered(&outline, placed, false) {
            self.lay(cx, state, &cover, &state.fill)?;
        }
        if strokes {
            // The pen is that of user space, whatever the size of the text.
            let path = ctm.inverse() * placed * outline;
            let stroked = state.pen.outline(&path, ctm, self.plates.scale);
            if let Some(cover) = self.covered(&stroked, ctm, false) {
                self.lay(cx, state, &cover, &state.stroke)?;
            }
        }
        self.close_pair(pair);
        Ok(())
    }

    fn image(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        image: &Image<'_, 'p>,
    ) -> Result<(), Stop> {
        let (stream, resources) = (image.picture.source.stream(), image.picture.resources);
        // Rows of a picture run down from the top of its unit square.
        let upright = state.ctm * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0]);
        let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path();
        if image.mark.seen.is_none() {
            return Ok(());
        }
        let Some(mut cover) = self.covered(&square, upright, false) else {
            return Ok(());
        };
        let to_unit = (Affine::scale(self.plates.scale) * upright).inverse();
        if !to_unit.is_finite() {
            return Ok(());
        }
        if image.is_stencil {
            let Some(data) = stencil(stream, to_unit, cover.area, cx.allowance()) else {
                self.plates.trouble("a stencil on it cannot be unpacked");
                return Ok(());
            };
            cover.data = data;
            return self.lay(cx, state, &cover, &state.fill);
        }
        if !self.plates.spend(cover.data.len()) {
            return Ok(());
        }
        if state.fixed_colour {
            return self.lay(cx, state, &cover, &state.fill);
        }
        let mut params = self.params(state, &state.fill);
        let translucent = stream.dict().contains_key(b"SMask");
        if translucent {
            params.transfer = None;
        }
        let (converter, allowance) = (cx.palette.converter(), cx.allowance());
        let mut pictures = std::mem::take(&mut self.plates.pictures);
        match pictures.get(stream, resources, cx.spaces, converter, allowance) {
            Some(picture) => {
                let space = picture.space();
                self.plates.converted |= space.is_converted();
                let (spots, specified) = (space.spots(), space.specified());
                self.plates.lay_rows(
                    &cover,
                    &self.mask,
                    &params,
                    (&spots, specified, translucent),
                    |y, x0, alpha, amounts| {
                        picture.row(converter, to_unit, [x0, y], alpha, amounts);
                    },
                );
            }
            None => self.plates.trouble("a picture on it cannot be unpacked"),
        }
        self.plates.pictures = pictures;
        Ok(())
    }

    fn shading(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        fill: &ShadingFill<'_, 'p>,
    ) -> Result<(), Stop> {
        if state.seen(fill.area).is_none() {
            return Ok(());
        }
        let shading = fill.shading;
        let cover = match shading.dict.get::<hayro_syntax::object::Rect>(b"BBox") {
            Some(bounds) => self.covered(&rect(bounds).to_path(), state.ctm, false),
            None => {
                let area = self.within();
                let data = vec![u8::MAX; area.width() * area.height()];
                Some(CoverageMask { area, data })
            }
        };
        let Some(cover) = cover else {
            return Ok(());
        };
        if state.fixed_colour {
            return self.lay(cx, state, &cover, &state.fill);
        }
        let params = self.params(state, &state.fill);
        self.lay_shade(cx, &cover, &params, shading, state.ctm);
        Ok(())
    }

    fn clip(&mut self, state: &State<'p>, clip: &ClipPath<'_>) {
        self.clip_by(clip.path, state.ctm, clip.even_odd);
    }

    fn clip_to_box(&mut self, state: &State<'p>, bounds: Rect) {
        self.clip_by(&bounds.to_path(), state.ctm, false);
    }

    fn clip_to_text(&mut self) {
        if let Some(outlines) = self.text_clip.take() {
            self.clip_by(&outlines, Affine::IDENTITY, false);
        }
    }

    fn set_soft_mask(
        &mut self,
        cx: &mut Context<'p, '_>,
        state: &State<'p>,
        mask: Option<&Dict<'p>>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        self.mask.soft_mask = match mask {
            Some(mask) => self.soft_pixels(cx, state, mask, resources)?,
            None => None,
        };
        Ok(())
    }

    fn push_group(&mut self, state: &State<'p>, kind: Option<Group>, area: Rect) {
        let opened = kind.and_then(|kind| self.open_group(state, kind, area));
        self.groups.push(opened);
    }

    fn pop_group(&mut self) {
        if let Some((mask, params)) = self.groups.pop().flatten() {
            self.plates.end(&mask, &params);
        }
    }
}

/// A rectangle as a path.
pub(super) trait ToPath {
    fn to_path(&self) -> BezPath;
}

impl ToPath for Rect {
    fn to_path(&self) -> BezPath {
        hayro_font::kurbo::Shape::to_path(self, 0.1)
    }
}
