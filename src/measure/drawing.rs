//! Draws parts of pages as PNG files for users.

use std::io::Cursor;
use std::sync::Arc;

use bitcode::{Decode, Encode};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use crate::fault::fenced;
use crate::model::comment::Comment;
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Canvas, Reader, annotated};

/// A part of a page to draw.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode)]
pub struct View {
    /// The page, from 1.
    pub page: u32,
    /// The area, in points on the page as seen.
    pub area: Rect,
    /// Pixels a point.
    pub scale: f64,
    /// In grey.
    pub grey: bool,
    /// The file that the picture becomes.
    pub encoding: Encoding,
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
) -> Result<Vec<Option<Vec<u8>>>, String> {
    let drawn = fenced(|| {
        let reader = Reader::open(bytes, *limits)?;
        let canvas = Canvas::new(&reader);
        let mut pictures = Vec::new();
        for view in views {
            begun(view.page);
            pictures.push(picture(&canvas, *view));
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

fn picture(canvas: &Canvas<'_>, view: View) -> Option<Vec<u8>> {
    let index = usize::try_from(view.page).ok()?.checked_sub(1)?;
    let size = |n: usize| u32::try_from(n).ok();
    let image = if view.grey {
        let grey = canvas.grey(index, view.area, view.scale)?;
        let (width, height) = (size(grey.width)?, size(grey.height)?);
        DynamicImage::from(GrayImage::from_raw(width, height, grey.pixels)?)
    } else {
        let seen = canvas.colours(index, view.area, view.scale, 0.0)?;
        let height = seen.pixels.len().checked_div(seen.width)?;
        let (width, height) = (size(seen.width)?, size(height)?);
        let pixels = seen.pixels.into_flattened();
        DynamicImage::from(RgbImage::from_raw(width, height, pixels)?)
    };
    match view.encoding {
        Encoding::Png => encoded(&image, ImageFormat::Png),
        Encoding::Screen => for_screen(&image),
    }
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
