//! Pictures of codes as PNG, for the human eye.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use image::{GrayImage, ImageFormat};

use crate::error::Error;
use crate::facts::Document;
use crate::limits::Limits;
use crate::pdf::{Canvas, Reader};

/// One code's picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The page it is on, from 1.
    pub page: u32,
    /// Which of the file's codes it is of, from 1.
    pub number: usize,
    /// The picture, as a PNG file.
    pub png: Vec<u8>,
}

/// Pixels a module: enough to see ragged edges.
const PIXELS: f64 = 10.0;
/// Modules of surroundings: the quiet zone, and a little to judge it by.
const AROUND: f64 = 6.0;

/// Renders every code found in `document`, which was measured from these bytes of the file at `path`.
pub fn code_pictures(
    path: &Path,
    bytes: Arc<Vec<u8>>,
    document: &Document,
    limits: &Limits,
) -> Result<Vec<Picture>, Error> {
    if document.codes.is_empty() {
        return Ok(Vec::new());
    }
    let fault = |why: String| Error::Read {
        path: path.to_owned(),
        why,
    };
    let reader = Reader::open(bytes, *limits).map_err(fault)?;
    let canvas = Canvas::new(&reader);
    let mut pictures = Vec::new();
    for (code, number) in document.codes.iter().zip(1..) {
        let module = code.module_pt().max(0.05);
        let area = code.area.inflate(module * AROUND);
        let index = usize::try_from(code.page).unwrap_or(1).saturating_sub(1);
        let Some(grey) = canvas.grey(index, area, PIXELS / module) else {
            continue;
        };
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let Some(image) = GrayImage::from_raw(size(grey.width), size(grey.height), grey.pixels)
        else {
            continue;
        };
        let mut png = Cursor::new(Vec::new());
        if image.write_to(&mut png, ImageFormat::Png).is_ok() {
            pictures.push(Picture {
                page: code.page,
                number,
                png: png.into_inner(),
            });
        }
    }
    Ok(pictures)
}
