//! Rasterises pages and regions of them.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use crate::model::geometry::Rect;
use crate::pdf::raster::page_raster::PageRaster;
use crate::pdf::raster::pixels::{ColourPixels, Grey, LUMINANCE_WEIGHTS, shade};
use crate::pdf::reading::frame::view;
use crate::pdf::reading::read::Reader;

/// Renders regions of a file's pages; one for each thread.
pub struct Canvas<'p> {
    reader: &'p Reader,
    cache: RenderCache<'p>,
    settings: InterpreterSettings,
}

impl<'p> Canvas<'p> {
    /// A canvas for the pages of `reader`.
    pub fn new(reader: &'p Reader) -> Self {
        Self {
            reader,
            cache: RenderCache::new(),
            settings: InterpreterSettings::default(),
        }
    }

    /// The `area` of page `index` (points on the page as seen) at `scale` pixels a point, on white paper.
    ///
    /// None if there is no such page or the picture would be more than 65,535 pixels along a side.
    pub fn grey(&self, index: usize, area: Rect, scale: f64) -> Option<Grey> {
        let pixmap = self.render(index, area, scale, 0.0)?;
        let grey = pixmap
            .data()
            .iter()
            .map(|p| shade([p.r, p.g, p.b], LUMINANCE_WEIGHTS));
        Some(Grey {
            width: pixmap.width().into(),
            height: pixmap.height().into(),
            pixels: grey.collect(),
        })
    }

    /// The same as [`Self::grey`] in colour, of a page that is turned by so many radians about the middle of the area
    /// first, clockwise as it is seen.
    pub fn colours(&self, index: usize, area: Rect, scale: f64, turn: f64) -> Option<ColourPixels> {
        let pixmap = self.render(index, area, scale, turn)?;
        Some(ColourPixels {
            width: pixmap.width().into(),
            pixels: pixmap.data().iter().map(|p| [p.r, p.g, p.b]).collect(),
        })
    }

    fn render(&self, index: usize, area: Rect, scale: f64, turn: f64) -> Option<Pixmap> {
        let page = self.reader.page(index)?;
        let side = |points: f64| -> Option<u16> {
            let pixels = (points * scale).ceil();
            (pixels >= 1.0 && pixels <= f64::from(u16::MAX)).then_some(pixels as u16)
        };
        let (width, height) = (side(area.width())?, side(area.height())?);
        let [x, y] = area.middle();
        let transform = Affine::scale(scale)
            * Affine::translate((-f64::from(area.x0), -f64::from(area.y0)))
            * Affine::rotate_about(turn, (x, y))
            * view(page);
        let mut context = RenderContext::new(width, height);
        let exact = RenderSettings {
            hinting: false,
            ..RenderSettings::default()
        };
        render_into(
            page,
            &self.cache,
            &self.settings,
            &exact,
            &mut context,
            transform,
        );
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        context.render_with(
            &mut pixmap,
            &mut Resources::default(),
            RasterizerSettings {
                target_init: TargetInit::Clear(WHITE),
                ..RasterizerSettings::default()
            },
        );
        Some(pixmap)
    }
}

/// Gives regions of one page as pixels: resampled from a raster made beforehand, or each drawn anew.
pub struct PageView<'c, 'p> {
    canvas: &'c Canvas<'p>,
    index: usize,
    raster: Option<PageRaster>,
}

impl<'c, 'p> PageView<'c, 'p> {
    /// Draws page `index` anew at each request.
    pub fn direct(canvas: &'c Canvas<'p>, index: usize) -> Self {
        Self {
            canvas,
            index,
            raster: None,
        }
    }

    /// Rasterises a region once, at `scale` pixels a point, and takes every request from there, however fine it is.
    /// Falls back to drawing where the region cannot be rasterised.
    pub fn rasterised(canvas: &'c Canvas<'p>, index: usize, area: Rect, scale: f64) -> Self {
        let colours = canvas.colours(index, area, scale, 0.0);
        Self {
            raster: colours.map(|colours| PageRaster::new(area, scale, colours)),
            ..Self::direct(canvas, index)
        }
    }

    /// The index of the page, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// See [`Canvas::grey`].
    pub fn grey(&self, area: Rect, scale: f64) -> Option<Grey> {
        match &self.raster {
            Some(raster) => Some(raster.resampled(area, scale, 0.0).grey()),
            None => self.canvas.grey(self.index, area, scale),
        }
    }

    /// See [`Canvas::colours`].
    pub fn colours(&self, area: Rect, scale: f64, turn: f64) -> Option<ColourPixels> {
        match &self.raster {
            Some(raster) => Some(raster.resampled(area, scale, turn)),
            None => self.canvas.colours(self.index, area, scale, turn),
        }
    }
}
