//! A page, or a region of it, to pixels, for those who must look.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::read::{Reader, view};
use crate::geometry::Rect;

/// Grey pixels, row by row from the top: 0 is black, 255 is paper.
#[derive(Clone, Debug, Default)]
pub struct Grey {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The pixels.
    pub pixels: Vec<u8>,
}

/// Luminance with the weights of Rec. 709; together 16384.
const EYE: [u32; 3] = [3483, 11718, 1183];
const RED: [u32; 3] = [16384, 0, 0];
/// Coloured pixels, row by row from the top, as a screen shows them on white paper: red, green, blue.
#[derive(Clone, Debug, Default)]
pub struct Colours {
    /// Pixels in a row.
    pub width: usize,
    /// The pixels.
    pub pixels: Vec<[u8; 3]>,
}

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
        self.shades(index, area, scale, 0.0, EYE)
    }

    /// The same in red light, as scanners of bar codes have it.
    pub fn red(&self, index: usize, area: Rect, scale: f64, turn: f64) -> Option<Grey> {
        self.shades(index, area, scale, turn, RED)
    }

    /// The same as [`Self::grey`] of a page that is turned by so many radians about the middle of the area first,
    /// clockwise as it is seen.
    pub fn turned(&self, index: usize, area: Rect, scale: f64, turn: f64) -> Option<Grey> {
        self.shades(index, area, scale, turn, EYE)
    }

    fn shades(
        &self,
        index: usize,
        area: Rect,
        scale: f64,
        turn: f64,
        [r, g, b]: [u32; 3],
    ) -> Option<Grey> {
        let pixmap = self.render(index, area, scale, turn)?;
        let shade = |p: &hayro::vello_cpu::color::PremulRgba8| {
            let sum = u32::from(p.r) * r + u32::from(p.g) * g + u32::from(p.b) * b;
            u8::try_from(sum / 16384).unwrap_or(u8::MAX)
        };
        let pixels = pixmap.data().iter().map(shade).collect();
        Some(Grey {
            width: pixmap.width().into(),
            height: pixmap.height().into(),
            pixels,
        })
    }

    /// The same as [`Self::grey`] in colour.
    pub fn colours(&self, index: usize, area: Rect, scale: f64) -> Option<Colours> {
        let pixmap = self.render(index, area, scale, 0.0)?;
        Some(Colours {
            width: pixmap.width().into(),
            pixels: pixmap.data().iter().map(|p| [p.r, p.g, p.b]).collect(),
        })
    }

    fn render(&self, index: usize, area: Rect, scale: f64, turn: f64) -> Option<Pixmap> {
        let leaf = self.reader.leaf(index)?;
        let side = |points: f64| -> Option<u16> {
            let pixels = (points * scale).ceil();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            (pixels >= 1.0 && pixels <= f64::from(u16::MAX)).then_some(pixels as u16)
        };
        let (width, height) = (side(area.width())?, side(area.height())?);
        let [x0, y0, x1, y1] = area.to_f64();
        let middle = (x0.midpoint(x1), y0.midpoint(y1));
        let transform = Affine::scale(scale)
            * Affine::translate((-f64::from(area.x0), -f64::from(area.y0)))
            * Affine::rotate_about(turn, middle)
            * view(leaf);
        let mut context = RenderContext::new(width, height);
        let exact = RenderSettings {
            hinting: false,
            ..RenderSettings::default()
        };
        render_into(
            leaf,
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

/// Luminance with the weights of Rec. 709, in parts of 16,384.
pub fn luminance([r, g, b]: [u8; 3]) -> u8 {
    let sum = u32::from(r) * 3483 + u32::from(g) * 11718 + u32::from(b) * 1183;
    u8::try_from(sum / 16384).unwrap_or(u8::MAX)
}
