//! Draws parts of pages as PNG files for users.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bitcode::{Decode, Encode};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use crate::fault::fenced;
use crate::model::comment::Comment;
use crate::model::geometry::{Rect, Size};
use crate::model::limits::Limits;
use crate::pdf::{Canvas, PageView, Reader, annotated};

/// A part of a page to draw.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode)]
pub struct View {
    /// The page, from 1.
    pub page: u32,
    /// What of the page is drawn.
    pub area: Area,
    /// Pixels a point.
    pub scale: f64,
    /// The most pixels along a side; the scale is lower where it would give more.
    pub longest: f64,
    /// In grey.
    pub grey: bool,
    /// The file that the picture becomes.
    pub encoding: Encoding,
}

/// What of a page is drawn, in points on the page as seen.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode)]
pub enum Area {
    /// All of it.
    Page,
    /// This, paper white where it lies beyond the page.
    Exactly(Rect),
    /// This place with what is around it on the page; nothing where that comes to most of the page.
    Around(Rect),
}

/// A picture of a part of a page.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Drawn {
    /// The file.
    pub data: Vec<u8>,
    /// What it shows.
    pub area: Rect,
    /// The size of the page.
    pub page: Size,
}

/// The kind of file that a picture becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[non_exhaustive]
pub enum Encoding {
    /// A PNG file, without loss.
    Png,
    /// For a screen: a WebP file without loss, or a JPEG file where that is much smaller.
    Screen,
    /// The same for a page, of which there are many: a JPEG file where that is smaller.
    Page,
    /// A page in small, which only has to be told from others: a JPEG file.
    Thumbnail,
}

/// Draws places of a file of these bytes, each as a file of its encoding; none for one that cannot be drawn. `begun` and `done` are told
/// of the page of each.
pub(crate) fn draw(
    bytes: Arc<Vec<u8>>,
    views: &[View],
    limits: &Limits,
    begun: &dyn Fn(u32),
    done: &dyn Fn(u32, usize, usize),
) -> Result<Vec<Option<Drawn>>, String> {
    let drawn = fenced(|| {
        let reader = Reader::open(bytes, *limits)?;
        let canvas = Canvas::new(&reader);
        let mut pages: BTreeMap<u32, Vec<(usize, View)>> = BTreeMap::new();
        for (place, view) in views.iter().enumerate() {
            pages.entry(view.page).or_default().push((place, *view));
        }
        let mut pictures = vec![None; views.len()];
        let mut drawn = 0;
        for (page, views) in pages {
            begun(page);
            let mut drawing = PageDrawing::new(&reader, &canvas, page);
            for (n, (place, view)) in views.iter().enumerate() {
                drawn += 1;
                if let Some(slot) = pictures.get_mut(*place) {
                    let left = views.get(n..).unwrap_or_default();
                    *slot = drawing.as_mut().and_then(|page| page.picture(*view, left));
                }
                done(page, drawn, pictures.len());
            }
        }
        Ok(pictures)
    });
    drawn.unwrap_or_else(Err)
}

/// A copy of a file of these bytes with comments on its pages.
pub(crate) fn annotate(
    bytes: Arc<Vec<u8>>,
    comments: &[Comment],
    limits: &Limits,
) -> Result<Vec<u8>, String> {
    fenced(|| annotated(bytes, comments, limits)).unwrap_or_else(Err)
}

/// The width of what is drawn around a place at least and, unless the place is larger, at most; its height is the share of it.
const CROP: [f64; 2] = [36.0, 150.0];
const CROP_HEIGHT: f64 = 0.64;
/// How many times its longer side is drawn of a place between these: a letter is seen among its neighbours, a speck is magnified.
const TIMES: f64 = 9.0;
/// How much more than a place is drawn on each side of it.
const AROUND: f64 = 28.0;
/// The share of a page from which its surroundings are most of it.
const MOST: f64 = 0.75;

