//! Decodes QR codes in pixels with both decoders.

use presscheck_barcode::{Detection, PictureKind};

use crate::model::geometry::Rect;
use crate::pdf::Grey;

/// Pixels of a photograph up to which it is also read as a drawing: pictures of codes are small.
const SMALL_PICTURE: usize = 600_000;

/// Decodes pixels with the first decoder, and with the second what the first cannot.
pub(in crate::measure) fn detect_and_decode(picture: &Grey, drawn: bool) -> Vec<Detection> {
    let decode =
        |kind| presscheck_barcode::qr(picture.width, picture.height, &picture.pixels, kind);
    let mut found = decode(if drawn {
        PictureKind::Drawing
    } else {
        PictureKind::Photo
    });
    let read = found.iter().any(|s| s.text.is_some());
    if !drawn && !read && picture.pixels.len() <= SMALL_PICTURE {
        found.extend(decode(PictureKind::Drawing));
    }
    for second in presscheck_barcode::search(picture.width, picture.height, &picture.pixels) {
        let place = Rect::around(&second.corners);
        let known = found
            .iter()
            .any(|s| s.text.is_some() && Rect::around(&s.corners).overlaps(place));
        if !known {
            found.push(second);
        }
    }
    found
}

/// Decodes a drawing at half the resolution, where the dots of a code merge.
pub(in crate::measure) fn blurred(picture: &Grey) -> Vec<Detection> {
    let twice = |s: Detection| Detection {
        corners: s.corners.map(|p| p.map(|v| 2.0 * v)),
        ..s
    };
    detect_and_decode(&picture.shrunk(2), true)
        .into_iter()
        .map(twice)
        .collect()
}
