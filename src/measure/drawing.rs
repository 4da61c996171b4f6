//! Places on pages drawn as pictures, for the human eye.

use std::io::Cursor;
use std::sync::Arc;

use bitcode::{Decode, Encode};
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use crate::fault::fenced;
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Canvas, Reader};

/// A place to draw.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode)]
pub struct View {
    /// The page, from 1.
    pub page: u32,
    /// What of it, in points on the page as seen.
    pub area: Rect,
    /// Pixels a point.
    pub scale: f64,
    /// In grey.
    pub grey: bool,
}

/// Draws places of a file of these bytes, each as a PNG file; none for one that cannot be drawn. `begun` and `done` are told
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
            pictures.push(png(&canvas, *view));
            done(view.page, pictures.len(), views.len());
        }
        Ok(pictures)
    });
    drawn.unwrap_or_else(Err)
}

fn png(canvas: &Canvas<'_>, view: View) -> Option<Vec<u8>> {
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
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