/// The part of a page around a place; none where that is most of the page.
fn around(place: Rect, page: Size) -> Option<Rect> {
    let place = place.intersection(Rect::new(0.0, 0.0, page.width, page.height))?;
    let [least, most] = CROP;
    let wanted = (TIMES * place.width().max(place.height())).clamp(least, most);
    let beside = AROUND * wanted / most;
    let width = (place.width() + 2.0 * beside).max(wanted);
    let height = (place.height() + 2.0 * beside).max(CROP_HEIGHT * wanted);
    if width > MOST * page.width || height > MOST * page.height {
        return None;
    }
    let [x, y] = place.middle();
    let left = (x - width / 2.0).clamp(0.0, page.width - width);
    let top = (y - height / 2.0).clamp(0.0, page.height - height);
    Some(Rect::new(left, top, left + width, top + height))
}

/// A page of which one view takes this long, and those still to come together so long, is rasterised once for them all: soft
/// masks and very many shapes cost as much for a small view as for the page.
const SLOW: Duration = Duration::from_millis(250);
const TOO_LONG: Duration = Duration::from_secs(3);
/// Pixels of such a raster at most.
const RASTER_PIXELS: f64 = 16e6;
/// A view that is finer than the raster by more than this factor is drawn: up to it, letters look as they do.
const COARSER: f64 = 2.0;

/// A page of which views are drawn.
struct PageDrawing<'c, 'p> {
    canvas: &'c Canvas<'p>,
    index: usize,
    size: Size,
    /// A raster of the page, and its pixels a point, once its views were found to be slow.
    raster: Option<(PageView<'c, 'p>, f64)>,
    /// How long the fastest of the views took that were drawn.
    fastest: Option<Duration>,
}

impl<'c, 'p> PageDrawing<'c, 'p> {
    /// Makes ready to draw views of a page; none where the file has no such page.
    fn new(reader: &Reader, canvas: &'c Canvas<'p>, page: u32) -> Option<Self> {
        let index = usize::try_from(page).ok()?.checked_sub(1)?;
        Some(Self {
            canvas,
            index,
            size: reader.frame(index)?.size,
            raster: None,
            fastest: None,
        })
    }

    /// Rasterises the page where drawing each of these views would take too long.
    fn rasterise(&mut self, left: &[(usize, View)]) {
        let count = u32::try_from(left.len()).unwrap_or(u32::MAX);
        let is_slow = |each: Duration| each >= SLOW && each.saturating_mul(count) >= TOO_LONG;
        if self.raster.is_some() || !self.fastest.is_some_and(is_slow) {
            return;
        }
        let most = (RASTER_PIXELS / (self.size.width * self.size.height)).sqrt();
        let scales = left.iter().filter_map(|(_, view)| Some(self.part(view)?.1));
        let scale = scales.reduce(f64::max).unwrap_or(1.0).min(most);
        let whole = Rect::new(0.0, 0.0, self.size.width, self.size.height);
        let raster = PageView::rasterised(self.canvas, self.index, whole, scale);
        self.raster = Some((raster, scale));
    }

    /// What a view shows, and its pixels a point.
    fn part(&self, view: &View) -> Option<(Rect, f64)> {
        let area = match view.area {
            Area::Page => Rect::new(0.0, 0.0, self.size.width, self.size.height),
            Area::Exactly(area) => area,
            Area::Around(place) => around(place, self.size)?,
        };
        let side = area.width().max(area.height()).max(1e-3);
        Some((area, view.scale.min(view.longest / side)))
    }

    /// The first of the views that are left.
    fn picture(&mut self, view: View, left: &[(usize, View)]) -> Option<Drawn> {
        let (area, scale) = self.part(&view)?;
        self.rasterise(left);
        let fine_enough = |raster: &&(PageView<'_, '_>, f64)| scale <= COARSER * raster.1;
        if let Some((raster, _)) = self.raster.as_ref().filter(fine_enough) {
            return self.encoded(raster, view, area, scale);
        }
        let begun = Instant::now();
        let drawn = self.encoded(
            &PageView::direct(self.canvas, self.index),
            view,
            area,
            scale,
        );
        let took = begun.elapsed();
        self.fastest = Some(self.fastest.map_or(took, |fastest| fastest.min(took)));
        drawn
    }

