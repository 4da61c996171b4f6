//! Draws parts of pages as PNG files for users.

use std::io::Cursor;
use std::sync::Arc;

use bitcode::{Decode, Encode};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use crate::fault::fenced;
use crate::model::comment::Comment;
use crate::model::geometry::{Rect, Size};
use crate::model::limits::Limits;
use crate::pdf::{Canvas, Reader, annotated};

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
        let mut pictures = Vec::new();
        for view in views {
            begun(view.page);
            pictures.push(picture(&reader, &canvas, *view));
            done(view.page, pictures.len(), views.len());
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

/// The least width and height of what is drawn around a place, and how much more than the place it shows.
const CROP: [f64; 2] = [150.0, 96.0];
const AROUND: f64 = 28.0;
/// The share of a page from which its surroundings are most of it.
const MOST: f64 = 0.75;

/// The part of a page around a place; none where that is most of the page.
fn around(place: Rect, page: Size) -> Option<Rect> {
    let place = place.intersection(Rect::new(0.0, 0.0, page.width, page.height))?;
    let [least_width, least_height] = CROP;
    let width = (place.width() + 2.0 * AROUND).max(least_width);
    let height = (place.height() + 2.0 * AROUND).max(least_height);
    if width > MOST * page.width || height > MOST * page.height {
        return None;
    }
    let [x, y] = place.middle();
    let left = (x - width / 2.0).clamp(0.0, page.width - width);
    let top = (y - height / 2.0).clamp(0.0, page.height - height);
    Some(Rect::new(left, top, left + width, top + height))
}

fn picture(reader: &Reader, canvas: &Canvas<'_>, view: View) -> Option<Drawn> {
    let index = usize::try_from(view.page).ok()?.checked_sub(1)?;
    let page = reader.frame(index)?.size;
    let area = match view.area {
        Area::Page => Rect::new(0.0, 0.0, page.width, page.height),
        Area::Exactly(area) => area,
        Area::Around(place) => around(place, page)?,
    };
    let side = area.width().max(area.height()).max(1e-3);
    let scale = view.scale.min(view.longest / side);
    let size = |n: usize| u32::try_from(n).ok();
    let image = if view.grey {
        let grey = canvas.grey(index, area, scale)?;
        let (width, height) = (size(grey.width)?, size(grey.height)?);
        DynamicImage::from(GrayImage::from_raw(width, height, grey.pixels)?)
    } else {
        let seen = canvas.colours(index, area, scale, 0.0)?;
        let height = seen.pixels.len().checked_div(seen.width)?;
        let (width, height) = (size(seen.width)?, size(height)?);
        let pixels = seen.pixels.into_flattened();
        DynamicImage::from(RgbImage::from_raw(width, height, pixels)?)
    };
    let data = match view.encoding {
        Encoding::Png => encoded(&image, ImageFormat::Png)?,
        Encoding::Screen => for_screen(&image)?,
    };
    Some(Drawn { data, area, page })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).ok()?;
    Some(bytes.into_inner())
}

/// The quality of JPEG files, where those without loss are larger by a half or more: photographs.
const QUALITY: u8 = 82;

fn for_screen(image: &DynamicImage) -> Option<Vec<u8>> {
    let exact = encoded(image, ImageFormat::WebP)?;
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    image.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(if jpeg.len() * 3 < exact.len() * 2 {
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
        assert!(around(Rect::new(0.0, 0.0, 400.0, 20.0), page).is_none());
        assert!(around(Rect::new(500.0, 0.0, 510.0, 20.0), page).is_none());
    }
}
