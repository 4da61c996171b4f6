//! Which images are tested for enlargement.

use std::rc::Rc;

use crate::measure::detail::{SMALLEST, share};
use crate::measure::known_pictures::KnownPictures;
use crate::model::limits::Limits;
use crate::pdf::{Family, ImageMark, Thumbnail};

/// Pixels an inch below which a picture is too coarse for any printer whether it was enlarged or not.
const COARSE: f64 = 100.0;

/// The pictures of one page.
pub(in crate::measure) struct Looked<'d> {
    known: &'d KnownPictures,
    /// Pixels that may still be looked into on this page, known or not, so that threads do not change the outcome.
    left: u64,
}

impl<'d> Looked<'d> {
    pub(in crate::measure) fn new(known: &'d KnownPictures, limits: &Limits) -> Self {
        Self {
            known,
            left: limits.image_pixels,
        }
    }

    /// The share of a picture's resolution that carries detail. `thumbnail` gives its pixels.
    pub(in crate::measure) fn share(
        &mut self,
        mark: &ImageMark,
        thumbnail: &dyn Fn(usize) -> Option<Rc<Thumbnail>>,
    ) -> Option<f32> {
        let [width, height] = mark.pixels;
        let coarse = |pixels: u32, side: f64| f64::from(pixels) * 72.0 < COARSE * side;
        let drawn = matches!(mark.colour, None | Some(Family::Indexed));
        if width.min(height) < SMALLEST
            || mark.bits != 8
            || drawn
            || coarse(width, mark.sides[0])
            || coarse(height, mark.sides[1])
        {
            return None;
        }
        self.left = self
            .left
            .checked_sub(u64::from(width) * u64::from(height))?;
        let share = || thumbnail(1).and_then(|thumbnail| share(thumbnail.own()?));
        self.known.details.get_or(mark.object, share)
    }
}