    fn encoded(
        &self,
        page: &PageView<'_, '_>,
        view: View,
        area: Rect,
        scale: f64,
    ) -> Option<Drawn> {
        let size = |n: usize| u32::try_from(n).ok();
        let image = if view.grey {
            let grey = page.grey(area, scale)?;
            let (width, height) = (size(grey.width)?, size(grey.height)?);
            DynamicImage::from(GrayImage::from_raw(width, height, grey.pixels)?)
        } else {
            let seen = page.colours(area, scale, 0.0)?;
            let height = seen.pixels.len().checked_div(seen.width)?;
            let (width, height) = (size(seen.width)?, size(height)?);
            let pixels = seen.pixels.into_flattened();
            DynamicImage::from(RgbImage::from_raw(width, height, pixels)?)
        };
        let data = match view.encoding {
            Encoding::Png => file_of(&image, ImageFormat::Png)?,
            Encoding::Screen => for_screen(&image, 2.0 / 3.0)?,
            Encoding::Page => for_screen(&image, 1.0)?,
            Encoding::Thumbnail => jpeg(&image, COARSE)?,
        };
        Some(Drawn {
            data,
            area,
            page: self.size,
        })
    }
}

pub(super) fn file_of(image: &DynamicImage, format: ImageFormat) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).ok()?;
    Some(bytes.into_inner())
}

/// The quality of JPEG files, and of those of pages in small.
const QUALITY: u8 = 82;
const COARSE: u8 = 60;

fn jpeg(image: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    image.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(bytes)
}

/// A WebP file without loss, or a JPEG file where that is below a share of it.
pub(super) fn for_screen(image: &DynamicImage, share: f64) -> Option<Vec<u8>> {
    let exact = file_of(image, ImageFormat::WebP)?;
    let jpeg = jpeg(image, QUALITY)?;
    Some(if (jpeg.len() as f64) < share * exact.len() as f64 {
        jpeg
    } else {
        exact
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_around_a_place_stays_on_its_page_and_shows_it() {
        let page = Size::new(432.0, 648.0);
        let seen = around(Rect::new(0.0, 640.0, 20.0, 650.0), page);
        assert_eq!(seen.map(Rect::to_f64), Some([0.0, 552.0, 150.0, 648.0]));
        let speck = around(Rect::new(300.0, 300.0, 301.0, 300.5), page);
        assert!(speck.is_some_and(|seen| seen.width() < 60.0), "{speck:?}");
        assert!(around(Rect::new(0.0, 0.0, 400.0, 20.0), page).is_none());
        assert!(around(Rect::new(500.0, 0.0, 510.0, 20.0), page).is_none());
    }

    #[test]
    fn many_views_of_a_page_show_what_each_shows_alone() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/test_pdfs/books/novel/interior.pdf"
        );
        let bytes = Arc::new(std::fs::read(path).unwrap());
        let view = |n: u16| {
            let top = 40.0 * f64::from(n);
            View {
                page: 10 + u32::from(n % 2),
                area: Area::Around(Rect::new(60.0, top, 90.0, top + 10.0)),
                scale: if n == 3 { 40.0 } else { 4.0 },
                longest: 2000.0,
                grey: n == 5,
                encoding: Encoding::Png,
            }
        };
        let views: Vec<View> = (1..15).map(view).collect();
        let drawn = |views: &[View]| {
            let limits = Limits::default();
            draw(Arc::clone(&bytes), views, &limits, &|_| (), &|_, _, _| ()).unwrap()
        };
        let pixels = |drawn: &Drawn| image::load_from_memory(&drawn.data).unwrap().to_luma8();
        for (together, view) in drawn(&views).iter().zip(&views) {
            let together = together.as_ref().unwrap();
            let alone = drawn(&[*view]).remove(0).unwrap();
            assert_eq!(together.area, alone.area);
            let (a, b) = (pixels(together), pixels(&alone));
            assert_eq!(a.dimensions(), b.dimensions());
            let pairs = a.as_raw().iter().zip(b.as_raw());
            let off: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            assert!(
                off < 4 * a.as_raw().len() as u64,
                "{off} of {:?}",
                a.dimensions()
            );
        }
    }
}
