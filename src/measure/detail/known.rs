//! Which images are tested for enlargement, and the results, each once a file.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::measure::detail::{SMALLEST, share};
use crate::model::limits::Limits;
use crate::pdf::{Family, ImageMark, Thumbnail};

/// Pixels an inch below which a picture is too coarse for any printer whether it was enlarged or not.
const COARSE: f64 = 100.0;

/// What is known of a file's pictures, for all pages and threads: each object is looked into once.
#[derive(Default)]
pub(in crate::measure) struct Details(Mutex<HashMap<(u32, i32), Option<f32>>>);

/// The pictures of one page.
pub(in crate::measure) struct Looked<'d> {
    known: &'d Details,
    /// Pixels that may still be looked into on this page, known or not, so that threads do not change the outcome.
    left: u64,
}

impl<'d> Looked<'d> {
    pub(in crate::measure) fn new(known: &'d Details, limits: &Limits) -> Self {
        Self {
            known,
            left: limits.image_pixels,
        }
    }

    /// The share of a picture's resolution that carries detail. `thumbnail` gives its pixels.
    pub(in crate::measure) fn share(
        &mut self,
        mark: &ImageMark,
        thumbnail: &dyn Fn(usize) -> Option<Thumbnail>,
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
        let known = &self.known.0;
        if let Some(id) = mark.object {
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(share) = known.get(&id) {
                return *share;
            }
        }
        let share = thumbnail(1).and_then(|thumbnail| share(thumbnail.own()?));
        if let Some(id) = mark.object {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(id, share);
        }
        share
    }
}
